"""The unit of work: one edition of one guide with all the bytes it needs, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from booklet.diagnostics import Problem, Severity
from booklet.model.artifact import Artifact
from booklet.model.edition import Edition
from booklet.model.guide import Guide
from booklet.model.print_profile import ChosenProfile, PrintUse
from booklet.model.publication import Format, Publication
from booklet.model.theme import Theme


@dataclass(frozen=True, slots=True)
class EditionJob:
    """One edition of one guide, to be made anywhere: here, in a worker, on another machine.

    It can be pickled, and holds whatever decides the bytes of its files, but for the fonts: they
    are named, and a worker whose fonts are others refuses the job.

    Attributes:
        guide: The guide, read and checked.
        publication: What it shares with others.
        edition: For which readers it is set.
        formats: The files to make.
        profiles: The print profiles, by use; empty when nothing is made for a printer.
        furigana: Confirmed readings by word.
        theme: Stylesheets and drawings.
        pictures: The bytes of the author's pictures by their place below `content/`.
        fonts: Names and digests of the fonts, as `layout.fonts.font_digest` gives them.
        toolchain: Versions of booklet and of what it is built on.
        key: SHA-256 over all that decides the files, as hexadecimal digits: the key of the cache.
    """

    guide: Guide
    publication: Publication
    edition: Edition
    formats: tuple[Format, ...]
    profiles: Mapping[PrintUse, ChosenProfile]
    furigana: Mapping[str, str]
    theme: Theme
    pictures: Mapping[str, bytes]
    fonts: str
    toolchain: str
    key: str = ""

    @property
    def stem(self) -> str:
        """Return what the names of its files begin with."""
        return f"{self.guide.slug}{self.edition.suffix}"


@dataclass(frozen=True, slots=True)
class EditionResult:
    """What came of a job: its files, or why there are none.

    Attributes:
        slug: The guide's slug.
        edition: The edition.
        artifacts: The files; none when the edition could not be made.
        problems: What was found on the way; one error keeps all files of the edition back.
        from_cache: Whether the files were made earlier, from the same job.
    """

    slug: str
    edition: Edition
    artifacts: tuple[Artifact, ...] = ()
    problems: tuple[Problem, ...] = ()
    from_cache: bool = field(default=False, compare=False)

    @property
    def failed(self) -> bool:
        """Return whether the edition could not be made."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

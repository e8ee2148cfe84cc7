"""What is wanted goes in; the editions to make, each with its job and its key, come out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.build.names import file_names
from booklet.build.profiles import choose_profiles
from booklet.build.project import Project, ReadGuide, open_project
from booklet.build.toolchain import toolchain
from booklet.content.loading import PUBLICATION_FILE, read_source
from booklet.content.picture_files import PictureError, read_picture
from booklet.diagnostics import BookletError, Problem
from booklet.html.theme import content_files_of
from booklet.layout.fonts import font_digest, typeface_for
from booklet.model.edition import Edition
from booklet.model.guide import Guide, pictures
from booklet.model.job import EditionJob
from booklet.model.print_profile import ChosenProfile, PrintUse
from booklet.model.publication import FOR_PRINT, Format


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone asks for; what is left empty is what `content/booklet.yaml` says.

    Attributes:
        slugs: Guides.
        formats: Formats, by the words of the model.
        editions: Editions, likewise.
        profiles: Names of print profiles.
    """

    slugs: Sequence[str] = ()
    formats: Sequence[str] = ()
    editions: Sequence[str] = ()
    profiles: Sequence[str] = ()


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to be made.

    Attributes:
        project: What all guides share.
        editions: The editions of every guide.
        formats: The formats of every edition; empty for those of the publication.
        profiles: The print profiles, by use; empty when nothing is made for a printer.
        shared: A digest of all that every key depends on: booklet.yaml, versions.
    """

    project: Project
    editions: tuple[Edition, ...]
    formats: tuple[Format, ...]
    profiles: Mapping[PrintUse, ChosenProfile]
    shared: str

    @property
    def count(self) -> int:
        """Return how many editions there are."""
        return len(self.project.slugs) * len(self.editions)

    def formats_of(self, edition: Edition) -> tuple[Format, ...]:
        """Return the formats an edition is made in."""
        return self.formats or tuple(self.project.publication.formats_of(edition))

    def names_of(self, slug: str, edition: Edition) -> list[str]:
        """Return what the files of an edition are called."""
        return file_names(slug, edition, self.formats_of(edition), self.profiles)


def make_plan(root: Path, wanted: Wanted) -> Plan:
    """Read what all guides share and settle what is made.

    Args:
        root: The folder that holds `content/`.
        wanted: What is asked for.

    Raises:
        BookletError: What all guides share is wrong, or a print profile.
        UnknownGuideError: A guide is not listed.
    """
    project = open_project(root, wanted.slugs)
    formats = tuple(one for one in Format if one.value in wanted.formats)
    editions = tuple(one for one in Edition if one.value in wanted.editions)
    editions = editions or tuple(dict.fromkeys(project.publication.editions))
    profiles: Mapping[PrintUse, ChosenProfile] = {}
    if wanted.profiles or FOR_PRINT & set(formats or project.publication.formats):
        profiles = choose_profiles(root, wanted.profiles)
    source = read_source(root, PUBLICATION_FILE)
    shared = _digest([source, toolchain().encode()])
    return Plan(project, editions, formats, profiles, shared)


def source_key(plan: Plan, source: bytes) -> str:
    """Return the key of what a guide's file says in this project: a digest of both."""
    return _digest([plan.shared.encode(), source])


def picture_names(plan: Plan, guide: Guide) -> list[str]:
    """Return every file below `content/` that the pages of a guide may show."""
    own = {picture.file for picture in pictures(guide)}
    return sorted(own | set(content_files_of(plan.project.theme)))


def read_pictures(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of pictures by their names below `content/`.

    Raises:
        BookletError: One is gone, or lies outside: it was there when the guide was checked.
    """
    found, problems = {}, []
    for name in names:
        try:
            found[name] = read_picture(root / "content", name)
        except PictureError as error:
            message = f"the picture {name} {error.message}"
            problems.append(Problem(error.code, message, None, error.hint or "put it back"))
    if problems:
        raise BookletError(problems)
    return found


def job_key(plan: Plan, source: str, edition: Edition, files: Mapping[str, bytes]) -> str:
    """Return the key of a job: two jobs with one key give the same files.

    Args:
        plan: The plan.
        source: The key of the guide's source.
        edition: The edition.
        files: The pictures by name.
    """
    formats = plan.formats_of(edition)
    parts = [source.encode(), edition.value.encode(), font_digest(typeface_for(edition)).encode()]
    parts.append(" ".join(one.value for one in formats).encode())
    parts += _named(files)
    parts += _named(plan.project.theme.files)
    if edition is Edition.FURIGANA:
        parts += [f"{word}\t{kana}".encode() for word, kana in plan.project.furigana.items()]
    if FOR_PRINT & set(formats):
        for use, chosen in sorted(plan.profiles.items()):
            parts += [use.value.encode(), chosen.profile.model_dump_json().encode(), chosen.icc]
    return _digest(parts)


def make_job(
    plan: Plan, read: ReadGuide, edition: Edition, files: Mapping[str, bytes], key: str
) -> EditionJob:
    """Return the job of one edition of a guide.

    Args:
        plan: The plan.
        read: The guide, which has to be a good one.
        edition: The edition.
        files: Its pictures by name.
        key: Its key, as `job_key` returns it.

    Raises:
        ValueError: The guide could not be read.
    """
    if read.guide is None:
        raise ValueError(f"{read.slug} has problems and cannot be made")
    project = plan.project
    return EditionJob(
        guide=read.guide,
        publication=project.publication,
        edition=edition,
        formats=plan.formats_of(edition),
        profiles=plan.profiles,
        furigana=project.furigana if edition is Edition.FURIGANA else {},
        theme=project.theme,
        pictures=files,
        fonts=font_digest(typeface_for(edition)),
        toolchain=toolchain(),
        key=key,
    )


def _named(files: Mapping[str, bytes]) -> list[bytes]:
    return [
        part
        for name in sorted(files)
        for part in (name.encode(), hashlib.sha256(files[name]).digest())
    ]


def _digest(parts: Iterable[bytes]) -> str:
    """Return a digest of parts that no other list of parts has."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()

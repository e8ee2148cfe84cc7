"""What went wrong, where, and what to try goes in; one line a person can act on comes out."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

LONGEST_MESSAGE = 300
MOST_PROBLEMS = 200


def visible(text: str, most: int | None = None) -> str:
    """Return a text that a terminal shows and does not obey.

    Args:
        text: Any text. Control characters, marks that turn the direction of writing, line ends
            and halves of characters are shown as code points: <U+001B>.
        most: How many characters are kept; None for all.
    """
    if most is not None and len(text) > most:
        text = text[: most - 1] + "…"
    if text.isprintable():
        return text
    shown = "".join(_visible(sign) for sign in text)
    return shown if most is None or len(shown) <= most else shown[: most - 1] + "…"


def _visible(sign: str) -> str:
    # Spaces of all kinds, and what changes the form of the character before it, are seen.
    if sign.isprintable() or unicodedata.category(sign) == "Zs":
        return sign
    return f"<U+{ord(sign):04X}>"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1; 0 means "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, or the file alone when the whole file is meant."""
        file = visible(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


class Severity(IntEnum):
    """How much it matters: an error fails, a warning fails under --strict, a note informs."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author can mend.

    Attributes:
        code: Stable, readable name of the rule, such as `range-order`.
        message: What is wrong, in the author's words.
        where: The place in the author's file; None when there is no single one.
        hint: What to try.
        severity: See Severity.
    """

    code: str
    message: str
    where: Location | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Keep what is told short, and safe to print."""
        object.__setattr__(self, "message", visible(self.message, LONGEST_MESSAGE))
        object.__setattr__(self, "hint", visible(self.hint, LONGEST_MESSAGE))

    def __str__(self) -> str:
        """Return `place: message [code]` and, on a second line, what to try."""
        place = f"{self.where}: " if self.where else ""
        severity = "" if self.severity is Severity.ERROR else f"{self.severity.name.lower()}: "
        hint = f"\n    try: {self.hint}" if self.hint else ""
        return f"{place}{severity}{self.message} [{self.code}]{hint}"


class BookletError(Exception):
    """The author's files cannot be built. Carries every problem found, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep `problems`, sorted by place.

        Raises:
            ValueError: There are no problems to report.
        """
        self.problems = in_reading_order(problems)
        if not self.problems:
            raise ValueError("a BookletError needs at least one problem")
        super().__init__("\n".join(map(str, within_budget(self.problems))))

    def __reduce__(self) -> "tuple[type[BookletError], tuple[tuple[Problem, ...]]]":
        """Let the problems go from process to process."""
        return BookletError, (self.problems,)


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` by file, line and column, each once; those without a place come first."""
    nowhere = Location("")
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: problem.where or nowhere))


def within_budget(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return what is told of a run: at most MOST_PROBLEMS, and how many there are beside them.

    Args:
        problems: All that was found, in the order in which it is told. The gravest are kept.
    """
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    by_gravity = sorted(range(len(problems)), key=lambda index: -problems[index].severity)
    kept, cut = sorted(by_gravity[:MOST_PROBLEMS]), by_gravity[MOST_PROBLEMS:]
    more = Problem(
        "more-problems",
        f"there are {len(cut):,} more problems like these",
        None,
        "mend the first ones, and run booklet again",
        problems[cut[0]].severity,
    )
    return (*(problems[index] for index in kept), more)

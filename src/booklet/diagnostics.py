"""What went wrong, where, and what to try goes in; one line a person can act on comes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1; 0 means "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, or the file alone when the whole file is meant."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


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
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> "tuple[type[BookletError], tuple[tuple[Problem, ...]]]":
        """Let the problems go from process to process."""
        return BookletError, (self.problems,)


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` by file, line and column, each once; those without a place come first."""
    nowhere = Location("")
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: problem.where or nowhere))

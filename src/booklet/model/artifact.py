"""A made file and what was found in it: the values that a report is written from."""

from dataclasses import dataclass

from booklet.diagnostics import Problem, Severity
from booklet.model.publication import Format


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of an edition.

    Attributes:
        name: Its name in the output folder.
        format: What kind of file it is.
        content: Its bytes.
        pages: Its pages, or sides of sheets; 0 where a file has none.
        seconds: Wall time spent on it.
        problems: What the checks of its kind found.
    """

    name: str
    format: Format
    content: bytes
    pages: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one validator says of one file.

    Attributes:
        file: The file's name.
        validator: The validator's name, with the standard where it knows several.
        problems: What it found.
        not_run: Why it did not look at the file; empty when it did.
    """

    file: str
    validator: str
    problems: tuple[Problem, ...] = ()
    not_run: str = ""

    @property
    def outcome(self) -> str:
        """Return `passed`, `failed` or `not run`; a note alone is no failure."""
        if self.not_run:
            return "not run"
        failed = any(problem.severity > Severity.NOTE for problem in self.problems)
        return "failed" if failed else "passed"

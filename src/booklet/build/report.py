"""What a build made and found goes in; a table for people and JSON for programs come out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from booklet.diagnostics import Problem, Severity

_SHOWN = 3
# Words and pictures alone: the tests compare them with the PDF.
_WITHOUT_VALIDATOR = ("text", "pages", "cover")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a build.

    Attributes:
        name: Its name in the output folder.
        guide: Slug of its guide.
        format: Its format.
        edition: Its edition.
        pages: Its pages; 0 where a file has none.
        size_bytes: Its size.
        seconds: Wall time spent on it.
        problems: What the checks of its kind found.
    """

    name: str
    guide: str
    format: str
    edition: str
    pages: int
    size_bytes: int
    seconds: float
    problems: tuple[Problem, ...] = ()

    @property
    def verdict(self) -> str:
        """Return `passed`, or how many problems the checks found."""
        count = len(self.problems)
        return "passed" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"


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

    @property
    def explanation(self) -> str:
        """Return how many problems there are and the first three, or why there is no verdict."""
        if self.not_run or not self.problems:
            return self.not_run
        shown = [f"\n    {problem}" for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - _SHOWN
        count = f"{len(self.problems)} problem{'s' if len(self.problems) > 1 else ''}"
        return count + "".join(shown) + (f"\n    … and {more} more" if more > 0 else "")


@dataclass(slots=True)
class Report:
    """Everything a build made and found."""

    files: list[MadeFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def failed(self, strict: bool, every_validator: bool = False) -> bool:
        """Return whether the build failed.

        Args:
            strict: Let a warning be enough, and a validator's failure.
            every_validator: Let a validator that has not run be enough.
        """
        limit = Severity.WARNING if strict else Severity.ERROR
        found = [*self.problems, *(problem for file in self.files for problem in file.problems)]
        outcomes = {verdict.outcome for verdict in self.verdicts}
        return (
            any(problem.severity >= limit for problem in found)
            or (strict and "failed" in outcomes)
            or (every_validator and "not run" in outcomes)
        )

    def verdict_lines(self) -> str:
        """Return one line for each file and validator, our own checks first."""
        own = [
            Verdict(file.name, "booklet", file.problems)
            for file in self.files
            if file.format not in _WITHOUT_VALIDATOR
        ]
        verdicts = [
            verdict
            for file in self.files
            for verdict in (*own, *self.verdicts)
            if verdict.file == file.name
        ]
        names = max((len(verdict.file) for verdict in verdicts), default=0)
        validators = max((len(verdict.validator) for verdict in verdicts), default=0)
        return "\n".join(
            f"{verdict.file:<{names}}  {verdict.validator:<{validators}}  {verdict.outcome}"
            f"{': ' if verdict.explanation else ''}{verdict.explanation}"
            for verdict in verdicts
        )

    def table(self) -> str:
        """Return the files as a table: file, pages, size, seconds, verdict."""
        rows = [("file", "pages", "size", "seconds", "verdict")]
        rows += [
            (
                file.name,
                str(file.pages or "-"),
                _size(file.size_bytes),
                f"{file.seconds:.2f}",
                file.verdict,
            )
            for file in self.files
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        return "\n".join(
            f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
            f"{row[3]:>{widths[3]}}  {row[4]}"
            for row in rows
        )

    def json(self, version: str) -> str:
        """Return the report as JSON, for programs."""
        content: dict[str, Any] = {
            "booklet": version,
            "files": [
                {
                    "name": file.name,
                    "guide": file.guide,
                    "format": file.format,
                    "edition": file.edition,
                    "pages": file.pages or None,
                    "bytes": file.size_bytes,
                    "seconds": round(file.seconds, 3),
                    "verdict": file.verdict,
                    "problems": _listed(file.problems),
                    "validators": [
                        {
                            "validator": verdict.validator,
                            "outcome": verdict.outcome,
                            "why": verdict.not_run or None,
                            "problems": _listed(verdict.problems),
                        }
                        for verdict in self.verdicts
                        if verdict.file == file.name
                    ],
                }
                for file in self.files
            ],
            "problems": _listed(self.problems),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1000:,.0f} KB" if size_bytes >= 1000 else f"{size_bytes} B"


def _listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "severity": problem.severity.name.lower(),
            "code": problem.code,
            "message": problem.message,
            "file": problem.where.file if problem.where else None,
            "line": problem.where.line if problem.where else None,
            "column": problem.where.column if problem.where else None,
            "try": problem.hint or None,
        }
        for problem in problems
    ]

"""What a build made and found goes in; a table for people and JSON for programs come out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from booklet import __version__
from booklet.diagnostics import Problem, Severity
from booklet.model.artifact import Verdict

_SHOWN = 3
# With more files than this the table has a line for an edition, not for a file.
_MOST_ROWS = 40


class State(Enum):
    """How far a build has come."""

    UNFINISHED = "unfinished"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a build, without its bytes.

    Attributes:
        name: Its name in the output folder.
        guide: Slug of its guide.
        format: Its format.
        edition: Its edition.
        pages: Its pages; 0 where a file has none.
        size_bytes: Its size.
        seconds: Wall time spent on it when it was made.
        problems: What the checks of its kind found.
        from_cache: Whether it was made by an earlier build from the same content.
    """

    name: str
    guide: str
    format: str
    edition: str
    pages: int
    size_bytes: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    from_cache: bool = False

    @property
    def verdict(self) -> str:
        """Return `passed`, or how many problems the checks found."""
        count = len(self.problems)
        return "passed" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"


@dataclass(frozen=True, slots=True)
class NotMade:
    """An edition that could not be made, and why."""

    guide: str
    edition: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Report:
    """Everything a build made and found, in the order of the plan.

    Attributes:
        state: How far it came.
        guides: How many guides were to be made.
        files: What was made.
        not_made: What could not be made.
        problems: What was found in the content and on the way, each once.
        verdicts: What the validators say.
    """

    state: State = State.UNFINISHED
    guides: int = 0
    files: list[MadeFile] = field(default_factory=list)
    not_made: list[NotMade] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    _known: set[Problem] = field(default_factory=set, repr=False)

    def note(self, problems: Iterable[Problem]) -> list[Problem]:
        """Add problems; return those that were not there. What all editions lack is told once."""
        new = [one for one in dict.fromkeys(problems) if one not in self._known]
        self._known.update(new)
        self.problems += new
        return new

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
            bool(self.not_made)
            or self.state is not State.FINISHED
            or any(problem.severity >= limit for problem in found)
            or (strict and "failed" in outcomes)
            or (every_validator and "not run" in outcomes)
        )

    def verdict_lines(self) -> str:
        """Return what the validators say: a line for each of them, and each failure."""
        lines = []
        asked = dict.fromkeys(verdict.validator for verdict in self.verdicts)
        width = max(map(len, asked), default=0)
        for validator in asked:
            verdicts = [one for one in self.verdicts if one.validator == validator]
            counts = {
                outcome: sum(one.outcome == outcome for one in verdicts)
                for outcome in ("passed", "failed", "not run")
            }
            told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
            lines.append(f"{validator:<{width}}  {told}")
            reasons = dict.fromkeys(one.not_run for one in verdicts if one.not_run)
            lines += [f"    not run: {reason}" for reason in reasons]
            for one in verdicts:
                if one.problems:
                    lines += _explained(one)
        return "\n".join(lines)

    def table(self) -> str:
        """Return the files as a table: file, pages, size, seconds, verdict.

        Of many files, those of an edition share a line.
        """
        rows = [("file", "pages", "size", "seconds", "verdict")]
        together = len(self.files) > _MOST_ROWS
        rows += _edition_rows(self.files) if together else [_row(file) for file in self.files]
        rows += [
            (f"{one.guide}{f' {one.edition}' if one.edition else ''}", "-", "-", "-", "not made")
            for one in self.not_made
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        return "\n".join(
            f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
            f"{row[3]:>{widths[3]}}  {row[4]}"
            for row in rows
        )

    def json(self) -> str:
        """Return the report as JSON, for programs."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=2) + "\n"

    def plain(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        verdicts: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            verdicts.setdefault(verdict.file, []).append(verdict)
        return {
            "booklet": __version__,
            "state": self.state.value,
            "guides": self.guides,
            "files": [
                {
                    "name": file.name,
                    "guide": file.guide,
                    "format": file.format,
                    "edition": file.edition,
                    "pages": file.pages or None,
                    "bytes": file.size_bytes,
                    "seconds": round(file.seconds, 3),
                    "from_cache": file.from_cache,
                    "verdict": file.verdict,
                    "problems": listed(file.problems),
                    "validators": [
                        {
                            "validator": verdict.validator,
                            "outcome": verdict.outcome,
                            "why": verdict.not_run or None,
                            "problems": listed(verdict.problems),
                        }
                        for verdict in verdicts.get(file.name, ())
                    ],
                }
                for file in self.files
            ],
            "not_made": [
                {
                    "guide": one.guide,
                    "edition": one.edition or None,
                    "problems": listed(one.problems),
                }
                for one in self.not_made
            ],
            "problems": listed(self.problems),
        }


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as plain values, for JSON."""
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


def _explained(verdict: Verdict) -> list[str]:
    shown = [f"    {verdict.file}: {problem}" for problem in verdict.problems[:_SHOWN]]
    more = len(verdict.problems) - _SHOWN
    return shown + ([f"    {verdict.file}: … and {more} more"] if more > 0 else [])


def _row(file: MadeFile) -> tuple[str, str, str, str, str]:
    seconds = "cached" if file.from_cache else f"{file.seconds:.2f}"
    return file.name, str(file.pages or "-"), _size(file.size_bytes), seconds, file.verdict


def _edition_rows(files: Sequence[MadeFile]) -> list[tuple[str, str, str, str, str]]:
    editions: dict[tuple[str, str], list[MadeFile]] = {}
    for file in files:
        editions.setdefault((file.guide, file.edition), []).append(file)
    rows = []
    for (guide, edition), its in editions.items():
        problems = sum(len(file.problems) for file in its)
        cached = all(file.from_cache for file in its)
        rows.append(
            (
                f"{guide} {edition}: {len(its)} file{'s' if len(its) > 1 else ''}",
                str(max(file.pages for file in its) or "-"),
                _size(sum(file.size_bytes for file in its)),
                "cached" if cached else f"{sum(file.seconds for file in its):.2f}",
                f"{problems} problem{'s' if problems > 1 else ''}" if problems else "passed",
            )
        )
    return rows


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1000:,.0f} KB" if size_bytes >= 1000 else f"{size_bytes} B"

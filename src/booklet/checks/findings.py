"""What a preflight finds, place by place, goes in; one problem a rule comes out."""

from collections.abc import Iterable
from dataclasses import dataclass

from booklet.diagnostics import Problem, Severity

_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a rule.

    Attributes:
        code: The rule.
        message: What is wrong there, as a sentence without its place.
        hint: What to try.
        page: The page, from 1; 0 for the whole file.
        left_mm: Where, from the left edge of the trim; None where no place can be named.
        top_mm: Where, from the upper edge of the trim.
        severity: How much it matters.
    """

    code: str
    message: str
    hint: str = ""
    page: int = 0
    left_mm: float | None = None
    top_mm: float | None = None
    severity: Severity = Severity.ERROR


def at_place(
    code: str,
    message: str,
    hint: str,
    page: int,
    box: tuple[float, float, float, float],
    trim: tuple[float, float, float, float],
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Return a finding whose place is the upper left corner of a box in pt."""
    left = (box[0] - trim[0]) / _POINTS_PER_MM
    top = (trim[3] - box[3]) / _POINTS_PER_MM
    return Finding(code, message, hint, page, left, top, severity)


def one_for_each_rule(findings: Iterable[Finding]) -> list[Problem]:
    """Return one problem for each broken rule: its first place, and how many more there are.

    The worst place speaks for its rule where severities differ.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    return [_problem(found) for found in by_code.values()]


def _problem(found: list[Finding]) -> Problem:
    worst = max(finding.severity for finding in found)
    first = next(finding for finding in found if finding.severity == worst)
    message = f"{_place(first)}{first.message}"
    if len(found) > 1:
        pages = sorted({finding.page for finding in found})
        others = f", pages {_runs(pages)}" if len(pages) > 1 else ""
        message += f" (and {len(found) - 1} more{others})"
    return Problem(first.code, message, None, first.hint, worst)


def _place(finding: Finding) -> str:
    if finding.page == 0:
        return ""
    if finding.left_mm is None or finding.top_mm is None:
        return f"page {finding.page}: "
    return (
        f"page {finding.page}, {finding.left_mm:.0f} mm from the left and "
        f"{finding.top_mm:.0f} mm from the top: "
    )


def _runs(pages: list[int]) -> str:
    """Return page numbers as a person writes them: 1, 3-5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

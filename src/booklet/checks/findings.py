"""What a preflight finds, place by place, goes in; one problem a rule comes out."""

from collections.abc import Iterable
from dataclasses import dataclass

from booklet.diagnostics import Problem, Severity

_POINTS_PER_MM = 72 / 25.4
# A message stays a line; who mends the first places runs it again.
_MOST_RUNS = 20


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


Box = tuple[float, float, float, float]


def at_place(
    code: str,
    message: str,
    hint: str,
    place: tuple[int, Box, Box],
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Return a finding whose place is the upper left corner of a box in pt.

    Args:
        code: The rule.
        message: What is wrong.
        hint: What to try.
        place: The page, the box, and the page's trim.
        severity: How much it matters.
    """
    page, box, trim = place
    left = (box[0] - trim[0]) / _POINTS_PER_MM
    top = (trim[3] - box[3]) / _POINTS_PER_MM
    return Finding(code, message, hint, page, left, top, severity)


def one_for_each_rule(findings: Iterable[Finding]) -> list[Problem]:
    """Return one problem for each broken rule: its first place, and how many more there are.

    The worst place speaks for its rule where severities differ.
    """
    tally = Tally()
    for finding in findings:
        tally.add(finding)
    return tally.problems()


class Tally:
    """Counts findings by their rule; a file may break one at a million places."""

    def __init__(self) -> None:
        self._by_code: dict[str, _Broken] = {}

    def add(self, finding: Finding) -> None:
        """Count one more."""
        rule = self._by_code.get(finding.code)
        if rule is None:
            self._by_code[finding.code] = _Broken(finding, {finding.page})
            return
        rule.more += 1
        rule.pages.add(finding.page)
        if finding.severity > rule.first.severity:
            rule.first = finding

    def has(self, *codes: str) -> bool:
        """Return whether any of these rules is broken."""
        return not self._by_code.keys().isdisjoint(codes)

    def problems(self) -> list[Problem]:
        """Return one problem for each rule, in the order in which they were met."""
        return [rule.problem() for rule in self._by_code.values()]


@dataclass(slots=True)
class _Broken:
    """A rule that is broken: the first of its worst places, all its pages, and how many more."""

    first: Finding
    pages: set[int]
    more: int = 0

    def problem(self) -> Problem:
        """Return what is told about it."""
        first = self.first
        message = f"{_place(first)}{first.message}"
        if self.more:
            others = f", pages {_runs(sorted(self.pages))}" if len(self.pages) > 1 else ""
            message += f" (and {self.more} more{others})"
        return Problem(first.code, message, None, first.hint, first.severity)


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
    told = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_MOST_RUNS]]
    return ", ".join(told) + (" …" if len(runs) > _MOST_RUNS else "")

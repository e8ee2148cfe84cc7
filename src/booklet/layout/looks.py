"""Laid-out pages go in; what looks wrong on them comes out, as warnings with page and place.

Works on the boxes the engine has placed, so that nothing is guessed from pixels. Reaches into
private parts of WeasyPrint, like japanese_lines.py, and only reads them. Lengths are CSS pixels.
"""

import itertools
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from booklet.diagnostics import Problem, Severity
from booklet.layout.glyph_spacing import Spacing

MM = 96 / 25.4
# What may be cut off or covered at an edge.
SAFE_MM = 3.0
# A kanji reaches from here above the baseline to here below it, in ems.
_ABOVE_EM, _BELOW_EM = 0.86, 0.1
# Overlaps and overhangs smaller than this are rounding, or touch as kerned letters do.
_TOUCH_PX = 2.0
_TOUCH_EM = 0.2
NARROWEST_COLUMN_EM = 3.0
# Mean space between the characters of a line; JLREQ's quarter em beside Latin is part of it.
MOST_OPENED_EM = 0.21
_SHORTEST_JUDGED = 6
# A tail of fewer lines is a fault, one of fewer than the second number is worth knowing.
SHORTEST_TAIL_LINES = 2
SHORT_TAIL_LINES = 6
LEAST_FILL = 0.15
LOW_FILL = 0.4
_QUOTED = 24
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Pages that are sparse by plan: covers, the closing, pages to write on.
_BY_PLAN = frozenset(("cover", "back-cover", "closing", "spare", "glance"))


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text on a page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    reading: bool
    heading: bool
    margin: bool
    box: Any


def looks(document: Any) -> list[Problem]:
    """Return what looks wrong on the pages of a document.

    Args:
        document: A document that WeasyPrint has laid out.

    Returns:
        Warnings with the codes looks-overlap, looks-safe-area, looks-out-of-box, looks-column,
        looks-stretched, looks-lone-heading, looks-running-head, looks-tail and looks-fill; of the
        last two notes, where the page is poor and not yet wrong.
    """
    found: list[Problem] = []
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        runs = list(_runs(box))
        found += _overlaps(number, runs)
        found += _outside(number, runs, box)
        found += _lines(number, box)
        found += _running_heads(number, box)
        found += _heading_at_foot(number, runs)
        found += _fill(number, runs, box)
    return [*found, *_tails(document)]


def _problem(
    code: str,
    page: int,
    message: str,
    place: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> Problem:
    quoted = place if len(place) <= _QUOTED else place[:_QUOTED] + "…"
    return Problem(code, f"page {page}: {message}: {quoted}", None, hint, severity)


def _runs(
    box: Any, reading: bool = False, heading: bool = False, margin: bool = False
) -> Iterator[_Run]:
    tag = (box.element_tag or "").split("::")[0]
    reading, heading = reading or tag == "rt", heading or tag in _HEADINGS
    margin = margin or hasattr(box, "at_keyword")
    text = getattr(box, "text", None)
    if isinstance(text, str):
        if text.strip():
            size = box.style["font_size"]
            baseline = box.position_y + box.baseline
            yield _Run(
                text.strip(),
                box.position_x,
                baseline - _ABOVE_EM * size,
                box.position_x + box.width,
                baseline + _BELOW_EM * size,
                size,
                reading,
                heading,
                margin,
                box,
            )
        return
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        yield from _runs(inner, reading, heading, margin)


def _overlaps(page: int, runs: list[_Run]) -> Iterator[Problem]:
    """Words on words."""
    by_top = sorted(runs, key=lambda run: run.top)
    for index, one in enumerate(by_top):
        for other in itertools.islice(by_top, index + 1, None):
            if other.top > one.bottom:
                break
            touch = max(_TOUCH_PX, _TOUCH_EM * min(one.size, other.size))
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            if wide > touch and high > touch:
                yield _problem(
                    "looks-overlap",
                    page,
                    "words lie on other words",
                    f"{one.text[:12]} / {other.text[:12]}",
                    "shorten one of the two texts",
                )


def _outside(page: int, runs: list[_Run], box: Any) -> Iterator[Problem]:
    """Words beyond the page's safe area."""
    safe = SAFE_MM * MM
    width, height = box.margin_width(), box.margin_height()
    for run in runs:
        if (
            run.left < safe
            or run.top < safe
            or run.right > width - safe
            or run.bottom > height - safe
        ):
            yield _problem(
                "looks-safe-area",
                page,
                f"words come within {SAFE_MM:g} mm of the edge or leave the page",
                run.text,
                "shorten the text, or let a long address break",
            )


def _lines(page: int, box: Any) -> Iterator[Problem]:
    """Lines that leave their box or are torn apart, and columns too narrow for words."""
    for parent in _parents(box):
        rows = [child for child in parent.children if _is_line(child)]
        if not rows:
            continue
        size = parent.style["font_size"]
        right = parent.content_box_x() + parent.width
        for row in rows:
            text = "".join(run.text for run in _runs(row) if not run.reading)
            if row.position_x + row.width > right + max(_TOUCH_PX, 0.5 * size) and text:
                hint = "shorten the words, or let them break"
                yield _problem("looks-out-of-box", page, "a line leaves its box", text, hint)
            if _mean_gap(row) > MOST_OPENED_EM:
                hint = "change a word or two"
                yield _problem("looks-stretched", page, "a line is torn apart", text, hint)
        cell = _is_cell(parent)
        if cell and len(rows) > 1 and parent.width < NARROWEST_COLUMN_EM * size:
            text = "".join(run.text for run in _runs(parent))
            hint = "use fewer columns or shorter heads"
            yield _problem("looks-column", page, "a column is under 3 characters wide", text, hint)


def _parents(box: Any, in_cell: bool = False) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    in_cell = in_cell or (box.element_tag in ("td", "th"))
    if getattr(box, "children", None):
        if in_cell:
            box.looks_in_cell = True
        yield box
        for child in box.children:
            yield from _parents(child, in_cell)


def _is_cell(box: Any) -> bool:
    return getattr(box, "looks_in_cell", False)


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"


def _mean_gap(row: Any) -> float:
    """Return the mean space added between the characters of a line, in ems."""
    gaps: list[float] = []
    for run in _runs(row):
        if run.reading or run.box.style["letter_spacing"] not in ("normal", 0):
            continue
        spacing = getattr(getattr(run.box, "pango_layout", None), "justification_spacing", None)
        if isinstance(spacing, Spacing):
            gaps += [gap / 1000 for gap in spacing.gaps[:-1]]
        else:
            added = getattr(run.box, "justification_spacing", 0) / run.size
            gaps += [added if character == " " else 0.0 for character in run.text]
    return statistics.fmean(gaps) if len(gaps) >= _SHORTEST_JUDGED else 0.0


def _running_heads(page: int, box: Any) -> Iterator[Problem]:
    for child in box.children:
        if hasattr(child, "at_keyword"):
            heights = {round(run.top) for run in _runs(child)}
            if len(heights) > 1:
                text = "".join(run.text for run in _runs(child))
                hint = "give the section a shorter title"
                yield _problem(
                    "looks-running-head", page, "a running head takes two lines", text, hint
                )


def _heading_at_foot(page: int, runs: list[_Run]) -> Iterator[Problem]:
    words = [run for run in runs if not run.margin and not run.reading]
    lowest = max(words, key=lambda run: run.bottom, default=None)
    if lowest is not None and lowest.heading and not all(run.heading for run in runs):
        hint = "shorten what follows it, so that some of it fits below the heading"
        yield _problem(
            "looks-lone-heading", page, "a heading has nothing below it", lowest.text, hint
        )


def _tails(document: Any) -> Iterator[Problem]:
    """Ends of sections that are too short for the page they have come to."""
    parts: dict[int, list[tuple[int, float, str]]] = {}
    for number, page in enumerate(document.pages, 1):
        line = _line_height(page._page_box)
        for box in _sections(page._page_box):
            runs = [run for run in _runs(box) if not run.reading]
            if runs:
                part = (number, box.height / line, runs[0].text)
                parts.setdefault(id(box.element), []).append(part)
    for _, *rest in parts.values():
        if rest and rest[-1][1] < SHORT_TAIL_LINES:
            page_number, high, text = rest[-1]
            grave = high < SHORTEST_TAIL_LINES
            hint = "shorten the section by these lines, or write some more"
            message = "a section ends with too little on its page"
            severity = Severity.WARNING if grave else Severity.NOTE
            yield _problem("looks-tail", page_number, message, text, hint, severity)


def _fill(page: int, runs: list[_Run], box: Any) -> Iterator[Problem]:
    """Pages of sections that hold next to nothing."""
    words = [run for run in runs if not run.margin]
    if box.page_type.name in _BY_PLAN or not words or not list(_sections(box)):
        return
    filled = (max(run.bottom for run in words) - box.content_box_y()) / box.height
    if filled < LOW_FILL:
        hint = "shorten or lengthen the section before"
        severity = Severity.WARNING if filled < LEAST_FILL else Severity.NOTE
        message = f"only {filled:.0%} of the page is used"
        yield _problem("looks-fill", page, message, words[0].text, hint, severity)


def _line_height(box: Any) -> float:
    steps = [child.height for child in _parents(box) if _is_line(child) and child.height > 1]
    return statistics.mode(round(step, 1) for step in steps) if steps else 1.0


def _sections(box: Any) -> Iterator[Any]:
    for parent in _parents(box):
        element = parent.element
        classes = (element.get("class") or "").split() if element is not None else []
        if parent.element_tag == "section" and "section" in classes:
            yield parent

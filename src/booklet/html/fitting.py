"""A page and the texts of a figure go in; the form in which the figure fits the page comes out.

Templates ask here how many ways in stand side by side, whether lists are too long for columns, and
whether a table is better set as cards. The answers are estimates of heights and widths in ems and
lines; layout/looks.py looks at what the engine makes of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.html.columns import (
    ems,
    label_width,
    lines_of,
    plain,
    route_columns,
    table_columns,
)
from booklet.html.geometry import Geometry
from booklet.model.book import ColophonRow

# A line of fewer characters has no room for columns beside each other.
NARROW_BELOW = 32
# What a section's opener and a heading below it take of a page, with some air.
_OPENER_LINES = 8
# A way in: half a line above and below its start, its goal, and half a line below each step.
_ROUTE_ENDS_LINES = 3.5
_STEP_INDENT_EM = 3.5
# Longer labels and places than this together leave no room for three sums beside them.
_WIDEST_LABELS_EM = 13
_COLOPHON_LABEL_EM = 8
_COLOPHON_SIZE = 0.85
_NAMES = {2: "two", 3: "three"}


@dataclass(frozen=True, slots=True)
class RouteRow:
    """Ways in that stand side by side.

    Attributes:
        kind: Classes: one, two or three for how many fit beside each other; tall for some that may
            be torn because they do not fit what is left of a page.
        first: Number of the first of them.
        routes: The ways in.
        head_lines: Lines of the longest start among them, so that all begin at one height; 0 when
            nothing stands beside it.
    """

    kind: str
    first: int
    routes: Sequence[Any]
    head_lines: int


class Fitting:
    """How figures fit a page.

    Args:
        page: The printed page; an e-book of the same edition follows it where words would differ.
        phrase_ends: Finds where the phrases of a text end.
        in_print: Whether the pages are made, or documents for e-readers.
    """

    def __init__(
        self, page: Geometry, phrase_ends: Callable[[str], list[int]], *, in_print: bool
    ) -> None:
        self._page = page
        self._phrase_ends = phrase_ends
        self._in_print = in_print

    @property
    def is_narrow(self) -> bool:
        """Return whether what stands side by side elsewhere stands one below the other."""
        return self._page.characters < NARROW_BELOW

    def routes(self, routes: Sequence[Any]) -> list[RouteRow]:
        """Return the ways in, row by row; an e-reader gets one below the other."""
        if not self._in_print:
            return [RouteRow("one", 1, routes, 0)]
        page = self._page
        columns = 1
        if not self.is_narrow:
            columns = route_columns(
                lambda width: [self._route_lines(route, width) for route in routes],
                len(routes),
                page.characters,
                page.lines - _OPENER_LINES,
            )
        if columns == 1:
            highest = max(self._route_lines(route, page.characters) for route in routes)
            tall = " tall" if highest > page.lines / 2 else ""
            return [RouteRow(f"one{tall}", 1, routes, 0)]
        width = (page.characters - columns + 1) // columns - 2
        rows = []
        for start in range(0, len(routes), columns):
            row = routes[start : start + columns]
            heads = max(self._lines(route.start, width) for route in row)
            rows.append(RouteRow(_NAMES[columns], start + 1, row, heads))
        return rows

    def _route_lines(self, route: Any, width: float) -> float:
        inside = width - _STEP_INDENT_EM
        texts = [*route.steps, *([route.note] if route.note else [])]
        steps = sum(self._lines(text, inside) + 0.5 for text in texts)
        return self._lines(route.start, width - 2) + steps + _ROUTE_ENDS_LINES

    def _lines(self, text: str, width: float) -> int:
        return lines_of(plain(text), width, self._phrase_ends)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Sequence[float] | None:
        """Return the widths of a table's columns in ems, nothing in e-readers; None for cards."""
        widths = table_columns(head, rows, self._page.characters, self._phrase_ends).widths
        if not widths:
            return None
        return widths if self._in_print else ()

    def label_em(self, labels: Sequence[str]) -> float:
        """Return how wide a column of labels is: its longest word, in whole ems."""
        return label_width(self._phrase_ends, labels)

    def sums_as_cards(self, labels: Sequence[str], places: Sequence[str]) -> bool:
        """Return whether sums are set as cards: there is no room for a table of them.

        Args:
            labels: Whose pay it is, row by row.
            places: Where, row by row; nothing when all are of one place.
        """
        width = self.label_em(labels) + (self.label_em(places) if places else 0)
        return self.is_narrow or width > _WIDEST_LABELS_EM

    def are_tall(self, *lists: Sequence[str] | None) -> bool:
        """Return whether lists are too long to stand side by side below a section's opener."""
        if not self._in_print:
            return False
        width = (self._page.characters - 2) // 2 - 2
        heights = [sum(self._lines(item, width) + 0.5 for item in items or ()) for items in lists]
        return max(heights, default=0) > self._page.lines - _OPENER_LINES

    def has_long_items(self, items: Sequence[str], columns: int) -> bool:
        """Return whether an item takes more than one line, so that items have to be set apart."""
        if not self._in_print:
            return True
        characters = self._page.characters
        width = characters if columns == 1 or self.is_narrow else (characters - 2) // 2
        return any(ems(plain(item)) > width - 2 for item in items)

    def colophon_in_two(self, rows: Sequence[ColophonRow]) -> bool:
        """Return whether a colophon needs two columns to keep to a page, and has room for them."""
        if not self._in_print or self.is_narrow:
            return False
        width = (self._page.characters - _COLOPHON_LABEL_EM) / _COLOPHON_SIZE
        lines = sum(max(1, -(-ems(value) // width)) for row in rows for value in row.values)
        return lines * 0.75 + len(rows) * 0.25 > self._page.lines - 3

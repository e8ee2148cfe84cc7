"""Text of a content stream goes in; where it stands, how large, and in which font comes out."""

import math
from dataclasses import replace
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from booklet.checks.preflight.font_widths import Widths, widths_of
from booklet.checks.preflight.geometry import (
    IDENTITY,
    Box,
    Matrix,
    common,
    extent_of,
    is_there,
    numbers,
    times,
)
from booklet.checks.preflight.paint import UsedFont
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    is_stream,
    number,
    number_of,
    whole,
)
from booklet.checks.preflight.stream_base import Act
from booklet.checks.preflight.stream_paths import PathReader

_TEXT_STATE = {"Tc": "spacing", "Tw": "word_spacing", "TL": "leading", "Ts": "rise"}
# Rendering modes (ISO 32000-1, table 106).
_FILLED, _STROKED = (0, 2, 4, 6), (1, 2, 5, 6)
# What an em holds above and below the baseline of a Japanese character.
_BELOW, _ABOVE = -0.12, 0.88


class TextReader(PathReader):
    """Reads text."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.text: Matrix = IDENTITY
        self.line: Matrix = IDENTITY

    def operators(self) -> dict[str, Act]:
        """Return what each operator does."""
        return {
            **super().operators(),
            "BT": self._begin_text,
            "d1": self._stencil_glyph,
            **dict.fromkeys(("Tm", "Td", "TD", "T*"), self._move_text),
            **dict.fromkeys(("Tj", "TJ", "'", '"'), self._show),
            **dict.fromkeys(("Tf", "Tr", "Tz", *_TEXT_STATE), self._set_text),
        }

    def _begin_text(self, operator: str, operands: list[Any]) -> None:
        self.text = self.line = IDENTITY

    def _stencil_glyph(self, operator: str, operands: list[Any]) -> None:
        # ISO 32000-1, table 113: after d1 a glyph takes the colour of the text.
        self.is_stencil = True

    def _move_text(self, operator: str, operands: list[Any]) -> None:
        if operator == "Tm":
            self.text = self.line = numbers(operands, 6)
            return
        x, y = (0, -self.state.leading) if operator == "T*" else numbers(operands, 2)
        if operator == "TD":
            self.state = replace(self.state, leading=-y)
        self.text = self.line = times((1, 0, 0, 1, x, y), self.line)

    def _set_text(self, operator: str, operands: list[Any]) -> None:
        (value,) = numbers(operands[-1:], 1)
        if operator == "Tf":
            font = self.found("/Font", operands[0])
            self.state = replace(self.state, font=font, type_size=value)
        elif operator == "Tr":
            self.state = replace(self.state, mode=int(value))
        elif operator == "Tz":
            self.state = replace(self.state, stretch=value / 100)
        else:
            changes: dict[str, Any] = {_TEXT_STATE[operator]: value}
            self.state = replace(self.state, **changes)

    def _show(self, operator: str, operands: list[Any]) -> None:
        if operator == '"':
            spacing = numbers(operands[:2], 2)
            self.state = replace(self.state, word_spacing=spacing[0], spacing=spacing[1])
        if operator in ("'", '"'):
            self._move_text("T*", [])
        if not isinstance(self.state.font, Dictionary):
            return
        widths = self._widths()
        shown = operands[-1]
        parts = list(shown) if isinstance(shown, Array) else [shown]
        codes: list[int] = []
        advance = sum(self._advance(part, widths, codes) for part in parts)
        if not widths.is_vertical:
            advance *= self.state.stretch
        if codes and self.state.mode not in (3, 7):
            self._set_type(widths, advance, codes)
        moved = (0, advance) if widths.is_vertical else (advance, 0)
        self.text = times((1, 0, 0, 1, *moved), self.text)

    def _advance(self, part: Any, widths: Widths, codes: list[int]) -> float:
        """Return how far a part of a line goes on, and add its codes to the others.

        A vertical line goes down, an em a character (ISO 32000-1, 9.7.4.3: DW2 [880 -1000]).
        """
        state = self.state
        if not isinstance(part, String):
            return -number(part) / 1000 * state.type_size
        found = widths.codes(bytes(part))
        codes += found
        if widths.is_vertical:
            return len(found) * (state.spacing - state.type_size)
        advance = sum(map(widths.of, found)) * state.type_size + len(found) * state.spacing
        if not widths.two_bytes and state.word_spacing:
            advance += found.count(32) * state.word_spacing
        return advance

    def _set_type(self, widths: Widths, advance: float, codes: list[int]) -> None:
        state = self.state
        matrix = times((1, 0, 0, 1, 0, state.rise), times(self.text, state.matrix))
        em = state.type_size
        box: Box = (0, _BELOW * em, advance, _ABOVE * em)
        if widths.is_vertical:
            box = (-em / 2, advance, em / 2, 0)
        place = common(extent_of(matrix, box), state.clip)
        if not is_there(place):
            return
        self._use(widths, codes)
        if entry(state.font, "/Subtype") == Name.Type3:
            self._glyphs(matrix, codes)
        size = abs(em) * math.hypot(matrix[2], matrix[3])
        if state.mode in _FILLED:
            if state.fill_pattern is not None:
                self.paint_pattern(state.fill_pattern, state.fill, place)
            else:
                self.add(self.as_filled("text", place, size))
        if state.mode in _STROKED:
            if state.stroke_pattern is not None:
                self.paint_pattern(state.stroke_pattern, state.stroke, place)
            stroked = self.as_stroked("text", place, size)
            self.add(replace(stroked, stroke_pt=self.stroke_width()))

    def _use(self, widths: Widths, codes: list[int]) -> None:
        key = self._font_key()
        if key not in self.paint.fonts:
            self.paint.fonts[key] = UsedFont(self.state.font, widths)
        self.paint.fonts[key].codes.update(codes)

    def _glyphs(self, matrix: Matrix, codes: list[int]) -> None:
        """Read the small drawings that a Type 3 font has for glyphs, each once a page."""
        font, state = self.state.font, self.state
        names = _glyph_names(entry(font, "/Encoding"))
        drawings = entry(font, "/CharProcs", Dictionary())
        given = elements(entry(font, "/FontMatrix"))
        own = numbers(given, 6) if given else (0.001, 0, 0, 0.001, 0, 0)
        sized = times(own, (state.type_size * state.stretch, 0, 0, state.type_size, 0, 0))
        inner = replace(state, matrix=times(sized, matrix))
        resources = entry(font, "/Resources", self.resources)
        for code in dict.fromkeys(codes):
            drawing = entry(drawings, names[code]) if code in names else None
            if is_stream(drawing) and self.shared.is_new("glyph", number_of(drawing)):
                self.inside(drawing, resources, inner)

    def _font_key(self) -> Any:
        place = number_of(self.state.font)
        if place != (0, 0):
            return place
        # Written where it is used: two that say the same are one.
        return self.state.font.unparse()

    def _widths(self) -> Widths:
        key = self._font_key()
        if key not in self.shared.widths:
            self.shared.widths[key] = widths_of(self.state.font)
        return self.shared.widths[key]


def _glyph_names(encoding: Any) -> dict[int, Any]:
    names: dict[int, Any] = {}
    code = 0
    for one in elements(entry(encoding, "/Differences")):
        if isinstance(one, Name):
            names[code] = one
            code += 1
        else:
            code = whole(one)
    return names

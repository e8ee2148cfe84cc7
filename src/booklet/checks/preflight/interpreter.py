"""An open PDF goes in; what each page paints comes out, by reading its operators.

Reads ISO 32000-1, annex A, as far as a preflight needs it: graphics state, paths, clipping by its
extent, text by the widths of its font, forms, patterns, pictures and shadings.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, String

from booklet.checks.preflight.colour_values import Colour, colour_in, device_colour, first_colour
from booklet.checks.preflight.font_widths import Widths, widths_of
from booklet.checks.preflight.geometry import (
    IDENTITY,
    Box,
    Matrix,
    at,
    common,
    extent,
    extent_of,
    is_there,
    numbers,
    scale_of,
    times,
)
from booklet.checks.preflight.graphics_state import GraphicsState, note_group, note_transparency
from booklet.checks.preflight.paint import PagePaint, Painted

_DIRECT = {"rg": "rgb", "RG": "rgb", "g": "grey", "G": "grey", "k": "cmyk", "K": "cmyk"}
_FILLING = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKING = {"S", "s", "B", "B*", "b", "b*"}
_TEXT_STATE = {"Tc": "spacing", "Tw": "word_spacing", "TL": "leading", "Ts": "rise"}
_DEEPEST = 12
_UNREADABLE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def painted_pages(document: Any) -> list[PagePaint]:
    """Return everything that each page of an open document paints.

    A page whose operators cannot be read is marked as broken, and what came before is returned.
    """
    widths: dict[tuple[int, int], Widths] = {}
    return [_page_paint(page, widths) for page in document.pages]


def _page_paint(page: Any, widths: dict[tuple[int, int], Widths]) -> PagePaint:
    paint = PagePaint()
    shared = _Shared(paint, widths, set())
    try:
        note_group(page.obj, paint)
        _Stream(shared, page.resources, GraphicsState(), 0).read(page)
    except _UNREADABLE:
        paint.broken = True
    return paint


@dataclass(slots=True)
class _Shared:
    """What all streams of a page write into."""

    paint: PagePaint
    widths: dict[tuple[int, int], Widths]
    done: set[tuple[int, int]]

    def is_new(self, thing: Any) -> bool:
        """Return whether an object of the file is met for the first time on this page."""
        number = tuple(thing.objgen)
        if number in self.done:
            return False
        if number != (0, 0):
            self.done.add(number)
        return True


class _Stream:
    """Reads one content stream."""

    def __init__(self, shared: _Shared, resources: Any, state: GraphicsState, depth: int) -> None:
        self.shared = shared
        self.paint = shared.paint
        self.resources = resources
        self.state = state
        self.depth = depth
        self.saved: list[GraphicsState] = []
        self.path: list[tuple[float, float]] = []
        self.clips = False
        self.text = self.line = IDENTITY
        self.known: dict[tuple[str, str], Any] = {}
        self.noted: dict[str, list[tuple[str, Any]] | None] = {}
        self.does = self._operators()

    def read(self, stream: Any) -> None:
        """Follow the operators of a stream to its end."""
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, ContentStreamInlineImage):
                self.paint.oddities.add("a picture inside the page's own stream")
                self._picture(instruction.iimage.obj)
            elif act := self.does.get(operator := str(instruction.operator)):
                act(operator, list(instruction.operands))
        self.does = {}  # it holds this object, which would wait for the collector

    def _operators(self) -> dict[str, Callable[[str, list[Any]], None]]:
        groups: dict[Callable[[str, list[Any]], None], tuple[str, ...]] = {
            self._save: ("q",),
            self._restore: ("Q",),
            self._transform: ("cm",),
            self._segment: ("m", "l", "c", "v", "y"),
            self._rectangle: ("re",),
            self._clip: ("W", "W*"),
            self._end_path: ("n", *sorted(_FILLING | _STROKING)),
            self._set_direct: tuple(_DIRECT),
            self._choose_space: ("cs", "CS"),
            self._set_colour: ("sc", "scn", "SC", "SCN"),
            self._graphics_state: ("gs",),
            self._line_width: ("w",),
            self._paint_object: ("Do",),
            self._paint_shading: ("sh",),
            self._begin_text: ("BT",),
            self._move_text: ("Tm", "Td", "TD", "T*"),
            self._show: ("Tj", "TJ", "'", '"'),
            self._set_text: ("Tf", "Tr", "Tz", *_TEXT_STATE),
        }
        return {operator: act for act, operators in groups.items() for operator in operators}

    # Graphics state

    def _save(self, operator: str, operands: list[Any]) -> None:
        self.saved.append(self.state.copy())

    def _restore(self, operator: str, operands: list[Any]) -> None:
        self.state = self.saved.pop() if self.saved else self.state

    def _transform(self, operator: str, operands: list[Any]) -> None:
        self.state.matrix = times(numbers(operands, 6), self.state.matrix)

    def _line_width(self, operator: str, operands: list[Any]) -> None:
        self.state.line_pt = float(operands[0])

    def _graphics_state(self, operator: str, operands: list[Any]) -> None:
        name = str(operands[0])
        if name not in self.noted:
            named = self._found("/ExtGState", operands[0])
            self.noted[name] = None if named is None else _changes(named)
            if named is not None:
                note_transparency(named, self.paint)
        for attribute, value in self.noted[name] or ():
            setattr(self.state, attribute, value)

    # Paths

    def _segment(self, operator: str, operands: list[Any]) -> None:
        values = numbers(operands, {"c": 6, "v": 4, "y": 4}.get(operator, 2))
        for index in range(0, len(values), 2):
            self.path.append(at(self.state.matrix, values[index], values[index + 1]))

    def _rectangle(self, operator: str, operands: list[Any]) -> None:
        x, y, width, height = numbers(operands, 4)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.path += [at(self.state.matrix, *corner) for corner in corners]

    def _clip(self, operator: str, operands: list[Any]) -> None:
        self.clips = True

    def _end_path(self, operator: str, operands: list[Any]) -> None:
        if self.path:
            around = extent(self.path)
            if operator in _FILLING:
                self._fill(common(around, self.state.clip))
            if operator in _STROKING:
                self._stroke(around)
            if self.clips:
                self.state.clip = common(self.state.clip, around)
        self.path, self.clips = [], False

    def _fill(self, box: Box) -> None:
        if is_there(box):
            thickness = min(box[2] - box[0], box[3] - box[1])
            overprints = self.state.overprint_fill
            self._add(Painted("fill", box, self.state.fill, thickness, overprints))

    def _stroke(self, around: Box) -> None:
        width = self.state.line_pt * scale_of(self.state.matrix)
        half = width / 2
        grown = (around[0] - half, around[1] - half, around[2] + half, around[3] + half)
        box = common(grown, self.state.clip)
        if is_there(box):
            overprints = self.state.overprint_stroke
            self._add(Painted("line", box, self.state.stroke, width, overprints))

    def _add(self, painted: Painted) -> None:
        # What a pattern paints is read from the pattern.
        if painted.colour is None or painted.colour.space != "pattern":
            self.paint.painted.append(painted)

    # Colours

    def _set_direct(self, operator: str, operands: list[Any]) -> None:
        self._colour(operator.isupper(), device_colour(_DIRECT[operator], operands))

    def _choose_space(self, operator: str, operands: list[Any]) -> None:
        space = self._found("/ColorSpace", operands[0], operands[0])
        self.paint.spaces.append(space)
        if operator == "CS":
            self.state.stroke_space = space
        else:
            self.state.fill_space = space
        self._colour(operator == "CS", first_colour(space))

    def _set_colour(self, operator: str, operands: list[Any]) -> None:
        stroke = operator.isupper()
        if operands and isinstance(operands[-1], Name):
            self._pattern(self._found("/Pattern", operands[-1]))
            self._colour(stroke, Colour("pattern", ()))
            return
        space = self.state.stroke_space if stroke else self.state.fill_space
        self._colour(stroke, colour_in(space, operands))

    def _colour(self, stroke: bool, colour: Colour) -> None:
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour

    def _pattern(self, pattern: Any) -> None:
        if pattern is None or not self.shared.is_new(pattern):
            return
        if int(pattern.get("/PatternType", 1)) == 2:
            self._shading(pattern.get("/Shading"))
            return
        inner = GraphicsState(matrix=_matrix_of(pattern), clip=self.state.clip)
        self._inside(pattern, pattern.get("/Resources", Dictionary()), inner)

    # Forms, pictures and shadings

    def _paint_object(self, operator: str, operands: list[Any]) -> None:
        thing = self._found("/XObject", operands[0])
        kind = thing.get("/Subtype") if thing is not None else None
        if kind == Name.Image:
            self._picture(thing)
        elif kind == Name.PS:
            self.paint.oddities.add("PostScript")
        elif kind == Name.Form:
            note_group(thing, self.paint)
            matrix = times(_matrix_of(thing), self.state.matrix)
            box = extent_of(matrix, numbers(thing.get("/BBox", [0, 0, 0, 0]), 4))
            inner = replace(self.state, matrix=matrix, clip=common(self.state.clip, box))
            self._inside(thing, thing.get("/Resources", self.resources), inner)

    def _inside(self, stream: Any, resources: Any, state: GraphicsState) -> None:
        if self.depth < _DEEPEST:
            _Stream(self.shared, resources, state.copy(), self.depth + 1).read(stream)

    def _picture(self, picture: Any) -> None:
        if "/SMask" in picture:
            self.paint.transparency.add("a soft mask")
        box = common(extent_of(self.state.matrix, (0, 0, 1, 1)), self.state.clip)
        if not is_there(box):
            return
        a, b, c, d, _, _ = self.state.matrix
        width, height = math.hypot(a, b) / 72, math.hypot(c, d) / 72
        across = float(picture.get("/Width", picture.get("/W", 0)))
        down = float(picture.get("/Height", picture.get("/H", 0)))
        dots = min(across / width if width else 0, down / height if height else 0)
        stencil = bool(picture.get("/ImageMask", picture.get("/IM", False)))
        colour = self.state.fill if stencil else None
        overprints = self.state.overprint_fill
        self._add(Painted("picture", box, colour, dots, overprints, picture))

    def _paint_shading(self, operator: str, operands: list[Any]) -> None:
        self._shading(self._found("/Shading", operands[0]))

    def _shading(self, shading: Any) -> None:
        if shading is not None:
            self.paint.spaces.append(shading.get("/ColorSpace"))
            overprints = self.state.overprint_fill
            self._add(Painted("shading", self.state.clip, None, 0, overprints, shading))

    # Text

    def _begin_text(self, operator: str, operands: list[Any]) -> None:
        self.text = self.line = IDENTITY

    def _move_text(self, operator: str, operands: list[Any]) -> None:
        if operator == "Tm":
            self.text = self.line = numbers(operands, 6)
            return
        x, y = (0, -self.state.leading) if operator == "T*" else numbers(operands, 2)
        if operator == "TD":
            self.state.leading = -y
        self.text = self.line = times((1, 0, 0, 1, x, y), self.line)

    def _set_text(self, operator: str, operands: list[Any]) -> None:
        value = float(operands[-1])
        if operator == "Tf":
            font = self._found("/Font", operands[0])
            self.state.font, self.state.type_size = font, value
        elif operator == "Tr":
            self.state.mode = int(value)
        elif operator == "Tz":
            self.state.stretch = value / 100
        else:
            setattr(self.state, _TEXT_STATE[operator], value)

    def _show(self, operator: str, operands: list[Any]) -> None:
        if operator in ("'", '"'):
            self._move_text("T*", [])
        if self.state.font is None:
            return
        widths = self._widths()
        shown = operands[-1]
        parts = list(shown) if isinstance(shown, Array) else [shown]
        advance = sum(self._advance(part, widths) for part in parts) * self.state.stretch
        if self.state.mode != 3 and any(isinstance(part, String) and bytes(part) for part in parts):
            self._set_type(widths, advance)
        self.text = times((1, 0, 0, 1, advance, 0), self.text)

    def _advance(self, part: Any, widths: Widths) -> float:
        if not isinstance(part, String):
            return -float(part) / 1000 * self.state.type_size
        advance = 0.0
        for code in widths.codes(bytes(part)):
            advance += widths.of(code) * self.state.type_size + self.state.spacing
            if code == 32 and not widths.two_bytes:
                advance += self.state.word_spacing
        return advance

    def _set_type(self, widths: Widths, advance: float) -> None:
        state = self.state
        matrix = times((1, 0, 0, 1, 0, state.rise), times(self.text, state.matrix))
        # Above and below the baseline, a Japanese character fills its em like this.
        box = (0, -0.12 * state.type_size, advance, 0.88 * state.type_size)
        place = common(extent_of(matrix, box), state.clip)
        if not is_there(place):
            return
        self.paint.fonts.setdefault(widths.name, state.font)
        size = abs(state.type_size) * math.hypot(matrix[2], matrix[3])
        if state.mode in (1, 5):
            self._add(Painted("text", place, state.stroke, size, state.overprint_stroke))
        else:
            self._add(Painted("text", place, state.fill, size, state.overprint_fill))
        if state.font.get("/Subtype") == Name.Type3 and self.shared.is_new(state.font):
            self._glyphs(state.font)

    def _glyphs(self, font: Any) -> None:
        matrix = numbers(font.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0]), 6)
        inner = replace(self.state, matrix=times(matrix, self.state.matrix))
        for glyph in font.get("/CharProcs", Dictionary()).values():
            self._inside(glyph, font.get("/Resources", Dictionary()), inner)

    def _widths(self) -> Widths:
        number = tuple(self.state.font.objgen)
        if number == (0, 0):
            return widths_of(self.state.font)
        if number not in self.shared.widths:
            self.shared.widths[number] = widths_of(self.state.font)
        return self.shared.widths[number]

    def _found(self, kind: str, name: Any, default: Any = None) -> Any:
        key = (kind, str(name))
        if key not in self.known:
            self.known[key] = (self.resources.get(kind) or {}).get(key[1], default)
        return self.known[key]


def _changes(named: Any) -> list[tuple[str, Any]]:
    """Return what a graphics state of the file sets, by the names of ours."""
    changes: list[tuple[str, Any]] = []
    if "/OP" in named:
        # ISO 32000-1, table 58: OP alone speaks for both.
        changes += [(name, bool(named.OP)) for name in ("overprint_stroke", "overprint_fill")]
    if "/op" in named:
        changes.append(("overprint_fill", bool(named["/op"])))
    if "/LW" in named:
        changes.append(("line_pt", float(named.LW)))
    return changes


def _matrix_of(thing: Any) -> Matrix:
    matrix: Matrix = numbers(thing.get("/Matrix", IDENTITY), 6)
    return matrix

"""Paths and colours of a content stream go in; fills and lines come out."""

from dataclasses import replace
from typing import Any

from pikepdf import Name

from booklet.checks.preflight.colour_values import (
    Colour,
    Space,
    device_space,
    read_space,
)
from booklet.checks.preflight.geometry import (
    Box,
    Outline,
    Point,
    at,
    common,
    extent,
    is_there,
    is_upright,
    numbers,
    scale_of,
)
from booklet.checks.preflight.paint import Painted
from booklet.checks.preflight.pdf_values import name_of, number_of
from booklet.checks.preflight.stream_base import Act, StreamBase

_DIRECT = {"rg": "rgb", "RG": "rgb", "g": "grey", "G": "grey", "k": "cmyk", "K": "cmyk"}
_FILLING = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKING = {"S", "s", "B", "B*", "b", "b*"}
_CLOSING = {"s", "b", "b*"}
_MOST_CLIPS = 6
# More is a drawing whose outlines would not fit into memory; its box stands for it.
_MOST_POINTS = 100_000
_DEVICE = ("/DeviceRGB", "/DeviceGray", "/DeviceCMYK", "/Pattern")


class PathReader(StreamBase):
    """Reads paths, clipping and colours."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.path: list[list[Point]] = []
        self.points = 0
        self.clips = False

    def operators(self) -> dict[str, Act]:
        """Return what each operator does."""
        return {
            **super().operators(),
            **dict.fromkeys(("m", "l", "c", "v", "y"), self._segment),
            "h": self._close,
            "re": self._rectangle,
            "W": self._clip,
            "W*": self._clip,
            **dict.fromkeys(("n", *_FILLING, *_STROKING), self._end_path),
            **dict.fromkeys(_DIRECT, self._set_direct),
            "cs": self._choose_space,
            "CS": self._choose_space,
            **dict.fromkeys(("sc", "scn", "SC", "SCN"), self._set_colour),
        }

    def _segment(self, operator: str, operands: list[Any]) -> None:
        values = numbers(operands, {"c": 6, "v": 4, "y": 4}.get(operator, 2))
        points = [
            at(self.state.matrix, values[index], values[index + 1])
            for index in range(0, len(values), 2)
        ]
        if operator == "m" or not self.path:
            self.path.append([])
        self.path[-1] += points
        self.points += len(points)

    def _close(self, operator: str, operands: list[Any]) -> None:
        if self.path and self.path[-1]:
            self.path[-1].append(self.path[-1][0])

    def _rectangle(self, operator: str, operands: list[Any]) -> None:
        x, y, width, height = numbers(operands, 4)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.path.append([at(self.state.matrix, *corner) for corner in corners])
        self.points += len(corners)

    def _clip(self, operator: str, operands: list[Any]) -> None:
        self.clips = True

    def _end_path(self, operator: str, operands: list[Any]) -> None:
        if operator in _CLOSING:
            self._close(operator, operands)
        if self.points:
            around = extent(point for part in self.path for point in part)
            small = self.points <= _MOST_POINTS
            outlines = tuple(tuple(part) for part in self.path if part) if small else ()
            if operator in _FILLING:
                self._fill(common(around, self.state.clip), outlines)
            if operator in _STROKING:
                self._stroke(around, outlines)
            if self.clips:
                self._cut(around, outlines)
        elif self.clips:
            # Clipping by nothing leaves nothing.
            self.state = replace(self.state, clip=(1e9, 1e9, -1e9, -1e9))
        self.path, self.points, self.clips = [], 0, False

    def _cut(self, around: Box, outlines: tuple[Outline, ...]) -> None:
        state = self.state
        clips = state.clips
        if outlines and not (len(outlines) == 1 and is_upright(outlines[0])):
            clips = (*clips, outlines)[-_MOST_CLIPS:]
        self.state = replace(state, clip=common(state.clip, around), clips=clips)

    def _fill(self, box: Box, outlines: tuple[Outline, ...]) -> None:
        if not is_there(box):
            return
        thickness = min(box[2] - box[0], box[3] - box[1])
        if self.state.fill_pattern is not None:
            self.paint_pattern(self.state.fill_pattern, self.state.fill, box)
            return
        self.add(self.as_filled("fill", box, thickness, outlines))

    def _stroke(self, around: Box, outlines: tuple[Outline, ...]) -> None:
        width = self.stroke_width()
        half = width / 2
        grown = (around[0] - half, around[1] - half, around[2] + half, around[3] + half)
        box = common(grown, self.state.clip)
        if not is_there(box):
            return
        if self.state.stroke_pattern is not None:
            self.paint_pattern(self.state.stroke_pattern, self.state.stroke, box)
            return
        self.add(self.as_stroked("line", box, width, outlines))

    def stroke_width(self) -> float:
        """Return how wide a line is now, in pt of the page."""
        return self.state.line_pt * scale_of(self.state.matrix)

    def as_filled(
        self,
        kind: str,
        box: Box,
        size: float,
        outlines: tuple[Outline, ...] = (),
        thing: Any = None,
    ) -> Painted:
        """Return something painted in the colour of fills."""
        state = self.state
        return Painted(
            kind, box, state.fill, size, state.overprint_fill, state.keeps_zeros, thing, outlines,
            state.clips,
        )  # fmt: skip

    def as_stroked(
        self, kind: str, box: Box, size: float, outlines: tuple[Outline, ...] = ()
    ) -> Painted:
        """Return something painted in the colour of lines."""
        state, zeros = self.state, self.state.keeps_zeros
        return Painted(
            kind, box, state.stroke, size, state.overprint_stroke, zeros, None, outlines,
            state.clips,
        )  # fmt: skip

    def paint_pattern(self, pattern: Any, colour: Colour, box: Box) -> None:
        """Paint what a pattern brings to a place."""
        raise NotImplementedError

    # Colours

    def space(self, thing: Any) -> Space:
        """Return a colour space of the file, read once a page."""
        place = number_of(thing) if thing is not None else (0, 0)
        if place == (0, 0):
            return read_space(thing)
        if place not in self.shared.spaces:
            self.shared.spaces[place] = read_space(thing)
        return self.shared.spaces[place]

    def _set_direct(self, operator: str, operands: list[Any]) -> None:
        space = device_space(_DIRECT[operator])
        self._colour(operator.isupper(), space, space.colour(numbers(operands, space.channels)))

    def _choose_space(self, operator: str, operands: list[Any]) -> None:
        named = operands[0]
        space = self.space(named if name_of(named) in _DEVICE else self.found("/ColorSpace", named))
        self.paint.spaces.append(space)
        self._colour(operator == "CS", space, space.first)

    def _set_colour(self, operator: str, operands: list[Any]) -> None:
        is_stroke = operator.isupper()
        space = self.state.stroke_space if is_stroke else self.state.fill_space
        if operands and isinstance(operands[-1], Name):
            under = space.base.colour(operands[:-1]) if space.base else Colour("pattern", ())
            if space.base is not None:
                self.paint.spaces.append(space.base)
            self._colour(is_stroke, space, under, self.found("/Pattern", operands[-1]))
            return
        self._colour(is_stroke, space, space.colour(operands))

    def _colour(self, is_stroke: bool, space: Space, colour: Colour, pattern: Any = None) -> None:
        if self.is_stencil:
            return
        if is_stroke:
            self.state = replace(
                self.state, stroke=colour, stroke_space=space, stroke_pattern=pattern
            )
        else:
            self.state = replace(self.state, fill=colour, fill_space=space, fill_pattern=pattern)

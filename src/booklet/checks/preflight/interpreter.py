"""An open PDF goes in; what each page paints comes out, by reading its operators.

Reads ISO 32000-1, annex A, as far as a preflight needs it: graphics state (stream_base), paths and
colours (stream_paths), text by the widths of its font (stream_text), and here forms, patterns,
pictures, shadings and annotations.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from booklet.checks.preflight.budget import Budget, OutOfBudgetError
from booklet.checks.preflight.colour_values import UNKNOWN, Colour, Space, read_space
from booklet.checks.preflight.font_widths import Widths
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
from booklet.checks.preflight.graphics_state import GraphicsState, note_group
from booklet.checks.preflight.page_rules import media_box
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    filters_of,
    is_stream,
    items,
    name_of,
    number,
    number_of,
    whole,
)
from booklet.checks.preflight.stream_base import UNREADABLE, Act, KnownStreams, Shared
from booklet.checks.preflight.stream_text import TextReader

# A tile shows what it shows everywhere: as many of its things are told as help.
_MOST_OF_A_TILE = 50
_MOST_ANNOTATIONS = 2000
_HIDDEN = 2
_DEEPEST_TREE = 50


def painted_pages(pages: Sequence[Any], budget: Budget) -> list[PagePaint]:
    """Return everything that each page of an open document paints.

    A page whose operators cannot be read, or that there was no time for, says so; what came before
    is returned.
    """
    widths: dict[Any, Widths] = {}
    instructions = KnownStreams()
    return [_page_paint(page, budget, widths, instructions) for page in pages]


def _page_paint(
    page: Any,
    budget: Budget,
    widths: dict[Any, Widths],
    instructions: KnownStreams,
) -> PagePaint:
    paint = PagePaint()
    shared = Shared(paint, budget, media_box(page), widths, instructions)
    try:
        budget.spend_on_pages()
        note_group(page.obj, paint)
        reader = StreamReader(shared, _resources_of(page), GraphicsState())
        reader.read(page)
        _annotations(page, reader)
    except OutOfBudgetError as error:
        paint.note("preflight-not-judged", f"the page was not looked at to its end: {error}")
    except MemoryError:
        instructions.streams.clear()
        message = "the page was not looked at to its end: it is too large for the memory there is"
        paint.note("preflight-not-judged", message)
    except RecursionError:
        paint.note("preflight-not-judged", "the page was not looked at: it is nested too deep")
    except UNREADABLE:
        paint.note("page-broken", "the page cannot be read to its end")
    return paint


class StreamReader(TextReader):
    """Reads everything that a content stream paints."""

    def operators(self) -> dict[str, Act]:
        """Return what each operator does."""
        return {
            **super().operators(),
            "Do": self._paint_object,
            "sh": self._paint_shading,
            "BI": self._inline_picture,
        }

    def form(self, form: Any, matrix: Matrix) -> None:
        """Read a form that lies in the page by a matrix."""
        note_group(form, self.paint)
        if entry(form, "/OPI") is not None:
            self._note_opi()
        inner = times(_matrix_of(form), matrix)
        box = extent_of(inner, numbers(elements(entry(form, "/BBox")), 4))
        state = replace(self.state, matrix=inner, clip=common(self.state.clip, box))
        self.inside(form, entry(form, "/Resources", self.resources), state)

    def paint_pattern(self, pattern: Any, colour: Colour, box: Box) -> None:
        """Paint what a pattern brings to a place.

        A pattern lies in the space of the stream that uses it, and not where that stream has moved
        to (ISO 32000-1, 8.7.3.1). Its tiles come again and again over the whole place.
        """
        if whole(entry(pattern, "/PatternType", 1)) == 2:
            self._shading(entry(pattern, "/Shading"), box)
            return
        if not is_stream(pattern):
            return
        is_stencil = whole(entry(pattern, "/PaintType", 1)) == 2
        matrix = times(_matrix_of(pattern), self.ground)
        state = GraphicsState(matrix=matrix)
        if is_stencil:
            state = replace(state, fill=colour, stroke=colour)
        for painted in self._tile(pattern, state, colour if is_stencil else None):
            self.add(replace(painted, box=box, outlines=(), clips=()))

    def _tile(self, pattern: Any, state: GraphicsState, colour: Colour | None) -> list[Painted]:
        key = (number_of(pattern), state.matrix, colour)
        tiles = self.shared.tiles
        if key not in tiles:
            before, self.is_stencil = self.is_stencil, self.is_stencil or colour is not None
            resources = entry(pattern, "/Resources", self.resources)
            tiles[key] = self.apart(pattern, resources, state)[:_MOST_OF_A_TILE]
            self.is_stencil = before
        return tiles[key]

    def _paint_object(self, operator: str, operands: list[Any]) -> None:
        thing = self.found("/XObject", operands[0])
        if thing is None:
            return
        kind = entry(thing, "/Subtype")
        if kind == Name.Image:
            self._picture(thing)
        elif kind == Name.PS or entry(thing, "/Subtype2") == Name.PS:
            self.paint.oddities.add("PostScript")
        elif kind == Name.Form and is_stream(thing):
            self.form(thing, self.state.matrix)
        else:
            self.paint.note("page-broken", "the page paints something that is no picture or form")

    def _inline_picture(self, operator: str, operands: list[Any]) -> None:
        self.paint.oddities.add("a picture inside the page's own stream")
        (inline,) = operands
        if self.paint.inline is None:
            self.paint.inline = pikepdf.new()
        stream = pikepdf.Stream(self.paint.inline, inline.read_raw_bytes())
        named = None
        for key, value in items(inline.obj):
            if key == "/ColorSpace":
                named = value
            else:
                stream[key] = value
        # A name may be one of the page's own, and the device's else.
        own = entry(entry(self.resources, "/ColorSpace"), named) if name_of(named) else None
        self._picture(stream, read_space(own if own is not None else named), is_inline=True)

    def _picture(self, picture: Any, space: Space | None = None, is_inline: bool = False) -> None:
        if entry(picture, "/SMask") is not None:
            self.paint.transparency.add("a soft mask")
        if entry(picture, "/OPI") is not None:
            self._note_opi()
        box = common(extent_of(self.state.matrix, (0, 0, 1, 1)), self.state.clip)
        if not is_there(box):
            return
        a, b, c, d, _, _ = self.state.matrix
        width, height = math.hypot(a, b) / 72, math.hypot(c, d) / 72
        across, down = number(entry(picture, "/Width")), number(entry(picture, "/Height"))
        dots = min(across / width if width else 0, down / height if height else 0)
        if bool(entry(picture, "/ImageMask", False)):
            if self.state.fill_pattern is not None:
                self.paint_pattern(self.state.fill_pattern, self.state.fill, box)
            stencil = self.as_filled("picture", box, dots, thing=picture)
            self.add(replace(stencil, is_inline=is_inline))
            return
        state = self.state
        painted = Painted("picture", box, None, dots, state.overprint_fill, thing=picture)
        self.add(
            replace(
                painted,
                clips=state.clips,
                space=space or self._space_of(picture),
                is_inline=is_inline,
            )
        )

    def _space_of(self, picture: Any) -> Space:
        given = entry(picture, "/ColorSpace")
        if given is not None:
            return self.space(given)
        # JPEG 2000 may carry its own.
        return Space("rgb") if "/JPXDecode" in filters_of(picture) else UNKNOWN

    def _note_opi(self) -> None:
        message = "a picture stands for another that is not in the file (OPI)"
        self.paint.note("picture-opi", message)

    def _paint_shading(self, operator: str, operands: list[Any]) -> None:
        self._shading(self.found("/Shading", operands[0]), self.state.clip)

    def _shading(self, shading: Any, box: Box) -> None:
        if shading is None:
            return
        self.paint.spaces.append(self.space(entry(shading, "/ColorSpace")))
        # Without a clip, a gradient covers the page.
        box = common(box, self.shared.sheet)
        overprints = self.state.overprint_fill
        self.add(
            Painted("shading", box, None, 0, overprints, thing=shading, clips=self.state.clips)
        )


def _annotations(page: Any, reader: StreamReader) -> None:
    """Read what annotations look like, where they lie (ISO 32000-1, 12.5.5)."""
    for annotation in elements(entry(page.obj, "/Annots"))[:_MOST_ANNOTATIONS]:
        look = entry(entry(annotation, "/AP"), "/N")
        if look is None or whole(entry(annotation, "/F")) & _HIDDEN:
            continue
        if not is_stream(look):
            chosen = entry(annotation, "/AS")
            look = entry(look, chosen) if chosen is not None else _first(look)
        if not is_stream(look):
            continue
        try:
            place = numbers(elements(entry(annotation, "/Rect")), 4)
            box = extent_of(_matrix_of(look), numbers(elements(entry(look, "/BBox")), 4))
        except UNREADABLE:
            reader.paint.note("page-broken", "an annotation says not where it lies")
            continue
        reader.state = GraphicsState()
        reader.form(look, _fitted(box, extent_of(IDENTITY, place)))


def _resources_of(page: Any) -> Any:
    """Return a page's resources, which may be its parents'."""
    thing = page.obj
    for _ in range(_DEEPEST_TREE):
        resources = entry(thing, "/Resources")
        if resources is not None:
            return resources
        thing = entry(thing, "/Parent")
    return Dictionary()


def _first(states: Any) -> Any:
    return next((look for _, look in items(states)), None)


def _fitted(box: Box, place: Box) -> Matrix:
    """Return the matrix that lays a box into a place."""
    across = (place[2] - place[0]) / (box[2] - box[0]) if box[2] > box[0] else 1
    up = (place[3] - place[1]) / (box[3] - box[1]) if box[3] > box[1] else 1
    return (across, 0, 0, up, place[0] - box[0] * across, place[1] - box[1] * up)


def _matrix_of(thing: Any) -> Matrix:
    given = elements(entry(thing, "/Matrix"))
    matrix: Matrix = numbers(given, 6) if given else IDENTITY
    return matrix

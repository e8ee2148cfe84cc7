"""The bytes of a content stream go in; its operators, state and resources come out.

What every part of the reader of streams builds upon: see `interpreter.py`.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage

from booklet.checks.preflight.budget import Budget, OutOfBudgetError
from booklet.checks.preflight.colour_values import Space
from booklet.checks.preflight.font_widths import Widths
from booklet.checks.preflight.geometry import Box, numbers, times
from booklet.checks.preflight.graphics_state import GraphicsState, mask_form, note_state
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    is_stream,
    name_of,
    number,
    number_of,
    shown,
)
from booklet.checks.preflight.streams import UndecodableError, size_of

UNREADABLE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What reading a damaged object may raise."""

Instruction = tuple[str, list[Any]]
Act = Callable[[str, list[Any]], None]

_DEEPEST = 60
_MOST_CALLS = 5_000
_MOST_CONTENT = 16_000_000
_MOST_KEPT = 60_000
_MOST_MISTAKES = 100
_BETWEEN_LOOKS_AT_THE_CLOCK = 256
# Known, and of no matter to a preflight (ISO 32000-1, annex A).
_PASSED_OVER = frozenset(
    {"j", "J", "M", "d", "ri", "i", "BMC", "BDC", "EMC", "MP", "DP", "ET", "d0"},
)
_KINDS = {
    "/Font": "a font",
    "/XObject": "a picture or form",
    "/ExtGState": "a graphics state",
    "/ColorSpace": "a colour space",
    "/Pattern": "a pattern",
    "/Shading": "a gradient",
}


@dataclass(slots=True)
class KnownStreams:
    """The instructions of forms that were read, for a form is painted again and again."""

    streams: dict[tuple[int, int], list[Instruction]] = field(default_factory=dict)
    count: int = 0

    def keep(self, place: tuple[int, int], instructions: list[Instruction]) -> None:
        """Keep a stream's instructions while there is room."""
        if self.count + len(instructions) <= _MOST_KEPT:
            self.streams[place] = instructions
            self.count += len(instructions)


@dataclass(slots=True)
class Shared:
    """What all streams of a page write into, and what pages have in common."""

    paint: PagePaint
    budget: Budget
    sheet: Box
    widths: dict[Any, Widths]
    instructions: KnownStreams
    done: set[Any] = field(default_factory=set)
    inside: list[tuple[int, int]] = field(default_factory=list)
    spaces: dict[Any, Space] = field(default_factory=dict)
    tiles: dict[Any, list[Painted]] = field(default_factory=dict)
    calls: int = 0

    def is_new(self, *key: Any) -> bool:
        """Return whether something is met for the first time on this page."""
        if key in self.done:
            return False
        self.done.add(key)
        return True

    def read(self, thing: Any) -> list[Instruction]:
        """Return the instructions of a page or of a stream."""
        place = number_of(getattr(thing, "obj", thing))
        if place in self.instructions.streams:
            return self.instructions.streams[place]
        self._weigh(thing)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                parsed = [_instruction(one) for one in pikepdf.parse_content_stream(thing)]
            except (*UNREADABLE, RuntimeError):
                self.paint.note("page-broken", "the page cannot be read to its end")
                return []
        if said:
            self.paint.note("page-broken", "the page cannot be read to its end")
        if is_stream(thing):
            self.instructions.keep(place, parsed)
        return parsed

    def _weigh(self, thing: Any) -> None:
        """Look at how large a stream is before it is held in memory."""
        contents = thing if is_stream(thing) else entry(thing.obj, "/Contents")
        total = 0
        for part in [contents] if is_stream(contents) else elements(contents):
            if not is_stream(part):
                continue
            try:
                size, is_whole = size_of(part, _MOST_CONTENT)
            except UndecodableError:
                is_whole, size = False, 0
            if not is_whole:
                self.paint.note("page-broken", "a part of the page breaks off")
            total += size
        if total > _MOST_CONTENT:
            raise OutOfBudgetError(f"a page of more than {_MOST_CONTENT / 1e6:.0f} MB")

    @contextmanager
    def entered(self, stream: Any) -> Iterator[bool]:
        """Go into a stream inside another, and say whether it is to be read.

        One that is inside itself, or too deep, or called too often, is not: that is noted.
        """
        place = number_of(stream)
        self.calls += 1
        if place in self.inside:
            self.paint.note("page-broken", "a part of the page holds itself, without end")
            yield False
            return
        if len(self.inside) >= _DEEPEST:
            message = f"parts of the page lie more than {_DEEPEST} deep; what is in them is unseen"
            self.paint.note("preflight-not-judged", message)
            yield False
            return
        if self.calls > _MOST_CALLS and not self.is_new("inside", place):
            message = f"the page paints its parts more than {_MOST_CALLS} times; each was seen once"
            self.paint.note("preflight-not-judged", message)
            yield False
            return
        self.done.add(("inside", place))
        self.inside.append(place)
        try:
            yield True
        finally:
            self.inside.pop()


class StreamBase:
    """Reads one content stream: state, resources, and what goes wrong."""

    def __init__(
        self, shared: Shared, resources: Any, state: GraphicsState, is_stencil: bool = False
    ) -> None:
        """Begin a stream.

        Args:
            shared: What all streams of the page have in common.
            resources: The dictionary in which its names are looked up.
            state: What it begins with.
            is_stencil: Whether it says only where colour goes, as an uncoloured pattern does.
        """
        self.shared = shared
        self.paint = shared.paint
        self.resources = resources
        self.state = state
        self.ground = state.matrix
        self.is_stencil = is_stencil
        self.saved: list[GraphicsState] = []
        self.known: dict[tuple[str, str], Any] = {}
        self.compatible = 0
        self.mistakes = 0
        self.does = self.operators()
        for key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if entry(entry(resources, "/ColorSpace"), key) is not None:
                message = f"the page gives device colours another meaning ({key.lstrip('/')})"
                self.paint.note("colour-default", message)

    def read(self, thing: Any) -> None:
        """Follow the operators of a page or stream to its end."""
        for count, (operator, operands) in enumerate(self.shared.read(thing)):
            if count % _BETWEEN_LOOKS_AT_THE_CLOCK == 0:
                self.shared.budget.spend_on_pages()
            act = self.does.get(operator)
            if act is None:
                self._unknown(operator)
                continue
            try:
                act(operator, operands)
            except UNREADABLE:
                self.paint.note("page-broken", "the page has operators that cannot be read")
                self.mistakes += 1
                if self.mistakes > _MOST_MISTAKES:
                    return

    def operators(self) -> dict[str, Act]:
        """Return what each operator does."""
        return {
            "q": self._save,
            "Q": self._restore,
            "cm": self._transform,
            "gs": self._graphics_state,
            "w": self._line_width,
            "BX": self._compatible,
            "EX": self._compatible,
        }

    def add(self, painted: Painted) -> None:
        """Note that something is painted."""
        self.paint.painted.append(painted)

    def inside(
        self, stream: Any, resources: Any, state: GraphicsState, is_stencil: bool = False
    ) -> None:
        """Read a stream inside this one."""
        with self.shared.entered(stream) as is_read:
            if is_read:
                stencil = is_stencil or self.is_stencil
                type(self)(self.shared, resources, state, stencil).read(stream)

    def apart(self, stream: Any, resources: Any, state: GraphicsState) -> list[Painted]:
        """Return what a stream inside this one paints, without painting it."""
        before, self.paint.painted = self.paint.painted, []
        try:
            self.inside(stream, resources, state)
        finally:
            found, self.paint.painted = self.paint.painted, before
        return found

    def found(self, kind: str, name: Any, default: Any = None) -> Any:
        """Return the resource of a name; one that is not there is noted."""
        text = name_of(name)
        key = (kind, text)
        if key not in self.known:
            found = entry(entry(self.resources, kind), name, default)
            if found is None and text:
                message = f"the page asks for {_KINDS[kind]} that is not there: {shown(text)}"
                self.paint.note("resource-missing", message)
            self.known[key] = found
        return self.known[key]

    def _unknown(self, operator: str) -> None:
        if operator in _PASSED_OVER or self.compatible:
            return
        message = f"the page has an operator that nobody knows: {shown(operator, 12)}"
        self.paint.note("page-broken", message)

    def _compatible(self, operator: str, operands: list[Any]) -> None:
        self.compatible = max(self.compatible + (1 if operator == "BX" else -1), 0)

    def _save(self, operator: str, operands: list[Any]) -> None:
        self.saved.append(self.state)

    def _restore(self, operator: str, operands: list[Any]) -> None:
        self.state = self.saved.pop() if self.saved else self.state

    def _transform(self, operator: str, operands: list[Any]) -> None:
        self.state = replace(self.state, matrix=times(numbers(operands, 6), self.state.matrix))

    def _line_width(self, operator: str, operands: list[Any]) -> None:
        self.state = replace(self.state, line_pt=abs(numbers(operands, 1)[0]))

    def _graphics_state(self, operator: str, operands: list[Any]) -> None:
        named = self.found("/ExtGState", operands[0])
        if named is None:
            return
        place = number_of(named)
        if place == (0, 0) or self.shared.is_new("state", place):
            note_state(named, self.paint)
        self._soft_mask(mask_form(named))
        stroke = bool(entry(named, "/OP", self.state.overprint_stroke))
        # ISO 32000-1, table 58: OP alone speaks for both.
        alone = stroke if entry(named, "/OP") is not None else self.state.overprint_fill
        width = number(entry(named, "/LW", self.state.line_pt), self.state.line_pt)
        mode = entry(named, "/OPM")
        self.state = replace(
            self.state,
            overprint_stroke=stroke,
            overprint_fill=bool(entry(named, "/op", alone)),
            keeps_zeros=self.state.keeps_zeros if mode is None else number(mode) == 1,
            line_pt=abs(width),
        )
        font = elements(entry(named, "/Font"))
        if len(font) == 2:
            self.state = replace(self.state, font=font[0], type_size=number(font[1]))

    def _soft_mask(self, form: Any) -> None:
        if not is_stream(form) or not self.shared.is_new("mask", number_of(form)):
            return
        painted = self.apart(
            form, entry(form, "/Resources", self.resources), GraphicsState(self.state.matrix)
        )
        self.paint.masks += painted


def _instruction(one: Any) -> Instruction:
    if isinstance(one, ContentStreamInlineImage):
        return "BI", [one.iimage]
    return str(one.operator), list(one.operands)

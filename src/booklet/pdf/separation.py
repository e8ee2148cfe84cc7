"""An open PDF in screen colours goes in; the same in the palette's inks comes out.

Every content stream that a page uses is rewritten: the page's own, forms, patterns, Type 3 glyphs.
Shadings and pictures are converted beside them. What has no inks comes out as problems.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
)

from booklet.diagnostics import Problem
from booklet.pdf.inks import Cmyk, Palette, is_black, shown

ConvertPicture = Callable[[Any, int], list[Problem]]

_DEVICE = {
    "/DeviceRGB": "rgb",
    "/CalRGB": "rgb",
    "/DeviceGray": "grey",
    "/CalGray": "grey",
    "/DeviceCMYK": "cmyk",
}
_BY_CHANNELS = {1: "grey", 3: "rgb", 4: "cmyk"}
_DIRECT = {"rg": "rgb", "RG": "rgb", "g": "grey", "G": "grey", "k": "cmyk", "K": "cmyk"}
# Marked content points into the tags, which a press file has not; `ri` speaks of ICC colours.
_DROPPED = ("BMC", "BDC", "EMC", "MP", "DP", "ri")
_BLACK: Cmyk = (0, 0, 0, 1)
# Graphics states of ours: whether fills and whether strokes print over what lies under them.
_OVERPRINT = {
    (False, False): Name("/Knockout"),
    (True, False): Name("/OverprintFill"),
    (False, True): Name("/OverprintStroke"),
    (True, True): Name("/Overprint"),
}


def separate(
    document: Any, palette: Palette, overprint: bool, convert_picture: ConvertPicture
) -> list[Problem]:
    """Put the palette's inks in place of every colour of an open document.

    Args:
        document: The document; it is changed.
        palette: The inks.
        overprint: Whether full black prints over what lies under it (ISO 32000-1, 8.6.7).
        convert_picture: Is given each picture and its page, changes it and returns its problems.

    Returns:
        A problem for each colour on each page that the palette lacks, and for each page with live
        transparency or an inline picture.
    """
    states = Dictionary(
        {
            str(name): Dictionary(Type=Name.ExtGState, op=fill, OP=stroke, OPM=1)
            for (fill, stroke), name in _OVERPRINT.items()
        }
    )
    run = _Run(palette, overprint, convert_picture, document.make_indirect(states))
    for number, page in enumerate(document.pages, 1):
        _drop(page.obj, "/Group")
        stream = _Stream(run, page.resources, number)
        # A page starts in black; here black is said, with its overprint.
        stream.colour(_BLACK, stroke=False)
        stream.colour(_BLACK, stroke=True)
        page.obj.Contents = document.make_stream(stream.rewritten(page))
        page.obj.Resources = run.resources(page.resources)
    return list(dict.fromkeys(run.problems))


@dataclass(slots=True)
class _Run:
    """One document on its way, and what was found."""

    palette: Palette
    overprint: bool
    convert_picture: ConvertPicture
    states: Any
    problems: list[Problem] = field(default_factory=list)
    done: set[tuple[int, int]] = field(default_factory=set)
    instructions: dict[Any, ContentStreamInstruction] = field(default_factory=dict)

    def is_new(self, thing: Any) -> bool:
        """Return whether an object of the file is met for the first time."""
        if thing is None or tuple(thing.objgen) in self.done:
            return False
        if thing.objgen != (0, 0):
            self.done.add(tuple(thing.objgen))
        return True

    def resources(self, before: Any) -> Dictionary:
        """Return what a rewritten stream still needs: all but colour spaces and states."""
        kept = {
            key: before[key]
            for key in ("/Font", "/XObject", "/Pattern", "/Shading")
            if before.get(key)
        }
        return Dictionary({**kept, "/ExtGState": self.states})

    def instruction(self, operator: str, operands: tuple[Any, ...]) -> ContentStreamInstruction:
        """Return an instruction; the same one for the same colour, for there are few."""
        key = (operator, *map(str, operands))
        if key not in self.instructions:
            self.instructions[key] = ContentStreamInstruction(list(operands), Operator(operator))
        return self.instructions[key]

    def ink(self, space: str, values: Iterable[Any], page: int) -> Cmyk:
        """Return the inks of a colour; one that has none is a problem, and black stands in."""
        colour = [float(value) for value in values]
        ink = self.palette.find(space, colour)
        if ink is None:
            self.problems.append(
                Problem(
                    "press-colour",
                    f"page {page} uses {shown(space, colour)}, a colour the palette does not have",
                    None,
                    "add it to styles/tokens.css with its four inks, or use one of the palette",
                )
            )
        return ink or _BLACK

    def fault(self, code: str, page: int, what: str) -> None:
        """Note what a page has and a press cannot print."""
        message = f"page {page} has {what}, which cannot go to press"
        self.problems.append(Problem(code, message, None, "draw it otherwise"))


@dataclass(frozen=True, slots=True)
class _State:
    """What q saves and Q brings back, as far as colour is concerned."""

    fill_space: Any = Name.DeviceGray
    stroke_space: Any = Name.DeviceGray
    # None: whatever the stream that draws this one has set.
    overprint: tuple[bool, bool] | None = None


class _Stream:
    """Rewrites one content stream."""

    def __init__(self, run: _Run, resources: Any, page: int) -> None:
        self.run = run
        self.resources = resources
        self.page = page
        self.state = _State()
        self.saved: list[_State] = []
        self.written: list[ContentStreamInstruction] = []
        self.checked: set[str] = set()
        # Operators that are replaced, and those that are kept and looked at.
        self.replaced: dict[str, Callable[[ContentStreamInstruction], None]] = {
            **dict.fromkeys(_DROPPED, lambda instruction: None),
            **dict.fromkeys(_DIRECT, self._set_direct),
            **dict.fromkeys(("cs", "CS"), self._choose_space),
            **dict.fromkeys(("sc", "scn", "SC", "SCN"), self._set_in_space),
            "gs": self._check_state,
        }
        self.watched: dict[str, Callable[[Any], None]] = {
            "q": lambda operands: self.saved.append(self.state),
            "Q": self._restore,
            "Do": self._separate_object,
            "sh": lambda operands: separate_shading(
                self.run, self._found("/Shading", operands[0]), self.page
            ),
            "Tf": self._separate_glyphs,
        }

    def rewritten(self, stream: Any) -> bytes:
        """Return what a stream says, in inks."""
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, ContentStreamInlineImage):
                what = "a picture written into the page itself"
                self.run.fault("press-inline-picture", self.page, what)
                continue
            operator = str(instruction.operator)
            if operator in self.replaced:
                self.replaced[operator](instruction)
                continue
            if operator in self.watched:
                self.watched[operator](instruction.operands)
            self.written.append(instruction)
        written, self.written = self.written, []
        # They hold this object, which would wait for the collector with all it has read.
        self.replaced, self.watched = {}, {}
        return pikepdf.unparse_content_stream(written)

    def colour(self, ink: Cmyk, stroke: bool) -> None:
        """Set a colour, and whether it prints over what lies under it."""
        self._set_overprint(self.run.overprint and is_black(ink), stroke)
        self.written.append(self.run.instruction("K" if stroke else "k", ink))

    def _set_overprint(self, wanted: bool, stroke: bool) -> None:
        before = self.state.overprint
        fill, line = before or (False, False)
        after = (fill, wanted) if stroke else (wanted, line)
        if after != before:
            self.written.append(self.run.instruction("gs", (_OVERPRINT[after],)))
            self.state = replace(self.state, overprint=after)

    def _restore(self, operands: Any) -> None:
        self.state = self.saved.pop() if self.saved else self.state

    def _set_direct(self, instruction: ContentStreamInstruction) -> None:
        operator = str(instruction.operator)
        ink = self.run.ink(_DIRECT[operator], instruction.operands, self.page)
        self.colour(ink, operator.isupper())

    def _choose_space(self, instruction: ContentStreamInstruction) -> None:
        name, stroke = instruction.operands[0], str(instruction.operator) == "CS"
        space = self._found("/ColorSpace", name, name)
        if stroke:
            self.state = replace(self.state, stroke_space=space)
        else:
            self.state = replace(self.state, fill_space=space)
        if space == Name.Pattern:
            self.written.append(instruction)
        else:
            # ISO 32000-1, 8.6.5: a space starts with black.
            self.colour(_BLACK, stroke)

    def _set_in_space(self, instruction: ContentStreamInstruction) -> None:
        stroke = str(instruction.operator).isupper()
        operands = list(instruction.operands)
        if operands and isinstance(operands[-1], Name):
            self._separate_pattern(self._found("/Pattern", operands[-1]))
            # A pattern may hold any ink, so it prints over nothing.
            self._set_overprint(False, stroke)
            self.written.append(instruction)
            return
        space = self.state.stroke_space if stroke else self.state.fill_space
        kind = _kind(space)
        if kind is None:
            self.run.fault("press-colour-space", self.page, f"a colour in {_name(space)}")
        else:
            self.colour(self.run.ink(kind, operands, self.page), stroke)

    def _check_state(self, instruction: ContentStreamInstruction) -> None:
        """Look whether a graphics state makes anything transparent; none of them is kept."""
        name = str(instruction.operands[0])
        if name in self.checked:
            return
        self.checked.add(name)
        state = self._found("/ExtGState", name, Dictionary())
        opaque = all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
        plain = str(state.get("/SMask", "/None")) == "/None"
        normal = str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
        if not (opaque and plain and normal):
            self.run.fault("press-transparency", self.page, "something you can see through")

    def _separate_object(self, operands: Any) -> None:
        thing = self._found("/XObject", operands[0])
        if not self.run.is_new(thing):
            return
        if thing.get("/Subtype") == Name.Image:
            self.run.problems += self.run.convert_picture(thing, self.page)
        else:
            self._separate_stream(thing)

    def _separate_stream(self, stream: Any) -> None:
        resources = stream.get("/Resources", self.resources)
        stream.write(_Stream(self.run, resources, self.page).rewritten(stream))
        stream.Resources = self.run.resources(resources)
        _drop(stream, "/Group", "/StructParent", "/StructParents", "/Metadata")

    def _separate_pattern(self, pattern: Any) -> None:
        if not self.run.is_new(pattern):
            return
        if int(pattern.get("/PatternType", 1)) == 2:
            separate_shading(self.run, pattern.get("/Shading"), self.page)
            _drop(pattern, "/ExtGState")
        elif int(pattern.get("/PaintType", 1)) == 2:
            what = "a pattern without colours of its own"
            self.run.fault("press-colour-space", self.page, what)
        else:
            self._separate_stream(pattern)

    def _separate_glyphs(self, operands: Any) -> None:
        font = self._found("/Font", operands[0])
        if font is None or font.get("/Subtype") != Name.Type3 or not self.run.is_new(font):
            return
        resources = font.get("/Resources", Dictionary())
        for glyph in font.CharProcs.values():
            glyph.write(_Stream(self.run, resources, self.page).rewritten(glyph))
        font.Resources = self.run.resources(resources)

    def _found(self, kind: str, name: Any, default: Any = None) -> Any:
        return (self.resources.get(kind) or {}).get(str(name), default)


def separate_shading(run: _Run, shading: Any, page: int) -> None:
    """Put inks in place of the colours between which a gradient runs."""
    if not run.is_new(shading):
        return
    kind = _kind(shading.ColorSpace)
    ends = _ends(shading.get("/Function"))
    if kind is None or ends is None:
        run.fault("press-colour-space", page, "a gradient whose colours cannot be told")
        return
    for function in ends:
        for key, default in (("/C0", [0]), ("/C1", [1])):
            function[key] = Array(list(run.ink(kind, function.get(key, default), page)))
    shading.ColorSpace = Name.DeviceCMYK
    _drop(shading, "/Background")


def _ends(function: Any) -> list[Any] | None:
    """Return the functions that go from one colour to another, or None if some do otherwise."""
    if function is None or isinstance(function, Array):
        return None
    if int(function.FunctionType) == 2:
        return [function]
    if int(function.FunctionType) != 3:
        return None
    parts = [_ends(part) for part in function.Functions]
    return None if None in parts else [end for part in parts if part for end in part]


def _kind(space: Any) -> str | None:
    """Return rgb, grey or cmyk, or None for a space whose colours mean something else."""
    name = _name(space)
    if name == "/ICCBased":
        return _BY_CHANNELS.get(int(space[1].get("/N", 0)))
    return _DEVICE.get(name)


def _name(space: Any) -> str:
    return str(space[0] if isinstance(space, Array) and len(space) else space)


def _drop(thing: Any, *keys: str) -> None:
    for key in keys:
        if key in thing:
            del thing[key]

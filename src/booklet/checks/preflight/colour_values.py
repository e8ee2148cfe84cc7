"""A colour space and values of a PDF go in; what is printed for them comes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name, Stream, String

from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.pdf_values import elements, entry, name_of, number, text_of, whole
from booklet.checks.preflight.streams import UndecodableError, bytes_of

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
"""The inks of the four plates, by their names in PDF (ISO 32000-1, 8.6.6.4)."""

_DEVICE = {
    "/DeviceRGB": "rgb",
    "/CalRGB": "rgb",
    "/RGB": "rgb",
    "/DeviceGray": "grey",
    "/CalGray": "grey",
    "/G": "grey",
    "/DeviceCMYK": "cmyk",
    "/CMYK": "cmyk",
    "/CalCMYK": "cmyk",
    "/Lab": "lab",
}
_BY_CHANNELS = {1: "grey", 3: "rgb", 4: "cmyk"}
_STARTS = {"grey": (0.0,), "rgb": (0.0, 0.0, 0.0), "cmyk": (0.0, 0.0, 0.0, 1.0), "lab": (0.0,) * 3}
_DEEPEST = 6
_MOST_TABLE = 256 * 64
_SHOWN = {"lab": "Lab", "unknown": "a colour space nobody knows", "spot": "an ink of its own"}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it stands in a PDF.

    Attributes:
        space: rgb, grey, cmyk, lab, spot, registration, pattern or unknown.
        values: The values in that space; of an indexed colour, those it stands for.
        is_device: Whether the space is the device's own, or one with an ICC profile or white point.
        inks: The names of the inks of a spot colour, one a value.
    """

    space: str
    values: tuple[float, ...]
    is_device: bool = True
    inks: tuple[str, ...] = ()

    @property
    def plates(self) -> dict[str, float]:
        """Return how much of each ink is printed, from 0 to 1; {} where it cannot be known."""
        if self.space == "cmyk":
            return dict(zip(PROCESS, self.values, strict=True))
        if self.space == "grey":
            return {"Black": 1 - self.values[0]}
        if self.space == "registration":
            return dict.fromkeys(PROCESS, self.values[0] if self.values else 1.0)
        if self.space == "spot":
            named = zip(self.inks, self.values, strict=False)
            return {ink: value for ink, value in named if ink != "None"}
        return {}

    @property
    def ink_percent(self) -> float:
        """Return the ink of all plates added up, in per cent; 0 where it cannot be known."""
        return sum(self.plates.values()) * 100

    @property
    def is_black(self) -> bool:
        """Return whether a reader sees black, whatever it is made of."""
        if self.space == "rgb":
            return max(self.values) <= 0.16
        if self.space == "lab":
            return self.values[0] <= 16 and max(map(abs, self.values[1:])) <= 8
        plates = self.plates
        if not plates:
            return False
        cyan, magenta, yellow, black = (plates.get(ink, 0.0) for ink in PROCESS)
        return (
            black >= 0.84
            if self.space == "grey"
            else (black >= 0.9 or min(cyan, magenta, yellow) + black >= 0.9)
        )

    @property
    def is_black_alone(self) -> bool:
        """Return whether it is on the black plate only, full."""
        return {ink: value for ink, value in self.plates.items() if value} == {"Black": 1}

    @property
    def is_white(self) -> bool:
        """Return whether nothing is printed."""
        plates = self.plates
        if plates:
            return not any(plates.values())
        return self.space == "rgb" and self.values == (1, 1, 1)

    def __str__(self) -> str:
        """Return the colour as a designer writes it."""
        if self.space == "rgb":
            return "#" + "".join(f"{round(min(max(v, 0), 1) * 255):02x}" for v in self.values)
        if self.space == "grey":
            return f"grey K{(1 - self.values[0]) * 100:.0f}"
        if self.space == "cmyk":
            return "C{:.0f} M{:.0f} Y{:.0f} K{:.0f}".format(*(v * 100 for v in self.values))
        if self.space == "lab":
            return "Lab {:.0f} {:.0f} {:.0f}".format(*self.values)
        return _SHOWN.get(self.space, self.space)


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space, read once.

    Attributes:
        kind: See Colour.space; of an indexed space, that of its base.
        is_device: Whether no ICC profile and no white point is in it.
        channels: How many values a colour has in it; 0 where nobody knows.
        inks: The names of the inks of a Separation or DeviceN.
        table: The colours of an indexed space, in bytes; None of others.
        base: The space of an indexed space's table, or of an uncoloured pattern.
        alternate: What a press without those inks would print a spot colour in.
    """

    kind: str
    is_device: bool = True
    channels: int = 0
    inks: tuple[str, ...] = ()
    table: bytes | None = None
    base: "Space | None" = None
    alternate: "Space | None" = None

    @property
    def first(self) -> Colour:
        """Return the colour that is set when the space is chosen (ISO 32000-1, 8.6.5 to 8.6.8)."""
        if self.table is not None:
            return self.colour([0])
        if self.kind in ("spot", "registration"):
            return Colour(self.kind, (1.0,) * max(self.channels, 1), self.is_device, self.inks)
        return Colour(self.kind, _STARTS.get(self.kind, ()), self.is_device)

    def colour(self, values: Sequence[Any]) -> Colour:
        """Return the colour with these values."""
        if self.table is not None and self.base is not None:
            return self._from_table(values)
        if self.kind in ("spot", "registration"):
            wanted = max(self.channels, 1)
            return Colour(self.kind, _padded(values, wanted), self.is_device, self.inks)
        if self.kind in _STARTS:
            padded = _padded(values, len(_STARTS[self.kind]))
            limited = padded if self.kind == "lab" else tuple(min(max(v, 0.0), 1.0) for v in padded)
            return Colour(self.kind, limited, self.is_device)
        return Colour(self.kind, (), self.is_device)

    def _from_table(self, values: Sequence[Any]) -> Colour:
        base, table = self.base, self.table
        if base is None or table is None or not base.channels:
            return Colour("unknown", ())
        last = max(len(table) // base.channels - 1, 0)
        index = min(max(whole(values[0]) if values else 0, 0), last)
        picked = table[index * base.channels : (index + 1) * base.channels]
        scaled = [value / 255 for value in picked]
        if base.kind == "lab":
            scaled = [*(value * 100 for value in scaled[:1]), *(v * 200 - 100 for v in scaled[1:])]
        return base.colour(scaled)


UNKNOWN = Space("unknown")
GREY = Space("grey", channels=1)

Lookup = Callable[[str], Any]


def read_space(thing: Any, depth: int = 0) -> Space:
    """Return the colour space that an object of a file describes.

    Args:
        thing: A name or an array. A name is the device's own: look others up before.
        depth: How many spaces this one stands in; one in itself is unknown.
    """
    if depth > _DEEPEST or thing is None:
        return UNKNOWN
    parts = elements(thing)
    name = name_of(parts[0]) if parts else name_of(thing)
    if name in _DEVICE:
        kind = _DEVICE[name]
        is_device = not name.startswith(("/Cal", "/Lab"))
        return Space(kind, is_device, len(_STARTS[kind]))
    if name == "/Pattern":
        base = read_space(parts[1], depth + 1) if len(parts) > 1 else None
        return Space("pattern", base=base)
    if len(parts) < 2:
        return UNKNOWN
    if name == "/ICCBased":
        channels = whole(entry(parts[1], "/N"))
        return Space(_BY_CHANNELS.get(channels, "unknown"), False, channels)
    if name in ("/Indexed", "/I"):
        return _indexed(parts, depth)
    if name == "/Separation":
        return _spot((parts[1],), parts, depth)
    return _spot(elements(parts[1]), parts, depth) if name == "/DeviceN" else UNKNOWN


def device_space(kind: str) -> Space:
    """Return the space that an operator such as `rg` sets: rgb, grey or cmyk."""
    return Space(kind, True, len(_STARTS[kind]))


def spot_names(space: Space) -> list[str]:
    """Return the names of the inks that a space asks for beside the four."""
    return [ink for ink in space.inks if ink not in (*PROCESS, "None", "All")]


def _indexed(parts: list[Any], depth: int) -> Space:
    base = read_space(parts[1], depth + 1)
    if len(parts) < 4 or base.kind == "pattern" or base.table is not None:
        return UNKNOWN
    table = parts[3]
    try:
        if isinstance(table, Stream):
            content = bytes_of(table, _MOST_TABLE)
        else:
            content = bytes(table) if isinstance(table, String) else b""
    except (UndecodableError, OutOfBudgetError):
        content = b""
    if not content:
        return UNKNOWN
    return Space(base.kind, base.is_device, 1, base.inks, content, base)


def _spot(names: Sequence[Any], parts: list[Any], depth: int) -> Space:
    inks = tuple(_ink(one) for one in names)
    alternate = read_space(parts[2], depth + 1) if len(parts) > 2 else UNKNOWN
    kind = "registration" if inks == ("All",) else "spot"
    return Space(kind, True, len(inks), inks, alternate=alternate)


def _ink(thing: Any) -> str:
    return (name_of(thing) if isinstance(thing, Name) else text_of(thing)).removeprefix("/")


def _padded(values: Sequence[Any], wanted: int) -> tuple[float, ...]:
    """Return as many numbers as the space has: a damaged file may give others, or none."""
    numbers = [number(value) for value in values if not isinstance(value, Name | Array)]
    return tuple((numbers + [0.0] * wanted)[:wanted])

"""A colour space and values of a PDF go in; what is printed for them comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name

_DEVICE = {
    "/DeviceRGB": "rgb",
    "/CalRGB": "rgb",
    "/RGB": "rgb",
    "/DeviceGray": "grey",
    "/CalGray": "grey",
    "/G": "grey",
    "/DeviceCMYK": "cmyk",
    "/CMYK": "cmyk",
    "/Lab": "lab",
}
_BY_CHANNELS = {1: "grey", 3: "rgb", 4: "cmyk"}
_STARTS = {"grey": (0.0,), "rgb": (0.0, 0.0, 0.0), "cmyk": (0.0, 0.0, 0.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it stands in a PDF.

    Attributes:
        space: rgb, grey, cmyk, lab, spot, registration, pattern or unknown.
        values: The values in that space; of an indexed colour, those it stands for.
        is_device: Whether the space is the device's own, or one with an ICC profile or white point.
    """

    space: str
    values: tuple[float, ...]
    is_device: bool = True

    @property
    def ink_percent(self) -> float:
        """Return the ink of all plates added up, in per cent; 0 where it cannot be known."""
        if self.space == "cmyk":
            return sum(self.values) * 100
        if self.space == "grey":
            return (1 - self.values[0]) * 100
        if self.space == "registration":
            return 400 * (self.values[0] if self.values else 1)
        return sum(self.values) * 100 if self.space == "spot" else 0

    @property
    def is_black(self) -> bool:
        """Return whether a reader sees black, whatever it is made of."""
        if self.space == "rgb":
            return max(self.values) <= 0.16
        if self.space == "grey":
            return self.values[0] <= 0.16
        if self.space == "cmyk":
            cyan, magenta, yellow, black = self.values
            return black >= 0.9 or min(cyan, magenta, yellow) + black >= 0.9
        return False

    @property
    def is_black_alone(self) -> bool:
        """Return whether it is on the black plate only, full."""
        return (self.values == (0, 0, 0, 1) and self.space == "cmyk") or (
            self.space == "grey" and self.values == (0,)
        )

    @property
    def is_white(self) -> bool:
        """Return whether nothing is printed."""
        return self.ink_percent == 0 if self.space in ("cmyk", "grey") else self.values == (1, 1, 1)

    def __str__(self) -> str:
        """Return the colour as a designer writes it."""
        if self.space == "rgb":
            return "#" + "".join(f"{round(min(max(v, 0), 1) * 255):02x}" for v in self.values)
        if self.space == "grey":
            return f"grey K{(1 - self.values[0]) * 100:.0f}"
        if self.space == "cmyk":
            return "C{:.0f} M{:.0f} Y{:.0f} K{:.0f}".format(*(v * 100 for v in self.values))
        return self.space


def device_colour(space: str, values: Sequence[Any]) -> Colour:
    """Return the colour that an operator such as `rg` sets."""
    return Colour(space, _padded(space, values))


def first_colour(space: Any) -> Colour:
    """Return the colour that is set when a space is chosen (ISO 32000-1, 8.6.5 to 8.6.8)."""
    kind, is_device = space_kind(space)
    if kind in ("spot", "registration"):
        return Colour(kind, (1.0,), is_device)
    return Colour(kind, _STARTS.get(kind, ()), is_device)


def colour_in(space: Any, values: Sequence[Any]) -> Colour:
    """Return the colour with these values in a space."""
    kind, is_device = space_kind(space)
    if _name(space) == "/Indexed" and values:
        return _indexed(space, int(float(values[0])))
    return Colour(kind, _padded(kind, values), is_device)


def space_kind(space: Any) -> tuple[str, bool]:
    """Return what sort of space it is (see Colour.space), and whether it is the device's own."""
    name = _name(space)
    if name == "/ICCBased":
        return _BY_CHANNELS.get(int(space[1].get("/N", 0)), "unknown"), False
    if name in ("/Indexed", "/I"):
        return space_kind(space[1])
    if name == "/Pattern":
        return "pattern", True
    if name == "/Separation":
        return ("registration" if space[1] == Name.All else "spot"), True
    if name == "/DeviceN":
        return "spot", True
    return _DEVICE.get(name, "unknown"), name.startswith("/Device") or len(name) <= 5


def spot_names(space: Any) -> list[str]:
    """Return the names of the inks that a space asks for beside the four."""
    name = _name(space)
    process = {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None", "/All"}
    if name == "/Separation":
        return [str(space[1]).lstrip("/")] if str(space[1]) not in process else []
    if name == "/DeviceN":
        return [str(ink).lstrip("/") for ink in space[1] if str(ink) not in process]
    return []


def _indexed(space: Any, index: int) -> Colour:
    table = space[3]
    entries = bytes(table) if not hasattr(table, "read_bytes") else table.read_bytes()
    kind, is_device = space_kind(space[1])
    channels = len(_STARTS.get(kind, (0.0,)))
    values = entries[index * channels : (index + 1) * channels]
    return Colour(kind, _padded(kind, [value / 255 for value in values]), is_device)


def _padded(kind: str, values: Sequence[Any]) -> tuple[float, ...]:
    """Return numbers only, and as many as the space has: a damaged file may give others."""
    numbers = []
    for value in values:
        try:
            numbers.append(float(value))
        except (TypeError, ValueError):
            continue
    wanted = _STARTS.get(kind)
    if wanted is None:
        return tuple(numbers)
    return tuple((numbers + [0.0] * len(wanted))[: len(wanted)])


def _name(space: Any) -> str:
    return str(space[0] if isinstance(space, Array) and len(space) else space)

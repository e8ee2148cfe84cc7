"""A gradient of a PDF goes in; the most ink at any place of it comes out (ISO 32000-1, 8.7.4.5)."""

from collections.abc import Iterator
from typing import Any

from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.colour_values import Space
from booklet.checks.preflight.functions import UnknownFunctionError, read_function
from booklet.checks.preflight.pdf_values import entry, is_stream, numbers_in, whole
from booklet.checks.preflight.streams import UndecodableError, bytes_of

# At so many places a function is asked; a peak between two of them is thinner than a dot.
_PLACES = 256
_MOST_CORNERS = 100_000
# How many points and colours a patch brings along, whole and where it goes on from another.
_PATCHES = {6: ((12, 4), (8, 2)), 7: ((16, 4), (12, 2))}


def most_gradient_ink(shading: Any, space: Space) -> tuple[float, str]:
    """Return the most ink at any place of a gradient, in per cent, and why nobody knows.

    The reason is "" where the ink is known.
    """
    try:
        colours = [space.colour(values).ink_percent for values in _colours(shading, space)]
    except (UnknownFunctionError, UndecodableError, OutOfBudgetError) as error:
        return 0.0, str(error)
    return max(colours, default=0.0), ""


def _colours(shading: Any, space: Space) -> Iterator[list[float]]:
    kind = whole(entry(shading, "/ShadingType"))
    function = entry(shading, "/Function")
    if kind in (2, 3):
        if function is None:
            raise UnknownFunctionError("it has no function")
        domain = [*numbers_in(entry(shading, "/Domain")), 0.0, 1.0][:2]
        if len(numbers_in(entry(shading, "/Domain"))) != 2:
            domain = [0.0, 1.0]
        yield from _along(function, domain[0], domain[1])
    elif kind in (4, 5, 6, 7) and is_stream(shading):
        corners = _corners(shading, kind, 1 if function is not None else max(space.channels, 1))
        if function is None:
            yield from corners
            return
        ends = [corner[0] for corner in corners]
        yield from _along(function, min(ends, default=0.0), max(ends, default=1.0))
    else:
        raise UnknownFunctionError("it is computed from two numbers, or of no known type")


def _along(function: Any, start: float, end: float) -> Iterator[list[float]]:
    value = read_function(function)
    for place in range(_PLACES + 1):
        yield value(start + (end - start) * place / _PLACES)


def _corners(shading: Any, kind: int, channels: int) -> Iterator[list[float]]:
    """Yield the colours of the corners of a mesh; between them there is never more ink."""
    bits = _Bits(bytes_of(shading))
    flag = whole(entry(shading, "/BitsPerFlag"))
    place = whole(entry(shading, "/BitsPerCoordinate"))
    depth = whole(entry(shading, "/BitsPerComponent"))
    decode = numbers_in(entry(shading, "/Decode"))[4:]
    if not (0 < depth <= 16 and 0 < place <= 32 and (kind == 5 or 0 < flag <= 8)):
        raise UnknownFunctionError("its mesh is damaged")
    if len(decode) < 2 * channels:
        raise UnknownFunctionError("its mesh is damaged")
    for _ in range(_MOST_CORNERS):
        if bits.left < place * 2 + depth * channels:
            return
        goes_on = kind != 5 and bits.take(flag) & 3 != 0
        points, colours = (1, 1) if kind in (4, 5) else _PATCHES[kind][goes_on]
        bits.skip(points * 2 * place)
        for _ in range(colours):
            yield [
                decode[2 * one]
                + bits.take(depth) / ((1 << depth) - 1) * (decode[2 * one + 1] - decode[2 * one])
                for one in range(channels)
            ]
        if kind in (4, 5):
            bits.align()
    raise OutOfBudgetError("its mesh has too many corners")


class _Bits:
    """Reads numbers of so many bits, one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    @property
    def left(self) -> int:
        """Return how many bits there still are."""
        return len(self.content) * 8 - self.at

    def take(self, count: int) -> int:
        """Return the next number; 0 behind the end."""
        first, last = self.at // 8, (self.at + count + 7) // 8
        chunk = int.from_bytes(self.content[first:last].ljust(last - first, b"\0"), "big")
        self.at += count
        return (chunk >> (last * 8 - self.at)) & ((1 << count) - 1)

    def skip(self, count: int) -> None:
        """Leave out bits."""
        self.at += count

    def align(self) -> None:
        """Go on with the next whole byte."""
        self.at = (self.at + 7) // 8 * 8

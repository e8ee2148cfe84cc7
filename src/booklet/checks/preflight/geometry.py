"""Matrices, points and boxes of a PDF page go in; points and boxes come out (ISO 32000-1, 8.3)."""

import math
from collections.abc import Iterable
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
Outline = tuple[Point, ...]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
# Sums and products of a few numbers below this stay finite.
_FARTHEST = 1e12
EVERYTHING: Box = (-1e9, -1e9, 1e9, 1e9)


def numbers(values: Iterable[Any], count: int) -> Any:
    """Return so many numbers as a tuple.

    Raises:
        ValueError: There are more or fewer, or something else is among them.
    """
    found = tuple(float(value) for value in values)
    if len(found) != count or not all(abs(value) < _FARTHEST for value in found):
        raise ValueError("an operator has not the numbers it needs")
    return found


def times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does `first` and then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scale_of(matrix: Matrix) -> float:
    """Return how much larger things become, as the root of how their area grows."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def extent(points: Iterable[tuple[float, float]]) -> Box:
    """Return the smallest box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def extent_of(matrix: Matrix, box: Box) -> Box:
    """Return the smallest upright box around a box that was moved, scaled or turned."""
    left, bottom, right, top = box
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    return extent(at(matrix, *corner) for corner in corners)


def common(one: Box, other: Box) -> Box:
    """Return what two boxes share; it may be turned inside out (see `is_there`)."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def is_there(box: Box) -> bool:
    """Return whether a box has an extent, if only that of a line."""
    return box[2] >= box[0] and box[3] >= box[1]


def is_upright(outline: Outline) -> bool:
    """Return whether an outline is a rectangle with upright sides."""
    if len(outline) not in (4, 5) or (len(outline) == 5 and outline[0] != outline[4]):
        return False
    (a, b), (c, d), (e, f), (g, h) = outline[:4]
    return (a == c and d == f and e == g and h == b) or (b == d and c == e and f == h and g == a)

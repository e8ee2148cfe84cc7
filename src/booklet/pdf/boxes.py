"""A page of a PDF goes in; its trim comes out, and boxes made from it."""

from typing import Any

import pikepdf

POINTS_PER_MM = 72 / 25.4

Box = tuple[float, float, float, float]


def trim_of(page: Any) -> Box:
    """Return left, bottom, right and top of a page's trim, in pt."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return left, bottom, right, top


def grown(box: Box, by_pt: float) -> Box:
    """Return `box` made larger by so many pt on every side."""
    left, bottom, right, top = box
    return left - by_pt, bottom - by_pt, right + by_pt, top + by_pt


def array(box: Box) -> pikepdf.Array:
    """Return `box` as it stands in a PDF, to a thousandth of a pt."""
    return pikepdf.Array([round(value, 3) for value in box])

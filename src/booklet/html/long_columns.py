"""Texts for columns go in; whether they may stand side by side on a page comes out.

Side by side they are grids, and the engine gives up on a grid whose row is higher than a page. What
is too long stands one below the other instead and goes on overleaf.
"""

import math
import unicodedata
from collections.abc import Iterable

from booklet.html.geometry import Geometry

# The share of a page that is left for columns.
_COLUMNS_SHARE = 0.75
# What stands left of an item: its dot and the distance, in em.
_BESIDE_ITEMS_EM = 1.5
_BETWEEN_COLUMNS_EM = 3.0


def columns_are_long(columns: Iterable[Iterable[str]], geometry: Geometry) -> bool:
    """Return whether two columns are too long to stand side by side.

    Args:
        columns: The texts of each column; a text is an item or a paragraph.
        geometry: The page.
    """
    width = (geometry.characters - _BETWEEN_COLUMNS_EM) / 2 - _BESIDE_ITEMS_EM
    return any(_height(texts, width) > geometry.lines * _COLUMNS_SHARE for texts in columns)


def _height(texts: Iterable[str], width_em: float) -> float:
    """Return how many lines texts take below each other, half a line between them."""
    lines = (
        math.ceil(_em(line) / max(width_em, 1.0)) for text in texts for line in text.split("\n")
    )
    return sum(max(one, 1) + 0.5 for one in lines)


def _em(text: str) -> float:
    return sum(0.5 if unicodedata.east_asian_width(one) in ("Na", "H") else 1.0 for one in text)

"""The phrases of a title go in; the largest type in which they fit their place comes out."""

import unicodedata
from collections.abc import Sequence

_LINE_HEIGHT = 1.15


def largest_type(phrases: Sequence[str], width: float, height: float, largest: float) -> float:
    """Return the type size that fills a place without breaking a phrase.

    Args:
        phrases: The title, cut where its lines may end.
        width: The place's width; any unit, the result has the same.
        height: Its height.
        largest: The size a short title gets at most.

    Returns:
        The size of a full-width character. Only a phrase that is too long for the width at the
        size its height allows is broken.
    """
    widths = [_ems(phrase) for phrase in phrases]
    sizes = [largest]
    narrowest = max(widths)
    for limit in sorted({sum(widths[i:j]) for j in range(len(widths) + 1) for i in range(j)}):
        if limit >= narrowest:
            lines = _lines(widths, limit)
            sizes.append(min(largest, width / limit, height / (lines * _LINE_HEIGHT)))
    return max(sizes[1:])


def _lines(widths: Sequence[float], limit: float) -> int:
    lines, used = 1, 0.0
    for width in widths:
        if used + width > limit:
            lines, used = lines + 1, 0.0
        used += width
    return lines


def _ems(text: str) -> float:
    """Return the width of `text` in ems: a Latin letter takes about 0.6 of a full-width one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)

"""The phrases of a title go in; the largest type in which they fit their place comes out."""

from collections.abc import Sequence

from booklet.html.columns import ems

_LINE_HEIGHT = 1.15
# Bold capitals are wider than what is added up here; a title that just fits must not break.
_MARGIN = 0.97
# A running head keeps to one line of 7 pt beside nothing, on the narrowest page.
_RUNNING_HEAD_EM = 36
_READING_SIZE, _READING_SPACING = 1.25, 0.3
_SMALLEST_READING = 0.9


def running_head(title: str) -> str:
    """Return a title short enough for a running head, cut with … where it is not."""
    if ems(title) <= _RUNNING_HEAD_EM:
        return title
    end = next(i for i in range(len(title), 0, -1) if ems(title[:i]) < _RUNNING_HEAD_EM - 1)
    return title[:end].rstrip("・、 　") + "…"


def cover_reading(reading: str, width: float) -> str:
    """Return the style in which a name's reading stands above it, in one line where that is so.

    Args:
        reading: The reading.
        width: The width of its place, in ems.
    """
    wide = ems(reading)
    if wide * _READING_SIZE * (1 + _READING_SPACING) <= width:
        return f"font-size: {_READING_SIZE}em; letter-spacing: {_READING_SPACING}em"
    size = max(_SMALLEST_READING, min(_READING_SIZE, width / wide * _MARGIN))
    return f"font-size: {size:.2f}em; letter-spacing: 0"


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
    widths = [ems(phrase) / _MARGIN for phrase in phrases]
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

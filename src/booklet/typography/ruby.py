"""A word and its reading go in; HTML that sets the reading above the word comes out.

JLREQ 3.3: a reading is half as large as its word and centred above it; it may reach over a
neighbouring kana by a quarter of an em, and where it is longer still, the word gets room.
"""

import html
import re
import unicodedata
from collections.abc import Callable

from booklet.model.inline import Ruby

Annotate = Callable[[Ruby, str, str], str]

_OVERHANG_EM = 0.25
_READING_SIZE = 0.5
_MAY_BE_COVERED = re.compile("[ぁ-ゖァ-ヺー、。「」（）・]")


def ruby_for_print(ruby: Ruby, before: str, after: str) -> str:
    """Return HTML for the typesetting engine, which knows no ruby and is told every distance.

    Args:
        ruby: The word and its reading or readings.
        before: The character before it, or nothing.
        after: The character behind it, or nothing.

    Returns:
        A `ruby` element for each pair. The reading follows its base in the text, so that whoever
        copies or hears the page gets the base, then its reading, once.
    """
    pairs = ruby.pairs
    parts = []
    for index, (base, reading) in enumerate(pairs):
        left = pairs[index - 1][0] if index else before
        right = pairs[index + 1][0] if index + 1 < len(pairs) else after
        parts.append(_printed(base, reading, left[-1:], right[:1]))
    return "".join(parts)


def _printed(base: str, reading: str, before: str, after: str) -> str:
    wide, above = _width_em(base), _width_em(reading) * _READING_SIZE
    longer = max(0.0, (above - wide) / 2)
    room = [
        max(0.0, longer - (_OVERHANG_EM if _MAY_BE_COVERED.match(neighbour) else 0.0))
        for neighbour in (before, after)
    ]
    padding = f' style="padding: 0 {room[1]:.3f}em 0 {room[0]:.3f}em"' if any(room) else ""
    # In ems of the reading, which is half as large: back by half of both, and forth to the end.
    back, forth = -(wide + above), wide - above
    return (
        f"<ruby{padding}>{html.escape(base)}"
        f'<rt style="margin: 0 {forth:.3f}em 0 {back:.3f}em">{html.escape(reading)}</rt></ruby>'
    )


def ruby_for_readers(ruby: Ruby, before: str, after: str) -> str:
    """Return HTML for e-readers: a plain `ruby` element. EPUBCheck discourages `rp` (HTM-055).

    Args:
        ruby: The word and its reading or readings.
        before: Not needed; e-readers look for themselves.
        after: Likewise.
    """
    del before, after
    inside = "".join(
        f"{html.escape(base)}<rt>{html.escape(reading)}</rt>" for base, reading in ruby.pairs
    )
    return f"<ruby>{inside}</ruby>"


def _width_em(text: str) -> float:
    return sum(0.55 if unicodedata.east_asian_width(c) in ("Na", "N", "H") else 1.0 for c in text)

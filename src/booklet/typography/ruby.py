"""A word and its reading go in; HTML that sets the reading above the word comes out.

JLREQ 3.3: a reading is half as large as its word and centred above it. It may reach over a
neighbouring kana, by less than one of its own characters; where it is longer still, the characters
of the word are set apart, with half as much space at both ends as between them.
"""

import html
import re
import unicodedata
from collections.abc import Callable

from booklet.model.inline import Ruby

Annotate = Callable[[Ruby, str, str], str]

_OVERHANG_EM = 0.35
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
    overhang = sum(_OVERHANG_EM for one in (before, after) if _leans(one))
    opened = max(0.0, above - wide - overhang)
    space = opened / len(base)
    style = (
        f' style="letter-spacing: {space:.3f}em; padding: 0 {space / 2:.3f}em"' if opened else ""
    )
    # From the end of the word back to where the centred reading starts, and forth again.
    lean = (_leans(before) - _leans(after)) * min(_OVERHANG_EM / 2, max(0.0, above - wide) / 2)
    back = (wide + opened - space + above) / 2 + lean
    forth = back - above
    margins = f"0 {forth / _READING_SIZE:.3f}em 0 -{back / _READING_SIZE:.3f}em"
    return (
        f"<ruby{style}>{html.escape(base)}"
        f'<rt style="margin: {margins}">{html.escape(reading)}</rt></ruby>'
    )


def room_above(ruby: Ruby) -> float:
    """Return how much narrower a word's reading is than the word, in ems; less than 0: wider."""
    return _width_em(ruby.base) - _width_em("".join(ruby.readings)) * _READING_SIZE


def _leans(neighbour: str) -> bool:
    """Return whether a reading that is too long reaches over this neighbour."""
    return bool(_MAY_BE_COVERED.match(neighbour))


def ruby_for_readers(ruby: Ruby, before: str, after: str) -> str:
    """Return HTML for e-readers: a `ruby` element with brackets (`rp`) around each reading.

    A reader that knows no ruby shows 甲板（かんぱん） and not 甲板かんぱん, and so do copies and
    old speech programs. EPUBCheck advises against `rp` (HTM-055) because EPUB asks readers to
    know ruby; those that do leave the brackets out (HTML, 4.5.12).

    Args:
        ruby: The word and its reading or readings.
        before: Not needed; e-readers look for themselves.
        after: Likewise.
    """
    del before, after
    inside = "".join(
        f"{html.escape(base)}<rp>（</rp><rt>{html.escape(reading)}</rt><rp>）</rp>"
        for base, reading in ruby.pairs
    )
    return f"<ruby>{inside}</ruby>"


def _width_em(text: str) -> float:
    return sum(0.55 if unicodedata.east_asian_width(c) in ("Na", "N", "H") else 1.0 for c in text)

"""The texts of a table or figure and a measure in go in; how it is divided into columns comes out.

The engine's own table layout gives a column of short labels one character, because a Japanese text
may break nearly anywhere. Here a column is at least as wide as its longest word. Widths are in ems
of body type.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from booklet.model.inline import Plain, Reference, Ruby, parse_inline

PhraseEnds = Callable[[str], list[int]]

# A label up to so long stays on one line; a longer one may break between its phrases.
_WHOLE_LABEL_EM = 8.0
# An address or a very long word breaks anywhere: it does not ask for more than this.
_LONGEST_WORD_EM = 9.0
_NARROWEST_EM = 3.0
# White on both sides of a cell's text; the first cell has none at its left.
_PADDING_EM = 1.0
_FIRST_SAVES_EM = 0.5
# "「なり方・参入ルート」（18ページ）": what a reference prints is not known here.
_REFERENCE_EM = 15
# Below this a table with more than two columns is cards.
_CARDS_BELOW_EM = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table is divided.

    Attributes:
        widths: Width of each column's text, in ems; empty when its rows are better set as cards.
    """

    widths: tuple[float, ...]


def plain(text: str) -> str:
    """Return what a line with marks prints, with full-width characters for a reference."""
    parts = []
    for token in parse_inline(text):
        if isinstance(token, Plain):
            parts.append(token.text)
        elif isinstance(token, Ruby):
            parts.append(token.base)
        elif isinstance(token, Reference):
            parts.append("　" * _REFERENCE_EM)
    return "".join(parts)


def ems(text: str) -> float:
    """Return the width of `text` in ems: a Latin letter takes about 0.6 of a full-width one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def lines_of(text: str, width: float, phrase_ends: PhraseEnds) -> int:
    """Return how many lines a text takes that breaks between its phrases.

    Args:
        text: What is printed.
        width: The measure, in ems.
        phrase_ends: Finds where phrases end.
    """
    lines, used = 1, 0.0
    for piece in _phrases(text, phrase_ends):
        wide = ems(piece)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        lines += int((used + wide - 0.01) // width) if wide > width else 0
        used = (used + wide) % width if wide > width else used + wide
    return lines


def table_columns(
    head: Sequence[str], rows: Sequence[Sequence[str]], measure: float, phrase_ends: PhraseEnds
) -> Columns:
    """Divide a table.

    Args:
        head: The heads of its columns.
        rows: Its cells, row by row; the first cell of each is its label.
        measure: The width there is, in ems.
        phrase_ends: Finds where phrases end.

    Returns:
        Columns of which none is narrower than its longest word, in whole ems but the last; or no
        widths: then the rows are to be set as cards.
    """
    count = len(head)
    columns = [[plain(line[i]) for line in (head, *rows) if i < len(line)] for i in range(count)]
    least = [_least(texts, index == 0, phrase_ends) for index, texts in enumerate(columns)]
    room = measure - count * _PADDING_EM + _FIRST_SAVES_EM
    wanted = [max(least[i], *map(ems, columns[i])) for i in range(count)]
    if sum(least) > room or (measure < _CARDS_BELOW_EM and count > 2 and sum(wanted) > room):
        return Columns(())
    spare = room - sum(least)
    asked = sum(w - n for w, n in zip(wanted, least, strict=True))
    share = min(1.0, spare / asked) if asked else 0.0
    widths = [n + int((w - n) * share) for w, n in zip(wanted, least, strict=True)]
    # What is left goes to all alike, in whole ems, and the rest to the last.
    even = max(0, int((room - sum(widths)) // count))
    widths = [width + even for width in widths]
    widths[-1] += room - sum(widths)
    return Columns(tuple(widths))


def label_width(phrase_ends: PhraseEnds, labels: Sequence[str]) -> float:
    """Return the width of a column of labels: that of its longest word, in whole ems."""
    return _least([plain(label) for label in labels], True, phrase_ends)


def route_columns(
    heights: Callable[[float], Sequence[float]], count: int, measure: float, page_lines: float
) -> int:
    """Return how many ways in stand side by side: as many as leave each of them on one page.

    Args:
        heights: Returns the height of each in lines, for a width in ems.
        count: How many there are.
        measure: The width there is, in ems.
        page_lines: The most lines one may have.
    """
    usual = {1: 1, 2: 2, 4: 2}.get(count, 3)
    for columns in range(usual, 1, -1):
        if max(heights((measure - columns + 1) / columns)) <= page_lines:
            return columns
    return 1


def _least(texts: Sequence[str], is_label: bool, phrase_ends: PhraseEnds) -> float:
    whole = _WHOLE_LABEL_EM if is_label else _NARROWEST_EM
    least = _NARROWEST_EM
    for text in texts:
        wide = ems(text)
        longest = wide if wide <= whole else max(map(ems, _phrases(text, phrase_ends)), default=0)
        least = max(least, min(longest, _LONGEST_WORD_EM))
    return float(-(-least // 1))


def _phrases(text: str, phrase_ends: PhraseEnds) -> list[str]:
    ends = phrase_ends(text) if text else []
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]

"""A PDF page goes in; its characters with their places, and the lines they stand on, come out."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True)
class Glyph:
    """A character and its box in points from the lower left corner of its page."""

    character: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def baseline(self) -> float:
        return self.bottom


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Return the characters of a page in the order in which they are drawn, spaces left out."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index, loose=True)
            found.append(Glyph(character, left, bottom, right, top))
    return found


def lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield runs of characters drawn one after the other on one baseline."""
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and (abs(glyph.bottom - line[-1].bottom) > 0.5 or glyph.left < line[-1].left - 0.5):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line

"""A font of a PDF goes in; how wide its glyphs are comes out, in ems (ISO 32000-1, 9.7.4.3)."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths of a font.

    Attributes:
        name: The font's name without its subset tag.
        two_bytes: Whether a code of text has two bytes, as in fonts with many characters.
        default: What a glyph measures that is not listed, in ems.
        listed: The others, by code.
    """

    name: str
    two_bytes: bool
    default: float
    listed: dict[int, float]

    def codes(self, text: bytes) -> list[int]:
        """Return the codes of a shown string."""
        if not self.two_bytes:
            return list(text)
        return [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]

    def of(self, code: int) -> float:
        """Return the width of a glyph in ems."""
        return self.listed.get(code, self.default)


def widths_of(font: Any) -> Widths:
    """Return the widths of a font."""
    name = str(font.get("/BaseFont", font.get("/Name", "/unnamed"))).lstrip("/")
    name = name[7:] if len(name) > 7 and name[6] == "+" else name
    descendants = font.get("/DescendantFonts")
    if descendants is None:
        first = int(font.get("/FirstChar", 0))
        scale = float(font.FontMatrix[0]) if "/FontMatrix" in font else 0.001
        listed = {
            first + at: float(width) * scale for at, width in enumerate(font.get("/Widths", []))
        }
        return Widths(name, False, 0.5, listed)
    inner = descendants[0]
    listed = {}
    entries = list(inner.get("/W", []))
    at = 0
    while at + 1 < len(entries):
        start = int(entries[at])
        if isinstance(entries[at + 1], Array):
            for offset, width in enumerate(entries[at + 1]):
                listed[start + offset] = float(width) / 1000
            at += 2
        else:
            for code in range(start, min(int(entries[at + 1]), 65535) + 1):
                listed[code] = float(entries[at + 2]) / 1000
            at += 3
    return Widths(name, True, float(inner.get("/DW", 1000)) / 1000, listed)

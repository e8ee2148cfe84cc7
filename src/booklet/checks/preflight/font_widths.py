"""A font of a PDF goes in; how wide its glyphs are comes out, in ems (ISO 32000-1, 9.7.4.3)."""

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array

from booklet.checks.preflight.pdf_values import elements, entry, name_of, number, whole

_MOST_CODES = 65536
_MOST_ENTRIES = 200_000
# Parts of the names of predefined CMaps whose codes have one byte or two (ISO 32000-1, table 118).
_MIXED = ("RKSJ", "EUC", "GBK", "GBpc", "GBT", "B5pc", "HKscs", "ETen", "ETHK", "KSC", "90pv")


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths of a font.

    Attributes:
        name: The font's name without its subset tag.
        two_bytes: Whether a code of text has two bytes, as in fonts with many characters.
        default: What a glyph measures that is not listed, in ems.
        listed: The others, by code.
        is_vertical: Whether lines run from top to bottom.
        is_mixed: Whether codes have one byte or two, as in Shift_JIS and EUC.
        is_shift_jis: Whether half-width kana have one byte.
        is_identity: Whether a code is the number of the character in the font.
    """

    name: str
    two_bytes: bool
    default: float
    listed: dict[int, float] = field(default_factory=dict)
    is_vertical: bool = False
    is_mixed: bool = False
    is_shift_jis: bool = False
    is_identity: bool = False

    def codes(self, text: bytes) -> list[int]:
        """Return the codes of a shown string."""
        if not self.two_bytes:
            return list(text)
        if self.is_mixed:
            return _mixed_codes(text, self.is_shift_jis)
        return [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]

    def of(self, code: int) -> float:
        """Return the width of a glyph in ems."""
        if self.two_bytes and not self.is_identity:
            # Which character it is stands in a CMap; Japanese characters are as wide as their em.
            return self.default / 2 if self.is_mixed and code < 256 else self.default
        return self.listed.get(code, self.default)


def widths_of(font: Any) -> Widths:
    """Return the widths of a font."""
    name = name_of(entry(font, "/BaseFont", entry(font, "/Name", "/unnamed"))).removeprefix("/")
    name = name[7:] if len(name) > 7 and name[6] == "+" else name
    descendants = elements(entry(font, "/DescendantFonts"))
    if not descendants:
        return _simple(font, name)
    inner = descendants[0]
    encoding = name_of(entry(font, "/Encoding"))
    return Widths(
        name,
        True,
        number(entry(inner, "/DW", 1000)) / 1000,
        _listed(elements(entry(inner, "/W"))),
        encoding.endswith("-V") or encoding == "/V",
        any(part in encoding for part in _MIXED),
        "RKSJ" in encoding or "90pv" in encoding,
        encoding.startswith("/Identity"),
    )


def _simple(font: Any, name: str) -> Widths:
    first = whole(entry(font, "/FirstChar"))
    matrix = elements(entry(font, "/FontMatrix"))
    scale = abs(number(matrix[0], 0.001)) if len(matrix) == 6 else 0.001
    given = elements(entry(font, "/Widths"))[:256]
    return Widths(
        name, False, 0.5, {first + at: number(one) * scale for at, one in enumerate(given)}
    )


def _listed(entries: list[Any]) -> dict[int, float]:
    listed: dict[int, float] = {}
    at, left = 0, _MOST_ENTRIES
    while at + 1 < len(entries) and left > 0:
        start = min(max(whole(entries[at]), 0), _MOST_CODES)
        if isinstance(entries[at + 1], Array):
            found = [number(one) / 1000 for one in entries[at + 1]]
            listed.update(zip(range(start, _MOST_CODES), found, strict=False))
            at += 2
        else:
            last = min(whole(entries[at + 1]), _MOST_CODES - 1)
            width = number(entries[at + 2]) / 1000 if at + 2 < len(entries) else 0.0
            listed.update(dict.fromkeys(range(start, last + 1), width))
            left -= max(last - start, 0)
            at += 3
        left -= 1
    return listed


def _mixed_codes(text: bytes, is_shift_jis: bool) -> list[int]:
    codes, at = [], 0
    while at < len(text):
        lead = text[at]
        alone = lead < 0x81 or (is_shift_jis and 0xA0 <= lead <= 0xDF) or lead == 0xFF
        width = 1 if alone else 2
        codes.append(int.from_bytes(text[at : at + width], "big"))
        at += width
    return codes

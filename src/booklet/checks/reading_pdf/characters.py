"""A font goes in; the characters that its codes stand for, and those its glyphs draw, come out."""

import re
import struct
from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name

_LARGEST = 32_000_000  # bytes of a font program
_MOST_CODES = 70_000
_SECTION = re.compile(rb"beginbf(char|range)(.{0,100000}?)endbf", re.DOTALL)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]{0,200})>|(\[)|(\])")
# The tables of a font that map characters, the widest first: platform, encoding.
_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))


def to_unicode(font: Any) -> dict[int, str] | None:
    """Return the characters of a font's codes as its `ToUnicode` tells them (ISO 32000-1, 9.10.3).

    Returns:
        Characters by code; None for a font that does not tell.
    """
    stream = font.get("/ToUnicode")
    if stream is None or isinstance(stream, Name):
        return None
    found: dict[int, str] = {}
    for kind, listed in _SECTION.findall(stream.read_bytes()):
        for code, text in _chars(listed) if kind == b"char" else _ranges(listed):
            found[code] = text
            if len(found) > _MOST_CODES:
                return found
    return found


def _chars(listed: bytes) -> Iterator[tuple[int, str]]:
    pieces = [_bytes(piece[0]) for piece in _PIECE.findall(listed)]
    for code, text in zip(pieces[::2], pieces[1::2], strict=False):
        yield int.from_bytes(code, "big"), _text(text)


def _ranges(listed: bytes) -> Iterator[tuple[int, str]]:
    pieces = iter(_PIECE.findall(listed))
    for first, _, _ in pieces:
        start = int.from_bytes(_bytes(first), "big")
        end = int.from_bytes(_bytes(next(pieces, (b"", b"", b""))[0]), "big")
        codes = range(start, min(end, start + _MOST_CODES) + 1)
        text, opens, _ = next(pieces, (b"", b"", b""))
        if opens:
            for code in codes:
                text, _, closes = next(pieces, (b"", b"", b"]"))
                if closes:
                    break
                yield code, _text(_bytes(text))
            else:
                next(pieces, None)
            continue
        base = _bytes(text)
        last = int.from_bytes(base[-2:], "big")
        for code in codes:
            yield code, _text(base[:-2] + ((last + code - start) & 0xFFFF).to_bytes(2, "big"))


def _bytes(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _text(coded: bytes) -> str:
    return coded.decode("utf-16-be", "replace")


def drawn_characters(font: Any) -> dict[int, set[str]]:
    """Return which characters the glyphs of an embedded font are for, as its own `cmap` has them.

    Returns:
        Characters by glyph; empty for a font that has no such table, or whose codes are no glyphs.
    """
    if font.get("/Encoding") != Name("/Identity-H"):
        return {}
    inner = font.DescendantFonts[0]
    descriptor = inner.get("/FontDescriptor", Dictionary())
    program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    if program is None or inner.get("/CIDToGIDMap", Name.Identity) != Name.Identity:
        return {}
    content = program.read_bytes()
    if len(content) > _LARGEST:
        return {}
    try:
        table = _table(content, b"cmap")
        return _glyphs(table) if table else {}
    except struct.error:
        return {}


def _table(font: bytes, wanted: bytes) -> bytes:
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == wanted:
            return font[offset : offset + length]
    return b""


def _glyphs(cmap: bytes) -> dict[int, set[str]]:
    offsets = {}
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        offsets[platform, encoding] = offset
    found: dict[int, set[str]] = {}
    for key in _TABLES:
        if key in offsets:
            for character, glyph in _mapped(cmap[offsets[key] :]):
                found.setdefault(glyph, set()).add(chr(character))
            break
    return found


def _mapped(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield code points and glyphs of a subtable of format 12 or 4 (OpenType, `cmap`)."""
    kind = struct.unpack_from(">H", table)[0]
    if kind == 12:
        for index in range(min(struct.unpack_from(">L", table, 12)[0], _MOST_CODES)):
            first, last, glyph = struct.unpack_from(">LLL", table, 16 + 12 * index)
            for code in range(first, min(last, first + _MOST_CODES, 0x10FFFF) + 1):
                yield code, glyph + code - first
    elif kind == 4:
        double = struct.unpack_from(">H", table, 6)[0]
        for at in range(0, double, 2):
            last = struct.unpack_from(">H", table, 14 + at)[0]
            first = struct.unpack_from(">H", table, 16 + double + at)[0]
            delta = struct.unpack_from(">H", table, 16 + 2 * double + at)[0]
            place = 16 + 3 * double + at
            offset = struct.unpack_from(">H", table, place)[0]
            for code in range(first, min(last, 0xFFFE) + 1):
                glyph = code
                if offset:
                    glyph = struct.unpack_from(">H", table, place + offset + 2 * (code - first))[0]
                yield code, (glyph + delta) & 0xFFFF

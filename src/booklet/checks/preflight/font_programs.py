"""The program of an embedded font goes in; whether it works, and which glyphs it has, come out."""

import io
import re
from collections.abc import Callable, Collection
from typing import Any

from fontTools.agl import UV2AGL, toUnicode
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.eexec import decrypt
from fontTools.ttLib import TTFont
from PIL import ImageFont

from booklet.checks.preflight.cid_fonts import cids_of
from booklet.checks.preflight.pdf_values import elements, entry, is_stream, name_of, whole
from booklet.checks.preflight.streams import bytes_of

EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")

# Whether a code of the text has a glyph: False is .notdef. None: nobody can tell.
HasGlyph = Callable[[int], bool | None]

_MOST_PROGRAM = 60_000_000
_CHAR_STRING = re.compile(rb"/(\S+)\s+\d+\s+(?:RD|-\|)\s")
_EEXEC_KEY = 55665
_BLANK = {"space", "nbspace", "uni00A0", "nonbreakingspace"}
_WIN_ANSI = {
    code: UV2AGL.get(ord(bytes([code]).decode("cp1252", "replace")), "") for code in range(32, 256)
}


class BrokenFontError(Exception):
    """The program of a font cannot be used."""


def program_of(font: Any) -> Any:
    """Return the stream of the font's program, or None when it is not embedded."""
    descriptor = entry(_inner(font), "/FontDescriptor")
    found = (entry(descriptor, key) for key in EMBEDDED)
    return next((one for one in found if one is not None), None)


def glyphs_of(font: Any) -> HasGlyph:
    """Open the program of an embedded font.

    Returns:
        What says of a code whether there is a glyph for it.

    Raises:
        BrokenFontError: A press could not open it either.
        OutOfBudgetError: It is too large to be looked at.
        UndecodableError: Its bytes cannot be had.
    """
    stream = program_of(font)
    if not is_stream(stream):
        raise BrokenFontError("its program is no stream")
    content = bytes_of(stream, _MOST_PROGRAM)
    descriptor = entry(_inner(font), "/FontDescriptor")
    try:
        if entry(descriptor, "/FontFile") is not None:
            return _type_1(font, content)
        if content[:4] in (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"):
            return _sfnt(font, content)
        return _cff(font, content)
    except (MemoryError, RecursionError, BrokenFontError):
        raise
    except Exception as error:
        # fontTools meets what it does not understand with whatever the bytes lead to; FreeType,
        # which takes what presses take, has the last word.
        if not _opens(content):
            raise BrokenFontError(str(error).splitlines()[0][:80] if str(error) else "") from None
        return lambda code: None


def _opens(content: bytes) -> bool:
    try:
        ImageFont.truetype(io.BytesIO(content))
    except (OSError, ValueError):
        return False
    return True


def _inner(font: Any) -> Any:
    descendants = elements(entry(font, "/DescendantFonts"))
    return descendants[0] if descendants else font


def _type_1(font: Any, content: bytes) -> HasGlyph:
    head, separator, tail = content.partition(b"eexec")
    if not separator or b"/FontMatrix" not in head:
        if _opens(content):
            # Another kind of font under this name: FreeType takes it, and so do presses.
            return lambda code: None
        raise BrokenFontError("it has no encrypted part")
    tail = tail.lstrip(b" \t\r\n")
    if re.match(rb"[0-9A-Fa-f\s]{8}", tail):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", tail)
        tail = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    private, _ = decrypt(tail, _EEXEC_KEY)
    names = {one.decode("latin-1") for one in _CHAR_STRING.findall(private)}
    if not names:
        raise BrokenFontError("it has no glyphs")
    built_in = {
        int(code): name.decode("latin-1")
        for code, name in re.findall(rb"dup\s+(\d+)\s*/(\S+)\s+put", head)
    }
    if not built_in:
        built_in = dict(enumerate(StandardEncoding))
    return _by_name(font, names, built_in)


def _cff(font: Any, content: bytes) -> HasGlyph:
    is_composite = bool(elements(entry(font, "/DescendantFonts")))
    if is_composite and _is_identity(font) and (cids := cids_of(content)) is not None:
        return lambda code: code in cids and code != 0
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(content), None)
    top = cff[cff.fontNames[0]]
    return _of_cff(font, top)


def _of_cff(font: Any, top: Any) -> HasGlyph:
    strings = top.CharStrings
    index = strings.charStringsIndex
    # Every glyph has its bytes: a program that breaks off lacks the last ones.
    for place in {0, len(index) // 2, len(index) - 1}:
        if not index[place].bytecode:
            raise BrokenFontError("its glyphs break off")
    names = top.charset
    if elements(entry(font, "/DescendantFonts")):
        if not _is_identity(font):
            return lambda code: None
        if hasattr(top, "ROS"):
            present = {int(name[3:]) for name in names if name.startswith("cid")}
            return lambda code: code in present and code != 0
        return lambda code: 0 < code < len(names)
    encoding = top.Encoding
    listed = StandardEncoding if isinstance(encoding, str) else encoding
    return _by_name(font, set(names), dict(enumerate(listed)))


def _sfnt(font: Any, content: bytes) -> HasGlyph:
    program = TTFont(io.BytesIO(content), lazy=True, fontNumber=0)
    if "CFF " in program:
        return _of_cff(font, program["CFF "].cff.topDictIndex[0])
    count = int(program["maxp"].numGlyphs)
    locations = program["loca"]
    if len(locations) < count + 1 or max(locations) > program.reader.tables["glyf"].length:
        raise BrokenFontError("its glyphs break off")
    if program.reader.tables["glyf"].offset + max(locations) > len(content):
        raise BrokenFontError("its glyphs break off")
    if elements(entry(font, "/DescendantFonts")):
        return _by_identity(font, count)
    return _by_cmap(font, program, count)


def _by_identity(font: Any, count: int) -> HasGlyph:
    if not _is_identity(font):
        return lambda code: None
    given = entry(_inner(font), "/CIDToGIDMap")
    if not is_stream(given):
        return lambda code: 0 < code < count
    table = bytes_of(given, 200_000)
    return lambda code: 0 < int.from_bytes(table[2 * code : 2 * code + 2], "big") < count


def _by_cmap(font: Any, program: Any, count: int) -> HasGlyph:
    """Ask a TrueType font in each of the ways of ISO 32000-1, 9.6.6.4; one that knows will do."""
    try:
        tables = program["cmap"].tables
    except KeyError:
        tables = []
    order = {name: place for place, name in enumerate(program.getGlyphOrder())}
    symbol = [one.cmap for one in tables if (one.platformID, one.platEncID) == (3, 0)]
    unicode_ = [one.cmap for one in tables if one.isUnicode()]
    mac = [one.cmap for one in tables if (one.platformID, one.platEncID) == (1, 0)]
    names = _names(font, {})

    def has(code: int) -> bool | None:
        name = names.get(code)
        if name in _BLANK or (name is None and code in (32, 160)):
            return True
        found = [table.get(code + high) for table in symbol for high in (0, 0xF000, 0xF100, 0xF200)]
        found += [table.get(code) for table in mac]
        if name:
            text = toUnicode(name)
            found += [table.get(ord(text)) for table in unicode_ if len(text) == 1]
            found += [name if name in order else None]
            found += [table.get(MacRoman.index(name)) for table in mac if name in MacRoman]
        elif not names:
            found += [table.get(code) for table in unicode_]
        if not tables and not name:
            return None
        return any(glyph is not None and 0 < order.get(glyph, 0) < count for glyph in found)

    return has


def _by_name(font: Any, present: Collection[str], built_in: dict[int, str]) -> HasGlyph:
    names = _names(font, built_in)

    def has(code: int) -> bool | None:
        name = names.get(code, "")
        if name in _BLANK or (code in (32, 160) and name in ("", ".notdef")):
            return True
        return name in present and name not in ("", ".notdef")

    return has


def _names(font: Any, built_in: dict[int, str]) -> dict[int, str]:
    """Return the names of glyphs by their codes (ISO 32000-1, 9.6.6)."""
    encoding = entry(font, "/Encoding")
    base = name_of(encoding) or name_of(entry(encoding, "/BaseEncoding"))
    names: dict[int, str] = dict(built_in)
    if base == "/WinAnsiEncoding":
        names = dict(_WIN_ANSI)
    elif base == "/MacRomanEncoding":
        names = dict(enumerate(MacRoman))
    elif base == "/StandardEncoding":
        names = dict(enumerate(StandardEncoding))
    code = 0
    for one in elements(entry(encoding, "/Differences")):
        name = name_of(one)
        if name:
            names[code] = name.removeprefix("/")
            code += 1
        else:
            code = whole(one)
    return names


def _is_identity(font: Any) -> bool:
    return name_of(entry(font, "/Encoding")).startswith("/Identity")

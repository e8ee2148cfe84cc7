"""A page's instructions go in; they come out so that no viewer takes a gap for a space.

Between Latin letters and Japanese a quarter of an em is left (JLREQ 3.2.3), and a justified line is
opened up further. Viewers guess words from gaps: above 0.1 em of type size PDF.js and Poppler, 0.11
PDFium, 0.15 MuPDF add a space that nobody wrote, and `AI代替` is no longer found. Nothing here
moves a glyph:

- What is written says so itself: an `ActualText` (ISO 32000-1, 14.9.4) around the characters beside
  a gap. PDFium, Poppler and MuPDF heed it.
- PDF.js knows no `ActualText` in pages. It measures a gap in the units of the text matrix, so a
  matrix as much wider as the horizontal scaling (9.3.4) is narrower makes a gap small.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

_BEGIN, _END = Operator("BDC"), Operator("EMC")
_MATRIX, _SHOW, _SCALE = Operator("Tm"), Operator("TJ"), Operator("Tz")
_TEXT, _FONT = Operator("BT"), Operator("Tf")
# The narrowest gap that some viewer takes for a space, less what rounding may add, in em.
_SPACE = 0.095
_FULL = 1000
# Gaps with at most so many characters between them are one phrase.
_APART = 12
_BYTES = 2

# The engine writes one code and its characters a line.
_CHARACTER = re.compile(rb"^<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Glyph:
    code: bytes
    behind: Any = 0  # thousandths of an em, as `TJ` has them: what is taken away

    @property
    def gap(self) -> float:
        return -float(self.behind) / _FULL


def without_guessed_spaces(
    instructions: Sequence[Any], fonts: Mapping[str, Mapping[bytes, str]]
) -> list[Any]:
    """Return the instructions of a page with the gaps closed for whoever reads its text.

    Args:
        instructions: What draws the page: operands and operator.
        fonts: By the names of the page's fonts the characters of their codes.

    Returns:
        Instructions that draw the same.
    """
    changed: list[Any] = []
    characters: Mapping[bytes, str] = {}
    matrix = -1
    for instruction in instructions:
        operator = instruction.operator
        if operator == _FONT:
            characters = fonts.get(str(instruction.operands[0]), {})
        elif operator == _TEXT:
            matrix = -1
        elif operator == _MATRIX:
            matrix = len(changed)
        elif operator == _SHOW and matrix >= 0:
            glyphs = _glyphs(instruction.operands[0])
            phrases = _phrases(glyphs, characters)
            if phrases:
                widest = max(glyph.gap for glyph in glyphs)
                _widen(changed, matrix, widest / _SPACE)
                changed += _with_words(glyphs, phrases, characters)
                changed.append(_instruction([100], _SCALE))
                matrix = -1
                continue
        changed.append(instruction)
    return changed


def characters_of(font: Any) -> dict[bytes, str]:
    """Return which characters a composite font's codes stand for: its `ToUnicode` (9.10.3).

    Args:
        font: A font with codes of two bytes; of another nothing is known.

    Returns:
        Characters by code.
    """
    if font.get("/Subtype") != Name.Type0 or "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in _CHARACTER.findall(table)
    }


def _glyphs(shown: Any) -> list[_Glyph]:
    glyphs: list[_Glyph] = []
    for piece in shown:
        if not isinstance(piece, String):
            # What stands before the first glyph moves it, and is behind none.
            before = glyphs.pop() if glyphs else _Glyph(b"")
            glyphs.append(_Glyph(before.code, before.behind + piece))
            continue
        codes = bytes(piece)
        glyphs += (_Glyph(codes[at : at + _BYTES]) for at in range(0, len(codes), _BYTES))
    return glyphs


def _phrases(glyphs: list[_Glyph], characters: Mapping[bytes, str]) -> list[tuple[int, int]]:
    """Return the first and the last glyph of each phrase in which a space would be guessed."""
    texts = [characters.get(glyph.code, "") for glyph in glyphs]
    phrases: list[tuple[int, int]] = []
    for index, (glyph, text, following) in enumerate(zip(glyphs, texts, texts[1:], strict=False)):
        if glyph.gap <= _SPACE or not text.strip() or not following.strip():
            continue
        if phrases and index - phrases[-1][1] <= _APART:
            phrases[-1] = phrases[-1][0], index + 1
        else:
            phrases.append((index, index + 1))
    return [
        (first, last) for first, last in phrases if all(text for text in texts[first : last + 1])
    ]


def _widen(changed: list[Any], matrix: int, factor: float) -> None:
    """Scale the text matrix at `matrix` and undo it by the horizontal scaling."""
    a, b, *rest = changed[matrix].operands
    wide = [float(a) * factor, float(b) * factor, *rest]
    changed[matrix : matrix + 1] = [
        _instruction([100 / factor], _SCALE),
        _instruction(wide, _MATRIX),
    ]


def _with_words(
    glyphs: list[_Glyph], phrases: list[tuple[int, int]], characters: Mapping[bytes, str]
) -> Iterator[Any]:
    shown = 0
    for first, last in phrases:
        if first > shown:
            yield _showing(glyphs[shown:first])
        words = "".join(characters[glyph.code] for glyph in glyphs[first : last + 1])
        yield _instruction([Name.Span, Dictionary(ActualText=String(words))], _BEGIN)
        yield _showing(glyphs[first : last + 1])
        yield _instruction([], _END)
        shown = last + 1
    if shown < len(glyphs):
        yield _showing(glyphs[shown:])


def _showing(glyphs: list[_Glyph]) -> Any:
    pieces: list[Any] = []
    run = b""
    for glyph in glyphs:
        run += glyph.code
        if glyph.behind:
            pieces += [String(run), glyph.behind] if run else [glyph.behind]
            run = b""
    if run:
        pieces.append(String(run))
    return _instruction([Array(pieces)], _SHOW)


def _instruction(operands: list[Any], operator: Operator) -> ContentStreamInstruction:
    return ContentStreamInstruction(operands, operator)

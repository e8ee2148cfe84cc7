"""An opened PDF goes in; what is drawn on its pages, mark by mark, comes out within a budget."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.checks.reading_pdf.characters import drawn_characters, to_unicode
from booklet.checks.reading_pdf.structure import TooMuchError

# A page of a booklet has 100 kB of instructions, and a booklet 40 pages.
_LARGEST_PAGE = 4_000_000
_LARGEST = 40_000_000
_MOST_PAGES = 2_000
_MOST_FORMS = 1_000
_DEEPEST_FORM = 10

# What leaves ink: text, pictures, shadings and filled or stroked paths (ISO 32000-1, table 51).
_PATHS = frozenset(("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "BI", "INLINE IMAGE"))
_TEXTS = frozenset(("Tj", "TJ", "'", '"'))
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Marked:
    """A piece of marked content.

    Attributes:
        number: Its number; -1 for an artifact, -2 for what is neither.
        text: What its fonts say is written there, heeding the `ActualText` of what is in it.
        glyphs: What its fonts say alone.
        places: Where its runs of text begin, in pt of the page.
        replaced: Each `ActualText` in it with what its fonts say.
        paints: Whether it leaves ink.
    """

    number: int
    text: str = ""
    glyphs: str = ""
    places: list[tuple[float, float]] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    paints: bool = False


@dataclass(slots=True)
class PageContent:
    """What is drawn on a page.

    Attributes:
        marks: By number.
        artifacts: What is decoration.
        twice: Numbers that are used more than once.
        loose: Whether there is ink that is neither marked nor decoration, with its words.
        wrong: Characters that are told otherwise than they are drawn, each with what is drawn.
        mute: Names of fonts that do not tell what a glyph that is drawn means.
    """

    marks: dict[int, Marked] = field(default_factory=dict)
    artifacts: list[Marked] = field(default_factory=list)
    twice: set[int] = field(default_factory=set)
    loose: Marked = field(default_factory=lambda: Marked(-2))
    wrong: dict[str, str] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)


def read_pages(document: Any) -> list[PageContent]:
    """Return what is drawn on each page.

    Raises:
        TooMuchError: There is more than any booklet needs.
    """
    if len(document.pages) > _MOST_PAGES:
        raise TooMuchError(f"there are more than {_MOST_PAGES:,} pages")
    fonts: dict[Any, _Font] = {}
    budget = _LARGEST
    pages = []
    for page in document.pages:
        contents = page.obj.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        budget -= sum(_size(stream) for stream in streams)
        if budget < 0:
            raise TooMuchError("the pages have too many instructions")
        reader = _Reader(fonts)
        reader.read(pikepdf.parse_content_stream(page), page.resources, 0)
        pages.append(reader.content)
    return pages


def _size(stream: Any) -> int:
    """Return how many bytes of instructions a stream holds.

    Raises:
        TooMuchError: They are too many for a page.
    """
    raw = stream.read_raw_bytes()
    size = len(raw)
    if "/Filter" in stream:
        size = _LARGEST_PAGE + 1
        if stream.Filter == Name.FlateDecode or stream.Filter == Array([Name.FlateDecode]):
            size = len(zlib.decompressobj().decompress(raw, _LARGEST_PAGE + 1))
        elif len(raw) < _LARGEST_PAGE // 1_500:
            size = len(stream.read_bytes())
    if size > _LARGEST_PAGE:
        raise TooMuchError("a page has too many instructions")
    return size


class _Font:
    """What is known of a font: its name, its characters as it tells them and as it draws them."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "without a name")).lstrip("/")
        self.wide = font.get("/Subtype") == Name.Type0
        self.told = to_unicode(font)
        self.drawn = drawn_characters(font) if self.wide else {}

    def codes(self, shown: bytes) -> Sequence[int]:
        if not self.wide:
            return list(shown)
        return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


class _Reader:
    """Reads one page, instruction by instruction."""

    def __init__(self, fonts: dict[Any, _Font]) -> None:
        self.fonts = fonts
        self.content = PageContent()
        self.stack: list[Marked | None] = []
        self.replaced: list[tuple[int, str, str]] = []  # depth, words, what the fonts say
        self.matrices: list[Matrix] = []
        self.matrix = self.line = _IDENTITY
        self.font: _Font | None = None
        self.forms = 0

    def read(self, instructions: Sequence[Any], resources: Any, depth: int) -> None:
        for instruction in instructions:
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator in ("BDC", "BMC"):
                self._begin(operands, resources)
            elif operator == "EMC":
                self._end()
            elif operator in _TEXTS:
                self._show(operands)
            elif operator in _PATHS:
                self._paint()
            elif operator == "Do":
                self._paint()
                self._form(operands[0], resources, depth)
            else:
                self._move(operator, operands, resources)

    def _move(self, operator: str, operands: Any, resources: Any) -> None:
        if operator == "q":
            self.matrices.append(self.matrix)
        elif operator == "Q" and self.matrices:
            self.matrix = self.matrices.pop()
        elif operator == "cm":
            self.matrix = _times(_matrix(operands), self.matrix)
        elif operator == "BT":
            self.line = _IDENTITY
        elif operator == "Tm":
            self.line = _matrix(operands)
        elif operator in ("Td", "TD"):
            step = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
            self.line = _times(step, self.line)
        elif operator == "Tf":
            font = (resources.get("/Font") or {}).get(str(operands[0]))
            self.font = None if font is None else self._known(font)

    def _known(self, font: Any) -> _Font:
        key = tuple(font.objgen)
        if key == (0, 0):
            return _Font(font)
        if key not in self.fonts:
            self.fonts[key] = _Font(font)
        return self.fonts[key]

    def _begin(self, operands: Any, resources: Any) -> None:
        properties = operands[1] if len(operands) > 1 else Dictionary()
        if isinstance(properties, Name):
            properties = (resources.get("/Properties") or {}).get(str(properties), Dictionary())
        number = int(properties.get("/MCID", -1)) if isinstance(properties, Dictionary) else -1
        mark: Marked | None = None
        if operands[0] == Name.Artifact:
            mark = Marked(-1)
            self.content.artifacts.append(mark)
        elif number >= 0:
            mark = Marked(number)
            if number in self.content.marks:
                self.content.twice.add(number)
                mark = self.content.marks[number]
            self.content.marks[number] = mark
        self.stack.append(mark)
        if isinstance(properties, Dictionary) and "/ActualText" in properties:
            self.replaced.append((len(self.stack), str(properties.ActualText), ""))

    def _end(self) -> None:
        if self.replaced and self.replaced[-1][0] == len(self.stack):
            _, words, glyphs = self.replaced.pop()
            mark = self._mark()
            mark.replaced.append((words, glyphs))
            mark.text += words
        if self.stack:
            self.stack.pop()

    def _mark(self) -> Marked:
        found = (mark for mark in reversed(self.stack) if mark is not None)
        return next(found, self.content.loose)

    def _paint(self) -> None:
        self._mark().paints = True

    def _show(self, operands: Any) -> None:
        self._paint()
        mark = self._mark()
        shown = operands[-1]
        pieces = shown if isinstance(shown, Array | list) else [shown]
        text = "".join(self._text(bytes(one)) for one in pieces if isinstance(one, pikepdf.String))
        mark.glyphs += text
        place = _times(self.line, self.matrix)
        mark.places.append((place[4], place[5]))
        if self.replaced:
            depth, words, glyphs = self.replaced[-1]
            self.replaced[-1] = depth, words, glyphs + text
        else:
            mark.text += text

    def _text(self, shown: bytes) -> str:
        font = self.font
        if font is None:
            return ""
        text = ""
        for code in font.codes(shown):
            told = (font.told or {}).get(code)
            if told is None:
                self.content.mute.add(font.name)
                continue
            drawn = font.drawn.get(code)
            if drawn and not _same(told, drawn):
                self.content.wrong[told] = min(drawn)
            text += told
        return text

    def _form(self, name: Any, resources: Any, depth: int) -> None:
        form = (resources.get("/XObject") or {}).get(str(name))
        if form is None or form.get("/Subtype") != Name.Form:
            return
        self.forms += 1
        if depth >= _DEEPEST_FORM or self.forms > _MOST_FORMS:
            raise TooMuchError("drawings call each other too often")
        _size(form)
        matrix, font = self.matrix, self.font
        if "/Matrix" in form:
            self.matrix = _times(_matrix(list(form.Matrix)), self.matrix)
        self.read(pikepdf.parse_content_stream(form), form.get("/Resources", resources), depth + 1)
        self.matrix, self.font = matrix, font


def _same(told: str, drawn: set[str]) -> bool:
    return told in drawn or normalize("NFKC", told) in {normalize("NFKC", one) for one in drawn}


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    u, v, w, x, y, z = other
    return (
        *(a * u + b * w, a * v + b * x, c * u + d * w, c * v + d * x),
        *(e * u + f * w + y, e * v + f * x + z),
    )

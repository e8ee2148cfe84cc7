"""The words of printed pages and XHTML documents go in; the documents come out with page breaks.

A break stands where the page ends in print, in the middle of a sentence where it must. Print and
XHTML come from the same book, so their words are the same but for what only one of them has: the
page a reference leads to, marks before list items, subheadings in the contents. Lines of print are
found one after another in the words of the documents; what is not found is only in print.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"""<!--.*?-->|<(?:[^"'>]|"[^"]*"|'[^']*')*>|[^<]+""", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z0-9:]+)")
_HIDDEN = re.compile(r"""\s(?:aria-hidden="true"|hidden="hidden")""")
_UNREAD = frozenset(("svg", "head", "script", "style", "rp"))
# What may not hold a span: only their own kinds of element.
_STRICT = frozenset(
    ("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "ruby", "nav", "html")
)
# Places that stand for pages without words of their own; authors' names begin with `s-`.
_NOTES, _BACK_COVER = "memo", "back-cover"
# So many characters of a line are nowhere else nearby.
_LONG = 24
# One that is shorter, but longer than a mark or a number, has to be as near as this.
_SHORT, _NEAR = 3, 40
# How far ahead a line of print is looked for: what only the documents have is shorter than this.
_AHEAD = 3000


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """A piece of a line in print.

    Attributes:
        page: Its page, from 1.
        text: Its words.
        in_contents: Whether it stands in the contents list.
    """

    page: int
    text: str
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class PageTarget:
    """Where a page of the printed book begins: its label, a document and a place in it."""

    label: str
    document: str
    place: str

    @property
    def href(self) -> str:
        """Return the link to it, from a document in the same folder."""
        return f"{self.document}#{self.place}"


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element: its name, where its tag starts and ends, the first character in it."""

    name: str
    start: int
    inside: int
    first: int


@dataclass(frozen=True, slots=True)
class _Character:
    """A character of the documents' words: which document, where in it, and what it stands in."""

    document: int
    offset: int
    around: tuple[_Open, ...]


def with_page_breaks(
    documents: Sequence[tuple[str, str]],
    printed: Sequence[PrintedWords],
    page_count: int,
    *,
    cover: str,
    contents: str,
    first: str = "",
) -> tuple[list[str], list[PageTarget]]:
    """Put the breaks of the printed pages into XHTML documents.

    Args:
        documents: File name and XHTML of each document, in reading order.
        printed: What is printed, in reading order.
        page_count: Printed pages.
        cover: Name of the document that stands for the printed cover, page 1.
        contents: Name of the document the printed contents list corresponds to. It is not among
            `documents`; whoever writes it has to put its places into it.
        first: Name of the first document whose words are printed behind the contents list.

    Returns:
        The documents, changed only by a `span` at each break (EPUB Accessibility 1.1, 6.2), and the
        targets of pages 1 to `page_count`, in order. A page without words of its own begins where
        the next one does. After the last words come pages to write on, which begin at the element
        called `memo`, and the back cover, which begins in the element called `back-cover`; where
        there are none, they begin where the text ends.
    """
    words = _Words(documents)
    firsts = _first_characters(words, printed, first)
    in_list = {piece.page for piece in printed if piece.in_contents}
    in_list = {page for page in in_list if page not in firsts}
    notes, back_cover = words.place_of(_NOTES), words.place_of(_BACK_COVER, inside=True)
    last_words = max((page for page in firsts if page < page_count), default=page_count)
    targets: dict[int, PageTarget] = {}
    insertions: dict[int, list[tuple[int, int]]] = {}
    following: tuple[int, int] | None = None
    for page in range(page_count, 0, -1):
        name = f"page-{page}"
        if page in in_list:
            targets[page] = PageTarget(str(page), contents, name)
            continue
        if page == 1:
            place = words.start_of(cover)
        elif page == page_count and back_cover:
            place = back_cover
        elif page in firsts:
            place = words.place_before(firsts[page])
        elif page > last_words and notes:
            place = notes
        else:
            place = following or words.end()
        following = place
        targets[page] = PageTarget(str(page), documents[place[0]][0], name)
        insertions.setdefault(place[0], []).append((place[1], page))
    changed = [
        _inserted(content, insertions.get(index, []))
        for index, (_, content) in enumerate(documents)
    ]
    return changed, [targets[page] for page in range(1, page_count + 1)]


def page_break(label: str, place: str) -> str:
    """Return the element that marks where a page begins."""
    return (
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="{place}" '
        f'aria-label="{html.escape(label)}"></span>'
    )


def _inserted(content: str, breaks: Sequence[tuple[int, int]]) -> str:
    for offset, page in sorted(breaks, reverse=True):
        content = content[:offset] + page_break(str(page), f"page-{page}") + content[offset:]
    return content


def _first_characters(
    words: "_Words", printed: Sequence[PrintedWords], first: str
) -> dict[int, int]:
    """Return for each page the index of the first character of `words` that is printed on it."""
    firsts: dict[int, int] = {}
    behind_contents = next(
        (i + 1 for i in range(len(printed) - 1, -1, -1) if printed[i].in_contents), 0
    )
    pieces = [(piece.page, _plain(piece.text)) for piece in printed[behind_contents:]]
    pieces = [(page, text) for page, text in pieces if text]
    reached, page, skipped = words.start_of_words(first), 0, ""
    for index, (own_page, text) in enumerate(pieces):
        if own_page != page:
            page, skipped = own_page, ""
        found = _found(words.text, [one for _, one in pieces[index : index + _LONG]], reached)
        if found < 0:
            skipped += text
            continue
        if page not in firsts:
            firsts[page] = _with_skipped(words.text, skipped, reached, found)
        reached, skipped = found + len(text), ""
    return firsts


def _found(text: str, pieces: Sequence[str], reached: int) -> int:
    """Return where the first of some pieces of lines is, or -1.

    Where it is not next, it is looked for further on; then it has to be so long that it is nowhere
    else, or what follows in print has to follow there too, or it has to be near.
    """
    piece = pieces[0]
    if text.startswith(piece, reached):
        return reached
    wanted = piece
    for following in pieces[1:]:
        if len(wanted) >= _LONG:
            break
        wanted += following
    if len(wanted) >= _LONG:
        found = text.find(wanted, reached, reached + len(wanted) + _AHEAD)
        if found >= 0:
            return found
    return text.find(piece, reached, reached + len(piece) + _NEAR) if len(piece) >= _SHORT else -1


def _with_skipped(text: str, skipped: str, reached: int, found: int) -> int:
    """Return where the words begin that stand before `found` and were too short to be found."""
    start = found
    while skipped and start > reached and text[start - 1] == skipped[-1]:
        start, skipped = start - 1, skipped[:-1]
    return start


def _plain(text: str) -> str:
    """Return the characters without white space, in the form both media have in common."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class _Words:
    """The words of all documents in a row, and where each character stands."""

    def __init__(self, documents: Sequence[tuple[str, str]]) -> None:
        self.documents = documents
        self.characters: list[_Character] = []
        parts: list[str] = []
        for index, (_, content) in enumerate(documents):
            self._read(index, content, parts)
        self.text = "".join(parts)

    def _read(self, document: int, content: str, parts: list[str]) -> None:
        around: list[_Open] = []
        unread = 0
        for token in _TOKEN.finditer(content):
            tag = token[0]
            if not tag.startswith("<"):
                if not unread:
                    self._read_text(document, token.start(), tag, tuple(around), parts)
                continue
            name = _NAME.match(tag)
            if name is None or tag.endswith("/>"):
                continue
            if tag.startswith("</"):
                unread -= bool(unread)
                around.pop()
                continue
            unread += bool(unread or name[1] in _UNREAD or _HIDDEN.search(tag))
            around.append(_Open(name[1], token.start(), token.end(), len(self.characters)))

    def _read_text(
        self, document: int, offset: int, source: str, around: tuple[_Open, ...], parts: list[str]
    ) -> None:
        for piece in re.finditer(r"&[^;]+;|\S", source):
            plain = _plain(html.unescape(piece[0]))
            parts.append(plain)
            self.characters += [_Character(document, offset + piece.start(), around)] * len(plain)

    def start_of(self, name: str) -> tuple[int, int]:
        """Return the place at the start of a document, inside its first element."""
        index = next(i for i, (own, _) in enumerate(self.documents) if own == name)
        body = re.search(r"<body\b[^>]*>\s*<\w+\b[^>]*>", self.documents[index][1])
        if body is None:
            raise ValueError(f"{name} has no body")
        return index, body.end()

    def place_of(self, name: str, *, inside: bool = False) -> tuple[int, int] | None:
        """Return the place before an element, or inside it at its start; None where it is not."""
        for index, (_, content) in enumerate(self.documents):
            if found := re.search(rf'<\w+\b[^>]*\sid="{name}"[^>]*>', content):
                return index, found.end() if inside else found.start()
        return None

    def start_of_words(self, name: str) -> int:
        """Return the index of the first character of a document; 0 where none is called so."""
        names = [own for own, _ in self.documents]
        if name not in names:
            return 0
        own = names.index(name)
        starts = (index for index, one in enumerate(self.characters) if one.document >= own)
        return next(starts, 0)

    def end(self) -> tuple[int, int]:
        """Return the place at the end of the last document, inside its last element."""
        index = len(self.documents) - 1
        return index, re.search(r"</\w+>\s*</body>", self.documents[index][1]).start()  # type: ignore[union-attr]

    def place_before(self, index: int) -> tuple[int, int]:
        """Return the place before a character, and before the elements that begin with it.

        A break at the start of a heading, a paragraph or a section stands before it, as far out as
        a `span` is allowed, but not outside the section that holds the document's words.
        """
        character = self.characters[index]
        around = character.around
        place = character.offset
        for depth in range(len(around) - 1, 1, -1):
            element, parent = around[depth], around[depth - 1]
            in_ruby = any(outer.name == "ruby" for outer in around[: depth + 1])
            if element.first != index and not in_ruby:
                break
            if parent.name == "body":
                return character.document, min(place, element.inside)
            grandparent = around[depth - 2].name
            if parent.name in _STRICT and parent.name != "ruby":
                return character.document, element.inside if element.name != "tr" else place
            if parent.name == "div" and grandparent == "dl":
                break
            if parent.name != "ruby":
                place = element.start
        return character.document, place

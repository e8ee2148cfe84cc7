"""Tags and pages go in; what is said in other words, tongues or places than it should comes out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from booklet.checks.reading_pdf.speech import READINGS, Speech, letters
from booklet.checks.reading_pdf.structure import Mark, Node
from booklet.diagnostics import Problem

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}")
# Scripts that belong to one language among those of booklets.
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
}
_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_OF_HAN = ("ja", "zh", "yue", "ko")
_LONG = 20  # letters that show which language a text is in

_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|tiff?|heic|bmp|pdf)\b", re.IGNORECASE)
_NO_ALTERNATIVES = frozenset(
    (
        "image",
        "img",
        "picture",
        "photo",
        "figure",
        "graphic",
        "画像",
        "写真",
        "図",
        "イラスト",
        "絵",
    )
)
_BLOCKS = frozenset(("P", "H1", "H2", "H3", "H4", "H5", "H6"))
_MARGIN = 0.1  # of the page's height, above and below
_SAME_COLUMN = 3.0  # pt
_UPWARDS = 3.0  # pt
_OFTEN = 3


def check_words(speech: Speech, language: str, heights: Sequence[float]) -> Iterator[Problem]:
    """Check what a listener hears: words in place of content, languages, bullets, order.

    Args:
        speech: The tags of a file and what is drawn on its pages.
        language: The language the file says it is in.
        heights: The height of each page in pt.

    Yields:
        A problem for each fault.
    """
    for node in speech.structure.root.walk():
        yield from _replaced(node, speech)
        yield from _empty(node, speech)
    for number, page in enumerate(speech.pages, 1):
        for mark in page.marks.values():
            for words, glyphs in mark.replaced:
                if letters(words) != letters(glyphs):
                    message = f"page {number} shows {glyphs[:40]} and says {words[:40]}"
                    yield Problem("pdf-actual-text", message)
    yield from _languages(speech, language)
    yield from _order(speech)
    yield from _folios(speech, heights)


def _replaced(node: Node, speech: Speech) -> Iterator[Problem]:
    if node.actual is not None:
        shown = speech.written(node, READINGS)
        if letters(shown) != letters(node.actual) and speech.is_whole(node):
            message = f"a tag {node.kind} shows {shown[:40]} and says {node.actual[:40]}"
            yield Problem("pdf-actual-text", message)
    if node.kind == "Figure":
        alternative = node.alternative.strip()
        if not letters(alternative):
            yield Problem("pdf-alternative", "a picture has no alternative text")
        elif _FILE.search(alternative) or alternative.casefold() in _NO_ALTERNATIVES:
            message = f"the alternative of a picture tells nothing of it: {alternative[:40]}"
            yield Problem("pdf-alternative", message)
    elif node.alternative:
        shown = letters(speech.written(node, READINGS))
        if shown not in letters(node.alternative):
            message = f"the alternative of a tag {node.kind} leaves out its words"
            yield Problem("pdf-alternative", message)


def _empty(node: Node, speech: Speech) -> Iterator[Problem]:
    if node.kind not in (*_BLOCKS, "Lbl", "Link") or node.actual is not None:
        return
    if not speech.is_whole(node) or letters(speech.said(node)):
        return
    if node.kind == "Lbl":
        yield Problem("pdf-list", "a bullet is read aloud")
    elif node.kind == "Link":
        yield Problem("pdf-link", "a link has no words")
    elif node.kind != "P":
        yield Problem("pdf-heading", "a heading has no words")
    elif next(node.marks(), None):
        yield Problem("pdf-empty", "a paragraph has no words")


def _languages(speech: Speech, language: str) -> Iterator[Problem]:
    waiting: list[tuple[Node, str]] = [(speech.structure.root, language)]
    texts: dict[str, list[str]] = {}
    while waiting:
        node, around = waiting.pop()
        if node.language and not _TAG.fullmatch(node.language):
            yield Problem("pdf-language", f"{node.language[:40]!r} is the name of no language")
            continue
        own = node.language or around
        if node.alternative or node.actual:
            texts.setdefault(own, []).append(node.alternative or node.actual or "")
        for kid in node.kids:
            if isinstance(kid, Mark):
                content = speech.content(kid)
                texts.setdefault(own, []).append(content.text if content else "")
            elif isinstance(kid, Node):
                waiting.append((kid, own))
    for tag, parts in texts.items():
        if tag:
            yield from _language("".join(parts), tag)


def _language(text: str, tag: str) -> Iterator[Problem]:
    main = tag.split("-")[0].lower()
    for other, script in _SCRIPTS.items():
        found = script.search(text)
        if found and main != other:
            at = text[max(0, found.start() - 10) : found.start() + 20]
            yield Problem("pdf-language", f"what is in another language is said to be {tag}: {at}")
            return
    if main in _OF_HAN and len(letters(text)) >= _LONG and not _HAN.search(text):
        yield Problem("pdf-language", f"no word of what is said to be {tag} is: {text[:40]}")
    elif main not in _OF_HAN and _HAN.search(text):
        yield Problem("pdf-language", f"what is in another language is said to be {tag}")


def _order(speech: Speech) -> Iterator[Problem]:
    """Find what is read before what stands above it."""
    page = 0
    for node in speech.structure.root.walk():
        if node.kind in _BLOCKS:
            first = next(node.marks(), None)
            if first is not None and 0 <= first.page < page:
                yield Problem("pdf-order", f"page {first.page + 1} is read after page {page + 1}")
            page = first.page if first else page
        blocks = [kid for kid in node.kids if isinstance(kid, Node) and kid.kind in _BLOCKS]
        for one, other in pairwise(blocks):
            yield from _pair(one, other, speech)
        if node.kind in _BLOCKS:
            yield from _lines(node, speech)


def _pair(one: Node, other: Node, speech: Speech) -> Iterator[Problem]:
    above, below = _place(one, speech), _place(other, speech)
    if not above or not below or above[0] != below[0]:
        return
    if abs(above[1] - below[1]) < _SAME_COLUMN and below[2] > above[2] + _UPWARDS:
        yield Problem("pdf-order", f"page {above[0] + 1} is not read from top to bottom")


def _lines(node: Node, speech: Speech) -> Iterator[Problem]:
    lines = []
    for mark in dict.fromkeys(node.marks(READINGS | {"Figure"})):
        content = speech.content(mark)
        if content is not None and content.places:
            lines.append((mark.page, *content.places[0]))
    for (page, left, top), (next_page, next_left, next_top) in pairwise(lines):
        same_column = abs(left - next_left) < _SAME_COLUMN
        if page > next_page or (page == next_page and same_column and next_top > top + _UPWARDS):
            yield Problem("pdf-order", f"lines of page {page + 1} are read in another order")


def _place(node: Node, speech: Speech) -> tuple[int, float, float] | None:
    mark = next(node.marks(READINGS | {"Figure"}), None)
    content = speech.content(mark) if mark else None
    return (mark.page, *content.places[0]) if mark and content and content.places else None


def _folios(speech: Speech, heights: Sequence[float]) -> Iterator[Problem]:
    """Find folios and running heads that are read aloud."""
    heads: dict[str, set[int]] = {}
    for node in speech.structure.root.walk():
        place = _place(node, speech) if node.kind in _BLOCKS else None
        if place is None:
            continue
        page, _, height = place
        if _MARGIN * heights[page] < height < (1 - _MARGIN) * heights[page]:
            continue
        words = letters(speech.written(node))
        if words == str(page + 1):
            yield Problem("pdf-decoration", f"the folio of page {page + 1} is read aloud")
        elif node.kind == "P":
            heads.setdefault(words, set()).add(page)
    for words, pages in heads.items():
        if words and len(pages) >= _OFTEN:
            yield Problem("pdf-decoration", f"a running head is read aloud: {words[:40]}")

"""An opened PDF with its speech goes in; links, bookmarks and labels that lead astray come out."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, String

from booklet.checks.reading_pdf.content_rules import number_tree
from booklet.checks.reading_pdf.speech import Speech, letters
from booklet.checks.reading_pdf.structure import Annotation, Node
from booklet.diagnostics import Problem

_MOST = 20_000  # links, bookmarks, named places
_NEAR = 3.0  # pt
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_FIGURES = re.compile(r"(?<![\d.])\d+(?![\d.])")
_TITLED = 30


def check_places(document: Any, speech: Speech) -> Iterator[Problem]:
    """Check where links and bookmarks lead, where they are, and what pages are called.

    Args:
        document: The open file.
        speech: Its tags and pages.

    Yields:
        A problem for each fault.
    """
    places = _Places(document)
    links = {
        tuple(kid.target.objgen): node
        for node in speech.structure.root.walk()
        for kid in node.kids
        if isinstance(kid, Annotation) and kid.target is not None
    }
    owners = number_tree(document.Root.StructTreeRoot.get("/ParentTree"))
    for number, page in enumerate(document.pages):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != Name.S:
            message = f"page {number + 1} has links in no order of their own"
            yield Problem("pdf-tab-order", message)
        for annotation in list(page.obj.get("/Annots", Array()))[:_MOST]:
            node = links.get(tuple(annotation.objgen))
            owner = owners.get(int(annotation.get("/StructParent", -1)))
            mine = isinstance(owner, Dictionary) and node and tuple(owner.objgen) == node.key
            if node is None or not mine or node.kind != "Link":
                yield Problem("pdf-link", f"page {number + 1} has a link that is in no tag")
                continue
            for fault in _link(annotation, node, number, places, speech):
                yield Problem("pdf-link", f"page {number + 1} has a link {fault}")
    yield from _contents(speech, places)
    yield from _bookmarks(document, speech, places)
    yield from _labels(document, speech)


class _Places:
    """Where destinations are: pages from 0."""

    def __init__(self, document: Any) -> None:
        self.pages = {page.objgen: number for number, page in enumerate(document.pages)}
        self.labels = [page.label for page in document.pages]
        self.named = dict(_named(document.Root.get("/Names", Dictionary()).get("/Dests")))
        old = document.Root.get("/Dests", Dictionary())
        self.named.update((name[1:].encode(), old[name]) for name in list(old.keys())[:_MOST])

    def page(self, holder: Any) -> int | None:
        """Return to which page an annotation or bookmark leads; None for one that leads nowhere."""
        place = holder.get("/Dest")
        action = holder.get("/A")
        if place is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            place = action.get("/D")
        if isinstance(place, String | Name):
            key = bytes(place) if isinstance(place, String) else str(place)[1:].encode()
            place = self.named.get(key)
        if isinstance(place, Dictionary):
            place = place.get("/D")
        if not isinstance(place, Array) or not len(place) or not isinstance(place[0], Dictionary):
            return None
        return self.pages.get(place[0].objgen)


def _named(tree: Any) -> Iterator[tuple[bytes, Any]]:
    """Yield the entries of a name tree (ISO 32000-1, 7.9.6), as many as any booklet has."""
    seen: set[Any] = set()
    waiting = [tree]
    while waiting and len(seen) < _MOST:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        waiting += list(node.get("/Kids", Array()))[:_MOST]
        entries = list(node.get("/Names", Array()))[: 2 * _MOST]
        for name, place in zip(entries[::2], entries[1::2], strict=False):
            yield bytes(name), place


def _link(
    annotation: Any, node: Node, number: int, places: _Places, speech: Speech
) -> Iterator[str]:
    if not letters(str(annotation.get("/Contents", ""))):
        yield "without words"
    action = annotation.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == Name.URI:
        address = str(action.get("/URI", ""))
        if not _is_address(address):
            yield f"that leads nowhere: {address[:60]}"
    elif places.page(annotation) is None:
        yield "that leads nowhere"
    box = annotation.get("/Rect", Array())
    left, bottom, right, top = (float(value) for value in box) if len(box) == 4 else (0.0,) * 4
    if right - left <= 0 or top - bottom <= 0:
        yield "that nobody can touch"
        return
    spots = []
    for mark in node.marks():
        content = speech.content(mark)
        if mark.page == number and content is not None:
            spots += content.places
    inside = [
        left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR for x, y in spots
    ]
    if spots and not any(inside):
        yield "that is not where its words are"


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    named = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return parts.scheme in _SCHEMES and bool(named) and " " not in address


def _contents(speech: Speech, places: _Places) -> Iterator[Problem]:
    """Check that a line of the contents leads to the page that it names."""
    for node in speech.structure.root.walk():
        if node.kind != "TOCI" or not speech.is_whole(node):
            continue
        said = speech.said(node).strip()
        named = re.search(r"\D(\d+)\D*$", said)
        if named is None:
            yield Problem("pdf-contents", f"a line of the contents names no page: {said[:40]}")
            continue
        if named[0][0].isalpha() or named[0][0] == " ":
            message = f"a line of the contents is read without a pause before its page: {said[:40]}"
            yield Problem("pdf-contents", message)
        for part in node.walk():
            for kid in part.kids:
                page = places.page(kid.target) if isinstance(kid, Annotation) else None
                if page is not None and named[1] not in (places.labels[page], str(page + 1)):
                    message = f"a line of the contents leads to page {page + 1}: {said[:40]}"
                    yield Problem("pdf-contents", message)


def _bookmarks(document: Any, speech: Speech, places: _Places) -> Iterator[Problem]:
    outlines = document.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return
    written = [
        letters("".join(mark.text for mark in (*page.marks.values(), *page.artifacts, page.loose)))
        for page in speech.pages
    ]
    seen: set[Any] = set()
    waiting = [outlines.get("/First")]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Dictionary):
            continue
        if item.objgen in seen or len(seen) > _MOST:
            yield Problem("pdf-bookmarks", "the bookmarks go round in circles, or have no end")
            return
        seen.add(item.objgen)
        waiting += [item.get("/Next"), item.get("/First")]
        title = str(item.get("/Title", ""))
        page = places.page(item)
        if not letters(title):
            yield Problem("pdf-bookmarks", "a bookmark has no words")
        elif page is None:
            yield Problem("pdf-bookmarks", f"a bookmark leads nowhere: {title[:40]}")
        elif letters(title)[:_TITLED] not in written[page]:
            message = f"a bookmark leads to page {page + 1}, where it is not: {title[:40]}"
            yield Problem("pdf-bookmarks", message)
    if not seen:
        yield Problem("pdf-bookmarks", "the PDF has no bookmarks")


def _labels(document: Any, speech: Speech) -> Iterator[Problem]:
    """Compare what viewers call a page with the folio that is printed on it."""
    for number, (page, content) in enumerate(zip(document.pages, speech.pages, strict=True), 1):
        printed = {
            figure
            for artifact in content.artifacts
            for figure in _FIGURES.findall(artifact.text)
            if artifact.text.strip() == figure
        }
        if printed and page.label not in printed:
            message = f"page {number} is called {page.label} and has the folio {min(printed)}"
            yield Problem("pdf-page-labels", message)

"""An opened EPUB goes in; what is wrong with its contents, landmarks and page list comes out."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from booklet.checks.epub.book import (
    TYPE,
    EpubBook,
    Tree,
    is_hidden,
    is_remote,
    kinds,
    label,
    select,
    target_of,
    tokens,
    words,
)
from booklet.diagnostics import Problem

_LANDMARKS = ("cover", "toc", "bodymatter")
# Documents that a reader passes without looking for them.
# fmt: off
_UNLISTED = frozenset((
    "cover", "titlepage", "halftitlepage", "frontmatter", "backmatter", "dedication", "epigraph",
    "copyright-page", "imprint", "toc", "loi", "lot", "landmarks", "page-list",
))
# fmt: on
_PAGE_WORDS = re.compile(r"pages?|pp?\b\.?|ページ|頁|第|[\W_]+", re.IGNORECASE)
_HEADINGS = "//h:h1|//h:h2|//h:h3|//h:h4|//h:h5|//h:h6"


def check_navigation(book: EpubBook) -> Iterator[Problem]:
    """Check the navigation document and the NCX (EPUB 3.3, 7): rules 7 to 12.

    Yields:
        A problem for each fault.
    """
    if book.navigation is None:
        yield Problem("epub-toc", "the book has no navigation document")
        return
    name, tree = book.navigation
    contents = _links(tree, "toc")
    if not contents:
        yield Problem("epub-toc", "the contents are empty")
    pages = _links(tree, "page-list")
    found = [
        *_lists(tree),
        *_contents(book, name, contents),
        *_page_list(book, name, pages),
    ]
    yield from found
    yield from _page_source(book, pages)
    landmarks = {kind for link in _links(tree, "landmarks") for kind in tokens(link.get(TYPE))}
    for kind in _LANDMARKS:
        if kind not in landmarks:
            yield Problem("epub-landmarks", f"no landmark leads to {kind}")
    # An NCX is measured by contents that are right themselves.
    if not found and all(_is_there(book, name, link) for link in (*contents, *pages)):
        yield from _ncx(book, contents, pages)


def _links(tree: Tree, kind: str) -> list[Tree]:
    return [
        link
        for nav in select(tree, "//h:nav[@e:type]")
        if kind in tokens(nav.get(TYPE))
        for link in select(nav, ".//h:a")
    ]


def _is_there(book: EpubBook, name: str, link: Tree) -> bool:
    path, place = target_of(name, link.get("href", ""))
    return path in book.places and (not place or place in book.places[path])


def _lists(tree: Tree) -> Iterator[Problem]:
    """Every line of a list of the navigation document says something (EPUB 3.3, 7.3)."""
    for item in select(tree, "//h:nav[@e:type]//h:li"):
        first = select(item, "./h:a | ./h:span")
        if not first or not label(first[0]):
            yield Problem("epub-toc", "a line of the navigation document says nothing")
        elif first[0].tag.endswith("}span") and not select(item, "./h:ol"):
            yield Problem("epub-toc", f"{label(first[0])} of the contents leads nowhere")
    for link in select(tree, "//h:nav[@e:type]//h:a"):
        if is_remote(link.get("href", "")):
            yield Problem("epub-toc", f"{label(link)} of the contents leads out of the book")


def _contents(book: EpubBook, name: str, contents: list[Tree]) -> Iterator[Problem]:
    places = {path: number for number, path in enumerate(book.spine)}
    targets = [target_of(name, link.get("href", "")) for link in contents]
    order = [
        (places[path], book.places.get(path, {}).get(place, 0))
        for path, place in targets
        if path in places
    ]
    if order != sorted(order):
        yield Problem("epub-order", "the contents have another order than the book")
    listed = {path for path, _ in targets}
    not_linear = set(select(book.package, "//o:spine/o:itemref[@linear='no']/@idref"))
    aside = {path for path, item in book.items.items() if item.get("id") in not_linear}
    for path in book.spine:
        if path in listed or path in aside or path not in book.pages or path == name:
            continue
        # The second file of a chapter has no heading, and nobody looks for it.
        headings = [one for one in select(book.pages[path], _HEADINGS) if not is_hidden(one)]
        if headings and not _calls_itself(book.pages[path]) & _UNLISTED:
            yield Problem("epub-toc", f"the contents do not list {path}")


def _calls_itself(page: Tree) -> frozenset[str]:
    around = select(page, "/h:html/h:body | /h:html/h:body/h:section | /h:html/h:body/h:nav")
    return frozenset[str]().union(*(kinds(one) for one in around))


def _page_list(book: EpubBook, name: str, links: list[Tree]) -> Iterator[Problem]:
    marks = {
        (path, mark.get("id")): mark
        for path in book.spine
        if path in book.pages
        for mark in select(book.pages[path], "//*[@role or @e:type]")
        if "pagebreak" in kinds(mark)
    }
    targets = [target_of(name, link.get("href", "")) for link in links]
    for link, target in zip(links, targets, strict=True):
        mark = marks.get(target)
        if mark is None:
            # A book may have a list and no marks; then it leads to any place that is there.
            if marks and target[0] in book.pages:
                yield Problem("epub-page-list", f"page {label(link)} leads to no page break")
        elif _number(_said(mark)) != _number(label(link)) and _said(mark):
            yield Problem("epub-page-list", f"page {label(link)} leads to {_said(mark)}")
    listed = set(targets)
    for target, mark in marks.items():
        if not _said(mark) and not mark.get("aria-labelledby"):
            yield Problem("epub-page-list", f"a page break of {target[0]} does not say its number")
        if links and target not in listed:
            yield Problem("epub-page-list", f"the page list leaves out {_said(mark)}")
    yield from _ascending([label(link) for link in links], [one for one in targets if one in marks])
    places = {path: number for number, path in enumerate(book.spine)}
    order = [(places[one[0]], book.places[one[0]][one[1]]) for one in targets if one in marks]
    if order != sorted(order):
        yield Problem("epub-page-list", "the page list has another order than the book")


def _said(mark: Tree) -> str:
    return str(mark.get("aria-label") or mark.get("title") or label(mark)).strip()


def _number(said: str) -> str:
    """Return a page's number without the words around it: ` 9. ` and 9ページ are 9."""
    plain = unicodedata.normalize("NFKC", said).casefold()
    return _PAGE_WORDS.sub("", plain) or plain


def _ascending(labels: list[str], marked: list[tuple[str, str]]) -> Iterator[Problem]:
    """Page numbers ascend; they may leave some out, and begin again once, as after a preface."""
    numbers = [int(one) for one in map(_number, labels) if one.isdecimal() and len(one) < 8]
    restarts = sum(1 for a, b in pairwise(numbers) if b <= a and b != 1)
    if restarts:
        yield Problem("epub-page-list", "the pages of the page list do not ascend")
    if len(marked) != len(set(marked)):
        yield Problem("epub-page-list", "two pages of the page list lead to one place")


def _page_source(book: EpubBook, links: list[Tree]) -> Iterator[Problem]:
    """Rule 11: EPUB Accessibility 1.1 has pageBreakSource, EPUB 3.0 has source-of."""
    by_refinement = "pagination" in book.refinements("source-of")
    if links and not any(book.properties("pageBreakSource")) and not by_refinement:
        yield Problem("epub-page-source", "the package does not say which book the pages are of")


def _ncx(book: EpubBook, contents: list[Tree], pages: list[Tree]) -> Iterator[Problem]:
    """Rule 12: what an NCX says, the navigation document says too; it may say less."""
    if book.ncx is None or book.navigation is None:
        return
    name, ncx = book.ncx
    navigation = book.navigation[0]
    wanted = [_line(navigation, link, label(link)) for link in contents]
    said = [_point(name, point) for point in select(ncx, "//n:navPoint")]
    top = [_line(navigation, link, label(link)) for link in contents if _depth(link) == 1]
    if not _is_among(said, wanted) or not set(top) <= set(said):
        yield Problem("epub-ncx", "the NCX says something else than the navigation document")
    listed = [_point(name, point) for point in select(ncx, "//n:pageTarget")]
    if listed and listed != [_line(navigation, link, label(link)) for link in pages]:
        yield Problem("epub-ncx", "the NCX has other pages than the navigation document")
    uid = [str(one).strip() for one in select(ncx, "//n:meta[@name='dtb:uid']/@content")]
    identifiers = [words(one).strip() for one in select(book.package, "//dc:identifier")]
    if not uid or uid[0] not in identifiers:
        yield Problem("epub-ncx", "the NCX has another identifier than the package")


Line = tuple[str, str, str]


def _line(name: str, link: Tree, text: str) -> Line:
    return ("".join(text.split()), *target_of(name, link.get("href", "")))


def _point(name: str, point: Tree) -> Line:
    text = str(select(point, "string(n:navLabel/n:text)"))
    return ("".join(text.split()), *target_of(name, str(select(point, "string(n:content/@src)"))))


def _depth(link: Tree) -> int:
    return sum(1 for one in link.iterancestors() if one.tag.endswith("}li"))


def _is_among(said: list[Line], wanted: list[Line]) -> bool:
    """Return whether all that is said stands in `wanted`, in the same order."""
    rest = iter(wanted)
    return all(one in rest for one in said)

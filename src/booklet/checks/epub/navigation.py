"""An opened EPUB goes in; what is wrong with its contents, landmarks and page list comes out."""

import posixpath
from collections.abc import Iterator

from booklet.checks.epub.book import TYPE, EpubBook, Tree, select, target_of, words
from booklet.diagnostics import Problem

_NCX_PARTS = ("n:navLabel/n:text", "n:content/@src")
_LANDMARKS = ("cover", "toc", "bodymatter")
# Documents that a reader passes without looking for them.
_UNLISTED = frozenset(("cover", "titlepage", "frontmatter"))


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
    yield from _contents(book, name, contents)
    kinds = [link.get(TYPE) for link in _links(tree, "landmarks")]
    for kind in _LANDMARKS:
        if kind not in kinds:
            yield Problem("epub-landmarks", f"no landmark leads to {kind}")
    pages = _links(tree, "page-list")
    yield from _page_list(book, name, pages)
    yield from _ncx(book, contents, pages)


def _links(tree: Tree, kind: str) -> list[Tree]:
    return select(tree, "//h:nav[@e:type=$kind]//h:a", kind=kind)


def _contents(book: EpubBook, name: str, contents: list[Tree]) -> Iterator[Problem]:
    listed = [target_of(name, link.get("href", ""))[0] for link in contents]
    order = [book.spine.index(path) for path in listed if path in book.spine]
    if order != sorted(order):
        yield Problem("epub-order", "the contents have another order than the book")
    for path in book.spine:
        kind = select(book.trees[path], "string(//h:body/@e:type)") if path in book.pages else ""
        if path not in listed and kind not in _UNLISTED:
            yield Problem("epub-toc", f"the contents do not list {path}")


def _page_list(book: EpubBook, name: str, links: list[Tree]) -> Iterator[Problem]:
    marks = {
        (path, mark.get("id")): mark
        for path in book.spine
        if path in book.pages
        for mark in select(book.pages[path], "//*[@role='doc-pagebreak']")
    }
    targets = [target_of(name, link.get("href", "")) for link in links]
    for link, target in zip(links, targets, strict=True):
        mark = marks.get(target)
        if mark is None:
            yield Problem("epub-page-list", f"page {words(link)} leads to no page break")
        elif mark.get("aria-label") != words(link).strip():
            yield Problem("epub-page-list", f"page {words(link)} leads to {mark.get('aria-label')}")
    for target, mark in marks.items():
        if target not in targets:
            yield Problem("epub-page-list", f"the page list leaves out {mark.get('aria-label')}")
    numbers = [int(words(link)) for link in links if words(link).isdigit()]
    if numbers != sorted(set(numbers)):
        yield Problem("epub-page-list", "the pages of the page list do not ascend")
    gaps = {*range(1, max(numbers, default=0) + 1)} - {*numbers}
    for number in sorted(gaps):
        yield Problem("epub-page-list", f"the page list leaves out page {number}")
    sources = book.properties("pageBreakSource")
    originals = [str(source.text) for source in select(book.package, "//dc:source")]
    if links and (not sources or not {*sources} <= {*originals}):
        yield Problem("epub-page-source", "the package does not say which book the pages are of")


def _beside_the_package(book: EpubBook, link: Tree) -> str:
    """Return where a link of the navigation document leads, as the NCX writes it."""
    navigation = book.navigation
    path, fragment = target_of(navigation[0] if navigation else "", link.get("href", ""))
    near = posixpath.relpath(path, posixpath.dirname(book.package_path or "") or ".")
    return f"{near}#{fragment}" if fragment else near


def _ncx(book: EpubBook, contents: list[Tree], pages: list[Tree]) -> Iterator[Problem]:
    if book.ncx is None:
        yield Problem("epub-ncx", "there are no contents for readers of EPUB 2")
        return
    for path, links in (("//n:navPoint", contents), ("//n:pageTarget", pages)):
        said = [
            tuple(str(select(point, f"string({part})")) for part in _NCX_PARTS)
            for point in select(book.ncx, path)
        ]
        wanted = [(words(link), _beside_the_package(book, link)) for link in links]
        if said != wanted:
            yield Problem("epub-ncx", "the NCX says something else than the navigation document")
    uid = select(book.ncx, "//n:meta[@name='dtb:uid']/@content")
    identifiers = [str(one.text) for one in select(book.package, "//dc:identifier")]
    if not uid or uid[0] not in identifiers:
        yield Problem("epub-ncx", "the NCX has another identifier than the package")

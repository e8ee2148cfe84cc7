"""The bytes of an EPUB go in; what a reading system or a reader would stumble over comes out.

The first, quick gate in every build, for what EPUBCheck and Ace let through too. docs/epub.md lists
the rules by number; the numbers in the modules of this room are those.
"""

import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

from booklet.checks.epub.book import EpubBook, open_book, select, target_of
from booklet.checks.epub.metadata import check_metadata
from booklet.checks.epub.navigation import check_navigation
from booklet.checks.epub.pages import check_pages
from booklet.checks.epub.pictures import check_pictures
from booklet.diagnostics import Problem

_PLAIN_NAME = re.compile(r"[a-z0-9._/-]+")


def check_epub(epub: bytes) -> list[Problem]:
    """Look at the container, the package, the navigation, every page, picture and stylesheet.

    Args:
        epub: The bytes of the file.

    Returns:
        A problem for each fault; the rules are listed in docs/epub.md.
    """
    try:
        book = open_book(epub)
    except zipfile.BadZipFile as error:
        return [Problem("epub-damaged", f"the EPUB cannot be opened: {error}")]
    with book.archive:
        problems = [*_container(book.archive), *book.damaged]
        if book.package_path is None:
            return [*problems, Problem("epub-package", "the EPUB has no package document")]
        problems += _manifest(book)
        problems += _links(book)
        problems += check_metadata(book)
        problems += check_navigation(book)
        problems += check_pages(book)
        problems += check_pictures(book)
    return problems


def _container(archive: zipfile.ZipFile) -> Iterator[Problem]:
    entries = archive.infolist()
    first = entries[0] if entries else None
    # 1: OCF 4.2.2
    stored = first is not None and first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first is None or first.filename != "mimetype" or not stored:
        yield Problem("epub-mimetype", "mimetype is not the first entry, stored as it is")
    elif archive.read("mimetype") != b"application/epub+zip":
        yield Problem("epub-mimetype", "mimetype does not say application/epub+zip")
    # 2: a clock that got into the file
    if len({entry.date_time for entry in entries}) > 1:
        yield Problem("epub-dates", "the entries of the archive have several dates")
    seen: set[str] = set()
    for entry in entries:
        # 3: names that every reader and every shop can handle
        if not _PLAIN_NAME.fullmatch(entry.filename) and not entry.filename.startswith("META-INF/"):
            yield Problem("epub-name", f"{entry.filename} is no plain lower-case name")
        # 5
        if entry.filename in seen:
            yield Problem("epub-duplicate", f"{entry.filename} is in the archive twice")
        seen.add(entry.filename)


def _manifest(book: EpubBook) -> Iterator[Problem]:
    """Rules 4 and 6: the manifest names what is there, and everything is used."""
    named = set(book.items)
    present = {
        name
        for name in book.archive.namelist()
        if name not in ("mimetype", book.package_path) and not name.startswith("META-INF/")
    }
    for name in sorted(named - present):
        yield Problem("epub-manifest", f"the manifest names {name}, which is not in the book")
    for name in sorted(present - named):
        yield Problem("epub-manifest", f"{name} is in the book, but the manifest does not name it")
    used = set(book.spine)
    for name, tree in book.pages.items():
        used |= {target_of(name, str(link))[0] for link in select(tree, "//@href | //@src")}
    for name, item in book.items.items():
        apart = item.get("properties") or item.get("media-type") == "application/x-dtbncx+xml"
        if name not in used and not apart:
            yield Problem("epub-unused", f"nothing in the book uses {name}")


def _links(book: EpubBook) -> Iterator[Problem]:
    present = set(book.archive.namelist())
    for name, tree in [*book.pages.items(), *_ncx(book)]:
        for link in select(tree, "//@href | //@src"):
            if urlsplit(str(link)).scheme:
                continue
            target, place = target_of(name, str(link))
            if target not in present:
                yield Problem("epub-link", f"{name} refers to {link}, which is not in the book")
            elif place and not _has_place(book, target, place):
                yield Problem("epub-link", f"{name} refers to {link}, and there is no such place")


def _has_place(book: EpubBook, target: str, place: str) -> bool:
    page = book.pages.get(target)
    return page is None or bool(select(page, "//*[@id=$place]", place=place))


def _ncx(book: EpubBook) -> Iterator[tuple[str, object]]:
    return ((name, tree) for name, tree in book.trees.items() if name.endswith(".ncx"))

"""An opened EPUB goes in; what is wrong with its archive and its manifest comes out."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from booklet.checks.epub.archive import Archive, DamagedError
from booklet.checks.epub.book import (
    NCX,
    XHTML,
    EpubBook,
    Tree,
    is_remote,
    scheme,
    select,
    tokens,
)
from booklet.checks.epub.resources import used_files
from booklet.diagnostics import Problem

_PLAIN_NAME = re.compile(r"[a-z0-9._/-]+")
_MIMETYPE = b"application/epub+zip"
_SPINE_TYPES = (XHTML, "image/svg+xml")
# Properties of a manifest item that EPUB 3.3, D.5.2 knows; others need a prefix.
_ITEM_PROPERTIES = frozenset(
    ("cover-image", "mathml", "nav", "remote-resources", "scripted", "svg", "switch")
)
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_ALGORITHM = re.compile(rb'EncryptionMethod[^>]*Algorithm\s*=\s*["\']([^"\']*)')


def check_container(archive: Archive) -> Iterator[Problem]:
    """Check the zip file (EPUB 3.3, 4.2): rules 1, 2, 3 and 5.

    Yields:
        A problem for each fault.
    """
    entries = archive.entries
    first = entries[0] if entries else None
    stored = first is not None and first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first is None or first.filename != "mimetype" or not stored:
        yield Problem("epub-mimetype", "mimetype is not the first entry, stored as it is")
    elif archive.read("mimetype", 100) != _MIMETYPE:
        yield Problem("epub-mimetype", "mimetype does not say application/epub+zip")
    # 2: a clock that got into the file
    if len({entry.date_time for entry in entries}) > 1:
        yield Problem("epub-dates", "the entries of the archive have several dates")
    seen: dict[str, str] = {}
    for entry in entries:
        name = entry.filename
        # 3: names that every reader and every shop can handle
        if not _PLAIN_NAME.fullmatch(name) and not name.startswith("META-INF/"):
            yield Problem("epub-name", f"{name} is no plain lower-case name")
        # 5: Windows and macOS take names that differ in case alone for one
        known = seen.setdefault(name.casefold(), name)
        if known is not name:
            yield Problem("epub-duplicate", f"{name} is in the archive twice")
        if entry.flag_bits & 1:
            yield Problem("epub-encrypted", f"{name} is locked with a password")
    if "META-INF/encryption.xml" in archive.names:
        yield from _encryption(archive)


def _encryption(archive: Archive) -> Iterator[Problem]:
    try:
        text = archive.read("META-INF/encryption.xml", 1_000_000)
    except DamagedError as error:
        yield Problem("epub-damaged", str(error))
        return
    for algorithm in sorted({one.decode("utf-8", "replace") for one in _ALGORITHM.findall(text)}):
        if algorithm not in _FONT_ALGORITHMS:
            yield Problem("epub-encrypted", f"the book is encrypted ({algorithm})")


def check_manifest(book: EpubBook) -> Iterator[Problem]:
    """Check the manifest and the spine (EPUB 3.3, 5.6 and 5.7): rules 4 and 6, 46 and 47.

    Yields:
        A problem for each fault.
    """
    yield from _files(book)
    yield from _items(book)
    yield from _spine(book)


def _files(book: EpubBook) -> Iterator[Problem]:
    """Rules 4 and 6: the manifest names what is there, and everything is used."""
    rootfiles = (
        set()
        if book.container is None
        else {str(name) for name in select(book.container, "//c:rootfile/@full-path")}
    )
    named = set(book.items)
    present = {
        name
        for name in book.archive.files
        if name not in ("mimetype", *rootfiles) and not name.startswith("META-INF/")
    }
    for name in sorted(named - present):
        yield Problem("epub-manifest", f"the manifest names {name}, which is not in the book")
    for name in sorted(present - named):
        yield Problem("epub-manifest", f"{name} is in the book, but the manifest does not name it")
    used = used_files(book)
    for name, item in book.items.items():
        apart = tokens(item.get("properties")) & {"nav", "cover-image"}
        if name in present and name not in used and not apart:
            yield Problem("epub-unused", f"nothing in the book uses {name}")


def _items(book: EpubBook) -> Iterator[Problem]:
    """Rule 46: each item has an id of its own, one file, a type, and properties that exist."""
    items = select(book.package, "//o:manifest/o:item")
    ids = Counter(str(item.get("id", "")) for item in items)
    paths = Counter(_path(book, item) for item in items)
    for name, count in ids.items():
        if count > 1:
            yield Problem("epub-item", f"two items of the manifest are called {name}")
    for path, count in paths.items():
        if count > 1:
            yield Problem("epub-item", f"the manifest names {path} twice")
    for item in items:
        for message in _faults_of_item(item, ids):
            yield Problem("epub-item", message)
    for one in ("nav", "cover-image"):
        found = [item for item in items if one in tokens(item.get("properties"))]
        if len(found) > 1:
            yield Problem("epub-item", f"{len(found)} items are the {one}")


def _path(book: EpubBook, item: Tree) -> str:
    href = str(item.get("href", ""))
    return href if is_remote(href) else book.beside_package(href)


def _faults_of_item(item: Tree, ids: Counter[str]) -> Iterator[str]:
    name, href = str(item.get("id", "")), str(item.get("href", ""))
    if not name or not href or not item.get("media-type"):
        yield f"an item of the manifest is not complete: {name or href}"
    if "#" in href or scheme(href) == "data":
        yield f"{href} is no file of the book"
    for one in sorted(tokens(item.get("properties"))):
        if one not in _ITEM_PROPERTIES and ":" not in one:
            yield f"{one} is no property of an item"
    fallback = item.get("fallback")
    if fallback is not None and (fallback not in ids or fallback == name):
        yield f"the fallback of {name} is no other item: {fallback}"


def _spine(book: EpubBook) -> Iterator[Problem]:
    """Rule 47: the reading order leads from item to item, and each can be shown."""
    by_id = {str(item.get("id")): item for item in select(book.package, "//o:manifest/o:item")}
    references = select(book.package, "//o:spine/o:itemref")
    if not references:
        yield Problem("epub-spine", "the book has no reading order")
    elif all(one.get("linear") == "no" for one in references):
        yield Problem("epub-spine", "nothing in the reading order is read in order")
    seen: set[str] = set()
    for reference in references:
        name = str(reference.get("idref", ""))
        item = by_id.get(name)
        if item is None:
            yield Problem("epub-spine", f"the reading order names {name}, which is no item")
            continue
        if name in seen:
            yield Problem("epub-spine", f"the reading order names {name} twice")
        seen.add(name)
        if item.get("media-type") not in _SPINE_TYPES and not item.get("fallback"):
            yield Problem("epub-spine", f"{name} of the reading order is no page")
    toc = select(book.package, "//o:spine/@toc")
    if toc and (by_id.get(str(toc[0])) is None or by_id[str(toc[0])].get("media-type") != NCX):
        yield Problem("epub-spine", f"the reading order names {toc[0]}, which is no NCX")

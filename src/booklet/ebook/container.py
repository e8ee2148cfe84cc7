"""XHTML documents, a stylesheet, pictures and metadata go in; the bytes of an EPUB 3.3 come out.

The only module that imports EbookLib. Documents go through it as bytes, untouched: its own HTML
class lower-cases SVG and puts gaps between Japanese characters. Package metadata, navigation and
zip entries are written here, because EbookLib's change from run to run.
"""

import datetime
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ebooklib import epub
from lxml import etree

_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "application/xhtml+xml"
_STORED = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Item:
    """A file in the book.

    Attributes:
        path: Where it stands below the package folder; lower-case ASCII.
        content: Its bytes.
        media_type: Its type.
        properties: What the manifest says of it, such as nav, svg, cover-image.
        in_spine: Whether it is read in order.
    """

    path: str
    content: bytes
    media_type: str = _XHTML
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """One line of package metadata: a `dc:` element, or a `meta` with a property or a name."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


def write_epub(
    items: Sequence[Item],
    metadata: Sequence[Meta],
    *,
    identifier: str,
    language: str,
    modified: datetime.datetime,
    ncx: str,
) -> bytes:
    """Pack an EPUB.

    Args:
        items: Every file, those of the spine in reading order.
        metadata: The package metadata, in order; the identifier comes first.
        identifier: The URN that `metadata` names too.
        language: BCP 47 tag of the package.
        modified: The date of every zip entry, in UTC.
        ncx: The contents for readers of EPUB 2.

    Returns:
        The bytes of the file; the same input gives the same bytes.

    Raises:
        ValueError: Two items have one path.
    """
    paths = [item.path for item in items]
    if len(set(paths)) != len(paths):
        raise ValueError("two files of the book have one name")
    book = epub.EpubBook()
    book.metadata.clear()
    book.FOLDER_NAME = "item"
    book.IDENTIFIER_ID = "pub-id"
    book.uid = identifier
    book.language = language
    book.set_direction("ltr")
    uids: set[str] = set()
    for item in items:
        entry = epub.EpubItem(
            uid=_uid(item.path, uids),
            file_name=item.path,
            media_type=item.media_type,
            content=item.content,
        )
        entry.properties = sorted(item.properties)
        book.add_item(entry)
        if item.in_spine:
            book.spine.append(entry)
    book.add_item(epub.EpubNcx())
    return _Writer(book, metadata, ncx, modified).packed()


def _uid(path: str, taken: set[str]) -> str:
    """Return a name for a file in the manifest that no other file has, and note it as taken."""
    plain = path.rsplit("/", 1)[-1].replace(".", "-")
    plain = plain if plain[0].isalpha() else f"i-{plain}"
    free = (name for name in itertools.chain([plain], _numbered(plain)) if name not in taken)
    uid = next(free)
    taken.add(uid)
    return uid


def _numbered(name: str) -> Iterator[str]:
    return (f"{name}-{number}" for number in itertools.count(2))


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer with metadata, NCX and zip entries of our own."""

    def __init__(
        self, book: Any, metadata: Sequence[Meta], ncx: str, modified: datetime.datetime
    ) -> None:
        self.archive = io.BytesIO()
        super().__init__(self.archive, book, {"raise_exceptions": True})
        self.metadata, self.ncx, self.modified = metadata, ncx, modified

    def packed(self) -> bytes:
        with zipfile.ZipFile(self.archive, "w") as archive:
            self.out = _Entries(archive, self.modified)
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()
        return self.archive.getvalue()

    def _get_ncx(self) -> bytes:
        return self.ncx.encode("utf-8")

    def _write_opf_metadata(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        root.set("dir", "ltr")
        del root.attrib["prefix"]
        container = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
        for meta in self.metadata:
            tag = f"{{{_DC}}}{meta.tag[3:]}" if meta.tag.startswith("dc:") else meta.tag
            element = etree.SubElement(container, tag)
            for name, value in meta.attributes:
                element.set(_XML_LANG if name == "xml:lang" else name, value)
            element.text = meta.text or None


class _Entries:
    """Writes zip entries that carry the content's date and plain permissions."""

    def __init__(self, archive: zipfile.ZipFile, modified: datetime.datetime) -> None:
        self.archive, self.modified = archive, modified

    def writestr(
        self, name: str, content: bytes | str, compress_type: int = zipfile.ZIP_DEFLATED
    ) -> None:
        entry = zipfile.ZipInfo(name, self.modified.timetuple()[:6])
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else compress_type
        self.archive.writestr(entry, content, compresslevel=9)

"""An EPUB goes in; the same book with the file names Japanese e-book makers use comes out.

The names are those of the 電書協 EPUB 3 guide (version 1.1.3, 2015): `item/standard.opf`,
`item/navigation-documents.xhtml`, `item/xhtml/p-….xhtml`, `item/style/book-style.css`. Words, links
and order stay as they are. No version of the guide is claimed.
"""

import io
import posixpath
import re
import zipfile

_FIXED = {
    "item/content.opf": "item/standard.opf",
    "item/xhtml/nav.xhtml": "item/navigation-documents.xhtml",
    "item/xhtml/cover.xhtml": "item/xhtml/p-cover.xhtml",
    "item/xhtml/titlepage.xhtml": "item/xhtml/p-titlepage.xhtml",
    "item/xhtml/colophon.xhtml": "item/xhtml/p-colophon.xhtml",
    "item/style/booklet.css": "item/style/book-style.css",
}
_LINK = re.compile(r'\b(href|src|full-path)="([^":#]*)(#[^"]*)?"')
_WITH_LINKS = (".xhtml", ".opf", ".ncx", "container.xml")


def ebpaj_layout(epub: bytes) -> bytes:
    """Return the EPUB under the names of the guide.

    Args:
        epub: An EPUB made here; its documents stand in the archive in reading order.

    Returns:
        The bytes of the renamed book. Entries keep their order, dates and ways of compression.
    """
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(epub)) as book, zipfile.ZipFile(renamed, "w") as target:
        names = _new_names(book.namelist())
        for entry in book.infolist():
            content = book.read(entry)
            if entry.filename.endswith(_WITH_LINKS):
                text = _relinked(content.decode("utf-8"), entry.filename, names)
                content = text.encode("utf-8")
            entry.filename = names.get(entry.filename, entry.filename)
            target.writestr(entry, content, entry.compress_type)
    return renamed.getvalue()


def _new_names(names: list[str]) -> dict[str, str]:
    """Return the new name of each file that gets one; chapters are numbered as they follow."""
    chapters = [n for n in names if n.startswith("item/xhtml/") and n not in _FIXED]
    numbered = {old: f"item/xhtml/p-{number:03}.xhtml" for number, old in enumerate(chapters, 1)}
    return {**_FIXED, **numbered}


def _relinked(text: str, file: str, names: dict[str, str]) -> str:
    """Return a document whose links lead to the new names, seen from its own new place."""
    # The container's paths start at the root of the archive.
    before = "" if file.startswith("META-INF/") else posixpath.dirname(file)
    after = "" if file.startswith("META-INF/") else posixpath.dirname(names.get(file, file))

    def relinked(match: re.Match[str]) -> str:
        attribute, path, fragment = match[1], match[2], match[3] or ""
        if not path:
            return match[0]
        old = posixpath.normpath(posixpath.join(before, path))
        new = posixpath.relpath(names.get(old, old), after or ".")
        return f'{attribute}="{new}{fragment}"'

    return _LINK.sub(relinked, text)

"""A book, its XHTML documents and its reading PDF go in; its EPUB comes out.

The pages of print meet the documents here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booklet.build.wiring import writing
from booklet.ebook.container import write_epub
from booklet.ebook.ebpaj import ebpaj_layout
from booklet.ebook.package import package_items, package_metadata
from booklet.ebook.page_breaks import PageTarget, PrintedWords, with_page_breaks
from booklet.html.picture_names import picture_names
from booklet.html.reader_styles import reader_styles
from booklet.html.rendering import (
    Document,
    epub_navigation,
    epub_ncx,
)
from booklet.model.book import Book
from booklet.model.edition import Edition
from booklet.model.publication import EpubLayout
from booklet.model.theme import Theme
from booklet.pdf.cover_image import cover_jpeg
from booklet.pdf.page_text import marked_text
from booklet.pdf.reading import ReadingFile


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The printed book.

    Attributes:
        file: The PDF for reading.
        words: For each page what is written under each number of its marked content, as the layout
            noted it; () to have it read from the file.
    """

    file: ReadingFile
    words: Sequence[Mapping[int, str]] = ()


_WITHOUT_COLOUR = """
:root { --pine-line: currentColor; --persimmon-line: currentColor; }
.count { background: transparent; color: inherit; }
"""


def pack(
    book: Book,
    documents: Sequence[Document],
    printed: PrintedPages,
    pictures: Mapping[str, bytes],
    theme: Theme,
) -> bytes:
    """Return the EPUB of a book.

    Args:
        book: The book.
        documents: Its XHTML documents, in reading order, the contents page left out.
        printed: The printed book: it gives the page list, and its first page is the cover.
        pictures: The author's pictures by their files, ready for the EPUB; those no document shows
            are left out, such as the one on the cover, which is in the cover's own picture.
        theme: The look.
    """
    how = writing()
    contents, pages = number_pages(printed, [(one.name, one.content) for one in documents])
    items = package_items(
        [
            (document.name, content, document.has_svg)
            for document, content in zip(documents, contents, strict=True)
        ],
        navigation=epub_navigation(book, theme, how, list(documents), pages),
        stylesheet=_styles(theme, book.edition),
        cover=cover_jpeg(printed.file.pdf, book.title),
        pictures=_used(pictures, contents),
    )
    epub = write_epub(
        items,
        package_metadata(book, contents),
        identifier=book.identifier,
        language=book.publication.language,
        modified=book.modified,
        ncx=epub_ncx(book, theme, how, list(documents), pages),
    )
    if book.publication.epub_layout is EpubLayout.EBPAJ:
        return ebpaj_layout(epub)
    return epub


def _used(pictures: Mapping[str, bytes], documents: Sequence[str]) -> dict[str, bytes]:
    """Return by their names in the EPUB those pictures that stand in one of its documents."""
    names = picture_names(pictures, pictures)
    return {
        name: pictures[file]
        for file, name in names.items()
        if any(f'src="../image/{name}"' in document for document in documents)
    }


def _styles(theme: Theme, edition: Edition) -> str:
    styles = theme.read_with_imports("epub.css")
    if edition is Edition.MONO:
        styles += _WITHOUT_COLOUR
    return reader_styles(styles)


def number_pages(
    printed: PrintedPages, documents: Sequence[tuple[str, str]]
) -> tuple[list[str], list[PageTarget]]:
    """Give XHTML documents the pages of the printed book.

    Args:
        printed: The printed book.
        documents: File name and XHTML of each document, in reading order; the contents page is not
            among them.

    Returns:
        The documents with a break wherever a page begins, and where each page begins, in order.
    """
    texts = printed.words or marked_text(printed.file.pdf)
    words = [
        PrintedWords(piece.page + 1, texts[piece.page].get(piece.number, ""), piece.in_contents)
        for piece in printed.file.order
        if piece.number >= 0
    ]
    return with_page_breaks(
        documents,
        words,
        len(texts),
        cover="cover.xhtml",
        contents="nav.xhtml",
        first="glance.xhtml",
    )

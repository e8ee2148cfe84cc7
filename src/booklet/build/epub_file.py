"""A book, its XHTML documents and its reading PDF go in; its EPUB comes out.

A part of the pipeline, which would grow too long: the pages of print meet the documents here.
"""

from collections.abc import Mapping, Sequence

from booklet.ebook.container import write_epub
from booklet.ebook.ebpaj import ebpaj_layout
from booklet.ebook.package import package_items, package_metadata
from booklet.ebook.page_breaks import PageTarget, PrintedWords, with_page_breaks
from booklet.html.reader_styles import reader_styles
from booklet.html.rendering import (
    Document,
    Writing,
    epub_navigation,
    epub_ncx,
    picture_name,
)
from booklet.html.theme import Theme
from booklet.model.book import Book
from booklet.model.edition import Edition
from booklet.model.publication import EpubLayout
from booklet.pdf.cover_image import cover_jpeg
from booklet.pdf.page_text import marked_text
from booklet.pdf.reading_order import reading_order

_WITHOUT_COLOUR = """
:root { --pine-line: currentColor; --persimmon-line: currentColor; }
.count { background: transparent; color: inherit; }
"""


def pack(
    book: Book,
    documents: Sequence[Document],
    pdf: bytes,
    pictures: Mapping[str, bytes],
    theme: Theme,
    writing: Writing,
) -> bytes:
    """Return the EPUB of a book.

    Args:
        book: The book.
        documents: Its XHTML documents, in reading order, the contents page left out.
        pdf: The PDF for reading: it gives the page list, and its first page is the cover.
        pictures: The author's pictures by their files.
        theme: The look.
        writing: How text becomes XHTML.
    """
    contents, pages = number_pages(pdf, [(one.name, one.content) for one in documents])
    items = package_items(
        [
            (document.name, content, document.has_svg)
            for document, content in zip(documents, contents, strict=True)
        ],
        navigation=epub_navigation(book, theme, writing, list(documents), pages),
        stylesheet=_styles(theme, book.edition),
        cover=cover_jpeg(pdf, book.title),
        pictures=_shown(
            {picture_name(file): content for file, content in pictures.items()}, contents
        ),
    )
    epub = write_epub(
        items,
        package_metadata(book, contents),
        identifier=book.identifier,
        language=book.publication.language,
        modified=book.modified,
        ncx=epub_ncx(book, theme, writing, list(documents), pages),
    )
    if book.publication.epub_layout is EpubLayout.EBPAJ:
        return ebpaj_layout(epub)
    return epub


def _shown(pictures: Mapping[str, bytes], documents: Sequence[str]) -> dict[str, bytes]:
    """Return the pictures some document shows: that of the cover is in the cover already."""
    return {
        name: content
        for name, content in pictures.items()
        if any(f'/image/{name}"' in document for document in documents)
    }


def _styles(theme: Theme, edition: Edition) -> str:
    styles = theme.read_with_imports("epub.css")
    if edition is Edition.MONO:
        styles += _WITHOUT_COLOUR
    return reader_styles(styles)


def number_pages(
    pdf: bytes, documents: Sequence[tuple[str, str]]
) -> tuple[list[str], list[PageTarget]]:
    """Give XHTML documents the pages of the printed book.

    Args:
        pdf: The PDF for reading, whose pages are those of the printed book.
        documents: File name and XHTML of each document, in reading order; the contents page is not
            among them.

    Returns:
        The documents with a break wherever a page begins, and where each page begins, in order.
    """
    texts = marked_text(pdf)
    printed = [
        PrintedWords(piece.page + 1, texts[piece.page].get(piece.number, ""), piece.in_contents)
        for piece in reading_order(pdf)
        if piece.number >= 0
    ]
    return with_page_breaks(
        documents,
        printed,
        len(texts),
        cover="cover.xhtml",
        contents="nav.xhtml",
        first="glance.xhtml",
    )

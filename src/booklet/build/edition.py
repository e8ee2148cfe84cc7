"""A job goes in; the finished files of one edition, each with what was found in it, come out.

Top to bottom, the whole way of an edition, in stages that are functions of their arguments alone:
no disk, no network, nothing remembered. A job therefore gives the same bytes wherever it runs, and
a lone job's stages can run side by side (run.py).
"""

import time
from collections.abc import Callable
from dataclasses import replace

from booklet.assembly.book import remarks
from booklet.build.epub_file import PrintedPages, pack
from booklet.build.furigana import with_readings
from booklet.build.markup import EpubMarkup, book_of, epub_markup, print_markup
from booklet.build.page_layout import lay_out
from booklet.build.page_texts import page_texts
from booklet.build.print_files import page_plan, print_artifacts
from booklet.build.stages import Made, edition_result, needs_pages
from booklet.build.toolchain import toolchain
from booklet.checks.epub.lint import check_epub
from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf
from booklet.diagnostics import BookletError, Problem
from booklet.ebook.plain_text import plain_text
from booklet.html.geometry import page_size_mm
from booklet.layout.engine import Typeset, srgb_profile
from booklet.model.artifact import Artifact
from booklet.model.book import Book
from booklet.model.job import EditionJob, EditionResult
from booklet.model.publication import FOR_PRINT, Format
from booklet.pdf.cover_image import FOR_SHOPS_PX, cover_jpeg
from booklet.pdf.reading import reading_file

Progress = Callable[[str], None]
"""Is told each step as it begins."""


def make_edition(job: EditionJob, progress: Progress = lambda step: None) -> EditionResult:
    """Make every file of an edition.

    Args:
        job: What to make, with all it is made of.
        progress: Is told each step as it begins.

    Returns:
        The files, or the problems that stand in their way. The same job gives the same bytes.
    """
    if job.toolchain != toolchain():
        return refused(job)
    try:
        pages = None
        if needs_pages(job):
            progress("laying out")
            pages = lay_out(job, print_markup(job))
        made = for_readers(job, pages, epub_markup(job), progress)
        printed = for_printers(job, pages, progress) if pages else None
    except BookletError as error:
        return EditionResult(job.guide.slug, job.edition, problems=error.problems)
    return edition_result(job, pages, made, printed)


def for_readers(
    job: EditionJob, pages: Typeset | None, markup: EpubMarkup, progress: Progress
) -> Made:
    """Make the files for screens and e-readers: reading PDF, cover, pages as text, EPUB, text.

    Args:
        job: The job.
        pages: The laid-out pages; None when nothing is made from them.
        markup: The XHTML documents and their pictures, as `epub_markup` returns them.
        progress: Is told each step as it begins.
    """
    book = book_of(job)
    made: list[Artifact] = []
    pdf, printed = b"", None
    if pages is not None:
        started = time.perf_counter()
        file = reading_file(pages.pdf, srgb_profile(), book.publication.language)
        pdf, printed = file.pdf, PrintedPages(file, pages.words)
        if Format.READING in job.formats:
            size = page_size_mm(book.publication, job.edition)
            found = tuple(check_reading_pdf(pdf, *size, book.publication.language))
            seconds = time.perf_counter() - started
            name = f"{job.stem}.pdf"
            made.append(Artifact(name, Format.READING, pdf, pages.page_count, seconds, found))
    if Format.COVER in job.formats:
        cover = cover_jpeg(pdf, book.title, FOR_SHOPS_PX)
        made.append(Artifact(f"{job.stem}-cover.jpg", Format.COVER, cover, 1))
    if Format.PAGES in job.formats:
        made += [
            Artifact(f"{job.stem}-{name}.txt", Format.PAGES, content, 1)
            for name, content in page_texts(pdf).items()
        ]
    if Format.EPUB in job.formats and printed is not None:
        progress("packing the EPUB")
        made.append(_epub(job, book, markup, printed))
    if Format.TEXT in job.formats:
        started = time.perf_counter()
        # The first document is the cover, a picture.
        text = plain_text([document.content for document in markup.documents[1:]]).encode("utf-8")
        seconds = time.perf_counter() - started
        made.append(Artifact(f"{job.stem}.txt", Format.TEXT, text, 0, seconds))
    return Made(tuple(made), tuple(remarks(book)))


def for_printers(job: EditionJob, pages: Typeset, progress: Progress) -> Made:
    """Make the press and office files.

    Raises:
        BookletError: The booklet cannot be bound, or cannot go to press.
    """
    if not FOR_PRINT & set(job.formats):
        return Made()
    progress("finishing for print")
    files = tuple(print_artifacts(job, book_of(job), pages))
    return Made(files, (page_plan(job, pages.page_count),))


def _epub(job: EditionJob, book: Book, markup: EpubMarkup, printed: PrintedPages) -> Artifact:
    started = time.perf_counter()
    plain = [one.content for one in markup.documents]
    contents, _ = with_readings(book, plain, job.furigana, "epub")
    documents = [
        replace(one, content=text) for one, text in zip(markup.documents, contents, strict=True)
    ]
    epub = pack(book, documents, printed, markup.pictures, job.theme)
    found = tuple(check_epub(epub))
    seconds = time.perf_counter() - started
    return Artifact(f"{job.stem}.epub", Format.EPUB, epub, 0, seconds, found)


def refused(job: EditionJob) -> EditionResult:
    """Return the result of a job that was planned with other versions than there are here."""
    here, there = toolchain().splitlines(), job.toolchain.splitlines()
    other = [line for line in there if line not in here]
    problem = Problem(
        "toolchain-differs",
        f"this worker makes files with other versions; wanted: {', '.join(other)}",
        None,
        "install the same booklet, packages and libraries wherever jobs run",
    )
    return EditionResult(job.guide.slug, job.edition, problems=(problem,))

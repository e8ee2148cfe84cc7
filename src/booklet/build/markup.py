"""A job goes in; the HTML of its print pages and the XHTML documents of its e-book come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from booklet.assembly.book import assemble
from booklet.build.furigana import reading_problems, with_readings
from booklet.build.pictures import epub_pictures
from booklet.build.wiring import writing
from booklet.diagnostics import BookletError, Problem, Severity
from booklet.html.rendering import Document, epub_documents, print_html
from booklet.model.book import Book
from booklet.model.guide import pictures
from booklet.model.job import EditionJob
from booklet.model.publication import Format


def book_of(job: EditionJob) -> Book:
    """Return the book that a job is about."""
    return assemble(job.guide, job.publication, job.edition)


def print_markup(job: EditionJob) -> tuple[str, tuple[Problem, ...]]:
    """Return the HTML of the print pages, and what was found in its readings.

    Raises:
        BookletError: The dictionary of readings is missing, or a release has unconfirmed ones.
    """
    book = book_of(job)
    markup = print_html(book, job.theme, writing())
    (markup,), unconfirmed = with_readings(book, [markup], job.furigana, "print")
    problems = tuple(reading_problems(book, unconfirmed))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    return markup, problems


@dataclass(frozen=True, slots=True)
class EpubMarkup:
    """What the EPUB and the text are made from.

    Attributes:
        documents: XHTML documents in reading order.
        pictures: The author's pictures as an e-book needs them, by their files.
    """

    documents: tuple[Document, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def epub_markup(job: EditionJob) -> EpubMarkup:
    """Return the XHTML documents from which the EPUB and the text are made, and their pictures."""
    if not {Format.EPUB, Format.TEXT} & set(job.formats):
        return EpubMarkup()
    files = {picture.file for picture in pictures(job.guide)}
    prepared = epub_pictures(job.edition, {file: job.pictures[file] for file in files})
    documents = epub_documents(book_of(job), job.theme, writing(), prepared)
    return EpubMarkup(tuple(documents), prepared)

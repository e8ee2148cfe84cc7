"""A project folder goes in; its booklets and a report come out. The whole build, in order.

The only module where rooms meet. Rooms that only a build needs are imported by the build, so that
`booklet check` answers at once.
"""

import functools
import gc
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import __version__
from booklet.build.files import write_files
from booklet.build.report import MadeFile, Report
from booklet.build.wiring import line_rules, writing
from booklet.content.furigana_list import load_readings
from booklet.content.loading import load_guide, load_publication
from booklet.diagnostics import BookletError, Problem, Severity, in_reading_order
from booklet.layout.fonts import Typeface, character_test, find_large_typeface, find_typeface
from booklet.model.book import Book
from booklet.model.edition import Edition, FuriganaUse
from booklet.model.guide import Guide, pictures
from booklet.model.publication import FOR_PRINT, Format, Publication

if TYPE_CHECKING:
    from booklet.build.print_files import Chosen, Printing
    from booklet.html.rendering import Document
    from booklet.layout.engine import Typeset

Tell = Callable[[str], None]
TypesetPages = Callable[..., "Typeset"]

REPORT_FILE = "report.json"


class UnknownGuideError(ValueError):
    """A guide was asked for that the publication does not list."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the content folder holds, read and checked."""

    publication: Publication
    guides: tuple[Guide, ...]
    readings: Mapping[str, str]
    problems: tuple[Problem, ...]


def check(project: Path, slugs: Sequence[str] = ()) -> Contents:
    """Read and check the content without making anything.

    Args:
        project: The folder that holds `content/`.
        slugs: The guides to check; none means all that the publication lists.

    Returns:
        What was read, and what its author should know though it can be built.

    Raises:
        BookletError: Something cannot be built: every problem of every file at once.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    from booklet.html.contrast import contrast_problems
    from booklet.html.theme import find_theme

    can_draw = character_test(_typeface())
    problems: list[Problem] = []
    publication, remarks = load_publication(project, can_draw)
    problems += remarks
    listed = [entry.slug for entry in publication.guides]
    for slug in slugs:
        if slug not in listed:
            raise UnknownGuideError(f"no guide is called {slug}; there are: {', '.join(listed)}")
    guides: list[Guide] = []
    faults: list[Problem] = []
    for slug in slugs or listed:
        try:
            guide, remarks = load_guide(project, slug, publication.language, can_draw)
        except BookletError as error:
            faults += error.problems
        else:
            guides.append(guide)
            problems += remarks
    faults += contrast_problems(find_theme(project), project)
    readings: dict[str, str] = {}
    try:
        readings = load_readings(project)
    except BookletError as error:
        faults += error.problems
    if faults:
        raise BookletError([*faults, *problems])
    return Contents(publication, tuple(guides), readings, in_reading_order(problems))


def build(
    project: Path,
    output: Path | None,
    *,
    slugs: Sequence[str] = (),
    formats: Sequence[str] = (),
    editions: Sequence[str] = (),
    full: bool = False,
    profiles: Sequence[str] = (),
    typeset: TypesetPages | None = None,
    tell: Tell = lambda line: None,
) -> Report:
    """Make the booklets of a project.

    Args:
        project: The folder that holds `content/`.
        output: Where the files go; None to make them, look at them and write nothing.
        slugs: The guides to build; none means all that the publication lists.
        formats: The formats to make; none means those the publication names.
        editions: The editions to make; none means those the publication names.
        full: Ask the reference validators about every file, too.
        profiles: Names of print profiles; none means the usual ones.
        typeset: Lays out pages; `output.pdf.typeset`, here or in another process.
        tell: Is told each step as it begins.

    Returns:
        What was made, how long it took and what was found. `report.json` beside the files says the
        same.

    Raises:
        BookletError: The content is wrong, or the files cannot be written. The files of an earlier
            build stay as they were.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    try:
        report, made = _make_all(project, slugs, formats, editions, profiles, typeset, tell)
    except BookletError as error:
        # The report is always that of the last build, also when it made nothing.
        failure = Report(problems=list(error.problems))
        if output is not None:
            write_files(output, {REPORT_FILE: failure.json(__version__).encode("utf-8")})
        raise
    from booklet.build.validation import not_asked, validate_files

    if full:
        tell("asking the validators")
    report.verdicts = validate_files(report.files, made) if full else not_asked(report.files)
    if output is not None:
        tell("writing the files")
        made[REPORT_FILE] = report.json(__version__).encode("utf-8")
        write_files(output, made)
    return report


def _make_all(
    project: Path,
    slugs: Sequence[str],
    formats: Sequence[str],
    editions: Sequence[str],
    profiles: Sequence[str],
    typeset: TypesetPages | None,
    tell: Tell,
) -> tuple[Report, dict[str, bytes]]:
    """Make the files of all guides; return the report, and their bytes by name."""
    tell("reading the content")
    contents = check(project, slugs)
    report = Report(problems=list(contents.problems))
    asked = [one for one in Format if one.value in formats]
    settings = [one for one in Edition if one.value in editions] or contents.publication.editions
    chosen: Chosen = {}
    if profiles or FOR_PRINT & set(asked or contents.publication.formats):
        from booklet.build.print_files import choose_profiles

        chosen = choose_profiles(project, profiles)
    made: dict[str, bytes] = {}
    for number, (guide, setting) in enumerate(itertools.product(contents.guides, settings)):
        if number:
            # The command line switches the collector off (see __main__.py); one sweep a book keeps
            # a large publication from filling the memory.
            gc.collect()
        kinds = asked or contents.publication.formats_of(setting)
        made |= _make(project, guide, contents, kinds, setting, chosen, typeset, report, tell)
    return report, made


def print_document(
    project: Path,
    guide: Guide,
    publication: Publication,
    setting: Edition = Edition.STANDARD,
) -> str:
    """Return the HTML that the typesetting engine gets, for measuring and for looking into."""
    from booklet.assembly.book import assemble
    from booklet.html.rendering import print_html
    from booklet.html.theme import find_theme

    return print_html(assemble(guide, publication, setting), find_theme(project), writing())


def _make(
    project: Path,
    guide: Guide,
    contents: Contents,
    formats: Sequence[Format],
    setting: Edition,
    chosen: "Chosen",
    typeset: TypesetPages | None,
    report: Report,
    tell: Tell,
) -> dict[str, bytes]:
    """Make the files of one guide, note them in the report, and return their bytes by name."""
    from booklet.assembly.book import assemble, remarks

    publication = contents.publication
    book = assemble(guide, publication, setting)
    # What is missing is missing in every edition, and told once.
    report.problems += [one for one in remarks(book) if one not in report.problems]
    made: dict[str, bytes] = {}

    def note(
        format_: Format,
        name: str,
        content: bytes,
        pages: int,
        seconds: float,
        problems: Sequence[Problem],
    ) -> None:
        made[name] = content
        labels = (name, guide.slug, format_.value, setting.value)
        report.files.append(MadeFile(*labels, pages, len(content), seconds, tuple(problems)))

    stem = f"{guide.slug}{setting.suffix}"
    pdf, printing = b"", _printing(project, book, stem, formats, chosen)
    # The EPUB's cover is a picture of the first page, and its page list is that of the PDF.
    if {Format.READING, Format.EPUB, Format.COVER, Format.PAGES, *FOR_PRINT} & set(formats):
        started = time.perf_counter()
        tell(f"{book.title}: laying out the pages")
        pages = _lay_out(project, book, contents.readings, typeset)
        if printing:
            report.problems.append(printing.begin(pages.pdf, pages.page_count, tell))
        pdf = _finish_for_reading(pages.pdf, publication.language)
        report.problems += pages.problems
        if Format.READING in formats:
            from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf
            from booklet.html.geometry import page_size_mm

            size = page_size_mm(publication, setting)
            found = check_reading_pdf(pdf, *size, publication.language)
            seconds = time.perf_counter() - started
            note(Format.READING, f"{stem}.pdf", pdf, pages.page_count, seconds, found)
    for format_, ending, content in _from_pages(pdf, book.title, formats):
        note(format_, f"{stem}-{ending}", content, 1, 0.0, ())
    if {Format.EPUB, Format.TEXT} & set(formats):
        documents = _documents(project, book)
        if Format.EPUB in formats:
            from booklet.checks.epub.lint import check_epub

            started = time.perf_counter()
            tell(f"{book.title}: packing the EPUB")
            epub = _pack(project, book, _with_readings(book, documents, contents.readings), pdf)
            found = check_epub(epub)
            note(Format.EPUB, f"{stem}.epub", epub, 0, time.perf_counter() - started, found)
        if Format.TEXT in formats:
            from booklet.ebook.plain_text import plain_text

            started = time.perf_counter()
            tell(f"{book.title}: writing the text")
            # The first document is the cover, a picture.
            text = plain_text([document.content for document in documents[1:]])
            seconds = time.perf_counter() - started
            note(Format.TEXT, f"{stem}.txt", text.encode("utf-8"), 0, seconds, ())
    for file in printing.files() if printing else ():
        note(file.format, file.name, file.content, file.pages, file.seconds, file.problems)
    return made


def _printing(
    project: Path, book: Book, stem: str, formats: Sequence[Format], chosen: "Chosen"
) -> "Printing | None":
    if not FOR_PRINT & set(formats):
        return None
    from booklet.build.print_files import Printing, PrintJob

    return Printing(PrintJob(project, book, stem, _typeface().files[0], formats, chosen))


def _from_pages(
    pdf: bytes, title: str, formats: Sequence[Format]
) -> Iterator[tuple[Format, str, bytes]]:
    """Yield what is taken from the finished pages: format, end of the name, bytes."""
    if Format.COVER in formats:
        from booklet.pdf.cover_image import FOR_SHOPS_PX, cover_jpeg

        yield Format.COVER, "cover.jpg", cover_jpeg(pdf, title, FOR_SHOPS_PX)
    if Format.PAGES in formats:
        from booklet.build.page_texts import page_texts

        for name, content in page_texts(pdf).items():
            yield Format.PAGES, f"{name}.txt", content


def _lay_out(
    project: Path, book: Book, readings: Mapping[str, str], typeset: TypesetPages | None = None
) -> "Typeset":
    """Return the laid-out print pages."""
    from booklet.build.furigana import reading_problems, with_readings
    from booklet.html.rendering import print_html
    from booklet.html.theme import find_theme

    if typeset is None:
        from booklet.layout import engine as pdf

        typeset = pdf.typeset
    theme = find_theme(project)
    markup = print_html(book, theme, writing())
    (markup,), unconfirmed = with_readings(book, [markup], readings, "print")
    problems = reading_problems(book, unconfirmed)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    pages = typeset(
        markup,
        project=project,
        find_style=theme.find,
        typeface=_typeface(book.edition),
        line_rules=line_rules(),
        identifier=book.printed_identifier,
        modified=book.modified,
        readings_once=book.publication.edition_settings.furigana is FuriganaUse.ONCE,
    )
    return replace(pages, problems=(*pages.problems, *problems))


def _finish_for_reading(pdf: bytes, language: str) -> bytes:
    from booklet.layout.engine import srgb_profile
    from booklet.pdf.reading import reading_pdf

    return reading_pdf(pdf, srgb_profile(), language)


def _pack(project: Path, book: Book, documents: "list[Document]", pdf: bytes) -> bytes:
    from booklet.build.epub_file import pack
    from booklet.html.theme import find_theme

    files = {picture.file for picture in pictures(book.guide)}
    contents = {file: (project / "content" / file).read_bytes() for file in files}
    return pack(book, documents, pdf, contents, find_theme(project), writing())


def _documents(project: Path, book: Book) -> "list[Document]":
    """Return the XHTML documents from which the EPUB and the text are made."""
    from booklet.html.rendering import epub_documents
    from booklet.html.theme import find_theme

    return epub_documents(book, find_theme(project), writing())


def _with_readings(
    book: Book, documents: "list[Document]", readings: Mapping[str, str]
) -> "list[Document]":
    """Return the documents with readings, if this edition has them; a text is spoken without."""
    from booklet.build.furigana import with_readings

    contents, _ = with_readings(book, [one.content for one in documents], readings, "epub")
    return [replace(one, content=text) for one, text in zip(documents, contents, strict=True)]


def unconfirmed_readings(project: Path, slugs: Sequence[str] = ()) -> str:
    """Return the readings nobody has confirmed, as lines for `content/readings.yaml`.

    Args:
        project: The folder that holds `content/`.
        slugs: The guides to look at; none means all that the publication lists.

    Raises:
        BookletError: The content is wrong, or the dictionary is not installed.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    from booklet.assembly.book import assemble
    from booklet.build.furigana import readings_to_confirm, with_readings
    from booklet.html.rendering import print_html
    from booklet.html.theme import find_theme

    contents = check(project, slugs)
    books = [assemble(one, contents.publication, Edition.FURIGANA) for one in contents.guides]
    markups = [print_html(book, find_theme(project), writing()) for book in books]
    _, readings = with_readings(books[0], markups, contents.readings, "print")
    return readings_to_confirm(readings)


@functools.cache
def _typeface(setting: Edition = Edition.STANDARD) -> Typeface:
    # The publication's model allows no other typeface yet.
    typeface = find_typeface("Noto Sans CJK JP")
    return find_large_typeface(typeface) if setting is Edition.LARGE else typeface

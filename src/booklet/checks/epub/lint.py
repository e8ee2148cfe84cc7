"""The bytes of an EPUB go in; what a reading system or a reader would stumble over comes out.

The first, quick gate in every build, for what EPUBCheck and Ace let through too. docs/epub.md lists
the rules by number; the numbers in the modules of this room are those. Bytes from anywhere are
welcome: what lies beyond the limits of archive.py is called not judged, never right.
"""

import dataclasses
from collections.abc import Iterator

from booklet.checks.epub.accessibility import check_accessibility
from booklet.checks.epub.archive import Archive, DamagedError, NotJudgedError
from booklet.checks.epub.book import EpubBook, open_book
from booklet.checks.epub.container import check_container, check_manifest
from booklet.checks.epub.content_model import check_markup
from booklet.checks.epub.metadata import check_metadata
from booklet.checks.epub.navigation import check_navigation
from booklet.checks.epub.pages import check_pages
from booklet.checks.epub.pictures import check_pictures
from booklet.checks.epub.resources import check_resources
from booklet.checks.epub.styles import check_styles
from booklet.diagnostics import Problem, Severity

# Customs of this house and of Japanese shops, which a right book from elsewhere need not follow.
HOUSE_RULES = frozenset(
    (
        *("epub-dates", "epub-name", "epub-unused", "epub-landmarks", "epub-class", "epub-title"),
        *("epub-style", "epub-break", "epub-cover", "epub-modified", "epub-identifier"),
        *("epub-empty-element", "epub-punctuation", "epub-drawing"),
    )
)
# So many problems say enough; the rest is counted.
_MOST_PROBLEMS = 200
_LONGEST_MESSAGE = 300


def check_epub(epub: bytes, *, ours: bool = True) -> list[Problem]:
    """Look at the container, the package, the navigation, every page, picture and stylesheet.

    Args:
        epub: The bytes of the file.
        ours: Whether it is made here; a book from elsewhere breaks the rules of this house at most
            as a note.

    Returns:
        A problem for each fault, at most 200 and one that counts the rest; the rules are listed in
        docs/epub.md. Where a limit of time or size is reached, the last one says that the rest is
        not judged (epub-not-judged).
    """
    problems: list[Problem] = []
    left_out = 0
    last: list[Problem] = []
    try:
        for problem in _faults(epub):
            if len(problems) < _MOST_PROBLEMS:
                problems.append(problem)
            else:
                left_out += 1
    except DamagedError as error:
        last = [Problem("epub-damaged", f"the EPUB cannot be opened: {error}")]
    except NotJudgedError as error:
        last = [Problem("epub-not-judged", f"the rest of the EPUB is not judged: {error}")]
    if left_out:
        last.append(Problem("epub-many", f"and {left_out:,} more problems"))
    return [_told(problem, ours) for problem in (*dict.fromkeys(problems), *last)]


def _told(problem: Problem, ours: bool) -> Problem:
    message = problem.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[: _LONGEST_MESSAGE - 1]}…"
    severity = problem.severity
    if not ours and problem.code in HOUSE_RULES:
        severity = Severity.NOTE
    return dataclasses.replace(problem, message=message, severity=severity)


def _faults(epub: bytes) -> Iterator[Problem]:
    archive = Archive(epub)
    try:
        yield from check_container(archive)
        book = open_book(archive)
        yield from book.problems
        told = len(book.problems)
        if book.package_path is None:
            yield Problem("epub-package", "the EPUB has no package document")
            return
        _ = book.trees  # read here, so that what is damaged is told first
        yield from book.problems[told:]
        yield from _rules(book)
    finally:
        archive.close()


def _rules(book: EpubBook) -> Iterator[Problem]:
    for check in (
        check_manifest,
        check_metadata,
        check_accessibility,
        check_navigation,
        check_markup,
        check_resources,
        check_styles,
        check_pages,
        check_pictures,
    ):
        book.archive.check_time()
        yield from check(book)

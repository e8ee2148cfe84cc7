"""Laid-out pages and print profiles go in; press and office files with their faults come out."""

import time
from collections.abc import Sequence
from dataclasses import replace

from booklet.checks.preflight.preflight import preflight
from booklet.diagnostics import BookletError, Problem, Severity
from booklet.layout.engine import PAGES_OF_A_SHEET, Typeset
from booklet.layout.fonts import typeface_for
from booklet.model.artifact import Artifact
from booklet.model.book import Book
from booklet.model.edition import Edition
from booklet.model.job import EditionJob
from booklet.model.print_profile import PagesRule, PrintUse
from booklet.model.publication import Format
from booklet.pdf.office import office_file
from booklet.pdf.press import PressJob, press_files

_USES = {Format.PRESS: PrintUse.PRESS, Format.OFFICE: PrintUse.OFFICE}


def print_artifacts(job: EditionJob, book: Book, pages: Typeset) -> list[Artifact]:
    """Make the files for printers.

    Args:
        job: The job.
        book: What it is about.
        pages: The laid-out pages, with bleed.

    Returns:
        The files, each with what preflight found in it.

    Raises:
        BookletError: The booklet cannot be bound: too many pages, or too few; or it cannot go to
            press: a colour has no inks.
    """
    for use in _uses(job):
        if problems := page_count_problems(pages.page_count, job.profiles[use].profile.pages):
            raise BookletError(problems)
    files: list[Artifact] = []
    for use in _uses(job):
        files += (_press if use is PrintUse.PRESS else _office)(job, book, pages)
    return files


def page_plan(job: EditionJob, page_count: int) -> Problem:
    """Return a note that says how many pages and sheets there are, and what slack is left.

    Slack is what fills the last sheet: blank pages that nobody planned; and the room up to the most
    pages that can be bound.
    """
    sheets = -(-page_count // PAGES_OF_A_SHEET)
    blank = sheets * PAGES_OF_A_SHEET - page_count
    rule = job.profiles[_uses(job)[0]].profile.pages
    room = f", room for {rule.most - page_count} more" if rule else ""
    message = f"{job.stem}: {page_count} pages on {sheets} sheets, {blank} blank{room}"
    return Problem("page-plan", message, None, "", Severity.NOTE)


def page_count_problems(page_count: int, rule: PagesRule | None) -> list[Problem]:
    """Return why a booklet of so many pages cannot be bound, and what to do."""
    if rule is None:
        return []
    if page_count > rule.most:
        message = f"{page_count} pages, and at most {rule.most} can be bound this way"
        hint = (
            f"leave out or shorten sections by {page_count - rule.most} pages, make two volumes, "
            "or ask the shop for perfect binding"
        )
        return [Problem("page-range", message, None, hint)]
    if page_count < rule.fewest:
        message = f"{page_count} pages, and at least {rule.fewest} are needed to bind them"
        hint = f"add {rule.fewest - page_count} pages, such as pages for notes"
        return [Problem("page-range", message, None, hint)]
    if surplus := page_count % rule.multiple:
        message = f"{page_count} pages cannot be bound: not a multiple of {rule.multiple}"
        hint = f"add {rule.multiple - surplus} pages, such as pages for notes, or remove {surplus}"
        return [Problem("page-multiple", message, None, hint)]
    return []


def _uses(job: EditionJob) -> Sequence[PrintUse]:
    """Return what files are made for."""
    return [use for format_, use in _USES.items() if format_ in job.formats]


def _press(job: EditionJob, book: Book, pages: Typeset) -> list[Artifact]:
    started = time.perf_counter()
    chosen = job.profiles[PrintUse.PRESS]
    profile, inks = chosen.profile, job.theme.inks(job.edition.value)
    font = typeface_for(Edition.STANDARD).files[0]
    press = PressJob(profile, chosen.icc, inks, book.title, book.version, font)
    made = press_files(pages.pdf, press)
    errors = [problem for problem in made.problems if problem.severity is Severity.ERROR]
    if errors:
        raise BookletError(errors)
    files = []
    for part, content in made.files.items():
        found = (*made.problems, *preflight(content, profile.for_part(part)))
        count = {"cover": 2, "inner": pages.page_count - 4}.get(part, pages.page_count)
        name = profile.file_name(job.stem, part)
        files.append(Artifact(name, Format.PRESS, content, count, 0.0, found))
    seconds = time.perf_counter() - started
    return [replace(file, seconds=seconds / len(files)) for file in files]


def _office(job: EditionJob, _: Book, pages: Typeset) -> list[Artifact]:
    started = time.perf_counter()
    profile = job.profiles[PrintUse.OFFICE].profile
    content = office_file(pages.pdf, profile)
    found = tuple(preflight(content, profile))
    sides = -(-pages.page_count // PAGES_OF_A_SHEET) * 2
    name = profile.file_name(job.stem, "office")
    seconds = time.perf_counter() - started
    return [Artifact(name, Format.OFFICE, content, sides, seconds, found)]

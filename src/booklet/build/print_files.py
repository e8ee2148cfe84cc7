"""Laid-out pages and print profiles go in; press and office files with their faults come out.

The part of the pipeline that is about print; like it, it may import every room.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from booklet.build.workers import Aside
from booklet.content.print_profiles import load_print_profile
from booklet.diagnostics import BookletError, Problem, Severity
from booklet.model.book import Book
from booklet.model.print_profile import PagesRule, PrintProfile, PrintUse
from booklet.model.publication import Format

Tell = Callable[[str], None]

DEFAULT_PROFILES = {PrintUse.PRESS: "saddle-stitch", PrintUse.OFFICE: "office-a4-duplex"}
PAGES_OF_A_SHEET = 4
_USES = {Format.PRESS: PrintUse.PRESS, Format.OFFICE: PrintUse.OFFICE}


@dataclass(frozen=True, slots=True)
class ChosenProfile:
    """A print profile that a build uses, by the name of its file, with the shop's ICC profile."""

    name: str
    profile: PrintProfile
    icc: bytes


Chosen = dict[PrintUse, ChosenProfile]


@dataclass(frozen=True, slots=True)
class PrintFile:
    """One file for a printer.

    Attributes:
        name: Its name in the output folder.
        format: press or office.
        content: Its bytes.
        pages: Its pages: of the booklet, or sides of sheets.
        seconds: Wall time spent on it.
        problems: What preflight found in it.
    """

    name: str
    format: Format
    content: bytes
    pages: int
    seconds: float
    problems: tuple[Problem, ...]


def choose_profiles(project: Path, names: Sequence[str] = ()) -> Chosen:
    """Read the print profiles of a build: one for the press, one for the office.

    Args:
        project: The project's folder.
        names: The profiles asked for; for a use that none of them is for, the default one is taken.

    Raises:
        BookletError: A profile is missing or wrong, or two are for the same use.
    """
    chosen: Chosen = {}
    problems: list[Problem] = []
    for name in names:
        try:
            profile, icc = load_print_profile(project, name)
        except BookletError as error:
            problems += error.problems
            continue
        if profile.use in chosen:
            other = chosen[profile.use].name
            message = f"{other} and {name} are both for {profile.use.value}"
            problems.append(Problem("profile-twice", message, None, "build one after the other"))
        chosen[profile.use] = ChosenProfile(name, profile, icc)
    if problems:
        raise BookletError(problems)
    for use, name in DEFAULT_PROFILES.items():
        if use not in chosen:
            chosen[use] = ChosenProfile(name, *load_print_profile(project, name))
    return chosen


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One booklet that is to be printed.

    Attributes:
        project: The project's folder; its palette is used.
        book: What it is about.
        stem: What its files are called, without format and ending.
        font: The font file for what is lettered outside the pages.
        formats: Which of press and office to make; others are left alone.
        chosen: The profiles.
    """

    project: Path
    book: Book
    stem: str
    font: Path
    formats: Sequence[Format]
    chosen: Chosen

    @property
    def uses(self) -> list[PrintUse]:
        """Return what files are made for."""
        return [use for format_, use in _USES.items() if format_ in self.formats]


class Printing:
    """The press and office files of one booklet on their way, beside the rest of the build."""

    def __init__(self, job: PrintJob) -> None:
        """Load what finishing needs, while the pages are laid out."""
        self._job = job
        self._aside: Aside[tuple[bytes, int], list[PrintFile]] = Aside(
            lambda pages: _print_files(job, *pages), _load
        )

    def begin(self, pdf: bytes, page_count: int, tell: Tell) -> Problem:
        """Hand over the laid-out pages.

        Args:
            pdf: The file, with bleed.
            page_count: Its pages.
            tell: Is told what begins.

        Returns:
            A note about pages and sheets.

        Raises:
            BookletError: The booklet cannot be bound: too many pages, or too few.
        """
        for use in self._job.uses:
            problems = page_count_problems(page_count, self._job.chosen[use].profile.pages)
            if problems:
                raise BookletError(problems)
            tell(f"{self._job.book.title}: finishing the {use.value} file")
        self._aside.give((pdf, page_count))
        return page_plan(self._job, page_count)

    def files(self) -> list[PrintFile]:
        """Wait for the files, each with what preflight found.

        Raises:
            BookletError: The booklet cannot go to press: a colour has no inks.
        """
        return self._aside.result()


def page_plan(job: PrintJob, page_count: int) -> Problem:
    """Return a note that says how many pages and sheets there are, and what slack is left.

    Slack is what fills the last sheet: blank pages that nobody planned; and the room up to the most
    pages that can be bound.
    """
    sheets = -(-page_count // PAGES_OF_A_SHEET)
    blank = sheets * PAGES_OF_A_SHEET - page_count
    rule = job.chosen[job.uses[0]].profile.pages
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


def _load() -> None:
    """Import what finishing needs."""


def _print_files(job: PrintJob, pdf: bytes, page_count: int) -> list[PrintFile]:
    files: list[PrintFile] = []
    for use in job.uses:
        make = _press if use is PrintUse.PRESS else _office
        files += make(job, pdf, page_count)
    return files


def _press(job: PrintJob, pdf: bytes, page_count: int) -> list[PrintFile]:
    from booklet.checks.preflight.preflight import preflight
    from booklet.html.theme import find_theme
    from booklet.pdf.press import PressJob, press_files

    started = time.perf_counter()
    chosen, book = job.chosen[PrintUse.PRESS], job.book
    profile, inks = chosen.profile, find_theme(job.project).inks(book.edition.value)
    made = press_files(pdf, PressJob(profile, chosen.icc, inks, book.title, book.version, job.font))
    errors = [problem for problem in made.problems if problem.severity is Severity.ERROR]
    if errors:
        raise BookletError(errors)
    files = []
    for part, content in made.files.items():
        found = [*made.problems, *preflight(content, profile.for_part(part))]
        pages = {"cover": 2, "inner": page_count - 4}.get(part, page_count)
        name = profile.file_name(job.stem, part)
        files.append(PrintFile(name, Format.PRESS, content, pages, 0.0, tuple(found)))
    seconds = time.perf_counter() - started
    return [replace(file, seconds=seconds / len(files)) for file in files]


def _office(job: PrintJob, pdf: bytes, page_count: int) -> list[PrintFile]:
    from booklet.checks.preflight.preflight import preflight
    from booklet.pdf.office import office_file

    started = time.perf_counter()
    profile = job.chosen[PrintUse.OFFICE].profile
    content = office_file(pdf, profile)
    found = preflight(content, profile)
    sides = -(-page_count // PAGES_OF_A_SHEET) * 2
    seconds = time.perf_counter() - started
    name = profile.file_name(job.stem, "office")
    return [PrintFile(name, Format.OFFICE, content, sides, seconds, tuple(found))]

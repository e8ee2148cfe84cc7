"""HTML and confirmed readings go in; HTML with furigana, and what to confirm, come out."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from booklet.assembly.book import assemble
from booklet.build.project import open_project, read_guides
from booklet.build.wiring import writing
from booklet.content.furigana_list import READINGS_FILE
from booklet.diagnostics import BookletError, Location, Problem, Severity
from booklet.html.rendering import print_html
from booklet.model.book import Book
from booklet.model.choices import EditionStatus
from booklet.model.edition import Edition, FuriganaUse
from booklet.typography.furigana import Guess, ReadingsMissingError
from booklet.typography.reading_markup import add_readings
from booklet.typography.ruby import ruby_for_print, ruby_for_readers


def with_readings(
    book: Book, markups: Sequence[str], confirmed: Mapping[str, str], medium: str
) -> tuple[list[str], list[Guess]]:
    """Return the documents of a furigana edition; those of another edition stay as they are.

    Args:
        book: The book.
        markups: HTML documents.
        confirmed: Readings a person has confirmed, by word.
        medium: `print` or `epub`.

    Returns:
        The documents, and the readings to confirm, each once, doubtful ones first.

    Raises:
        BookletError: The dictionary is not installed.
    """
    if book.edition is not Edition.FURIGANA:
        return list(markups), []
    annotate = ruby_for_print if medium == "print" else ruby_for_readers
    # In print the laid-out pages decide where a word stands first (hide_repeated_readings).
    once = medium == "epub" and book.publication.edition_settings.furigana is FuriganaUse.ONCE
    try:
        found = [add_readings(markup, confirmed, annotate, once=once) for markup in markups]
    except ReadingsMissingError as error:
        raise BookletError(
            [
                Problem(
                    "readings-dictionary",
                    f"the furigana edition needs SudachiPy and its dictionary: {error}",
                    None,
                    "pip install 'booklet[furigana]'",
                )
            ]
        ) from error
    return [one.markup for one in found], unconfirmed(g for one in found for g in one.guesses)


def unconfirmed(guesses: Iterable[Guess]) -> list[Guess]:
    """Return each reading once, with its first context; doubtful ones first."""
    found: dict[tuple[str, str, str], Guess] = {}
    for guess in guesses:
        found.setdefault((guess.word, guess.reading, guess.doubt), guess)
    return sorted(found.values(), key=lambda one: not one.doubt)


def reading_problems(book: Book, readings: Sequence[Guess]) -> list[Problem]:
    """Return what a build says about readings nobody has confirmed.

    Args:
        book: The book.
        readings: What has to be confirmed.

    Returns:
        For a release an error each: nothing unconfirmed is handed out. For a draft a note for each
        doubtful one, and one for all others together.
    """
    place = Location(READINGS_FILE)
    released = book.guide.provenance.edition.status is EditionStatus.RELEASED
    problems = [
        Problem(
            "reading-unconfirmed",
            f"nobody has confirmed that {one.word} is read {one.reading}"
            f" in …{one.context}…" + (f" ({one.doubt})" if one.doubt else ""),
            place,
            f"{one.word}: {one.reading}",
            Severity.ERROR if released else Severity.NOTE,
        )
        for one in readings
        if released or one.doubt
    ]
    clear = sum(not one.doubt for one in readings)
    if clear and not released:
        problems.append(
            Problem(
                "reading-unconfirmed",
                f"{clear} more readings are clear, but nobody has confirmed them",
                place,
                "booklet readings lists them",
                Severity.NOTE,
            )
        )
    return problems


def readings_to_confirm(readings: Sequence[Guess]) -> str:
    """Return the lines a person checks and adds to `content/readings.yaml`."""
    return "".join(
        f"{one.word}: {one.reading}  # "
        + (f"{one.doubt}: " if one.doubt else "")
        + f"{one.context}\n"
        for one in readings
    )


def unconfirmed_readings(root: Path, slugs: Sequence[str] = ()) -> str:
    """Return the readings nobody has confirmed, as lines for `content/readings.yaml`.

    Args:
        root: The folder that holds `content/`.
        slugs: The guides to look at; none means all that the publication lists.

    Raises:
        BookletError: The content is wrong, or the dictionary is not installed.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    project = open_project(root, slugs)
    guesses: list[Guess] = []
    faults: list[Problem] = []
    for one in read_guides(project):
        if one.guide is None:
            faults += one.problems
            continue
        book = assemble(one.guide, project.publication, Edition.FURIGANA)
        markup = print_html(book, project.theme, writing())
        guesses += with_readings(book, [markup], project.furigana, "print")[1]
    if faults:
        raise BookletError(faults)
    return readings_to_confirm(unconfirmed(guesses))

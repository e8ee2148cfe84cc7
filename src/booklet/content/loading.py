"""A project folder goes in; its publication and guides come out, or all their problems at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from booklet.content.reading import Document, read_yaml
from booklet.content.validation import validate
from booklet.content.words import check_dates, check_pictures, check_references, check_words
from booklet.diagnostics import BookletError, Location, Problem, Severity
from booklet.model.guide import Guide
from booklet.model.publication import Publication

PUBLICATION_FILE = "content/booklet.yaml"


def load_publication(
    project: Path, can_draw: Callable[[str], bool]
) -> tuple[Publication, list[Problem]]:
    """Read `content/booklet.yaml`.

    Args:
        project: The project's folder.
        can_draw: Whether the embedded font has a character.

    Returns:
        The publication, and what its author should know though it can be built.

    Raises:
        BookletError: It is missing or wrong, or it lists a guide that is not there.
    """
    document = _read(project, PUBLICATION_FILE)
    problems = [*document.problems]
    publication, found = validate(document, Publication, "ja")
    problems += found + check_words(document, can_draw)
    if publication is not None:
        problems += _guide_list_problems(project, document, publication)
    if publication is None or problems:
        raise BookletError(problems)
    return publication, []


def load_guide(
    project: Path, slug: str, language: str, can_draw: Callable[[str], bool]
) -> tuple[Guide, list[Problem]]:
    """Read one guide.

    Args:
        project: The project's folder.
        slug: The name of the guide's file, without its ending.
        language: Which language to take where a text is given in several.
        can_draw: Whether the embedded font has a character.

    Returns:
        The guide, and what its author should know though it can be built.

    Raises:
        BookletError: It is missing or wrong: every problem of the file at once.
    """
    document = _read(project, guide_file(slug))
    problems = [*document.problems]
    guide, found = validate(document, Guide, language)
    problems += found + check_words(document, can_draw)
    problems += check_references(document) + check_pictures(document, project / "content")
    if guide is not None:
        problems += check_dates(document, guide)
        if guide.slug != slug:
            problems.append(
                Problem(
                    "slug-file",
                    f"slug is {guide.slug}, but the file is called {slug}.yaml",
                    document.span(("slug",)).where,
                    f"slug: {slug}",
                )
            )
    if guide is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    return guide, problems


def guide_file(slug: str) -> str:
    """Return where the guide called `slug` stands, from the project's folder."""
    return f"content/guides/{slug}.yaml"


def guides_present(project: Path) -> list[str]:
    """Return the names of the guides that have a file, in alphabetical order."""
    return sorted(path.stem for path in (project / "content" / "guides").glob("*.yaml"))


def _guide_list_problems(
    project: Path, document: Document, publication: Publication
) -> Sequence[Problem]:
    problems = []
    seen: set[str] = set()
    present = guides_present(project)
    for index, entry in enumerate(publication.guides):
        where = document.span(("guides", index, "slug")).where
        if entry.slug not in present:
            problems.append(
                Problem(
                    "guide-missing",
                    f"{guide_file(entry.slug)} is listed here but there is no such file",
                    where,
                    "one of " + ", ".join(present) if present else "write the guide first",
                )
            )
        if entry.slug in seen:
            problems.append(
                Problem(
                    "guide-twice", f"{entry.slug} is listed twice", where, "remove one of the two"
                )
            )
        seen.add(entry.slug)
    return problems


def _read(project: Path, name: str) -> Document:
    try:
        content = (project / name).read_bytes()
    except FileNotFoundError:
        raise BookletError(
            [
                Problem(
                    "file-missing",
                    "there is no such file",
                    Location(name),
                    "run booklet in the folder that holds content/, or name it with --project",
                )
            ]
        ) from None
    except OSError as error:
        raise BookletError(
            [
                Problem(
                    "file-unreadable",
                    f"the file cannot be read: {error.strerror}",
                    Location(name),
                    "check that it is a file and that you may read it",
                )
            ]
        ) from None
    return read_yaml(name, content)

"""A project folder goes in; its publication and guides come out, or all their problems at once."""

from collections.abc import Callable
from pathlib import Path

from booklet.content.file_names import guide_names, meant_file
from booklet.content.leniency import accept
from booklet.content.pictures import check_pictures
from booklet.content.validation import validate
from booklet.content.wording import nearest
from booklet.content.words import check_dates, check_references, check_words
from booklet.content.yaml_reader import Document, read_yaml
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
    document.value = accept(document.value, Publication)
    publication, found = validate(document, Publication, _language(document))
    problems += found + check_words(document, can_draw) + check_references(document)
    problems += _guide_list_problems(project, document)
    if publication is None or any(one.severity is Severity.ERROR for one in problems):
        raise BookletError(problems)
    return publication, problems


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
    document.value = accept(document.value, Guide, project / "content")
    guide, found = validate(document, Guide, language)
    problems += found + check_words(document, can_draw)
    problems += check_references(document) + check_pictures(document, project / "content")
    problems += _slug_problems(document, slug)
    if guide is not None:
        problems += check_dates(document, guide)
    if guide is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    return guide, problems


def guide_file(slug: str) -> str:
    """Return where the guide called `slug` stands, from the project's folder."""
    return f"content/guides/{slug}.yaml"


def guides_present(project: Path) -> list[str]:
    """Return the names of the guides that have a file, in alphabetical order."""
    return guide_names(path.name for path in (project / "content" / "guides").glob("*"))


def _language(document: Document) -> str:
    """Return the language a publication says it is in, before anything else in it is understood."""
    language = document.value.get("language") if isinstance(document.value, dict) else None
    return language if isinstance(language, str) else "ja"


def _slug_problems(document: Document, slug: str) -> list[Problem]:
    given = document.value.get("slug") if isinstance(document.value, dict) else slug
    if not isinstance(given, str) or given == slug:
        return []
    return [
        Problem(
            "slug-file",
            f"slug is {given}, but the file is called {slug}.yaml",
            document.span(("slug",)).where,
            f"slug: {slug}",
        )
    ]


def _guide_list_problems(project: Path, document: Document) -> list[Problem]:
    """Look at what is written, not at the model, to speak also when the model does not fit."""
    entries = document.value.get("guides") if isinstance(document.value, dict) else None
    problems = []
    seen: set[str] = set()
    present = guides_present(project)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        slug = entry.get("slug") if isinstance(entry, dict) else None
        if not isinstance(slug, str):
            continue
        where = document.span(("guides", index, "slug")).where
        if slug in seen:
            problems.append(
                Problem("guide-twice", f"{slug} is listed twice", where, "remove one of the two")
            )
        elif slug not in present:
            problems.append(
                Problem(
                    "guide-missing",
                    f"{guide_file(slug)} is listed here but there is no such file",
                    where,
                    nearest(slug, present) or f"write {guide_file(slug)} first",
                )
            )
        seen.add(slug)
    return problems


def _read(project: Path, name: str) -> Document:
    name = meant_file(project, name)
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

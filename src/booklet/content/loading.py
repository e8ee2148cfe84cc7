"""A project folder goes in; its publication and guides come out, or all their problems at once."""

import re
from collections.abc import Callable
from pathlib import Path

from booklet.content.file_names import guide_names, meant_file
from booklet.content.leniency import accept
from booklet.content.normalising import in_plain_fields, normalise
from booklet.content.pictures import PictureBoxes, check_pictures
from booklet.content.validation import validate
from booklet.content.wording import nearest
from booklet.content.words import check_dates, check_references, check_words
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError, Location, Problem, Severity
from booklet.model.guide import Guide
from booklet.model.publication import Publication

PUBLICATION_FILE = "content/booklet.yaml"
# What `booklet fix` mends and normalising takes as it is meant, with a note.
_NORMALISED = ("text-half-width", "text-decomposed")
# What a publication says of its language, before it is read: mistakes are told in it.
_LANGUAGE = re.compile(rb"^language:\s*([A-Za-z]{2,3})\b", re.MULTILINE)


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
    source = read_source(project, PUBLICATION_FILE)
    stated = _LANGUAGE.search(source)
    document = read_yaml(PUBLICATION_FILE, source, stated[1].decode() if stated else "ja")
    problems = [one for one in document.problems if one.code not in _NORMALISED]
    problems += normalise(document)
    document.value = accept(document.value, Publication)
    # The marks are checked as they are written, and taken out of titles before the model has them.
    words = check_words(document, can_draw) + check_references(document)
    words += in_plain_fields(document)
    publication, found = validate(document, Publication, _language(document))
    problems += found + words
    problems += _guide_list_problems(project, document)
    if publication is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    return publication, problems


def load_guide(
    project: Path,
    slug: str,
    language: str,
    can_draw: Callable[[str], bool],
    *,
    source: bytes | None = None,
    boxes: PictureBoxes | None = None,
) -> tuple[Guide, list[Problem]]:
    """Read one guide.

    Args:
        project: The project's folder.
        slug: The name of the guide's file, without its ending.
        language: Which language to take where a text is given in several.
        can_draw: Whether the embedded font has a character.
        source: The bytes of its file, where they have been read already.
        boxes: The places of pictures in print, to tell which have too few pixels.

    Returns:
        The guide, and what its author should know though it can be built.

    Raises:
        BookletError: It is missing or wrong: every problem of the file at once.
    """
    name = guide_file(slug)
    document = read_yaml(name, read_source(project, name) if source is None else source, language)
    problems = [one for one in document.problems if one.code not in _NORMALISED]
    problems += normalise(document)
    document.value = accept(document.value, Guide, project / "content")
    # The marks are checked as they are written, and taken out of titles before the model has them.
    words = check_words(document, can_draw) + check_references(document)
    words += in_plain_fields(document)
    guide, found = validate(document, Guide, language)
    problems += found + words + check_pictures(document, project / "content", boxes)
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


def read_source(project: Path, name: str) -> bytes:
    """Return the bytes of an author's file.

    Args:
        project: The project's folder.
        name: The file, from there; `.yml` is found, too.

    Raises:
        BookletError: It is missing, or cannot be read.
    """
    name = meant_file(project, name)
    try:
        return (project / name).read_bytes()
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

"""A guide's texts go in; problems with characters, marks, references and pictures come out."""

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any

from booklet.content.reading import Document, Path
from booklet.diagnostics import Location, Problem, Severity
from booklet.model.guide import Guide
from booklet.model.inline import Reference, Unknown, parse_inline

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg")
_FIRST_BYTES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
# Fields that are never set in type, so a font need not have their characters.
_NOT_PRINTED = {"file", "url", "mail", "id", "slug", "source", "where"}


def check_words(document: Document, can_draw: Callable[[str], bool]) -> list[Problem]:
    """Check every text of a document, character by character.

    Args:
        document: A guide or a publication, read.
        can_draw: Whether the embedded font has a character.

    Returns:
        A problem for each character the font cannot draw and for each mark nobody understands.
    """
    problems: list[Problem] = []
    for path, text in _texts(document.value, ()):
        if path and path[-1] in _NOT_PRINTED:
            continue
        for character in dict.fromkeys(text):
            if character != "\n" and not can_draw(character):
                problems.append(_undrawable(document, path, character))
        for token in parse_inline(text):
            if isinstance(token, Unknown):
                problems.append(
                    Problem(
                        "unknown-mark",
                        f"{token.text} is not a mark",
                        document.find(path, token.text),
                        "write {→faq} for a cross reference, or {{ and }} to show braces",
                    )
                )
    return problems


def check_references(document: Document) -> list[Problem]:
    """Return a problem for each cross reference, source or section name that is not clear.

    It looks at what is written, not at the model, so that it also speaks when the model does not
    fit.
    """
    names = _section_names(document)
    problems = [
        Problem(
            "section-twice",
            f"there are two sections called {name}",
            document.span(("sections", index)).where,
            "give one of them an id of its own, or join them",
        )
        for index, name in names.items()
        if name in [other for before, other in names.items() if before < index]
    ]
    targets = sorted(
        {name for index, name in names.items() if "status" not in document.value["sections"][index]}
    )
    provenance = _mapping(_mapping(document.value).get("provenance"))
    sources = sorted(
        str(source["id"]) for source in _list(provenance.get("sources")) if "id" in _mapping(source)
    )
    for path, text in _texts(document.value, ()):
        seen: dict[str, int] = {}
        for token in parse_inline(text):
            if isinstance(token, Reference) and token.target not in targets:
                occurrence = seen.get(token.target, 0)
                seen[token.target] = occurrence + 1
                problems.append(
                    Problem(
                        "reference-target",
                        f"there is no section called {token.target} to refer to",
                        document.find(path, token.target, occurrence),
                        "one of " + ", ".join(targets),
                    )
                )
        if path[-2:] == ("evidence", "source") and text not in sources:
            problems.append(
                Problem(
                    "reference-source",
                    f"there is no source called {text} under provenance.sources",
                    document.span(path).where,
                    "one of " + ", ".join(sources) if sources else "add it there",
                )
            )
    return problems


def _section_names(document: Document) -> dict[int, str]:
    """Return what each section is called, by its index: its id, or its kind with hyphens."""
    names = {}
    for index, section in enumerate(_list(_mapping(document.value).get("sections"))):
        name = _mapping(section).get("id") or _mapping(section).get("kind")
        if isinstance(name, str):
            names[index] = name.replace("_", "-")
    return names


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def check_pictures(document: Document, content_folder: FilePath) -> list[Problem]:
    """Return a problem for each picture that is missing, foreign or outside the content folder."""
    problems = []
    for path, name in _texts(document.value, ()):
        if path and path[-1] == "file" and (problem := _picture_problem(name, content_folder)):
            code, message, hint = problem
            problems.append(Problem(code, message, document.span(path).where, hint))
    return problems


def check_dates(document: Document, guide: Guide) -> list[Problem]:
    """Return a warning for each date that says the content may be out of date.

    The guide is compared with its own dates, not with today's: a build has to give the same files
    every day.
    """
    provenance = guide.provenance
    problems = []
    for index, watch in enumerate(provenance.watch):
        if provenance.checked_on and provenance.checked_on < watch.date <= provenance.revised_on:
            problems.append(
                Problem(
                    "watched-date",
                    f"{watch.topic} changed on {watch.date}, after the last check",
                    document.span(("provenance", "watch", index)).where,
                    "check the text against it and set checked_on",
                    Severity.WARNING,
                )
            )
    return problems


def _picture_problem(name: str, content_folder: FilePath) -> tuple[str, str, str] | None:
    ending = FilePath(name).suffix.lower()
    if ending not in PICTURE_ENDINGS:
        return "picture-kind", f"{name} is not a PNG or JPEG file", "save it as .png or .jpg"
    root = content_folder.resolve()
    picture = FilePath(os.path.realpath(content_folder / name))
    if not picture.is_relative_to(root):
        return (
            "picture-outside",
            f"{name} lies outside the content folder",
            "copy it into content/images",
        )
    if not picture.is_file():
        return (
            "picture-missing",
            f"there is no picture {name} in the content folder",
            _nearby(picture),
        )
    with picture.open("rb") as stream:
        if not stream.read(8).startswith(_FIRST_BYTES[ending]):
            return "picture-kind", f"{name} is not the kind its ending says", "save it again"
    return None


def _nearby(picture: FilePath) -> str:
    names = sorted(path.name for path in picture.parent.glob("*") if path.suffix in PICTURE_ENDINGS)
    return "one of " + ", ".join(names[:8]) if names else "put it there, or remove the field"


def _undrawable(document: Document, path: Path, character: str) -> Problem:
    name = unicodedata.name(character, "a character without a name").lower()
    return Problem(
        "font-character",
        f"the font cannot draw {character} (U+{ord(character):04X}, {name})",
        document.find(path, character),
        "use an icon name or another character",
    )


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(item, Location):
                yield from _texts(item, (*path, key))

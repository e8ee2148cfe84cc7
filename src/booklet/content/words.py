"""A guide's texts go in; problems with characters, marks, references and dates come out."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from booklet.content.characters import character_problems
from booklet.content.structure import place_of
from booklet.content.wording import nearest, shown
from booklet.content.yaml_reader import Document, Path
from booklet.diagnostics import Location, Problem, Severity
from booklet.model.guide import Guide
from booklet.model.inline import MARK, Reference, Ruby, Token, Unknown, parse_inline

# Fields that are never set in type, so a font need not have their characters.
_NOT_PRINTED = {"file", "id", "slug", "source"}
_KANA = re.compile("[ぁ-ゖァ-ヺー・ゝゞヽヾ゛゜]+")
# Fields in which a brace is a brace.
_MOST_MARKS = 2000
_WITHOUT_MARKS = {"url", "mail"}


def check_words(document: Document, can_draw: Callable[[str], bool]) -> list[Problem]:
    """Check every text of a document, character by character.

    Args:
        document: A guide or a publication, read.
        can_draw: Whether the embedded font has a character, or a character and its selector.

    Returns:
        A problem for each character that cannot be set and for each mark nobody understands.
    """
    problems: list[Problem] = []
    for path, text in texts(document.value, ()):
        field = next((step for step in reversed(path) if isinstance(step, str)), "")
        if field in _NOT_PRINTED:
            continue
        problems += character_problems(document, path, text, can_draw)
        if text.count("{") > _MOST_MARKS:
            problems.append(_too_many_marks(document, path))
        elif field not in _WITHOUT_MARKS:
            for token, where in _marks(document, path, text):
                if isinstance(token, Unknown):
                    problems.append(_unknown_mark(token, where))
                elif isinstance(token, Ruby):
                    problems += _ruby_problems(token, where)
    return problems


def _too_many_marks(document: Document, path: Path) -> Problem:
    return Problem(
        "mark-count",
        f"this text has more than {_MOST_MARKS} braces",
        document.span(path).where,
        "write them without braces, or part the text",
    )


def _unknown_mark(mark: Unknown, where: Location) -> Problem:
    return Problem(
        "unknown-mark",
        f"{shown(mark.text)} is not a mark",
        where,
        "write {→faq} for a cross reference, or {{ and }} to show braces",
    )


def _ruby_problems(ruby: Ruby, where: Location) -> list[Problem]:
    """Return what is wrong with a word and its reading: it has to cover the word, in kana."""
    base, readings = ruby.base, ruby.readings
    written = shown("{" + "|".join((base, *readings)) + "}")
    if not base or not all(readings):
        return [
            Problem(
                "ruby-empty",
                f"{written} lacks a word or a reading",
                where,
                "write the word, a bar and its reading: {伴走者|ばんそうしゃ}",
            )
        ]
    if len(readings) not in (1, len(base)):
        return [
            Problem(
                "ruby-count",
                f"{written} has {len(readings)} readings for {len(base)} characters",
                where,
                "write one reading for the whole word, or one for each character",
            )
        ]
    if not _KANA.fullmatch("".join(readings)):
        return [
            Problem(
                "ruby-kana",
                f"the reading in {written} is not in kana",
                where,
                "write the reading in hiragana or katakana",
            )
        ]
    return []


def check_references(document: Document) -> list[Problem]:
    """Return a problem for each cross reference, source or section name that is not clear.

    It looks at what is written, not at the model, so that it also speaks when the model does not
    fit.
    """
    names = _section_names(document)
    sources = _source_names(document)
    problems = [
        Problem(
            "section-twice",
            f"there are two sections called {name}",
            document.span(("sections", index)).where,
            "give one of them an id of its own, or join them",
        )
        for index, name in _repeated(names)
    ]
    problems += [
        Problem(
            "source-twice",
            f"there are two sources called {name}",
            document.span(("provenance", "sources", index, "id")).where,
            "give one of them another id",
        )
        for index, name in _repeated(sources)
    ]
    absent = {
        name for index, name in names.items() if "status" in document.value["sections"][index]
    }
    targets = sorted(set(names.values()) - absent)
    for path, text in texts(document.value, ()):
        few = text.count("{") <= _MOST_MARKS
        for token, where in _marks(document, path, text) if few else ():
            if isinstance(token, Reference) and token.target not in targets:
                problems.append(_broken_reference(token.target, where, targets, absent))
        if path[-2:] == ("evidence", "source") and text not in sources.values():
            problems.append(
                Problem(
                    "reference-source",
                    f"there is no source called {shown(text)} under provenance.sources",
                    document.span(path).where,
                    nearest(text, sorted(sources.values())) or f"add  - id: {shown(text)}  there",
                )
            )
    return problems


def _broken_reference(
    target: str, where: Location, targets: list[str], absent: set[str]
) -> Problem:
    message = f"there is no section called {shown(target)} to refer to"
    if target in absent:
        message = f"the section {target} is declared empty, so nothing can refer to it"
    hint = nearest(target, targets) or "write it in words, without braces"
    return Problem("reference-target", message, where, hint)


def _marks(document: Document, path: Path, text: str) -> Iterator[tuple[Token, Location]]:
    """Return the marks of a text with their places.

    A mark stands in the file as it stands in the text, unless quotes and escapes hide it; then the
    place of the whole text has to do.
    """
    span = document.span(path)
    in_file = list(MARK.finditer(document.text, span.start, span.end))
    in_text = list(MARK.finditer(text))
    found = [mark[0] for mark in in_file] == [mark[0] for mark in in_text]
    for index, mark in enumerate(in_text):
        where = span.where
        if found:
            where = place_of(document.file, document.text, in_file[index].start())
        yield parse_inline(mark[0])[0], where


def _repeated(names: dict[int, str]) -> list[tuple[int, str]]:
    """Return those of `names` that an earlier one has used up, with their index."""
    first: dict[str, int] = {}
    return [
        (index, name) for index, name in names.items() if first.setdefault(name, index) != index
    ]


def _source_names(document: Document) -> dict[int, str]:
    """Return the id of each source, by its index."""
    provenance = _mapping(_mapping(document.value).get("provenance"))
    names = {}
    for index, source in enumerate(_list(provenance.get("sources"))):
        if isinstance(name := _mapping(source).get("id"), str):
            names[index] = name
    return names


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


def texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Return every text in `value`, with its path from `path` on."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(item, Location):
                yield from texts(item, (*path, key))


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

"""Guides go in, a workbook comes out; and back. A list of occupations becomes first drafts."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.build.starting import list_guide, project_language
from booklet.content.file_names import meant_file
from booklet.content.leniency import accept
from booklet.content.loading import PUBLICATION_FILE, guide_file, guides_present
from booklet.content.occupation_list import read_occupations
from booklet.content.sheet_reader import SheetGuide, read_workbook
from booklet.content.sheet_writer import cells_too_long, workbook
from booklet.content.starter_files import guide_file_text
from booklet.content.validation import validate
from booklet.content.words import check_references
from booklet.content.yaml_reader import Document, read_yaml
from booklet.content.yaml_writer import guide_text, updated_text
from booklet.diagnostics import BookletError, Location, Problem, Severity
from booklet.model.guide import Guide
from booklet.model.sentences import told

LARGEST_FILE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did with one guide.

    Attributes:
        file: The guide's file.
        state: new, changed or same.
        listed: Whether booklet.yaml lists it now.
    """

    file: str
    state: str
    listed: bool


def export_sheet(project: Path, slugs: Sequence[str], file: Path) -> list[str]:
    """Write guides into a workbook.

    Args:
        project: The project's folder.
        slugs: The guides; none means all that are in the folder.
        file: The XLSX file to write.

    Returns:
        The slugs of the guides that were written.

    Raises:
        BookletError: A guide is not there or not right, or the file cannot be written.
    """
    language = project_language(project)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for slug in slugs or guides_present(project):
        document = _read(project, guide_file(slug), language)
        value = accept(document.value, Guide)
        document.value = value
        found = [*document.problems, *validate(document, Guide, _language(project))[1]]
        problems += [one for one in found if one.severity is Severity.ERROR]
        values[slug] = _plain(value)
    if problems:
        raise BookletError(problems)
    if long := cells_too_long(values):
        raise BookletError(
            told(language, "sheet-long", "", Location(guide_file(slug)), name=name)
            for slug, name in long
        )
    _write(file, workbook(values, language), language)
    return list(values)


def import_sheet(project: Path, file: Path) -> list[Imported]:
    """Write the guides of a workbook, or drafts for the occupations of a CSV list.

    Args:
        project: The project's folder.
        file: An XLSX file, or a CSV file with a head that names the column of occupations.

    Returns:
        What was done with each guide.

    Raises:
        BookletError: The file, or a guide in it, is not right: every problem with its sheet and
            cell. Nothing is written then.
    """
    language = project_language(project)
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise BookletError([told(language, "sheet-file", "large", Location(file.name))])
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BookletError(
            [told(language, "fix-unreadable", "", Location(str(file)), reason=reason)]
        ) from None
    if file.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _import_list(project, file.name, content, language)
    guides, problems = read_workbook(file.name, content, language)
    texts: dict[str, str] = {}
    for guide in guides:
        text, found = _guide_text(project, guide, language)
        problems += found
        texts[guide.slug] = text
    if problems or not texts:
        raise BookletError(problems or [told(language, "sheet-file", "empty", Location(file.name))])
    return [_imported(project, slug, text, language) for slug, text in texts.items()]


def _guide_text(project: Path, guide: SheetGuide, language: str) -> tuple[str, list[Problem]]:
    """Return the new text of a guide's file, and what is wrong with the guide in the workbook."""
    document = guide.document
    written = dict(document.value)
    document.value = accept({"slug": guide.slug, **written}, Guide)
    problems = validate(document, Guide, _language(project))[1] + check_references(document)
    told_at = guide.at_cells(problems)
    value = _in_order(document.value)
    file = meant_file(project, guide_file(guide.slug))
    if told_at or not (project / file).exists():
        return "" if told_at else guide_text(value), told_at
    old = _read(project, file, language)
    if any(problem.severity is Severity.ERROR for problem in old.problems):
        return "", list(old.problems)
    before = _plain(accept(old.value, Guide))
    if _same(before, value, _language(project)):
        return old.text, []
    return updated_text(old.text, before, value), []


def _same(before: Any, after: Any, language: str) -> bool:
    """Return whether two guides mean the same, whatever is written out in one of them."""
    try:
        one, other = (
            Guide.model_validate(value, context={"language": language}) for value in (before, after)
        )
    except ValueError:
        return False
    return before == after or (one == other and not _has_languages(before))


def _has_languages(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_languages, value))
    if isinstance(value, dict):
        return set(value) <= {"ja", "en"} or any(map(_has_languages, value.values()))
    return False


def _in_order(value: Any) -> Any:
    """Return the values of a guide in the order in which guides have them."""
    first = [name for name in Guide.model_fields if name in value]
    return {name: value[name] for name in [*first, *(key for key in value if key not in first)]}


def _imported(project: Path, slug: str, text: str, language: str) -> Imported:
    file = meant_file(project, guide_file(slug))
    path = project / file
    is_new = not path.exists()
    if not is_new and path.read_text("utf-8-sig").replace("\r\n", "\n") == text:
        return Imported(file, "same", True)
    _write(path, text.encode(), language)
    return Imported(file, "new" if is_new else "changed", list_guide(project, slug))


def _import_list(project: Path, name: str, content: bytes, language: str) -> list[Imported]:
    guides, problems = read_occupations(name, content, datetime.date.today(), language)
    there = set(guides_present(project))
    problems += [
        told(language, "list-row", "there", Location(name), shown=guide.slug)
        for guide in guides
        if guide.slug in there
    ]
    if problems or not guides:
        raise BookletError(problems or [told(language, "list-file", "head", Location(name))])
    return [_imported(project, one.slug, guide_file_text(one), language) for one in guides]


def _read(project: Path, name: str, language: str) -> Document:
    name = meant_file(project, name)
    try:
        return read_yaml(name, (project / name).read_bytes(), language)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BookletError(
            [told(language, "fix-unreadable", "", Location(name), reason=reason)]
        ) from None


def _language(project: Path) -> str:
    return project_language(project) if (project / PUBLICATION_FILE).exists() else "ja"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "where"}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _write(file: Path, content: bytes, language: str) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        where = Location(str(file))
        raise BookletError(
            [told(language, "folder-unwritable", "", where, reason=reason)]
        ) from None

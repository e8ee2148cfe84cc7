"""A guide goes in, a Word file to correct comes out; a corrected one goes in, its changes come out.

The numbers of a proof are those of the guide's texts in reading order, so a proof is read back
against the guide it was made from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.build.furigana import unconfirmed_readings
from booklet.build.project import UnknownGuideError
from booklet.build.starting import project_language
from booklet.content.field_words import field_words
from booklet.content.file_names import meant_file
from booklet.content.loading import guide_file
from booklet.content.words import texts
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError, Location, Severity
from booklet.ebook.proof import ProofParagraph, proof_docx, read_proof
from booklet.model.guide import KINDS
from booklet.model.languages import LANGUAGE_TAG, language_exists
from booklet.model.sentences import say, told

# Names, and words to choose from: they are shown to readers in other words.
_NOT_PROOFREAD = frozenset(
    (
        *("slug", "kind", "id", "file", "source", "status", "icon", "language", "unit", "pattern"),
        *("as_of", "confidence", "medium", "remote", "requirement", "typical", "inexperienced"),
    )
)
_NOT_PRINTED = ("provenance", "classification")


@dataclass(frozen=True, slots=True)
class Change:
    """What a colleague did to one text.

    Attributes:
        number: Its number in the proof.
        place: Where it stands in the guide.
        before: The text of the guide.
        after: The text of the proof; the same when there are only comments.
        comments: What was written in the margin, with its author.
    """

    number: int
    place: str
    before: str
    after: str
    comments: tuple[str, ...]


def make_proof(project: Path, slug: str, file: Path) -> int:
    """Write a guide as a Word file to correct.

    Args:
        project: The project's folder.
        slug: The guide.
        file: The DOCX file to write.

    Returns:
        How many paragraphs it has.

    Raises:
        BookletError: The guide is not there or is no YAML, or the file cannot be written.
    """
    language = project_language(project)
    document = _read(project, slug, language)
    paragraphs = list(_paragraphs(document, language))
    lists = {say(language, "proof.sources"): _sources(document)}
    if readings := _readings(project, slug):
        lists[say(language, "proof.readings")] = readings
    name = next((one.text for one in paragraphs), slug)
    title = say(language, "proof.title", name=name)
    content = proof_docx(title, say(language, "proof.intro"), paragraphs, lists)
    try:
        file.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        where = Location(str(file))
        raise BookletError(
            [told(language, "folder-unwritable", "", where, reason=reason)]
        ) from None
    return len(paragraphs)


def proof_changes(project: Path, slug: str, file: Path) -> list[Change]:
    """Return what was changed or commented in a proof that came back.

    Args:
        project: The project's folder.
        slug: The guide it was made from.
        file: The DOCX file.

    Raises:
        BookletError: The guide or the proof cannot be read.
    """
    language = project_language(project)
    before = {one.number: one for one in _paragraphs(_read(project, slug, language), language)}
    try:
        corrections = read_proof(file.read_bytes())
    except (OSError, ValueError) as error:
        reason = str(error)
        raise BookletError(
            [told(language, "proof-file", "", Location(str(file)), reason=reason)]
        ) from None
    changes = []
    for one in corrections:
        paragraph = before.get(one.number)
        old, place = (paragraph.text, paragraph.place) if paragraph else ("", "")
        if _same(old) != _same(one.text) or one.comments:
            changes.append(Change(one.number, place, old, one.text, one.comments))
    return changes


def _same(text: str) -> str:
    """Return what has to differ for a text to count as changed: not the breaks of its lines."""
    return re.sub(r"\s+", " ", text).strip()


def _paragraphs(document: Document, language: str) -> Iterator[ProofParagraph]:
    """Yield the texts a reader of the booklet sees, in the order of the guide."""
    number = 0
    heading_of = -1
    for path, text in texts(document.value, ()):
        names = [step for step in path if isinstance(step, str)]
        if LANGUAGE_TAG.match(names[-1]) and language_exists(names[-1]):
            tag = names.pop()  # a text in several languages is corrected in that of the booklet
            if tag != language:
                continue
        if names[0] in _NOT_PRINTED or names[-1] in _NOT_PROOFREAD or not text.strip():
            continue
        heading, kind = "", "guide"
        if path[0] == "sections" and len(path) > 1 and isinstance(path[1], int):
            section = document.value["sections"][path[1]]
            if "status" in section:
                continue
            kind = str(section.get("kind"))
            if path[1] != heading_of:
                heading_of = path[1]
                default = KINDS[kind].default_title if kind in KINDS else kind
                own = section.get("title", default)
                heading = own if isinstance(own, str) else default
            names = names[1:]
        number += 1
        where = document.span(path).where
        place = f"{where.file}:{where.line}"
        yield ProofParagraph(number, heading, _label(kind, tuple(names)), text.strip(), place)


def _label(kind: str, names: tuple[str, ...]) -> str:
    words = field_words()
    for chapter in (kind, "section", "picture", "evidence"):
        row = names if chapter == kind else names[-1:]
        if chapter in words and (found := words[chapter].fields.get(row)):
            return found.meaning
    return " › ".join(names)


def _sources(document: Document) -> list[str]:
    provenance: Any = document.value.get("provenance")
    found = provenance.get("sources") if isinstance(provenance, dict) else None
    lines = []
    for one in found if isinstance(found, list) else []:
        parts = [one.get(name) for name in ("title", "publisher", "url", "accessed_on")]
        lines.append("　".join(str(part) for part in parts if part))
    return lines


def _readings(project: Path, slug: str) -> list[str]:
    """Return the readings nobody has confirmed; none where there is no dictionary to guess them."""
    try:
        found = unconfirmed_readings(project, [slug])
    except (BookletError, UnknownGuideError):
        return []
    return [line for line in found.splitlines() if line.strip() and not line.startswith("#")]


def _read(project: Path, slug: str, language: str) -> Document:
    name = meant_file(project, guide_file(slug))
    try:
        document = read_yaml(name, (project / name).read_bytes(), language)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BookletError(
            [told(language, "fix-unreadable", "", Location(name), reason=reason)]
        ) from None
    errors = [one for one in document.problems if one.severity is Severity.ERROR]
    if errors or not isinstance(document.value, dict):
        raise BookletError(
            errors or [told(language, "fix-unreadable", "", Location(name), reason="YAML")]
        )
    return document

"""Tags and pages go in; content that is in no tag, in two, or means other characters comes out."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

from booklet.checks.reading_pdf.speech import Speech, letters
from booklet.checks.reading_pdf.structure import Mark
from booklet.diagnostics import Problem

_MOST_ENTRIES = 200_000
# Fewer letters of decoration that nobody hears are a folio, a version or an ornament.
_WORDS = 8
_PRIVATE = (("\ue000", "\uf8ff"), ("\U000f0000", "\U0010ffff"))


def check_content(document: Any, speech: Speech) -> Iterator[Problem]:
    """Check that all that is drawn is in one tag or is decoration (ISO 14289-1, 7.1 to 7.3, 7.21).

    Args:
        document: The open file.
        speech: Its tags and pages.

    Yields:
        A problem for each fault.
    """
    yield from _owned(document, speech)
    for number, page in enumerate(speech.pages, 1):
        if page.loose.paints:
            yield Problem("pdf-content", f"page {number} has content without a tag")
        for mark in sorted(page.twice):
            yield Problem("pdf-content", f"page {number} has two pieces of content {mark}")
    yield from _characters(speech)
    yield from _decoration(speech)


def _owned(document: Any, speech: Speech) -> Iterator[Problem]:
    owners: dict[Mark, tuple[int, int]] = {}
    for node in speech.structure.root.walk():
        for kid in node.kids:
            if not isinstance(kid, Mark):
                continue
            if kid in owners:
                yield Problem("pdf-content", f"content of page {kid.page + 1} is read out twice")
            owners[kid] = node.key
            if speech.content(kid) is None:
                message = f"a tag {node.kind} names content that is not on page {kid.page + 1}"
                yield Problem("pdf-content", message)
    tree = number_tree(document.Root.StructTreeRoot.get("/ParentTree"))
    for page, content in enumerate(speech.pages):
        listed = tree.get(int(document.pages[page].obj.get("/StructParents", -1)))
        known = list(listed) if isinstance(listed, Array) else []
        for number, marked in content.marks.items():
            owner = owners.get(Mark(page, number))
            if owner is not None and _key(known, number) != owner:
                message = f"page {page + 1} has content that does not know its tag"
                yield Problem("pdf-content", message)
            elif owner is None and marked.paints:
                yield Problem("pdf-content", f"page {page + 1} has content that is in no tag")


def _key(known: list[Any], number: int) -> tuple[int, ...] | None:
    entry = known[number] if number < len(known) else None
    return tuple(entry.objgen) if isinstance(entry, Dictionary) else None


def number_tree(tree: Any) -> dict[int, Any]:
    """Return the entries of a number tree (ISO 32000-1, 7.9.7); more than any file has are left."""
    found: dict[int, Any] = {}
    seen: set[tuple[int, int]] = set()
    waiting = [tree]
    while waiting and len(found) < _MOST_ENTRIES:
        node = waiting.pop()
        key = tuple(getattr(node, "objgen", (0, 0)))
        if not isinstance(node, Dictionary) or (key in seen and key != (0, 0)):
            continue
        seen.add(key)
        waiting += list(node.get("/Kids", Array()))[:_MOST_ENTRIES]
        entries = list(node.get("/Nums", Array()))
        found.update(
            (int(number), value) for number, value in zip(entries[::2], entries[1::2], strict=False)
        )
    return found


def _characters(speech: Speech) -> Iterator[Problem]:
    for number, page in enumerate(speech.pages, 1):
        for told, drawn in page.wrong.items():
            message = f"page {number} shows {drawn} and says that it is {told!a}"
            yield Problem("pdf-characters", message)
        for font in sorted(page.mute):
            message = f"page {number} has letters of {font} that do not say what they are"
            yield Problem("pdf-characters", message)
        text = "".join(mark.text for mark in page.marks.values())
        if any(map(_means_nothing, text)):
            message = f"page {number} has characters that mean nothing to a reader"
            yield Problem("pdf-characters", message)


def _means_nothing(character: str) -> bool:
    private = any(first <= character <= last for first, last in _PRIVATE)
    return private or character == "\ufffd" or (character < " " and character not in "\t\n\r")


def _decoration(speech: Speech) -> Iterator[Problem]:
    heard = letters(speech.said(speech.structure.root))
    heard += letters(speech.written(speech.structure.root))
    for number, page in enumerate(speech.pages, 1):
        for artifact in page.artifacts:
            words = letters(artifact.text)
            if len(words) >= _WORDS and words not in heard:
                message = f"page {number} has words that nobody hears: {artifact.text[:40]}"
                yield Problem("pdf-decoration", message)

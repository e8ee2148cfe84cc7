"""A text as typed goes in; the same text in the form in which everything is compared comes out."""

import re
import unicodedata
from typing import Any

from booklet.content.wording import shown
from booklet.content.yaml_reader import Document, Path
from booklet.diagnostics import Problem, Severity

_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
# Under NFC each of these becomes another ideograph: 神 of a name would lose its old form.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
# What a browser is asked by: draw the sign before as text, or as a coloured picture.
_PRESENTATION = re.compile("[\ufe0e\ufe0f]")
_BELONGS_BEFORE = re.compile("[\u0300-\u036f\u3099\u309a\ufe0e\ufe0f\uff9e\uff9f]")
# Names of files and addresses are kept to the letter.
_AS_WRITTEN = ("file", "url", "mail")


def normalised(text: str) -> str:
    """Return a text in NFC, its kana in full width, without marks that ask for coloured signs.

    Compatibility ideographs, which are forms of characters in names, stay as they are.
    """
    text = _PRESENTATION.sub("", text)
    text = _HALF_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    if unicodedata.is_normalized("NFC", text):
        return text
    pieces = _COMPATIBILITY.split(text)
    pieces[::2] = [unicodedata.normalize("NFC", piece) for piece in pieces[::2]]
    return "".join(pieces)


def normalise(document: Document) -> list[Problem]:
    """Normalise every text of a document.

    Args:
        document: A file, read; its value is changed, its text and places are not.

    Returns:
        A note for each text that was changed.
    """
    notes: list[Problem] = []
    document.value = _normalised(document, document.value, (), notes)
    return notes


def _normalised(document: Document, value: Any, path: Path, notes: list[Problem]) -> Any:
    if isinstance(value, dict):
        return {key: _normalised(document, one, (*path, key), notes) for key, one in value.items()}
    if isinstance(value, list):
        return [
            _normalised(document, one, (*path, index), notes) for index, one in enumerate(value)
        ]
    if not isinstance(value, str) or value.isascii() or (path[-1:] and path[-1] in _AS_WRITTEN):
        return value
    text = normalised(value)
    if text != value:
        old, new = _first_difference(value, text)
        notes.append(
            Problem(
                "text-normalised",
                f"{shown(old)} is set as {shown(new) or 'nothing'}",
                document.find(path, old),
                "type it so, and this note goes",
                Severity.NOTE,
            )
        )
    return text


def _first_difference(old: str, new: str) -> tuple[str, str]:
    """Return the first few characters that changed, and what became of them."""
    start = next(
        (index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    if start and start < len(old) and _BELONGS_BEFORE.match(old[start]):
        start -= 1  # from the letter below a mark
    end = start + 1
    half = _HALF_WIDTH.match(old, start)
    if half:
        end = half.end()
    while end < len(old) and _BELONGS_BEFORE.match(old[end]):
        end += 1
    piece = old[start:end]
    return piece, normalised(piece)

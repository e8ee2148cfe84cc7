"""A text as typed goes in; the same text in the form in which everything is compared comes out."""

import re
import unicodedata
from typing import Any

from booklet.content.wording import shown
from booklet.content.words import texts
from booklet.content.yaml_reader import Document, Path
from booklet.diagnostics import Problem, Severity
from booklet.model.inline import Reference, Ruby, Token, parse_inline

_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
# Under NFC each of these becomes another ideograph: 神 of a name would lose its old form.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
# What a browser is asked by: draw the sign before as text, or as a coloured picture.
_PRESENTATION = re.compile("[\ufe0e\ufe0f]")
_BELONGS_BEFORE = re.compile("[\u0300-\u036f\u3099\u309a\ufe0e\ufe0f\uff9e\uff9f]")
# Never set as running text: pictures' words, lists joined into one line, makers and their series.
_PLAIN_FIELDS = frozenset(
    (
        *("alt", "credit", "aliases", "includes", "reading", "organisation", "department"),
        *("tagline", "series", "publisher", "phone", "hours", "address", "holder", "licence"),
        *("other_formats", "trait", "variant"),
    )
)
_OF_MAKERS = ("series", "publisher", "contact")
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


def in_plain_fields(document: Document) -> list[Problem]:
    """Take the marks out of the texts that go where no reading can stand.

    Titles and names become file names, metadata and running heads, too: a word keeps its reading
    nowhere in them, and a doubled brace is one brace.

    Args:
        document: A file, read and checked; its value is changed.

    Returns:
        A note for each reading that is not set, and a problem for each cross reference.
    """
    notes: list[Problem] = []
    for path, text in list(texts(document.value, ())):
        if not _is_plain(path) or ("{" not in text and "}" not in text):
            continue
        tokens = parse_inline(text)
        for token in tokens:
            if isinstance(token, Ruby):
                message = f"{shown(token.base)} is set here without its reading"
                hint = "write the word alone here, and its reading where it stands in a text"
                place = document.find(path, "{" + token.base)
                notes.append(Problem("ruby-place", message, place, hint, Severity.NOTE))
            elif isinstance(token, Reference):
                message = "a cross reference cannot stand in a title or a name"
                place = document.find(path, "{→")
                notes.append(Problem("reference-place", message, place, "write it in a text"))
        plain = "".join(_plain(token) for token in tokens)
        _put(document.value, path, plain)
    return notes


def _is_plain(path: Path) -> bool:
    names = [step for step in path if isinstance(step, str)]
    first = names[0] if names else ""
    # The last may be a language: title: {ja: …}.
    in_title = first == "sections" and names[1:2] == ["title"]
    whole = first in ("title", "occupation", "classification", *_OF_MAKERS)
    return whole or in_title or not _PLAIN_FIELDS.isdisjoint(names[-2:])


def _plain(token: Token) -> str:
    return token.base if isinstance(token, Ruby) else getattr(token, "text", "")


def _put(value: Any, path: Path, text: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text


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

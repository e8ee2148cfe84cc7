"""HTML and confirmed readings go in; the same HTML with a reading above every word comes out."""

import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from booklet.model.inline import Plain, Ruby
from booklet.typography.furigana import Guess, read_text
from booklet.typography.phrases import phrase_ends
from booklet.typography.ruby import Annotate, room_above

_TAG = re.compile(r"(<[^>]+>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
# Stands for a neighbour that a reading may cover, as it may cover kana.
_COVERED = "ー"
_ROOM_EM = 0.35
_HEADING = re.compile(r"<(/?)h[1-6]\b")
# What is not read, or has its reading already.
_READ_ALREADY = " data-read="
_LEFT_ALONE = frozenset(("head", "title", "style", "script", "svg", "ruby"))


@dataclass(frozen=True, slots=True)
class MarkupWithReadings:
    """HTML with readings.

    Attributes:
        markup: The HTML.
        guesses: The readings that nobody has confirmed.
    """

    markup: str
    guesses: tuple[Guess, ...]


def add_readings(
    markup: str, confirmed: Mapping[str, str], annotate: Annotate, *, once: bool = False
) -> MarkupWithReadings:
    """Put a reading above every word with kanji.

    Args:
        markup: Well-formed HTML of our own templates.
        confirmed: Readings a person has confirmed, by word.
        annotate: Sets a reading above a word.
        once: Whether only a word's first appearance gets it.

    Returns:
        The HTML and the readings nobody has confirmed. Tags, attributes, drawings and words that
        have a reading already are as they were.

    Raises:
        ReadingsMissingError: The dictionary is not installed.
    """
    pieces: list[str] = []
    guesses: list[Guess] = []
    seen: set[tuple[str, str]] = set()
    closed_by, heading = "", False
    for piece in _TAG.split(markup):
        if piece.startswith("<"):
            pieces.append(piece)
            closed_by = _after_tag(piece, closed_by)
            if tag := _HEADING.match(piece):
                heading = not tag[1]
        elif closed_by or not piece.strip():
            pieces.append(piece)
        else:
            written = html.unescape(piece)
            text = read_text(written, confirmed)
            guesses += text.guesses
            known = seen if once else None
            if heading:
                # Words with readings are elements, between which a line could break anywhere.
                pieces += [
                    f'<span class="phrase">{_written(phrase, annotate, known)}</span>'
                    for phrase in _phrases(text.parts, phrase_ends(written))
                ]
            else:
                pieces.append(_written(text.parts, annotate, known))
    return MarkupWithReadings("".join(pieces), tuple(guesses))


def _after_tag(tag: str, closed_by: str) -> str:
    """Return the name of the element that is left alone after `tag`, or nothing."""
    match = _NAME.match(tag)
    name = match[1].lower() if match else ""
    if closed_by:
        return "" if tag.startswith("</") and name == closed_by else closed_by
    opens = not tag.startswith("</") and not tag.endswith("/>")
    left_alone = name in _LEFT_ALONE or _READ_ALREADY in tag
    return name if opens and left_alone else ""


def _written(
    parts: Sequence[Plain | Ruby], annotate: Annotate, seen: set[tuple[str, str]] | None
) -> str:
    written = []
    for index, part in enumerate(parts):
        if not isinstance(part, Ruby):
            written.append(html.escape(part.text, quote=False))
            continue
        key = part.base, part.readings[0]
        if seen is not None and key in seen:
            written.append(html.escape(part.base, quote=False))
            continue
        if seen is not None:
            seen.add(key)
        written.append(annotate(part, _before(parts[:index]), _behind(parts[index + 1 :])))
    return "".join(written)


def _phrases(parts: Sequence[Plain | Ruby], ends: Sequence[int]) -> Iterator[list[Plain | Ruby]]:
    """Cut a text with readings at the ends of its phrases; a word with its reading stays whole."""
    phrase: list[Plain | Ruby] = []
    position = 0
    for part in parts:
        text = _text(part)
        cuts = [end - position for end in ends if position < end <= position + len(text)]
        position += len(text)
        if isinstance(part, Ruby):
            phrase.append(part)
        else:
            for start, end in itertools.pairwise([0, *cuts, len(text)]):
                if text[start:end]:
                    phrase.append(Plain(text[start:end]))
                if end in cuts and phrase:
                    yield phrase
                    phrase = []
            continue
        if len(text) in cuts:
            yield phrase
            phrase = []
    if phrase:
        yield phrase


def _before(parts: Sequence[Plain | Ruby]) -> str:
    part = parts[-1] if parts else None
    return _COVERED if _has_room(part) else _text(part)[-1:] if part else ""


def _behind(parts: Sequence[Plain | Ruby]) -> str:
    part = parts[0] if parts else None
    return _COVERED if _has_room(part) else _text(part)[:1] if part else ""


def _has_room(part: Plain | Ruby | None) -> bool:
    """Return whether a reading may reach over this word, whose own reading leaves room (3.3.7)."""
    return isinstance(part, Ruby) and room_above(part) >= _ROOM_EM


def _text(part: Plain | Ruby) -> str:
    return part.base if isinstance(part, Ruby) else part.text

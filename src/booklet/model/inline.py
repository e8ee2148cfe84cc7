"""An author's line goes in; its plain text and its marks, such as cross references, come out.

`{→faq}` refers to the section called faq. `{伴走者|ばんそうしゃ}` puts a reading above a word, and
`{伴走者|ばん|そう|しゃ}` one above each character. A brace is written twice to be shown: `{{` and
`}}`.
"""

import re
from dataclasses import dataclass

MARK = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
"""What has a meaning of its own in a text: a doubled brace, or anything else with a brace."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that is shown as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross reference to another section of the guide."""

    target: str


@dataclass(frozen=True, slots=True)
class Ruby:
    """A word with its reading.

    Attributes:
        base: The word.
        readings: One reading for the whole word (group ruby), or one for each of its characters
            (mono ruby). Content checks refuse any other number.
    """

    base: str
    readings: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return what stands above what."""
        if len(self.readings) == 1:
            return ((self.base, self.readings[0]),)
        return tuple(zip(self.base, self.readings, strict=True))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A mark nobody understands, as written. Content checks refuse it before it gets further."""

    text: str


Token = Plain | Reference | Ruby | Unknown

_BETWEEN_READINGS = re.compile("[|｜]")


def parse_inline(text: str) -> tuple[Token, ...]:
    """Split `text` at its marks.

    Args:
        text: One line or several paragraphs, as written in YAML.

    Returns:
        The tokens in order; neighbouring plain text is one token.
    """
    tokens: list[Token] = []
    position = 0
    for mark in MARK.finditer(text):
        _append_plain(tokens, text[position : mark.start()])
        position = mark.end()
        if mark[0] in ("{{", "}}"):
            _append_plain(tokens, mark[0][0])
        elif mark[1] is not None and mark[1].startswith("→") and mark[1][1:].strip():
            tokens.append(Reference(mark[1][1:].strip()))
        elif mark[1] is not None and _BETWEEN_READINGS.search(mark[1]):
            base, *readings = map(str.strip, _BETWEEN_READINGS.split(mark[1]))
            tokens.append(Ruby(base, tuple(readings)))
        else:
            tokens.append(Unknown(mark[0]))
    _append_plain(tokens, text[position:])
    return tuple(tokens)


def _append_plain(tokens: list[Token], text: str) -> None:
    if not text:
        return
    if tokens and isinstance(tokens[-1], Plain):
        text = tokens.pop().text + text  # type: ignore[union-attr]
    tokens.append(Plain(text))

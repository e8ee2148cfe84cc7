"""An author's text with marks goes in; safe HTML comes out."""

import html
import re
from collections.abc import Callable

from booklet.model.inline import Reference, parse_inline


def mark_up(text: str, refer: Callable[[str], str]) -> str:
    """Turn text into inline HTML.

    Args:
        text: Text with marks (see model/inline.py).
        refer: Given the name of a section, returns the HTML that refers to it.

    Returns:
        HTML in which everything the author wrote is text: markup is escaped, not obeyed.
    """
    parts = []
    for token in parse_inline(text):
        if isinstance(token, Reference):
            parts.append(refer(token.target))
        else:
            parts.append(html.escape(token.text, quote=False))
    return "".join(parts)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which empty lines part.

    Lines within a paragraph are joined as Japanese is: without a space, but for one between Latin
    words.
    """
    blocks = (block.strip() for block in re.split(r"\n[ \t]*\n", text))
    return [_joined(block.splitlines()) for block in blocks if block]


def _joined(lines: list[str]) -> str:
    text = ""
    for line in map(str.strip, lines):
        between_latin = text[-1:].isascii() and line[:1].isascii() and text and line
        text += f" {line}" if between_latin else line
    return text

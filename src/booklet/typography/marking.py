"""An author's text with marks goes in; safe HTML comes out."""

import html
import re
from collections.abc import Callable

from booklet.model.inline import Reference, Ruby, parse_inline
from booklet.typography.ruby import Annotate


def mark_up(text: str, refer: Callable[[str], str], annotate: Annotate) -> str:
    """Turn text into inline HTML.

    Args:
        text: Text with marks (see model/inline.py).
        refer: Given the name of a section, returns the HTML that refers to it.
        annotate: Given a word, its reading and its neighbours, returns the HTML of both.

    Returns:
        HTML in which everything the author wrote is text: markup is escaped, not obeyed.
    """
    parts = []
    tokens = parse_inline(text)
    for index, token in enumerate(tokens):
        if isinstance(token, Reference):
            parts.append(refer(token.target))
        elif isinstance(token, Ruby):
            before = getattr(tokens[index - 1], "text", "")[-1:] if index else ""
            after = getattr(tokens[index + 1], "text", "")[:1] if index + 1 < len(tokens) else ""
            parts.append(annotate(token, before, after))
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

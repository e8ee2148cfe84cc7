"""XHTML documents go in; one plain text in reading order comes out, for speech and transcription.

What a screen reader would say is what is written: a drawing gives its text alternative, what is
hidden from speech is left out. So a new kind of section needs nothing here.
"""

import re
from collections.abc import Sequence

from lxml import etree

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {
    *("section", "header", "nav", "main", "div", "p", "ul", "ol", "dl", "li", "dt", "dd"),
    *("blockquote", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr"),
}
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\n]+")


def plain_text(documents: Sequence[str]) -> str:
    """Return the words of `documents`, one after another.

    Args:
        documents: Well-formed XHTML files.

    Returns:
        Lines of text, each ended by a line feed: headings after an empty line, list items after a
        dot or their number, table cells parted by a wide space.
    """
    lines: list[str] = []
    for document in documents:
        root = etree.fromstring(document.encode("utf-8"))
        body = root.find(f"{_XHTML}body")
        if body is not None:
            section = _Lines()
            section.read(body)
            lines += [*section.finished(), ""]
    return "\n".join(lines).strip() + "\n"


class _Lines:
    """The lines written so far, the one that is being written, and the label it starts with."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current = ""
        self.label = ""

    def finished(self) -> list[str]:
        self.end_line()
        return self.lines

    def end_line(self) -> None:
        line = _SPACES.sub(" ", self.current).strip()
        if line == self.label.strip():
            return  # a number or a Q waits for the words it belongs to
        self.lines.append(line)
        self.current = self.label = ""

    def read(self, element: etree._Element) -> None:
        if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
            return
        if element.tag == f"{_XHTML}rp":
            return  # every reading has its brackets here
        if element.get("class") == "count":
            return  # every item has its number here
        if element.tag == f"{_SVG}svg":
            self.current += _alternative(element.findtext(f"{_SVG}title") or "", self.current)
        elif element.tag == f"{_XHTML}img":
            self.current += element.get("alt", "")
        else:
            self._read_words(element)

    def _read_words(self, element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name in _BLOCKS:
            self._start_block(element, name)
        elif name in _CELLS and element.getprevious() is not None:
            self.current += "　"
        reading = name == "rt"
        self.current += "（" * reading + (element.text or "") + "）" * reading
        if element.get("class") in ("letter", "label"):
            self.label = self.current
        for child in element:
            if isinstance(child.tag, str):
                self.read(child)
            self.current += child.tail or ""
        if name in _BLOCKS:
            self.end_line()

    def _start_block(self, element: etree._Element, name: str) -> None:
        self.end_line()
        if name in _HEADINGS and self.lines and self.lines[-1] != "":
            self.lines.append("")
        if label := _list_label(element):
            self.current = self.label = label


def _alternative(title: str, before: str) -> str:
    """Return a drawing's alternative with a full stop where it stands in a sentence of its own."""
    return f" {title} " if before else f"{title} "


def _list_label(element: etree._Element) -> str:
    name = etree.QName(element).localname
    parent = element.getparent()
    if name != "li" or parent is None:
        return ""
    if etree.QName(parent).localname == "ul":
        return "・"
    position = 1 + sum(1 for _ in element.itersiblings(f"{_XHTML}li", preceding=True))
    return f"{position}. "

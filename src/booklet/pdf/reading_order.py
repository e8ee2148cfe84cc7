"""A tagged PDF goes in; its content in the order in which a screen reader meets it comes out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf

from booklet.pdf.tag_tree import Element, Mark, read_tags


@dataclass(frozen=True, slots=True)
class Spoken:
    """One piece of what is read out.

    Attributes:
        page: Its page, from 0.
        number: The marked content on that page; -1 for a picture.
        alternative: The words that stand for a picture.
        in_contents: Whether it is in the list of contents.
        starts: Whether it is the first piece of a paragraph, a heading, a label, a body or a cell.
    """

    page: int
    number: int
    alternative: str = ""
    in_contents: bool = False
    starts: bool = False


_BLOCKS = frozenset(("P", "Lbl", "LBody", "TH", "TD", "Caption", "TOCI", "Figure"))


def reading_order(pdf: bytes) -> list[Spoken]:
    """Return what a screen reader reads out, in order.

    Args:
        pdf: A PDF for reading, with tags.

    Returns:
        The marked content; a picture is one piece, its alternative.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return spoken(read_tags(document))


def spoken(tags: Element) -> list[Spoken]:
    """Return what a screen reader reads out of a document with these tags, in order."""
    return list(_spoken(tags, in_contents=False))


def _spoken(element: Element, *, in_contents: bool) -> Iterator[Spoken]:
    if element.kind == "Figure":
        page = next((mark.page for mark in element.marks()), 0)
        yield Spoken(page, -1, element.alternative, in_contents, starts=True)
        return
    starts = element.kind in _BLOCKS or element.kind.startswith("H")
    inside = in_contents or element.kind == "TOC"
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield Spoken(kid.page, kid.number, "", inside, starts)
            starts = False
        elif isinstance(kid, Element):
            for piece in _spoken(kid, in_contents=inside):
                yield replace(piece, starts=piece.starts or starts)
                starts = False

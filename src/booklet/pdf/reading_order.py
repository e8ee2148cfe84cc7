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
        number: The marked content on that page, or the first of what is said in other words; -1
            for a picture.
        alternative: The words that stand for a picture, or that are said in place of the content.
        in_contents: Whether it is in the list of contents.
        starts: Whether it is the first piece of a paragraph, a heading, a label, a body or a cell.
    """

    page: int
    number: int
    alternative: str = ""
    in_contents: bool = False
    starts: bool = False


_BLOCKS = frozenset(("P", "Lbl", "LBody", "TH", "TD", "Caption", "TOCI", "Figure"))


def reading_order(pdf: bytes, *, as_written: bool = False) -> list[Spoken]:
    """Return what a screen reader reads out, in order.

    Args:
        pdf: A PDF for reading, with tags.
        as_written: Whether to return the content also of what has other words for speech, such as
            a word with its reading above it; a picture is its alternative all the same.

    Returns:
        The marked content; a picture is one piece, its alternative, and so is whatever has words
        of its own to be said.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return spoken(read_tags(document), as_written=as_written)


def spoken(tags: Element, *, as_written: bool = False) -> list[Spoken]:
    """Return what a screen reader reads out of a document with these tags, in order.

    Args:
        tags: The tags.
        as_written: See `reading_order`.
    """
    return list(_spoken(tags, in_contents=False, as_written=as_written))


def _spoken(element: Element, *, in_contents: bool, as_written: bool) -> Iterator[Spoken]:
    starts = element.kind in _BLOCKS or element.kind.startswith("H")
    said = element.alternative or element.actual
    if as_written and element.kind != "Figure":
        said = ""
    if element.kind == "Figure" or said:
        mark = next(element.marks(), Mark(0, -1))
        number = -1 if element.kind == "Figure" else mark.number
        yield Spoken(mark.page, number, said, in_contents, starts)
        return
    inside = in_contents or element.kind == "TOC"
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield Spoken(kid.page, kid.number, "", inside, starts)
            starts = False
        elif isinstance(kid, Element):
            for piece in _spoken(kid, in_contents=inside, as_written=as_written):
                yield replace(piece, starts=piece.starts or starts)
                starts = False

"""An opened PDF goes in; what a screen reader would miss or stumble over in its tags comes out."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.diagnostics import Problem

# The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
# fmt: off
_STANDARD = frozenset((
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
    "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT",
    "WP", "Figure", "Formula", "Form",
))
# fmt: on
_KIDS = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "Ruby": {"RB", "RT", "RP"},
}
_PAINTING = frozenset(("Tj", "TJ", "'", '"', "Do", "sh", "f", "f*", "S", "s", "B", "B*", "b", "b*"))


def check_tags(document: Any) -> Iterator[Problem]:
    """Check the structure tree and that all content is in it or is decoration (ISO 14289-1, 7).

    Args:
        document: A PDF opened with pikepdf, which has a structure tree.

    Yields:
        A problem for each fault; `pdf-structure` is one that only a broken tool makes.
    """
    tags = list(_walk(document.Root.StructTreeRoot))
    roles = document.Root.StructTreeRoot.get("/RoleMap", {})
    for _, kind, kids in tags:
        if kind not in _STANDARD and f"/{kind}" not in roles:
            yield Problem("pdf-structure", f"{kind} is no standard tag")
        wrong = {kid for kid in kids if kind in _KIDS and kid not in _KIDS[kind]}
        for kid in sorted(wrong):
            yield Problem("pdf-structure", f"a tag {kid} stands in a tag {kind}")
    yield from _headings([kind for _, kind, _ in tags])
    for tag, kind, _ in tags:
        yield from _tag(tag, kind)
    yield from _content(document, {tag.objgen for tag, _, _ in tags})
    yield from _links(document, {tag.objgen: kind for tag, kind, _ in tags})


def _walk(parent: Any) -> Iterator[tuple[Any, str, list[str]]]:
    kids = parent.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            below = kid.get("/K", Array())
            names = [
                str(one.S)[1:]
                for one in (below if isinstance(below, Array) else [below])
                if isinstance(one, Dictionary) and "/S" in one
            ]
            yield kid, str(kid.S)[1:], names
            yield from _walk(kid)


def _headings(kinds: list[str]) -> Iterator[Problem]:
    levels = [int(kind[1]) for kind in kinds if len(kind) == 2 and kind[0] == "H"]
    if not levels or levels[0] != 1:
        yield Problem("pdf-heading", "the first heading is not of level 1")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield Problem("pdf-heading", f"a heading goes from level {above} to {below}")


def _tag(tag: Any, kind: str) -> Iterator[Problem]:
    attributes = tag.get("/A", Dictionary())
    if kind == "Figure":
        if not str(tag.get("/Alt", "")).strip():
            yield Problem("pdf-alternative", "a picture has no alternative text")
        if not (isinstance(attributes, Dictionary) and "/BBox" in attributes):
            yield Problem("pdf-structure", "a picture does not say where it is")
    if kind == "TH" and not (isinstance(attributes, Dictionary) and "/Scope" in attributes):
        yield Problem("pdf-table", "a header cell does not say what it heads")
    if "/BookletName" in tag:
        yield Problem("pdf-structure", "a note of the layout is left in the tags")


def _content(document: Any, known: set[tuple[int, int]]) -> Iterator[Problem]:
    """Check that what is painted is in a tag or an artifact, and its tag knows of it."""
    owners = _owners(document)
    for number, page in enumerate(document.pages, 1):
        mine = owners.get(int(page.obj.get("/StructParents", -1)), [])
        depth: list[bool] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator == "BDC":
                depth.append(_is_marked(instruction.operands))
                mark = _mark(instruction.operands)
                owner = mine[mark] if 0 <= mark < len(mine) else None
                if mark >= 0 and (owner is None or owner.objgen not in known):
                    yield Problem("pdf-structure", f"page {number} has content that is in no tag")
            elif operator == "BMC":
                depth.append(instruction.operands[0] == Name.Artifact)
            elif operator == "EMC":
                depth.pop()
            elif operator in _PAINTING and not any(depth):
                yield Problem("pdf-content", f"page {number} has content without a tag")
                break


def _owners(document: Any) -> dict[int, list[Any]]:
    numbers = list(document.Root.StructTreeRoot.get("/ParentTree", Dictionary()).get("/Nums", []))
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {int(key): list(value) for key, value in pairs if isinstance(value, Array)}


def _is_marked(operands: Any) -> bool:
    return operands[0] == Name.Artifact or _mark(operands) >= 0


def _mark(operands: Any) -> int:
    properties = operands[1]
    return int(properties.get("/MCID", -1)) if isinstance(properties, Dictionary) else -1


def _links(document: Any, kinds: dict[tuple[int, int], str]) -> Iterator[Problem]:
    numbers = list(document.Root.StructTreeRoot.get("/ParentTree", Dictionary()).get("/Nums", []))
    owners = {
        int(key): value
        for key, value in zip(numbers[::2], numbers[1::2], strict=True)
        if not isinstance(value, Array)
    }
    for number, page in enumerate(document.pages, 1):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != Name.S:
            yield Problem("pdf-tab-order", f"page {number} has links in no order of their own")
        for annotation in page.obj.get("/Annots", []):
            owner = owners.get(int(annotation.get("/StructParent", -1)))
            if owner is None or kinds.get(owner.objgen) != "Link":
                yield Problem("pdf-link", f"page {number} has a link that is in no tag")
            if not str(annotation.get("/Contents", "")):
                yield Problem("pdf-link", f"page {number} has a link without words")

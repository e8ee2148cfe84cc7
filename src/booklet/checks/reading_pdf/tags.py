"""Tags go in; what a screen reader would miss or stumble over in their kinds comes out."""

from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Array, Dictionary, Name

from booklet.checks.reading_pdf.structure import Annotation, Node, Structure
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
# What is nothing without an element of a kind above it, or without one of a kind in it.
_PARENTS = {
    "LI": {"L"}, "Lbl": {"LI", "TOCI", "Note"}, "LBody": {"LI"}, "TOCI": {"TOC"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "RB": {"Ruby"}, "RT": {"Ruby"}, "RP": {"Ruby"},
}  # fmt: skip
_NEEDS = {"LI": "LBody", "Ruby": "RB"}
# What says something, so that it cannot be empty.
_SAYING = frozenset(
    ("P", "LI", "L", "Lbl", "LBody", "TOC", "TOCI", "Table", "TR", "TH", "Link", "Figure", "RB")
)
_SCOPES = frozenset((Name.Row, Name.Column, Name.Both))


def check_tags(structure: Structure) -> Iterator[Problem]:
    """Check the kinds of the tags, how they are nested and what they say of themselves.

    Args:
        structure: The tags of a file, read without a fault.

    Yields:
        A problem for each fault (ISO 14289-1, 7); `pdf-structure` is one that only a broken tool
        makes.
    """
    yield from _headings(structure.root)
    cells = (node for node in structure.root.walk() if node.kind == "TH" and "/ID" in node.tag)
    known = {bytes(cell.tag.ID) for cell in cells}
    for node in structure.root.walk():
        yield from _nesting(node)
        yield from _attributes(node)
        if node.kind == "Table":
            yield from _table(node, known)


def _nodes(node: Node) -> list[Node]:
    return [kid for kid in node.kids if isinstance(kid, Node)]


def _nesting(node: Node) -> Iterator[Problem]:
    kind = node.kind
    if kind not in _STANDARD and kind != "StructTreeRoot":
        yield Problem("pdf-structure", f"{kind} is no standard tag")
    kids = [kid.kind for kid in _nodes(node)]
    wrong = {kid for kid in kids if kind in _KIDS and kid not in _KIDS[kind]}
    wrong |= {kid for kid in kids if kid in _PARENTS and kind not in _PARENTS[kid]}
    for kid in sorted(wrong):
        yield Problem("pdf-structure", f"a tag {kid} stands in a tag {kind}")
    if kind in _NEEDS and _NEEDS[kind] not in kids and not wrong:
        yield Problem("pdf-structure", f"a tag {kind} has no {_NEEDS[kind]}")
    if kind in _SAYING and next(node.marks(), None) is None and not node.alternative:
        yield Problem("pdf-empty", f"a tag {kind} is empty")
    if kind not in ("Link", "Annot", "Form") and any(isinstance(k, Annotation) for k in node.kids):
        yield Problem("pdf-link", f"a tag {kind} holds a link's place and is no link")
    if any(str(key).startswith("/Booklet") for key in node.tag.keys()):  # noqa: SIM118 - pikepdf
        yield Problem("pdf-structure", "a note of the layout is left in the tags")


def _headings(root: Node) -> Iterator[Problem]:
    kinds = [node.kind for node in root.walk()]
    levels = [int(kind[1]) for kind in kinds if len(kind) == 2 and kind[0] == "H"]
    if not levels or levels[0] != 1:
        yield Problem("pdf-heading", "the first heading is not of level 1")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield Problem("pdf-heading", f"a heading goes from level {above} to {below}")
    if levels.count(1) > 1:
        yield Problem("pdf-heading", "there is more than one heading of level 1")


def _attributes(node: Node) -> Iterator[Problem]:
    attributes = _merged(node)
    if node.kind == "Figure":
        box = attributes.get("/BBox")
        if box is None:
            yield Problem("pdf-structure", "a picture does not say where it is")
        elif len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
            yield Problem("pdf-structure", "a picture says that it is nowhere")
    if node.kind == "TH" and attributes.get("/Scope") not in _SCOPES:
        yield Problem("pdf-table", "a header cell does not say what it heads")
    if node.kind == "L":
        labelled = any(kid.kind == "Lbl" for item in _nodes(node) for kid in _nodes(item))
        numbering = attributes.get("/ListNumbering", Name("/None"))
        if labelled == (numbering == Name("/None")):
            yield Problem("pdf-structure", "a list says otherwise than its items have labels")


def _merged(node: Node) -> Dictionary:
    found = node.tag.get("/A", Dictionary())
    merged = Dictionary()
    for one in found if isinstance(found, Array) else [found]:
        if isinstance(one, Dictionary):
            for key in one.keys():  # noqa: SIM118 - pikepdf
                merged[key] = one[key]
    return merged


def _table(table: Node, known: set[bytes]) -> Iterator[Problem]:
    rows = [node for node in table.walk() if node.kind == "TR"]
    heads = {id(row) for part in table.walk() if part.kind == "THead" for row in _nodes(part)}
    for row in rows:
        scopes = [_merged(cell).get("/Scope") for cell in _nodes(row) if cell.kind == "TH"]
        headed = id(row) in heads or Name.Row in scopes or Name.Both in scopes
        if not headed and _nodes(row) and all(scope in _SCOPES for scope in scopes):
            yield Problem("pdf-table", "a row of a table has no cell that heads it")
    if len({_width(row) for row in rows}) > 1 and not _spans_rows(rows):
        yield Problem("pdf-table", "the rows of a table have unlike numbers of cells")
    for row in rows:
        for cell in _nodes(row):
            named = {bytes(name) for name in _merged(cell).get("/Headers", Array())}
            if named - known:
                yield Problem("pdf-table", "a cell names a header cell that is not there")


def _width(row: Node) -> int:
    return sum(int(_merged(cell).get("/ColSpan", 1)) for cell in _nodes(row))


def _spans_rows(rows: list[Node]) -> bool:
    return any(int(_merged(cell).get("/RowSpan", 1)) > 1 for row in rows for cell in _nodes(row))

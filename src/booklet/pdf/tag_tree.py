"""The tags of a PDF go in as elements and come out as a structure tree (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Union

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of marked content: what is drawn on a page (from 0) under a number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that a link in the tags stands for, and its page, from 0."""

    page: int
    target: Any = field(compare=False)


Kid = Union["Element", Mark, Annotation]


@dataclass(slots=True)
class Element:
    """A structure element.

    Attributes:
        kind: What it is: while it is read the HTML name or the PDF's own, afterwards the PDF's.
        number: The same for all pieces of one HTML element; -1 for what stands for none.
        kids: What it holds, in reading order.
        alternative: Words for a picture, or for what its own words do not say.
        actual: What is written, where the content alone does not tell it.
        language: Language of its words where it is another than around them.
        hidden: Whether it is left out of speech.
        scope: Which way a header cell looks: `col` or `row`.
        words: The words of a link, of what stands below a reading, or of generated content.
        runs_in: Whether it is the first word of the paragraph behind it.
        identifier: Name by which cells refer to header cells.
        attributes: Layout and table attributes as they were.
    """

    kind: str
    number: int = -1
    kids: list[Kid] = field(default_factory=list)
    alternative: str = ""
    actual: str = ""
    language: str = ""
    hidden: bool = False
    scope: str = ""
    words: str = ""
    runs_in: bool = False
    identifier: bytes = b""
    attributes: Any = None

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def marks(self) -> Iterator[Mark]:
        """Yield the marked content of the element and of all below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.marks()

    def drop(self, shown: list[set[int]]) -> None:
        """Take away the marked content that shows nothing.

        Args:
            shown: For each page the numbers of the content that does.
        """
        kept: list[Kid] = []
        for kid in self.kids:
            if isinstance(kid, Element):
                kid.drop(shown)
            if not isinstance(kid, Mark) or kid.number in shown[kid.page]:
                kept.append(kid)
        self.kids = kept


def read_tags(document: pikepdf.Pdf) -> Element:
    """Return the tags of `document` as one element, with the notes of `layout/element_names`."""
    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    root = Element("Document")
    for top in _listed(document.Root.StructTreeRoot.K):
        root.kids += _read(top, pages).kids
    return root


def _read(tag: Any, pages: dict[Any, int]) -> Element:
    # All entries at once: asking for one that is not there takes as long as reading the others.
    entries = dict(tag.items())
    element = Element(
        str(entries.get("/BookletName", "")) or str(entries["/S"]).lstrip("/"),
        int(entries.get("/BookletElement", -1)),
        alternative=str(entries.get("/Alt", "")) or str(entries.get("/BookletLabel", "")),
        actual=str(entries.get("/ActualText", "")),
        language=str(entries.get("/BookletLang", "")),
        hidden=bool(entries.get("/BookletHidden", False)),
        scope=str(entries.get("/BookletScope", "")),
        words=str(entries.get("/BookletWords", "")),
        runs_in=bool(entries.get("/BookletRunsIn", False)),
        identifier=bytes(entries["/ID"]) if "/ID" in entries else b"",
        attributes=entries.get("/A"),
    )
    page = pages[entries["/Pg"].objgen] if "/Pg" in entries else 0
    for kid in _listed(entries.get("/K", [])):
        if isinstance(kid, int):
            element.kids.append(Mark(page, kid))
        elif "/S" in kid:
            element.kids.append(_read(kid, pages))
        elif "/MCID" in kid:
            element.kids.append(Mark(pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == Name.OBJR:
            element.kids.append(Annotation(page, kid.Obj))
    return element


def _listed(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, list | Array) else [kids]


def write_tags(document: pikepdf.Pdf, root: Element) -> None:
    """Put a new structure tree for `root` into `document`; the old one goes.

    The parent tree, which leads from content back to its element, and the tree of identifiers
    (14.7.4.4, 14.7.5) are made with it.
    """
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(document)
    tree.K = Array([writer.write(root, tree)])
    numbers = Array()
    for page, owners in enumerate(writer.owners):
        numbers.append(page)
        numbers.append(Array([owners.get(number) for number in range(max(owners, default=-1) + 1)]))
        document.pages[page].obj.StructParents = page
    for key, (annotation, owner) in enumerate(writer.annotations, len(writer.owners)):
        annotation.StructParent = key
        numbers.append(key)
        numbers.append(owner)
    tree.ParentTree = document.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(writer.owners) + len(writer.annotations)
    if writer.identified:
        names = Array()
        for identifier, owner in sorted(writer.identified.items()):
            names.append(String(identifier))
            names.append(owner)
        tree.IDTree = document.make_indirect(Dictionary(Names=names))
    document.Root.StructTreeRoot = tree


class _Writer:
    """Writes elements and remembers which content, annotation and identifier belongs to which."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document
        self.pages = [page.obj for page in document.pages]
        self.owners: list[dict[int, Any]] = [{} for _ in self.pages]
        self.annotations: list[tuple[Any, Any]] = []
        self.identified: dict[bytes, Any] = {}

    def write(self, element: Element, parent: Any) -> Any:
        tag = self.document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent)
        )
        if element.alternative:
            tag.Alt = String(element.alternative)
        if element.actual:
            tag.ActualText = String(element.actual)
        if element.language:
            tag.Lang = String(element.language)
        if element.attributes is not None:
            tag.A = element.attributes
        if element.identifier:
            tag.ID = String(element.identifier)
            self.identified[element.identifier] = tag
        first = next(element.marks(), None)
        page = first.page if first else None
        if page is not None:
            tag.Pg = self.pages[page]
        tag.K = Array([self._kid(kid, tag, page) for kid in element.kids])
        return tag

    def _kid(self, kid: Kid, tag: Any, page: int | None) -> Any:
        if isinstance(kid, Element):
            return self.write(kid, tag)
        if isinstance(kid, Annotation):
            self.annotations.append((kid.target, tag))
            return Dictionary(Type=Name.OBJR, Obj=kid.target, Pg=self.pages[kid.page])
        self.owners[kid.page][kid.number] = tag
        if kid.page == page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)

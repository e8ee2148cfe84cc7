"""An opened PDF goes in; its structure tree comes out as plain nodes, read within a budget."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Union

from pikepdf import Array, Dictionary, Name

# A booklet of 40 pages with readings has 5,000 elements, 14 deep.
MOST_ELEMENTS = 100_000
DEEPEST = 100
_NO_KID = "what is no tag and no content"


class TooMuchError(Exception):
    """A file asks for more work than any booklet needs: it is not judged."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: its page, from 0 (-1 for one that is not in the file), and its number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that an element holds."""

    target: Any = field(compare=False)


Kid = Union["Node", Mark, Annotation]


@dataclass(slots=True)
class Node:
    """A structure element, with its kids in reading order."""

    kind: str
    tag: Any
    kids: list[Kid] = field(default_factory=list)
    alternative: str = ""
    actual: str | None = None
    language: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """Return by what the element is known in the file."""
        return tuple(self.tag.objgen)

    def walk(self) -> Iterator["Node"]:
        """Yield the element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed([kid for kid in node.kids if isinstance(kid, Node)])

    def marks(self, without: frozenset[str] = frozenset()) -> Iterator[Mark]:
        """Yield the marked content below it in reading order, not that of the kinds left out."""
        waiting: list[Kid] = [self]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Node) and kid.kind not in without:
                waiting += reversed(kid.kids)


@dataclass(slots=True)
class Structure:
    """The tags of a file.

    Attributes:
        root: Stands for the root of the structure tree.
        faults: What is wrong with the tree itself.
    """

    root: Node
    faults: list[str] = field(default_factory=list)


def read_structure(document: Any) -> Structure:
    """Return the tags of an open document, which has a structure tree.

    Raises:
        TooMuchError: There are too many elements, or they are too deep in each other.
    """
    return _Reader(document).read()


class _Reader:
    def __init__(self, document: Any) -> None:
        self.pages = {page.objgen: number for number, page in enumerate(document.pages)}
        self.top = document.Root.StructTreeRoot
        self.roles = self.top.get("/RoleMap", Dictionary())
        self.seen: set[tuple[int, int]] = set()
        self.count = 0
        self.structure = Structure(Node("StructTreeRoot", self.top))

    def read(self) -> Structure:
        waiting: list[tuple[Node, int]] = [(self.structure.root, 0)]
        while waiting:
            node, depth = waiting.pop()
            if depth > DEEPEST:
                raise TooMuchError(f"tags are more than {DEEPEST} deep in each other")
            for kid in _listed(node.tag.get("/K")):
                found = self._kid(kid, node)
                if found is not None:
                    node.kids.append(found)
                if isinstance(found, Node):
                    waiting.append((found, depth + 1))
        return self.structure

    def _kid(self, kid: Any, parent: Node) -> Kid | None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise TooMuchError(f"there are more than {MOST_ELEMENTS:,} tags")
        if isinstance(kid, int):
            return Mark(self._page(parent.tag), kid)
        if not isinstance(kid, Dictionary):
            self.structure.faults.append(f"a tag {parent.kind} holds {_NO_KID}")
            return None
        if "/S" in kid:
            return self._element(kid, parent)
        if kid.get("/Type") == Name.OBJR or "/Obj" in kid:
            return Annotation(kid.get("/Obj"))
        if "/MCID" in kid:
            return Mark(self._page(kid if "/Pg" in kid else parent.tag), int(kid.MCID))
        self.structure.faults.append(f"a tag {parent.kind} holds {_NO_KID}")
        return None

    def _element(self, tag: Any, parent: Node) -> Node | None:
        kind = str(tag.S)[1:]
        key = tuple(tag.objgen)
        if key != (0, 0) and key in self.seen:
            self.structure.faults.append(f"a tag {kind} stands in two places")
            return None
        self.seen.add(key)
        above = tag.get("/P")
        if not isinstance(above, Dictionary) or above.objgen != parent.tag.objgen:
            self.structure.faults.append(f"a tag {kind} is in another tag than it says")
        actual = tag.get("/ActualText")
        role = self.roles.get(f"/{kind}")
        return Node(
            kind if role is None else str(role)[1:],
            tag,
            alternative=str(tag.get("/Alt", "")),
            actual=None if actual is None else str(actual),
            language=str(tag.get("/Lang", "")),
        )

    def _page(self, holder: Any) -> int:
        page = holder.get("/Pg")
        return self.pages.get(page.objgen, -1) if isinstance(page, Dictionary) else -1


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    if not isinstance(kids, Array):
        return [kids]
    if len(kids) > MOST_ELEMENTS:
        raise TooMuchError(f"there are more than {MOST_ELEMENTS:,} tags")
    return list(kids)

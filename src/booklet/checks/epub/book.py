"""The bytes of an EPUB go in; its entries, its parsed documents and its package come out."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from booklet.checks.epub.archive import (
    MOST_MARKUP_BYTES,
    Archive,
    DamagedError,
    NotJudgedError,
)
from booklet.diagnostics import Problem

CONTAINER = "META-INF/container.xml"
NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/2000/svg",
    "m": "http://www.w3.org/1998/Math/MathML",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "e": "http://www.idpf.org/2007/ops",
    "x": "http://www.w3.org/1999/xlink",
}
TYPE = f"{{{NAMESPACES['e']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = "application/xhtml+xml"
SVG = "image/svg+xml"
NCX = "application/x-dtbncx+xml"
_MARKUP_TYPES = frozenset((XHTML, SVG, NCX, "application/smil+xml"))
# What a document may have: more elements than these take longer than anybody waits.
_MOST_ELEMENTS = 100_000
# Places that are not the id of an element: media fragments, EPUB CFI, views of a drawing.
_NO_ID = re.compile(r"(xywh|t|track|id|page)=|epubcfi\(|svgView\(|xpointer\(|:~:|element\(")

Tree = Any  # lxml ships no types


def select(tree: Tree, path: str, **values: str) -> list[Any]:
    """Return what an XPath expression finds, with the prefixes of NAMESPACES."""
    found: list[Any] = tree.xpath(path, namespaces=NAMESPACES, **values)
    return found


def tokens(value: str | None) -> frozenset[str]:
    """Return the words of an attribute that holds several, such as `epub:type` or `role`."""
    return frozenset((value or "").split())


def kinds(element: Tree) -> frozenset[str]:
    """Return what an element is called by `epub:type` and `role`, without the prefix `doc-`."""
    roles = {role.removeprefix("doc-") for role in tokens(element.get("role"))}
    return tokens(element.get(TYPE)) | roles


@dataclass(frozen=True)
class EpubBook:
    """An opened EPUB.

    Attributes:
        archive: The zip file.
        container: The root of `META-INF/container.xml`, if it is there and can be parsed.
        package_path: Where the package document is, if the container names one that is there.
        package: Its root; an empty element where there is none.
        problems: What was wrong so far; files that cannot be parsed later are added.
    """

    archive: Archive
    container: Tree | None
    package_path: str | None
    package: Tree
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def items(self) -> dict[str, Tree]:
        """The entries of the manifest that stand in the archive, by their paths in it."""
        return {
            self.beside_package(str(item.get("href", ""))): item
            for item in select(self.package, "//o:manifest/o:item")
            if not is_remote(str(item.get("href", "")))
        }

    def beside_package(self, href: str) -> str:
        """Return the path in the archive that the package calls `href`."""
        folder = posixpath.dirname(self.package_path or "")
        return posixpath.normpath(posixpath.join(folder, unquote(split(href)[0])))

    @cached_property
    def spine(self) -> list[str]:
        """The paths of the documents in reading order."""
        by_id = {item.get("id"): path for path, item in self.items.items()}
        order = select(self.package, "//o:spine/o:itemref/@idref")
        return [by_id[name] for name in order if name in by_id]

    @cached_property
    def trees(self) -> dict[str, Tree]:
        """The root of each document the manifest calls markup, by its path."""
        found: dict[str, Tree] = {}
        present = set(self.archive.files)
        for path, item in self.items.items():
            if path not in present or not (
                item.get("media-type") in _MARKUP_TYPES or path.endswith(".xhtml")
            ):
                continue
            tree = _parsed(self.archive, path, self.problems)
            if tree is not None:
                found[path] = tree
        return found

    @cached_property
    def pages(self) -> dict[str, Tree]:
        """The XHTML documents by path, those of the spine first and in its order."""
        others = [
            path
            for path, item in self.items.items()
            if item.get("media-type") == XHTML or path.endswith(".xhtml")
        ]
        ordered = dict.fromkeys([*self.spine, *others])
        html = f"{{{NAMESPACES['h']}}}html"
        return {
            path: self.trees[path]
            for path in ordered
            if path in self.trees and self.trees[path].tag == html
        }

    @cached_property
    def drawings(self) -> dict[str, Tree]:
        """The SVG documents by path."""
        return {
            path: self.trees[path]
            for path, item in self.items.items()
            if item.get("media-type") == SVG and path in self.trees
        }

    @cached_property
    def navigation(self) -> tuple[str, Tree] | None:
        """The navigation document and its path."""
        for path, item in self.items.items():
            if "nav" in tokens(item.get("properties")) and path in self.pages:
                return path, self.pages[path]
        return None

    @cached_property
    def ncx(self) -> tuple[str, Tree] | None:
        """The contents for readers of EPUB 2, and their path."""
        for path, item in self.items.items():
            if item.get("media-type") == NCX and path in self.trees:
                return path, self.trees[path]
        return None

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        """For each document the ids of its places, and which of its elements has them."""
        return {
            path: {
                one.get("id"): number
                for number, one in enumerate(tree.iter())
                if isinstance(one.tag, str) and one.get("id")
            }
            for path, tree in self.trees.items()
        }

    def properties(self, name: str) -> list[str]:
        """Return the texts of the package's own metadata with the property `name`."""
        metas = select(self.package, "//o:meta[@property=$name and not(@refines)]", name=name)
        return [_line(meta.text) for meta in metas]

    def refinements(self, name: str) -> list[str]:
        """Return the texts of all metadata with the property `name`, of the book or of a part."""
        return [
            _line(meta.text)
            for meta in select(self.package, "//o:meta[@property=$name]", name=name)
        ]


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def open_book(archive: Archive) -> EpubBook:
    """Open an EPUB.

    Args:
        archive: The file.

    Returns:
        The book; its package is empty where there is none.
    """
    problems: list[Problem] = []
    present = set(archive.files)
    container = _parsed(archive, CONTAINER, problems) if CONTAINER in present else None
    names = [] if container is None else select(container, "//c:rootfile/@full-path")
    path = next((str(name) for name in names if str(name) in present), None)
    package = _parsed(archive, path, problems) if path else None
    if package is None or package.tag != f"{{{NAMESPACES['o']}}}package":
        return EpubBook(archive, container, None, etree.Element("none"), problems)
    return EpubBook(archive, container, path, package, problems)


def parser() -> etree.XMLParser:
    """Return a parser that fetches nothing and lets no entity grow without measure."""
    return etree.XMLParser(resolve_entities="internal", no_network=True, remove_comments=True)


def _parsed(archive: Archive, name: str, problems: list[Problem]) -> Tree | None:
    """Return the root of an XML file, or None where it is damaged, which is added as a problem."""
    try:
        content = archive.read(name, MOST_MARKUP_BYTES)
    except DamagedError as error:
        problems.append(Problem("epub-damaged", str(error)))
        return None
    try:
        tree = etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        problems.append(Problem("epub-xml", f"{name} is not well-formed: {error}"))
        return None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise NotJudgedError(f"{name} has more than {_MOST_ELEMENTS:,} elements")
    encoding = (tree.getroottree().docinfo.encoding or "utf-8").lower()
    if encoding not in ("utf-8", "utf-16", "utf-16le", "utf-16be", "ascii", "us-ascii"):
        problems.append(Problem("epub-xml", f"{name} is in {encoding}; an EPUB is in UTF-8"))
    return tree


def split(link: str) -> tuple[str, str]:
    """Return the path and the fragment of a link as they stand there."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link, ""
    return parts.path, parts.fragment


def scheme(link: str) -> str:
    """Return the scheme of a link, such as https, in small letters; "" where it has none."""
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", link)
    return found[1].lower() if found else ""


def is_remote(link: str) -> bool:
    """Return whether a link leads out of the book: to the net, or to a file on a disk."""
    return scheme(link) in ("http", "https", "ftp", "file") or link.strip().startswith("//")


def target_of(name: str, link: str) -> tuple[str, str]:
    """Return the path and the place that a link in the file `name` leads to."""
    path, fragment = split(link)
    place = "" if _NO_ID.match(fragment) else unquote(fragment)
    if not path:
        return name, place
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))), place


def words(element: Tree) -> str:
    """Return all words below an element."""
    return str(element.xpath("string()"))


def label(element: Tree) -> str:
    """Return what a reader sees of an element: readings left out, pictures by their words."""
    parts = select(
        element,
        ".//text()[not(ancestor::h:rt or ancestor::h:rp or ancestor::s:svg)] "
        "| .//h:img/@alt | .//s:svg/s:title/text()",
    )
    return _line("".join(str(part) for part in parts))


def is_hidden(element: Tree) -> bool:
    """Return whether an element, or what it stands in, is hidden from everybody or from speech."""
    return any(
        one.get("hidden") is not None or one.get("aria-hidden") == "true" for one in up(element)
    )


def up(element: Tree) -> Iterator[Tree]:
    """Yield an element and what it stands in."""
    yield element
    yield from element.iterancestors()

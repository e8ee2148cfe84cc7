"""The bytes of an EPUB go in; its entries, its parsed documents and its package come out."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from booklet.diagnostics import Problem

CONTAINER = "META-INF/container.xml"
NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/2000/svg",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "e": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{NAMESPACES['e']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Tree = Any  # lxml ships no types


def select(tree: Tree, path: str, **values: str) -> list[Any]:
    """Return what an XPath expression finds, with the prefixes of NAMESPACES."""
    found: list[Any] = tree.xpath(path, namespaces=NAMESPACES, **values)
    return found


@dataclass(frozen=True)
class EpubBook:
    """An opened EPUB.

    Attributes:
        archive: The zip file.
        trees: The root of each XML file, by its path.
        damaged: A problem for each XML file that cannot be parsed.
    """

    archive: zipfile.ZipFile
    trees: dict[str, Tree]
    damaged: tuple[Problem, ...]

    @cached_property
    def package_path(self) -> str | None:
        """Where the package document is, if the container names one that is there."""
        container = self.trees.get(CONTAINER)
        if container is None:
            return None
        names = select(container, "//c:rootfile/@full-path")
        return str(names[0]) if names and names[0] in self.trees else None

    @cached_property
    def package(self) -> Tree:
        """The package document."""
        return self.trees[self.package_path or ""]

    @cached_property
    def items(self) -> dict[str, Tree]:
        """The entries of the manifest, by their paths in the archive."""
        folder = posixpath.dirname(self.package_path or "")
        return {
            posixpath.join(folder, unquote(str(item.get("href")))): item
            for item in select(self.package, "//o:manifest/o:item")
        }

    @cached_property
    def spine(self) -> list[str]:
        """The paths of the documents in reading order."""
        by_id = {item.get("id"): path for path, item in self.items.items()}
        order = select(self.package, "//o:spine/o:itemref/@idref")
        return [by_id[name] for name in order if name in by_id]

    @cached_property
    def pages(self) -> dict[str, Tree]:
        """The XHTML documents by path, those of the spine first and in its order."""
        others = [name for name in self.trees if name.endswith(".xhtml") and name not in self.spine]
        return {name: self.trees[name] for name in [*self.spine, *others] if name in self.trees}

    @cached_property
    def navigation(self) -> tuple[str, Tree] | None:
        """The navigation document and its path."""
        for path, item in self.items.items():
            if "nav" in str(item.get("properties", "")).split() and path in self.trees:
                return path, self.trees[path]
        return None

    @cached_property
    def ncx(self) -> Tree | None:
        """The contents for readers of EPUB 2."""
        return next((tree for name, tree in self.trees.items() if name.endswith(".ncx")), None)

    def properties(self, name: str) -> list[str]:
        """Return the texts of the package's metadata with the property `name`."""
        metas = select(self.package, "//o:meta[@property=$name]", name=name)
        return [str(meta.text or "").strip() for meta in metas]


def open_book(epub: bytes) -> EpubBook:
    """Open an EPUB.

    Args:
        epub: The bytes of the file.

    Raises:
        zipfile.BadZipFile: It is no zip file.
    """
    archive = zipfile.ZipFile(io.BytesIO(epub))
    trees, damaged = {}, []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name in archive.namelist():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            try:
                trees[name] = etree.fromstring(archive.read(name), parser)
            except etree.XMLSyntaxError as error:
                damaged.append(Problem("epub-xml", f"{name} is not well-formed: {error}"))
    return EpubBook(archive, trees, tuple(damaged))


def target_of(name: str, link: str) -> tuple[str, str]:
    """Return the path and the place that a link in the file `name` leads to."""
    parts = urlsplit(link)
    if not parts.path:
        return name, parts.fragment
    path = posixpath.join(posixpath.dirname(name), unquote(parts.path))
    return posixpath.normpath(path), parts.fragment


def words(element: Tree) -> str:
    """Return all words below an element."""
    return "".join(element.itertext())

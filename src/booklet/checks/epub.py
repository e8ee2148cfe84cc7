"""The bytes of an EPUB go in; what a reading system would stumble over comes out.

A first, quick gate in every build; EPUBCheck (epubcheck.py) is the judge.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from booklet.diagnostics import Problem

_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/2000/svg",
}


def check_epub(epub: bytes) -> list[Problem]:
    """Look at the container, the manifest and every link of an EPUB.

    Args:
        epub: The bytes of the file.

    Returns:
        A problem for each fault: the mimetype entry (OCF 4.2.2), files that the manifest does not
        name or names in vain, documents that are not well-formed, links that lead nowhere, pictures
        without alternative text, drawings without a name or with a `viewbox` in the wrong case.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(epub))
    except zipfile.BadZipFile as error:
        return [Problem("epub-damaged", f"the EPUB cannot be opened: {error}")]
    with archive:
        problems = list(_mimetype(archive))
        trees, damaged = _trees(archive)
        problems += damaged
        package = _package_name(trees)
        if package is None or package not in trees:
            return [*problems, Problem("epub-package", "the EPUB has no package document")]
        problems += _manifest(archive, trees[package], posixpath.dirname(package))
        pages = {name: tree for name, tree in trees.items() if name.endswith(".xhtml")}
        for name, tree in pages.items():
            problems += _links(name, tree, pages, set(archive.namelist()))
            problems += _alternatives(name, tree)
    return problems


def _mimetype(archive: zipfile.ZipFile) -> Iterator[Problem]:
    first = archive.infolist()[0] if archive.infolist() else None
    stored = first is not None and first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first is None or first.filename != "mimetype" or not stored:
        yield Problem("epub-mimetype", "mimetype is not the first entry, stored as it is")
    elif archive.read("mimetype") != b"application/epub+zip":
        yield Problem("epub-mimetype", "mimetype does not say application/epub+zip")


def _trees(archive: zipfile.ZipFile) -> tuple[dict[str, etree._Element], list[Problem]]:
    trees, problems = {}, []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name in archive.namelist():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            try:
                trees[name] = etree.fromstring(archive.read(name), parser)
            except etree.XMLSyntaxError as error:
                problems.append(Problem("epub-xml", f"{name} is not well-formed: {error}"))
    return trees, problems


def _package_name(trees: dict[str, etree._Element]) -> str | None:
    container = trees.get(_CONTAINER)
    if container is None:
        return None
    names = container.xpath("//c:rootfile/@full-path", namespaces=_NAMESPACES)
    return str(names[0]) if names else None


def _manifest(archive: zipfile.ZipFile, package: etree._Element, folder: str) -> Iterator[Problem]:
    hrefs = package.xpath("//o:manifest/o:item/@href", namespaces=_NAMESPACES)
    named = {posixpath.join(folder, unquote(str(href))) for href in hrefs}
    present = {
        name
        for name in archive.namelist()
        if name != "mimetype" and not name.startswith("META-INF/")
    } - {name for name in archive.namelist() if name.endswith(".opf")}
    for name in sorted(named - present):
        yield Problem("epub-manifest", f"the manifest names {name}, which is not in the book")
    for name in sorted(present - named):
        yield Problem("epub-manifest", f"{name} is in the book, but the manifest does not name it")


def _links(
    name: str, tree: etree._Element, pages: dict[str, etree._Element], present: set[str]
) -> Iterator[Problem]:
    for link in tree.xpath("//@href | //@src", namespaces=_NAMESPACES):
        parts = urlsplit(str(link))
        if parts.scheme:
            continue
        target = name
        if parts.path:
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(parts.path))
            )
        if target not in present:
            yield Problem("epub-link", f"{name} refers to {link}, which is not in the book")
        elif parts.fragment and not _has_place(pages.get(target), parts.fragment):
            yield Problem("epub-link", f"{name} refers to {link}, and there is no such place")


def _has_place(page: etree._Element | None, fragment: str) -> bool:
    return page is None or bool(page.xpath("//*[@id=$id]", id=fragment))


def _alternatives(name: str, tree: etree._Element) -> Iterator[Problem]:
    for image in tree.xpath("//h:img[not(@alt) or @alt='']", namespaces=_NAMESPACES):
        yield Problem(
            "epub-alt", f"{name} has a picture without alternative text: {image.get('src')}"
        )
    for drawing in tree.xpath("//s:svg[not(@aria-hidden='true')]", namespaces=_NAMESPACES):
        if not drawing.findtext(f"{{{_NAMESPACES['s']}}}title"):
            yield Problem("epub-alt", f"{name} has a drawing without a title")
    for _ in tree.xpath("//s:svg[not(@viewBox)]", namespaces=_NAMESPACES):
        yield Problem("epub-svg", f"{name} has a drawing without a viewBox")

"""An opened EPUB goes in; what its documents refer to, and what of it is wrong, comes out."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import tinycss2  # type: ignore[import-untyped]

from booklet.checks.epub.archive import MOST_MARKUP_BYTES, DamagedError
from booklet.checks.epub.book import (
    NAMESPACES,
    XHTML,
    EpubBook,
    Tree,
    is_remote,
    scheme,
    select,
    target_of,
    tokens,
    words,
)
from booklet.diagnostics import Problem

_XLINK = f"{{{NAMESPACES['x']}}}href"
_HTML = f"{{{NAMESPACES['h']}}}"
_SVG = f"{{{NAMESPACES['s']}}}"
# Attributes of XHTML elements that fetch something to show or to run.
_FETCHED = {
    "img": ("src",),
    "source": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "script": ("src",),
}
_MEDIA = frozenset(("audio", "video", "source"))
_FETCHING_RELATIONS = frozenset(("stylesheet", "icon", "preload", "prefetch", "modulepreload"))
# A script block of another type is data, which nothing runs.
_SCRIPT_TYPES = re.compile(
    r"|module|(text|application)/(x-)?(java|ecma|j|live)script(\d\.\d)?", re.IGNORECASE
)
_IMPORT_PI = re.compile(r"href\s*=\s*[\"']([^\"']+)")
_FONT_OR_MEDIA = re.compile(r"\.(woff2?|ttf|otf|mp3|m4a|mp4|webm|ogg|opus)([?#]|$)", re.IGNORECASE)
_MANIFEST_PROPERTIES = ("svg", "mathml", "scripted", "remote-resources")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link of a document.

    Attributes:
        link: As it stands there.
        fetched: Whether a reader needs it to show the document, and does not only lead to it.
        remote_allowed: Whether it may lie in the net (EPUB 3.3, 3.6: sound, films, fonts).
    """

    link: str
    fetched: bool
    remote_allowed: bool = False


def references(tree: Tree) -> Iterator[Reference]:
    """Yield every link of an XHTML or SVG document."""
    for instruction in tree.xpath("preceding-sibling::processing-instruction('xml-stylesheet')"):
        if found := _IMPORT_PI.search(str(instruction.text or "")):
            yield Reference(found[1], fetched=True)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if style := element.get("style"):
            yield from css_references(style)
        if element.tag.startswith(_HTML):
            yield from _of_html(element, element.tag.removeprefix(_HTML))
        elif element.tag.startswith(_SVG):
            yield from _of_svg(element, element.tag.removeprefix(_SVG))


def _of_html(element: Tree, name: str) -> Iterator[Reference]:
    if name in ("a", "area") and element.get("href") is not None:
        yield Reference(element.get("href"), fetched=False)
    elif name == "link" and element.get("href"):
        fetched = bool(tokens(element.get("rel", "").lower()) & _FETCHING_RELATIONS)
        yield Reference(element.get("href"), fetched)
    elif name == "style":
        yield from css_references(words(element))
    in_media = name in _MEDIA and (
        name != "source" or element.getparent().tag in (f"{_HTML}audio", f"{_HTML}video")
    )
    for attribute in _FETCHED.get(name, ()):
        if value := element.get(attribute):
            yield Reference(value, True, in_media and attribute == "src")
    for candidate in element.get("srcset", "").split(","):
        if candidate.strip():
            yield Reference(candidate.split()[0], fetched=True)


def _of_svg(element: Tree, name: str) -> Iterator[Reference]:
    link = element.get("href") or element.get(_XLINK)
    if link:
        yield Reference(link, fetched=name != "a")
    if name == "style":
        yield from css_references(words(element))


def css_references(css: str) -> Iterator[Reference]:
    """Yield every address a stylesheet, or a style attribute, refers to."""
    if "url" not in css.lower() and "@import" not in css.lower():
        return
    after_import = False
    waiting = list(reversed(tinycss2.parse_component_value_list(css, skip_comments=True)))
    while waiting:
        node = waiting.pop()
        link = None
        if node.type == "url" or (node.type == "string" and after_import):
            link = node.value
        elif node.type == "function" and node.lower_name in ("url", "src"):
            link = next((one.value for one in node.arguments if one.type == "string"), None)
        if link:
            yield Reference(link, True, bool(_FONT_OR_MEDIA.search(link)))
        if node.type not in ("whitespace",):
            after_import = node.type == "at-keyword" and node.lower_value == "import"
        inner = getattr(node, "arguments", None) or getattr(node, "content", None)
        if isinstance(inner, list):
            waiting += reversed(inner)


def stylesheets(book: EpubBook) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each stylesheet in the archive."""
    present = set(book.archive.files)
    for path, item in book.items.items():
        if item.get("media-type") == "text/css" and path in present:
            try:
                content = book.archive.read(path, MOST_MARKUP_BYTES)
            except DamagedError:
                continue  # check_styles tells it
            yield path, content.decode("utf-8-sig", "replace")


def _all_references(book: EpubBook) -> Iterator[tuple[str, Reference]]:
    for path, tree in [*book.pages.items(), *book.drawings.items()]:
        book.archive.check_time()
        for reference in references(tree):
            yield path, reference
    for path, css in stylesheets(book):
        for reference in css_references(css):
            yield path, reference


def used_files(book: EpubBook) -> set[str]:
    """Return the paths of all files that something in the book uses."""
    used = set(book.spine)
    used |= {target_of(path, one.link)[0] for path, one in _all_references(book)}
    by_id = {str(item.get("id")): path for path, item in book.items.items()}
    named = select(
        book.package, "//@fallback | //@media-overlay | //o:spine/@toc | //o:meta/@content"
    )
    used |= {by_id[str(name)] for name in named if str(name) in by_id}
    used |= {book.beside_package(str(one)) for one in select(book.package, "//o:link/@href")}
    for path, tree in book.trees.items():
        if book.items[path].get("media-type") not in (XHTML, "image/svg+xml"):
            used |= {target_of(path, str(link))[0] for link in select(tree, "//@src")}
    return used | {path for path in book.items if path.endswith(".ncx")}


def check_resources(book: EpubBook) -> Iterator[Problem]:
    """Check links, what comes from the net, scripts and what the manifest says of them.

    Rules 48 to 51.

    Yields:
        A problem for each fault.
    """
    remote: Counter[str] = Counter()
    present = set(book.archive.files)
    in_manifest = {str(href) for href in select(book.package, "//o:manifest/o:item/@href")}
    for path, reference in _all_references(book):
        link = reference.link.strip()
        if scheme(link) in ("javascript", "vbscript"):
            yield Problem("epub-script", f"{path} has a link that runs a script")
        elif is_remote(link):
            if not reference.fetched:
                continue
            remote[path] += 1
            if not reference.remote_allowed or link not in in_manifest:
                yield Problem("epub-remote", f"{path} fetches {link} from outside the book")
        elif not scheme(link):
            yield from _inside(book, path, link, present)
    for path, tree in book.trees.items():
        if book.items[path].get("media-type") not in (XHTML, "image/svg+xml"):
            for link in select(tree, "//@src"):
                yield from _inside(book, path, str(link), present)
    yield from _properties(book, remote)


def _inside(book: EpubBook, path: str, link: str, present: set[str]) -> Iterator[Problem]:
    target, place = target_of(path, link)
    if target in book.items and target not in present:
        return  # the manifest names it too, and that is told
    if not link.strip() or target not in present:
        yield Problem("epub-link", f"{path} refers to {link}, which is not in the book")
    elif place and target in book.places and place not in book.places[target]:
        yield Problem("epub-link", f"{path} refers to {link}, and there is no such place")


def _properties(book: EpubBook, remote: Counter[str]) -> Iterator[Problem]:
    """Rules 50 and 51: the manifest says which documents draw, count, run scripts or fetch."""
    sheets = {path for path, _ in stylesheets(book) if remote[path]}
    for path, tree in [*book.pages.items(), *book.drawings.items()]:
        said = tokens(book.items[path].get("properties"))
        is_page = path in book.pages
        scripts = _scripts(tree)
        fetches = bool(remote[path]) or any(
            target_of(path, one.link)[0] in sheets for one in references(tree) if one.fetched
        )
        true = {
            "svg": is_page and bool(select(tree, "boolean(//s:svg)")),
            "mathml": bool(select(tree, "boolean(//m:math)")),
            "scripted": bool(scripts) or bool(select(tree, "boolean(//h:form)")),
            "remote-resources": fetches,
        }
        if scripts and "scripted" not in said:
            yield Problem("epub-script", f"{path} runs a script: {scripts[0]}")
        for name in _MANIFEST_PROPERTIES:
            if true[name] and name not in said and not (name == "scripted" and scripts):
                yield Problem("epub-property", f"the manifest does not say {name} of {path}")
            elif name in said and not true[name]:
                yield Problem("epub-property", f"the manifest says {name} of {path}, wrongly")


def _scripts(tree: Tree) -> list[str]:
    """Return what of a document a reading system would run."""
    found = [
        f"{one.tag.split('}')[-1]} element"
        for one in select(tree, "//h:script | //s:script")
        if _SCRIPT_TYPES.fullmatch((one.get("type") or "").split(";")[0].strip())
    ]
    handlers = "//@*[starts-with(name(), 'on') and not(contains(name(), ':'))]"
    found += [f"attribute {one.attrname}" for one in select(tree, handlers)]
    return found

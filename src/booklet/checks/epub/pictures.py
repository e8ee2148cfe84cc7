"""An opened EPUB goes in; what is wrong with its pictures, drawings and stylesheets comes out."""

import io
import re
from collections.abc import Iterator

from PIL import Image, ImageFile

from booklet.checks.epub.book import EpubBook, Tree, select, words
from booklet.diagnostics import Problem

# Shops refuse an inner picture of four million pixels or more.
_PIXELS = 4_000_000
_BYTES = 1_500_000
_COVER = (1400, 2400)
_MISSPELT = ("viewbox", "preserveaspectratio", "gradienttransform", "gradientunits")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BARE = re.compile(r"\b(html|body|p)\b(?![.#:\[-])")


def check_pictures(book: EpubBook) -> Iterator[Problem]:
    """Check alternatives, drawings, picture files, the cover, and CSS: rules 29, 30, 42 to 45.

    Yields:
        A problem for each fault.
    """
    for name, tree in book.pages.items():
        yield from _alternatives(name, tree)
        yield from _drawings(name, tree)
    for name, item in book.items.items():
        media_type = str(item.get("media-type", ""))
        if name not in book.archive.NameToInfo:
            continue
        if media_type.startswith("image/") and media_type != "image/svg+xml":
            cover = "cover-image" in str(item.get("properties", "")).split()
            yield from _picture(name, book.archive.read(name), cover)
        elif media_type == "text/css":
            yield from _styles(name, book.archive.read(name).decode("utf-8", "replace"))
    if not select(book.package, "//o:item[@properties='cover-image']"):
        yield Problem("epub-cover", "no picture is called the cover")


def _alternatives(name: str, tree: Tree) -> Iterator[Problem]:
    for image in select(tree, "//h:img"):
        alternative = str(image.get("alt", "")).strip()
        if not alternative:
            source = image.get("src")
            yield Problem("epub-alt", f"{name} has a picture without alternative text: {source}")
        captions = select(image, "ancestor::h:figure[1]//h:figcaption")
        if any(words(caption).strip() == alternative for caption in captions):
            yield Problem("epub-alt-repeated", f"{name}: {alternative} is caption and alternative")


def _drawings(name: str, tree: Tree) -> Iterator[Problem]:
    for drawing in select(tree, "//s:svg"):
        hidden = drawing.get("aria-hidden") == "true"
        if not hidden and not drawing.findtext("{http://www.w3.org/2000/svg}title"):
            yield Problem("epub-alt", f"{name} has a drawing without a title")
        if not hidden and drawing.get("role") != "img":
            yield Problem("epub-svg", f"{name} has a drawing that is not called a picture")
        if drawing.get("viewBox") is None:
            yield Problem("epub-svg", f"{name} has a drawing without a viewBox")
        if drawing.get("width") is not None or drawing.get("height") is not None:
            yield Problem("epub-svg", f"{name} has a drawing of a fixed size")
        for element in drawing.iter():
            for attribute in element.attrib:
                if attribute in _MISSPELT:
                    yield Problem("epub-svg", f"{name} has {attribute} in the wrong case")
            if element.get("transform") is not None:
                yield Problem("epub-svg", f"{name} has a drawing with a transform")


def _picture(name: str, content: bytes, cover: bool) -> Iterator[Problem]:
    # WeasyPrint tells Pillow, for the whole process, to bear with pictures that break off.
    bears, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError) as error:
        yield Problem("epub-picture", f"{name} cannot be decoded: {error}")
        return
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = bears
    width, height = picture.size
    if width * height >= _PIXELS or len(content) > _BYTES:
        yield Problem("epub-picture", f"{name} is too large: {width} × {height} pixels")
    if picture.mode == "CMYK":
        yield Problem("epub-picture", f"{name} is in CMYK; readers want RGB")
    if cover and (picture.format != "JPEG" or width < _COVER[0] or height < _COVER[1]):
        yield Problem("epub-cover", f"{name} is no JPEG of {_COVER[0]} × {_COVER[1]} or more")


def _without_print(css: str) -> str:
    """Return a stylesheet without its `@media print` blocks, which no e-reader heeds."""
    while (start := css.find("@media print")) >= 0:
        depth, end = 0, css.find("{", start)
        while 0 <= end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
            if not depth:
                break
        css = css[:start] + css[end if end > 0 else len(css) :]
    return css


def _styles(name: str, css: str) -> Iterator[Problem]:
    for selector, body in _RULE.findall(_without_print(_COMMENT.sub("", css))):
        place = f"{name}: {' '.join(selector.split())}"
        if re.search(r"\dpx\b|(font-size|line-height)\s*:[^;]*\dpt\b", body):
            yield Problem("epub-css", f"{place} has a size that no reader can change")
        if re.search(r"\bposition\s*:\s*(fixed|absolute|sticky)", body):
            yield Problem("epub-css", f"{place} has a fixed position")
        bare = any(
            _BARE.search(part.strip().split()[-1]) for part in selector.split(",") if part.strip()
        )
        if bare and re.search(r"(^|[;\s])(background(-color)?|color)\s*:", body):
            yield Problem("epub-css", f"{place} has a colour, which dark mode then cannot change")

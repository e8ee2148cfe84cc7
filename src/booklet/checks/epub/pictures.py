"""An opened EPUB goes in; what is wrong with its pictures and drawings comes out."""

import io
import re
from collections.abc import Iterator

from PIL import Image, ImageFile

from booklet.checks.epub.archive import DamagedError
from booklet.checks.epub.book import SVG, EpubBook, Tree, is_hidden, select, tokens, words
from booklet.diagnostics import Problem

# Shops refuse an inner picture of four million pixels or more.
_PIXELS = 4_000_000
_BYTES = 1_500_000
# Past this a picture is not decoded: 64 million pixels take 256 MB.
_MOST_PIXELS = 64_000_000
_COVER = (1400, 2400)
_MISSPELT = ("viewbox", "preserveaspectratio", "gradienttransform", "gradientunits", "patternunits")
_MISSPELT_ELEMENTS = ("lineargradient", "radialgradient", "clippath", "textpath", "foreignobject")
# What every reading system shows (EPUB 3.3, 3.2), by the name Pillow has for it.
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
_FIXED = re.compile(r"\s*[\d.]+\s*(px|pt|pc|cm|mm|in)?\s*")
_DECORATIVE = frozenset(("presentation", "none"))
_DRAWING_ROLES = frozenset(("img", "graphics-document", "graphics-symbol", "doc-cover"))


def check_pictures(book: EpubBook) -> Iterator[Problem]:
    """Check alternatives, drawings, picture files and the cover: rules 29, 30, 42, 44 and 45.

    Yields:
        A problem for each fault.
    """
    for name, tree in book.pages.items():
        yield from _alternatives(name, tree)
        for drawing in select(tree, "//s:svg[not(ancestor::s:svg)]"):
            yield from _alternative_of_drawing(name, drawing)
            yield from _drawing(name, drawing)
    for name, tree in book.drawings.items():
        yield from _drawing(name, tree)
    present = set(book.archive.files)
    covers = 0
    for name, item in book.items.items():
        is_cover = "cover-image" in tokens(item.get("properties"))
        covers += is_cover
        media_type = str(item.get("media-type", ""))
        # A picture of a type that few show has another one to fall back on.
        if not media_type.startswith("image/") or media_type == SVG or item.get("fallback"):
            continue
        if name in present:
            book.archive.check_time()
            try:
                content = book.archive.read(name)
            except DamagedError as error:
                yield Problem("epub-damaged", str(error))
                continue
            yield from _picture(name, content, media_type, is_cover)
    if not covers:
        yield Problem("epub-cover", "no picture is called the cover")


def _alternatives(name: str, tree: Tree) -> Iterator[Problem]:
    for image in select(tree, "//h:img | //h:area[@href] | //h:input[@type='image']"):
        alternative = image.get("alt")
        source = image.get("src") or image.get("href")
        by_aria = image.get("aria-label") or image.get("aria-labelledby")
        roles = tokens(image.get("role"))
        if alternative is None and not by_aria and not roles & _DECORATIVE:
            yield Problem("epub-alt", f"{name} has a picture without alternative text: {source}")
        # alt="" says that a picture is decoration, which the cover and an alt of spaces are not.
        elif alternative == "" and "doc-cover" in roles:
            yield Problem("epub-alt", f"{name} calls its cover decoration: {source}")
        elif alternative and not alternative.strip() and not by_aria:
            yield Problem("epub-alt", f"{name} has a picture whose alternative is blank: {source}")
        elif alternative and _is_file_name(alternative.strip()):
            yield Problem("epub-alt", f"{name} has the name of a file for an alternative: {source}")
        captions = select(image, "ancestor::h:figure[1]//h:figcaption")
        if alternative and any(_same(words(one), alternative) for one in captions):
            yield Problem("epub-alt-repeated", f"{name}: {alternative} is caption and alternative")


def _is_file_name(text: str) -> bool:
    return bool(re.fullmatch(r"[\w./ -]+\.(jpe?g|png|gif|webp|svg|tiff?|heic|bmp)", text, re.I))


def _same(caption: str, alternative: str) -> bool:
    return caption.strip().rstrip("。.") == alternative.strip().rstrip("。.")


def _alternative_of_drawing(name: str, drawing: Tree) -> Iterator[Problem]:
    roles = tokens(drawing.get("role"))
    if is_hidden(drawing) or roles & _DECORATIVE:
        return
    title = drawing.findtext("{http://www.w3.org/2000/svg}title")
    by_aria = drawing.get("aria-label") or drawing.get("aria-labelledby")
    if not ((title or "").strip() or by_aria):
        yield Problem("epub-alt", f"{name} has a drawing without a title")
    if not roles & _DRAWING_ROLES:
        yield Problem("epub-svg", f"{name} has a drawing that is not called a picture")


def _drawing(name: str, drawing: Tree) -> Iterator[Problem]:
    fixed = [one for one in ("width", "height") if _FIXED.fullmatch(drawing.get(one, ""))]
    if drawing.get("viewBox") is None:
        yield Problem("epub-svg", f"{name} has a drawing without a viewBox")
    elif not re.fullmatch(r"\s*([-+]?[\d.]+(e[-+]?\d+)?[\s,]*){4}", drawing.get("viewBox"), re.I):
        yield Problem("epub-svg", f"{name} has a drawing whose viewBox is not four numbers")
    if fixed:
        yield Problem("epub-drawing", f"{name} has a drawing of a fixed size")
    for element in drawing.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in element.attrib:
            if attribute in _MISSPELT:
                yield Problem("epub-svg", f"{name} has {attribute} in the wrong case")
        if element.tag.split("}")[-1] in _MISSPELT_ELEMENTS:
            yield Problem("epub-svg", f"{name} has {element.tag.split('}')[-1]} in the wrong case")
        if element.get("transform") is not None:
            yield Problem("epub-drawing", f"{name} has a drawing with a transform")


def _picture(name: str, content: bytes, media_type: str, cover: bool) -> Iterator[Problem]:
    # WeasyPrint tells Pillow, for the whole process, to bear with pictures that break off.
    bears, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        # Other formats are not even tried: one of Pillow's decoders starts a program.
        with Image.open(io.BytesIO(content), formats=tuple(_TYPES)) as picture:
            kind, (width, height) = str(picture.format), picture.size
            if width * height > _MOST_PIXELS:
                yield Problem("epub-picture", f"{name} is too large: {width} × {height} pixels")
                return
            picture.load()
    except Exception as error:
        yield Problem("epub-picture", f"{name} cannot be decoded: {error}")
        return
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = bears
    if width * height >= _PIXELS or len(content) > _BYTES:
        yield Problem("epub-picture", f"{name} is too large: {width} × {height} pixels")
    if picture.mode == "CMYK":
        yield Problem("epub-picture", f"{name} is in CMYK; readers want RGB")
    if _TYPES[kind] != media_type:
        yield Problem("epub-picture", f"{name} is {_TYPES[kind]}, not {media_type}")
    if cover and (kind != "JPEG" or width < _COVER[0] or height < _COVER[1]):
        yield Problem("epub-cover", f"{name} is no JPEG of {_COVER[0]} × {_COVER[1]} or more")

"""Pictures and gradients of a PDF and a print profile go in; what is wrong with them comes out."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array
from PIL import Image, ImageChops

from booklet.checks.findings import Finding, at_place
from booklet.checks.preflight.colour_values import space_kind
from booklet.checks.preflight.file_rules import filters_of
from booklet.checks.preflight.page_rules import Box, trim_box
from booklet.checks.preflight.paint import PagePaint, Painted, pictures_in
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, ResolutionRule, Standard

_INK_TOLERANCE_PERCENT = 2.0
# Scaling to a whole number of pixels leaves a picture a hair under its resolution.
_RESOLUTION_TOLERANCE = 0.99


def picture_findings(
    document: Any, profile: PrintProfile, pages: list[PagePaint]
) -> Iterator[Finding]:
    """Yield what is wrong with colour, ink, resolution and packing of pictures and gradients."""
    inks: dict[tuple[int, int], float] = {}
    for number, (page, paint) in enumerate(zip(document.pages, pages, strict=True), 1):
        trim = trim_box(page)
        for one in pictures_in(paint.painted):
            yield from _picture(one, profile, number, trim, inks)
        for one in paint.painted:
            if one.kind == "shading" and profile.is_pdf_x:
                yield from _gradient(one, profile, number, trim)
            elif one.kind == "picture" and one.colour is not None and profile.resolution:
                least = profile.resolution.bitmap_dpi
                yield from _resolution(
                    one, "black and white", least, profile.resolution, number, trim
                )


def _picture(
    one: Painted, profile: PrintProfile, number: int, trim: Box, inks: dict[tuple[int, int], float]
) -> Iterator[Finding]:
    picture = one.thing
    space = picture.get("/ColorSpace", picture.get("/CS"))
    filters = filters_of(picture)
    kind, is_device = space_kind(space) if space is not None else ("unknown", False)
    if "/JPXDecode" in filters and space is None:
        kind = "rgb"
    if profile.is_pdf_x and kind not in ("cmyk", "grey", "spot", "registration"):
        name = "RGB" if kind == "rgb" else "a colour space nobody knows"
        message = f"a picture is in {name}"
        yield at_place("picture-rgb", message, "convert it to CMYK or grey", number, one.box, trim)
    elif profile.pdf.standard is Standard.X_1A and not is_device:
        message = "a picture's colours are given by an ICC profile"
        yield at_place("colour-managed", message, "convert it to CMYK", number, one.box, trim)
    for forbidden in {"/JPXDecode", "/LZWDecode", "/JBIG2Decode"} & set(filters):
        if profile.pdf.standard is Standard.X_1A:
            name = forbidden.removeprefix("/").removesuffix("Decode")
            message = f"a picture is packed as {name}, which PDF/X-1a does not allow"
            yield at_place("picture-packing", message, "save it as JPEG", number, one.box, trim)
    if profile.resolution is not None:
        sort, least = _sort_of_picture(picture, kind, profile.resolution)
        yield from _resolution(one, sort, least, profile.resolution, number, trim)
    if profile.ink is not None and kind == "cmyk":
        ink = _most_ink(picture, inks)
        if ink > profile.ink.most_percent + _INK_TOLERANCE_PERCENT:
            message = f"a picture has {ink:.0f} % of ink; {profile.ink.most_percent:g} % dry"
            yield at_place("ink-limit", message, "convert it with less ink", number, one.box, trim)


def _sort_of_picture(picture: Any, kind: str, rule: ResolutionRule) -> tuple[str, int]:
    bits = int(picture.get("/BitsPerComponent", picture.get("/BPC", 8)))
    if kind == "grey" and bits == 1:
        return "black and white", rule.bitmap_dpi
    return ("grey", rule.grey_dpi) if kind == "grey" else ("colour", rule.colour_dpi)


def _resolution(
    one: Painted, sort: str, wanted: int, rule: ResolutionRule, number: int, trim: Box
) -> Iterator[Finding]:
    if one.size >= wanted * _RESOLUTION_TOLERANCE:
        return
    too_coarse = one.size < rule.least_dpi * _RESOLUTION_TOLERANCE
    message = f"a {sort} picture has {one.size:.0f} dpi at this size; {wanted} are wanted"
    yield at_place(
        "picture-resolution",
        message,
        "take a larger picture, or print it smaller",
        number,
        one.box,
        trim,
        Severity.ERROR if too_coarse else Severity.WARNING,
    )


def _gradient(one: Painted, profile: PrintProfile, number: int, trim: Box) -> Iterator[Finding]:
    space = one.thing.get("/ColorSpace")
    kind, _ = space_kind(space)
    if kind in ("rgb", "lab", "unknown"):
        message = "a gradient is in RGB"
        yield at_place("colour-rgb", message, "convert it to the four inks", number, one.box, trim)
    elif kind == "cmyk" and profile.ink is not None:
        ink = max((sum(end) * 100 for end in _ends(one.thing.get("/Function"))), default=0)
        if ink > profile.ink.most_percent:
            message = f"a gradient has {ink:.0f} % of ink"
            yield at_place(
                "ink-limit", message, "take colours with less ink", number, one.box, trim
            )


def _ends(function: Any) -> Iterator[list[float]]:
    if function is None or isinstance(function, Array):
        return
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:
        for key in ("/C0", "/C1"):
            yield [float(value) for value in function.get(key, [])]
    elif kind == 3:
        for part in function.Functions:
            yield from _ends(part)


def _most_ink(picture: Any, known: dict[tuple[int, int], float]) -> float:
    """Return the most ink at any place of a picture, in per cent."""
    key = tuple(picture.objgen)
    if key not in known or key == (0, 0):
        known[key] = _measured_ink(picture)
    return known[key]


def _measured_ink(picture: Any) -> float:
    image = _decoded(picture)
    if image is None or image.mode != "CMYK":
        return 0.0
    cyan, magenta, yellow, black = image.split()
    # Each sum is halved to stay within 8 bits, so the last one is a quarter of the ink.
    pairs = ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2)
    histogram = ImageChops.add(*pairs, 2).histogram()
    most = max(level for level, count in enumerate(histogram) if count)
    return most * 4 / 255 * 100


def _decoded(picture: Any) -> Image.Image | None:
    """Return a picture's pixels; pikepdf leaves aside how a JPEG's inks are to be read."""
    try:
        if "/DCTDecode" in filters_of(picture):
            image: Image.Image = Image.open(io.BytesIO(picture.read_raw_bytes()))
            image.load()
            # Pillow turns round the inks of a JPEG that Adobe's marker is on; without /Decode the
            # PDF means them as they are written.
            turned = image.mode == "CMYK" and "adobe" in image.info
            decode = [float(value) for value in picture.get("/Decode", [])]
            if turned and decode[:2] != [1, 0]:
                image = ImageChops.invert(image)
            return image
        return pikepdf.PdfImage(picture).as_pil_image(apply_mask=False)
    except (pikepdf.PdfError, OSError, ValueError, NotImplementedError, AttributeError):
        return None

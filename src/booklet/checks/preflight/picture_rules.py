"""Pictures and gradients of a PDF and a print profile go in; what is wrong with them comes out."""

from collections.abc import Iterator, Sequence
from typing import Any

from booklet.checks.findings import Finding, at_place
from booklet.checks.preflight.budget import Budget
from booklet.checks.preflight.colour_values import UNKNOWN, Space, read_space
from booklet.checks.preflight.geometry import Box
from booklet.checks.preflight.gradients import most_gradient_ink
from booklet.checks.preflight.page_rules import trim_box
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    filters_of,
    number_of,
    whole,
)
from booklet.checks.preflight.pixels import Pixels, look_at
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, ResolutionRule, Standard

_INK_TOLERANCE_PERCENT = 2.0
# Scaling to a whole number of pixels leaves a picture a hair under its resolution.
_RESOLUTION_TOLERANCE = 0.99
_NAMES = {"rgb": "RGB", "lab": "Lab", "unknown": "a colour space nobody knows"}
_NAMES["pattern"] = _NAMES["unknown"]
# ISO 15930-4, 6.17: PDF/X-1a has neither LZW nor JBIG2, and PDF 1.4 no JPEG 2000.
_NOT_IN_X_1A = {"/JPXDecode", "/LZWDecode", "/LZW", "/JBIG2Decode"}


def picture_findings(
    pages: Sequence[Any], profile: PrintProfile, paints: Sequence[PagePaint], budget: Budget
) -> Iterator[Finding]:
    """Yield what is wrong with colour, ink, resolution and packing of pictures and gradients."""
    known: dict[Any, Pixels] = {}
    for number, (page, paint) in enumerate(zip(pages, paints, strict=True), 1):
        trim = trim_box(page)
        for one in paint.painted:
            if one.kind == "shading" and profile.is_pdf_x:
                budget.spend()
                yield from _gradient(one, profile, number, trim)
            if one.kind != "picture":
                continue
            budget.spend()
            space = one.space or UNKNOWN
            # What has to be packed anew is not unpacked before.
            if profile.pdf.standard is not Standard.X_1A or not _forbidden(one.thing):
                yield from _decoded(one, space, known, profile, number, trim)
            if one.colour is None:
                yield from _picture(one, space, profile, number, trim)
            elif profile.resolution:
                least = profile.resolution.bitmap_dpi
                sort = "black and white"
                yield from _resolution(one, sort, least, profile.resolution, number, trim)


def _decoded(
    one: Painted,
    space: Space,
    known: dict[Any, Pixels],
    profile: PrintProfile,
    number: int,
    trim: Box,
) -> Iterator[Finding]:
    """Yield what comes out when a picture is unpacked; each is unpacked once."""
    # A picture inside a page's stream has its number in another document.
    key = (number_of(one.thing), one.colour is None, number if one.is_inline else 0)
    if key not in known:
        known[key] = look_at(one.thing, space if one.colour is None else None)
    pixels = known[key]
    if pixels.broken:
        message = f"a picture cannot be unpacked: {pixels.broken}"
        hint = "put the picture in again"
        yield at_place("picture-broken", message, hint, (number, one.box, trim))
    if pixels.unseen:
        message = f"a picture was not looked at: {pixels.unseen}"
        hint = "save it smaller, or as JPEG"
        yield at_place("preflight-not-judged", message, hint, (number, one.box, trim))
    if profile.ink is None or one.colour is not None or space.kind not in ("cmyk", "spot"):
        return
    if pixels.ink_percent > profile.ink.most_percent + _INK_TOLERANCE_PERCENT:
        message = (
            f"a picture has {pixels.ink_percent:.0f} % of ink; {profile.ink.most_percent:g} % dry"
        )
        yield at_place("ink-limit", message, "convert it with less ink", (number, one.box, trim))


def _picture(
    one: Painted, space: Space, profile: PrintProfile, number: int, trim: Box
) -> Iterator[Finding]:
    picture = one.thing
    if profile.is_pdf_x and space.kind in _NAMES:
        message = f"a picture is in {_NAMES[space.kind]}"
        yield at_place(
            "picture-rgb", message, "convert it to CMYK or grey", (number, one.box, trim)
        )
    elif profile.pdf.standard is Standard.X_1A and not space.is_device:
        message = "a picture's colours are given by an ICC profile or a white point"
        yield at_place("colour-managed", message, "convert it to CMYK", (number, one.box, trim))
    if profile.pdf.standard is Standard.X_1A:
        yield from _not_in_x_1a(one, picture, number, trim)
    if profile.is_pdf_x and entry(picture, "/Alternates") is not None:
        message = "a picture carries others that may be printed in its place"
        hint = "save it without alternate pictures"
        severity = Severity.ERROR if _replaced(picture) else Severity.WARNING
        yield at_place("picture-alternates", message, hint, (number, one.box, trim), severity)
    if profile.resolution is not None:
        sort, least = _sort_of_picture(picture, space.kind, profile.resolution)
        yield from _resolution(one, sort, least, profile.resolution, number, trim)


def _not_in_x_1a(one: Painted, picture: Any, number: int, trim: Box) -> Iterator[Finding]:
    for forbidden in _forbidden(picture):
        name = forbidden.removeprefix("/").removesuffix("Decode")
        message = f"a picture is packed as {name}, which PDF/X-1a does not allow"
        yield at_place("picture-packing", message, "save it as JPEG", (number, one.box, trim))
    if whole(entry(picture, "/BitsPerComponent", entry(picture, "/BPC"))) > 8:
        message = "a picture has 16 bits a colour, which PDF 1.4 does not know"
        yield at_place("picture-depth", message, "save it with 8 bits", (number, one.box, trim))


def _forbidden(picture: Any) -> list[str]:
    return sorted(_NOT_IN_X_1A & set(filters_of(picture)))


def _replaced(picture: Any) -> bool:
    """Return whether an alternate picture is the one to be printed."""
    return any(
        bool(entry(other, "/DefaultForPrinting", False))
        for other in elements(entry(picture, "/Alternates"))
    )


def _sort_of_picture(picture: Any, kind: str, rule: ResolutionRule) -> tuple[str, int]:
    bits = whole(entry(picture, "/BitsPerComponent", entry(picture, "/BPC", 8)), 8)
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
        (number, one.box, trim),
        Severity.ERROR if too_coarse else Severity.WARNING,
    )


def _gradient(one: Painted, profile: PrintProfile, number: int, trim: Box) -> Iterator[Finding]:
    space = read_space(entry(one.thing, "/ColorSpace"))
    if space.kind in _NAMES:
        message = f"a gradient is in {_NAMES[space.kind]}"
        yield at_place(
            "colour-rgb", message, "convert it to the four inks", (number, one.box, trim)
        )
        return
    if profile.ink is None or space.kind not in ("cmyk", "spot"):
        return
    ink, unseen = most_gradient_ink(one.thing, space)
    if unseen:
        message = f"the ink of a gradient was not looked at: {unseen}"
        hint = "turn the gradient into a picture"
        yield at_place("preflight-not-judged", message, hint, (number, one.box, trim))
    elif ink > profile.ink.most_percent + _INK_TOLERANCE_PERCENT / 4:
        message = f"a gradient has {ink:.0f} % of ink"
        yield at_place("ink-limit", message, "take colours with less ink", (number, one.box, trim))

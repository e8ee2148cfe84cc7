"""What the pages of a PDF paint and a print profile go in; what would print badly comes out."""

from collections.abc import Iterator
from typing import Any

from booklet.checks.findings import Finding, at_place
from booklet.checks.preflight.colour_values import Colour, space_kind, spot_names
from booklet.checks.preflight.page_rules import Box, box_of, media_box, trim_box
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, PrintUse, Standard, TypeRule

_POINTS_PER_MM = 72 / 25.4
# Sums of inks are written with two to six decimals.
_INK_TOLERANCE_PERCENT = 0.5
_SIZE_TOLERANCE_PT = 0.01
_MARGIN_TOLERANCE_PT = 0.5
# Black thinner than this is a line or a letter; thicker, it is a ground that may be mixed.
_GROUND_PT = 8.0
_NOT_FOR_PRESS = {"rgb": "RGB", "lab": "Lab", "unknown": "a colour space nobody knows"}


def paint_findings(
    document: Any, profile: PrintProfile, pages: list[PagePaint]
) -> Iterator[Finding]:
    """Yield what is wrong with colours, ink, black, lines, type, margins and transparency."""
    for number, (page, paint) in enumerate(zip(document.pages, pages, strict=True), 1):
        trim = trim_box(page)
        yield from _whole_page(paint, profile, number)
        bleed = box_of(page, "/BleedBox") or media_box(page)
        # Outside the bleed are trim marks and what stands beside them.
        inside = [one for one in paint.painted if _overlap(one.box, bleed, _MARGIN_TOLERANCE_PT)]
        for one in inside:
            yield from _look_at(one, profile, number, trim)
        if profile.type is not None:
            texts = [one for one in inside if one.kind == "text"]
            yield from _type_sizes(texts, profile.type, number, trim)
        # Without a trim, nobody knows where the cut is.
        is_cut = profile.use is PrintUse.PRESS and box_of(page, "/TrimBox") is not None
        if is_cut and profile.bleed and profile.bleed.mm:
            yield from _short_of_bleed(paint, profile.bleed.mm, number, trim)
        if profile.sheet is not None:
            yield from _in_the_rim(paint, profile.sheet.rim_mm, number, trim)


def _whole_page(paint: PagePaint, profile: PrintProfile, number: int) -> Iterator[Finding]:
    if paint.broken:
        yield Finding("page-broken", "the page cannot be read to its end", "save it again", number)
    for oddity in sorted(paint.oddities):
        severity = Severity.WARNING if oddity.startswith("a picture") else Severity.ERROR
        message = f"the page has {oddity}"
        yield Finding("page-oddity", message, "save it anew", number, severity=severity)
    if profile.is_pdf_x:
        yield from _spaces(paint, profile, number)
    if profile.pdf.standard is Standard.X_1A:
        for how in sorted(paint.transparency):
            hint = "flatten transparency, or ask for PDF/X-4"
            yield Finding("live-transparency", f"the page has {how}", hint, number)


def _spaces(paint: PagePaint, profile: PrintProfile, number: int) -> Iterator[Finding]:
    for space in paint.spaces:
        for name in spot_names(space):
            message = f"the page asks for an ink of its own: {name}"
            yield Finding("colour-spot", message, "mix it from the four inks", number)
        kind, is_device = space_kind(space)
        if not is_device and profile.pdf.standard is Standard.X_1A and kind != "rgb":
            message = "a colour is given by an ICC profile or a white point"
            yield Finding("colour-managed", message, "convert it to the four inks", number)


def _look_at(one: Painted, profile: PrintProfile, number: int, trim: Box) -> Iterator[Finding]:
    if one.colour is not None:
        yield from _colour(one, one.colour, profile, number, trim)
    if profile.lines is not None and one.kind in ("line", "fill"):
        yield from _thickness(one, profile.lines.least_pt, number, trim)
    if one.kind == "text" and (
        profile.safe is not None
        and _margin(one.box, trim) < profile.safe.mm * _POINTS_PER_MM - _MARGIN_TOLERANCE_PT
    ):
        distance = max(_margin(one.box, trim), 0) / _POINTS_PER_MM
        message = f"text is {distance:.1f} mm from the cut; {profile.safe.mm:g} mm are safe"
        yield at_place("safe-zone", message, "move it inwards", number, one.box, trim)


def _type_sizes(texts: list[Painted], rule: TypeRule, number: int, trim: Box) -> Iterator[Finding]:
    for one in texts:
        if one.size >= rule.least_pt - _SIZE_TOLERANCE_PT:
            continue
        least = rule.least_ruby_pt if _is_ruby(one, texts) else rule.least_pt
        if one.size < least - _SIZE_TOLERANCE_PT:
            message = f"type of {one.size:.1f} pt; the smallest that prints well is {least:g} pt"
            yield at_place("type-size", message, "make it larger", number, one.box, trim)


def _is_ruby(small: Painted, texts: list[Painted]) -> bool:
    """Return whether text is half as large as a line that it stands close above (JLREQ 3.3.3)."""
    left, bottom, right, _ = small.box
    return any(
        1.8 <= base.size / small.size <= 2.2
        and base.box[0] < right
        and left < base.box[2]
        and abs(bottom - base.box[3]) < base.size * 0.5
        for base in texts
    )


def _colour(
    one: Painted, colour: Colour, profile: PrintProfile, number: int, trim: Box
) -> Iterator[Finding]:
    what = {"text": "text", "line": "a line", "fill": "a ground"}.get(one.kind, "a stencil")
    if profile.is_pdf_x and colour.space in _NOT_FOR_PRESS:
        if colour.is_black:
            message = f"{what} is black in RGB ({colour}): four plates would print it"
            yield at_place("black-rgb", message, "make it K 100 alone", number, one.box, trim)
        else:
            message = f"{what} is in {_NOT_FOR_PRESS[colour.space]} ({colour})"
            yield at_place(
                "colour-rgb", message, "convert it to the four inks", number, one.box, trim
            )
        return
    if colour.space == "registration" and profile.is_pdf_x:
        message = f"{what} prints on all plates, the colour of trim marks"
        yield at_place("colour-registration", message, "make it K 100 alone", number, one.box, trim)
        return
    if (
        profile.ink is not None
        and colour.ink_percent > profile.ink.most_percent + _INK_TOLERANCE_PERCENT
    ):
        most = profile.ink.most_percent
        message = f"{what} has {colour.ink_percent:.0f} % of ink ({colour}); {most:g} % dry"
        yield at_place("ink-limit", message, "take a colour with less ink", number, one.box, trim)
    if profile.black is not None and profile.is_pdf_x:
        yield from _black(one, colour, profile, number, trim, what)


def _black(
    one: Painted, colour: Colour, profile: PrintProfile, number: int, trim: Box, what: str
) -> Iterator[Finding]:
    thin = one.kind in ("text", "line") or (one.kind == "fill" and one.size < _GROUND_PT)
    if colour.is_black and not colour.is_black_alone and thin and _is_mixed(colour):
        message = f"{what} is black on several plates ({colour}): it blurs when they shift"
        yield at_place("black-mixed", message, "make it K 100 alone", number, one.box, trim)
    elif (
        colour.is_black_alone
        and thin
        and profile.black
        and profile.black.overprint
        and not one.overprints
    ):
        message = f"{what} in black does not overprint: a white rim shows when plates shift"
        yield at_place(
            "black-overprint",
            message,
            "set it to overprint",
            number,
            one.box,
            trim,
            Severity.WARNING,
        )
    if colour.is_white and one.overprints and colour.space in ("cmyk", "grey"):
        message = f"{what} is white and overprints: it vanishes"
        yield at_place("white-overprint", message, "let it knock out", number, one.box, trim)


def _is_mixed(colour: Colour) -> bool:
    return colour.space == "cmyk" and sum(value > 0.02 for value in colour.values) > 1


def _thickness(one: Painted, least_pt: float, number: int, trim: Box) -> Iterator[Finding]:
    if one.size < least_pt - _SIZE_TOLERANCE_PT:
        message = f"a line of {one.size:.2f} pt; thinner than {least_pt:g} pt it may not print"
        yield at_place("line-weight", message, "make it thicker", number, one.box, trim)


def _short_of_bleed(paint: PagePaint, bleed_mm: float, number: int, trim: Box) -> Iterator[Finding]:
    """Yield grounds and pictures that end at the cut: the knife leaves a white rim there."""
    near, bleed = 0.3 * _POINTS_PER_MM, bleed_mm * _POINTS_PER_MM
    for one in paint.painted:
        if one.kind in ("text", "line") or (one.colour is not None and one.colour.is_white):
            continue
        gaps = (
            trim[0] - one.box[0],
            trim[1] - one.box[1],
            one.box[2] - trim[2],
            one.box[3] - trim[3],
        )
        if any(-near <= gap < bleed - near for gap in gaps) and one.size > 1:
            what = "a picture" if one.kind == "picture" else "a ground"
            message = f"{what} ends at the cut instead of {bleed_mm:g} mm outside it"
            yield at_place(
                "bleed-short", message, "let it run into the bleed", number, one.box, trim
            )


def _in_the_rim(paint: PagePaint, rim_mm: float, number: int, sheet: Box) -> Iterator[Finding]:
    for one in paint.painted:
        if (
            one.kind == "text"
            and _margin(one.box, sheet) < rim_mm * _POINTS_PER_MM - _MARGIN_TOLERANCE_PT
        ):
            distance = max(_margin(one.box, sheet), 0) / _POINTS_PER_MM
            message = (
                f"text is {distance:.1f} mm from the edge; printers leave out up to {rim_mm:g} mm"
            )
            yield at_place("sheet-rim", message, "print the pages smaller", number, one.box, sheet)


def _margin(box: Box, trim: Box) -> float:
    return min(box[0] - trim[0], box[1] - trim[1], trim[2] - box[2], trim[3] - box[3])


def _overlap(one: Box, other: Box, by_pt: float) -> bool:
    """Return whether a box reaches more than so many pt into another."""
    return (
        one[0] < other[2] - by_pt
        and one[2] > other[0] + by_pt
        and one[1] < other[3] - by_pt
        and one[3] > other[1] + by_pt
    )

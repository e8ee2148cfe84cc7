"""What the pages of a PDF paint and a print profile go in; what would print badly comes out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from booklet.checks.findings import Finding, at_place
from booklet.checks.preflight.colour_values import Colour, spot_names
from booklet.checks.preflight.geometry import Box
from booklet.checks.preflight.page_rules import box_of, media_box, trim_box
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.checks.preflight.pdf_values import shown
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
# What a page as a whole has, and which kinds of PDF it matters to: None is every kind.
_SEEN_HINTS: dict[str, tuple[str, tuple[Standard, ...] | None]] = {
    "page-broken": ("save it again", None),
    "preflight-not-judged": ("ask the print shop to look at it, or make the page simpler", None),
    "resource-missing": ("save it again from the program it was made with", None),
    "picture-opi": ("put the picture itself into the file", None),
    "state-black": ("convert colours before, and save it without", (Standard.X_1A, Standard.X_4)),
    "state-halftone": ("leave the halftone to the shop", (Standard.X_1A, Standard.X_4)),
    "colour-default": ("convert the colours to the four inks", (Standard.X_1A,)),
}


def paint_findings(
    pages: Sequence[Any], profile: PrintProfile, paints: Sequence[PagePaint]
) -> Iterator[Finding]:
    """Yield what is wrong with colours, ink, black, lines, type, margins and transparency."""
    for number, (page, paint) in enumerate(zip(pages, paints, strict=True), 1):
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
    for code, message in paint.seen:
        hint, standards = _SEEN_HINTS[code]
        if standards is None or profile.pdf.standard in standards:
            yield Finding(code, message, hint, number)
    for oddity in sorted(paint.oddities):
        severity = Severity.WARNING if oddity.startswith("a picture") else Severity.ERROR
        message = f"the page has {oddity}"
        yield Finding("page-oddity", message, "save it anew", number, severity=severity)
    if profile.is_pdf_x:
        yield from _spaces(paint, profile, number)
        yield from _masks(paint, number)
    if profile.pdf.standard is Standard.X_1A:
        for how in sorted(paint.transparency):
            hint = "flatten transparency, or ask for PDF/X-4"
            yield Finding("live-transparency", f"the page has {how}", hint, number)


def _masks(paint: PagePaint, number: int) -> Iterator[Finding]:
    for one in paint.masks:
        if one.colour is not None and one.colour.space in _NOT_FOR_PRESS:
            message = f"a soft mask is in {_NOT_FOR_PRESS[one.colour.space]}"
            yield Finding("colour-rgb", message, "make the mask grey", number)


def _spaces(paint: PagePaint, profile: PrintProfile, number: int) -> Iterator[Finding]:
    for space in paint.spaces:
        for name in spot_names(space):
            message = f"the page asks for an ink of its own: {shown(name)}"
            yield Finding("colour-spot", message, "mix it from the four inks", number)
        if profile.pdf.standard is not Standard.X_1A:
            continue
        if not space.is_device and space.kind not in _NOT_FOR_PRESS:
            message = "a colour is given by an ICC profile or a white point"
            yield Finding("colour-managed", message, "convert it to the four inks", number)
        other = space.alternate or (space.base.alternate if space.base else None)
        if other is not None and (other.kind in _NOT_FOR_PRESS or not other.is_device):
            name = "an ICC profile" if not other.is_device else _NOT_FOR_PRESS[other.kind]
            message = f"an ink would be printed by way of {name} where a press does not have it"
            yield Finding("colour-substitute", message, "describe the ink in CMYK", number)


def _look_at(one: Painted, profile: PrintProfile, number: int, trim: Box) -> Iterator[Finding]:
    if one.colour is not None:
        yield from _colour(one, one.colour, profile, number, trim)
    if profile.lines is not None:
        yield from _thickness(one, profile.lines.least_pt, number, trim)
    if one.kind == "text" and (
        profile.safe is not None
        and _margin(one.box, trim) < profile.safe.mm * _POINTS_PER_MM - _MARGIN_TOLERANCE_PT
    ):
        distance = max(_margin(one.box, trim), 0) / _POINTS_PER_MM
        message = f"text is {distance:.1f} mm from the cut; {profile.safe.mm:g} mm are safe"
        yield at_place("safe-zone", message, "move it inwards", (number, one.box, trim))


def _type_sizes(texts: list[Painted], rule: TypeRule, number: int, trim: Box) -> Iterator[Finding]:
    bases = _Bases(texts)
    for one in texts:
        if one.size >= rule.least_pt - _SIZE_TOLERANCE_PT:
            continue
        least = rule.least_ruby_pt if bases.stand_under(one) else rule.least_pt
        if one.size < least - _SIZE_TOLERANCE_PT:
            message = f"type of {one.size:.1f} pt; the smallest that prints well is {least:g} pt"
            yield at_place("type-size", message, "make it larger", (number, one.box, trim))


class _Bases:
    """What ruby may stand above, by the height of its upper edge."""

    def __init__(self, texts: list[Painted]) -> None:
        self.texts = sorted(texts, key=lambda one: one.box[3])
        self.tops = [one.box[3] for one in self.texts]

    def stand_under(self, small: Painted) -> bool:
        """Return whether text is half as large as a line close below it (JLREQ 3.3.3)."""
        left, bottom, right, _ = small.box
        reach = small.size * 1.1
        first, last = (
            bisect_left(self.tops, bottom - reach),
            bisect_right(self.tops, bottom + reach),
        )
        return any(
            1.8 * small.size <= base.size <= 2.2 * small.size
            and base.box[0] < right
            and left < base.box[2]
            and abs(bottom - base.box[3]) < base.size * 0.5
            for base in self.texts[first:last]
        )


def _colour(
    one: Painted, colour: Colour, profile: PrintProfile, number: int, trim: Box
) -> Iterator[Finding]:
    what = {"text": "text", "line": "a line", "fill": "a ground"}.get(one.kind, "a stencil")
    if profile.is_pdf_x and colour.space in _NOT_FOR_PRESS:
        if colour.is_black:
            name = _NOT_FOR_PRESS[colour.space]
            message = f"{what} is black in {name} ({colour}): four plates would print it"
            yield at_place("black-rgb", message, "make it K 100 alone", (number, one.box, trim))
        else:
            shade = "" if colour.space == "unknown" else f" ({colour})"
            message = f"{what} is in {_NOT_FOR_PRESS[colour.space]}{shade}"
            yield at_place(
                "colour-rgb", message, "convert it to the four inks", (number, one.box, trim)
            )
        return
    if colour.space == "registration" and profile.is_pdf_x:
        message = f"{what} prints on all plates, the colour of trim marks"
        yield at_place(
            "colour-registration", message, "make it K 100 alone", (number, one.box, trim)
        )
        return
    if (
        profile.ink is not None
        and colour.ink_percent > profile.ink.most_percent + _INK_TOLERANCE_PERCENT
    ):
        most = profile.ink.most_percent
        message = f"{what} has {colour.ink_percent:.0f} % of ink ({colour}); {most:g} % dry"
        yield at_place("ink-limit", message, "take a colour with less ink", (number, one.box, trim))
    if profile.black is not None and profile.is_pdf_x:
        yield from _black(one, colour, profile, number, trim, what)


def _black(
    one: Painted, colour: Colour, profile: PrintProfile, number: int, trim: Box, what: str
) -> Iterator[Finding]:
    thin = one.kind in ("text", "line") or (one.kind == "fill" and one.size < _GROUND_PT)
    if colour.is_black and not colour.is_black_alone and thin and _is_mixed(colour):
        message = f"{what} is black on several plates ({colour}): it blurs when they shift"
        yield at_place("black-mixed", message, "make it K 100 alone", (number, one.box, trim))
    elif colour.is_black_alone and thin and profile.black and profile.black.overprint:
        yield from _knocked_out(one, number, trim, what)
    if not (colour.is_white and one.overprints):
        return
    if one.spares_other_plates:
        message = f"{what} is white and overprints: it vanishes"
        yield at_place("white-overprint", message, "let it knock out", (number, one.box, trim))
    elif colour.space == "grey" and one.keeps_zeros:
        message = f"{what} is white in grey and set to overprint: on some presses it vanishes"
        yield at_place(
            "white-overprint",
            message,
            "let it knock out",
            (number, one.box, trim),
            Severity.WARNING,
        )


def _knocked_out(one: Painted, number: int, trim: Box, what: str) -> Iterator[Finding]:
    """Yield black that does not print over what lies under it, and why."""
    if one.spares_other_plates:
        return
    if not one.overprints:
        message = f"{what} in black does not overprint: a white rim shows when plates shift"
        hint = "set it to overprint"
    elif one.colour is not None and one.colour.space == "grey":
        message = f"{what} is black in grey, which knocks out even where it is set to overprint"
        hint = "make it K 100 of CMYK"
    else:
        message = f"{what} in black is set to overprint, but by OPM 0, which knocks out"
        hint = "set OPM to 1"
    yield at_place("black-overprint", message, hint, (number, one.box, trim), Severity.WARNING)


def _is_mixed(colour: Colour) -> bool:
    return colour.space == "cmyk" and sum(value > 0.02 for value in colour.values) > 1


def _thickness(one: Painted, least_pt: float, number: int, trim: Box) -> Iterator[Finding]:
    size = one.stroke_pt if one.kind == "text" else one.size
    if one.kind not in ("text", "line", "fill") or size is None:
        return
    if size < least_pt - _SIZE_TOLERANCE_PT:
        message = f"a line of {size:.2f} pt; thinner than {least_pt:g} pt it may not print"
        yield at_place("line-weight", message, "make it thicker", (number, one.box, trim))


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
        is_thick = min(one.box[2] - one.box[0], one.box[3] - one.box[1]) > 1
        if any(-near <= gap < bleed - near for gap in gaps) and is_thick:
            what = "a picture" if one.kind == "picture" else "a ground"
            message = f"{what} ends at the cut instead of {bleed_mm:g} mm outside it"
            yield at_place(
                "bleed-short", message, "let it run into the bleed", (number, one.box, trim)
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
            yield at_place(
                "sheet-rim", message, "print the pages smaller", (number, one.box, sheet)
            )


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

"""An open PDF and a print profile go in; what is wrong with its pages and boxes comes out."""

from collections.abc import Iterator, Sequence
from typing import Any

from booklet.checks.findings import Finding
from booklet.checks.preflight.geometry import Box
from booklet.checks.preflight.paint import PagePaint
from booklet.checks.preflight.pdf_values import entry, number, numbers_in, whole
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, PrintUse

_POINTS_PER_MM = 72 / 25.4
_TOLERANCE_PT = 0.5
# A bleed that is a hair short is a rounding, not a mistake.
_BLEED_TOLERANCE_MM = 0.1
_INHERITED = ("/MediaBox", "/CropBox")
_DEEPEST_TREE = 50
_FARTHEST_PT = 1e7
# What comes as near to the cut as this is cut as well.
_NEAR_THE_CUT_PT = 0.3 * _POINTS_PER_MM
_SHEETS_MM = ((297.0, 210.0), (364.0, 257.0), (420.0, 297.0))


def page_findings(
    pages: Sequence[Any], profile: PrintProfile, paints: Sequence[PagePaint]
) -> Iterator[Finding]:
    """Yield what is wrong with the number of pages, their sizes, boxes, and how they are turned."""
    yield from _count(len(pages), profile)
    sizes: list[tuple[float, float]] = []
    is_trimmed: list[bool] = []
    for place, (page, paint) in enumerate(zip(pages, paints, strict=True), 1):
        trim = trim_box(page)
        sizes.append((trim[2] - trim[0], trim[3] - trim[1]))
        is_trimmed.append(box_of(page, "/TrimBox") is not None)
        if whole(_inherited(page, "/Rotate")) % 360:
            yield Finding("page-turned", "the page is turned", "save it upright", place)
        if number(entry(page.obj, "/UserUnit", 1), 1) != 1:
            yield Finding("page-unit", "the page is scaled by a user unit", "save it 1 to 1", place)
        if profile.use is PrintUse.PRESS:
            yield from _boxes(page, paint, profile, place)
    yield from _sizes(sizes, is_trimmed, profile)


def _sizes(
    sizes: list[tuple[float, float]], is_trimmed: list[bool], profile: PrintProfile
) -> Iterator[Finding]:
    """Yield pages that differ from the first of their sort: with a trim, or without one."""
    for sort in (True, False):
        pages = [place for place, trimmed in enumerate(is_trimmed) if trimmed is sort]
        for place in pages[1:]:
            if _differs(sizes[place], sizes[pages[0]]):
                first = f"page {pages[0] + 1} is {_mm(sizes[pages[0]])}"
                message = f"the page is {_mm(sizes[place])}, and {first}"
                yield Finding("page-sizes-mixed", message, "give all pages one size", place + 1)
        # Without a trim, nobody knows what is the finished page and what is cut off.
        if sort and pages and not _is_wanted(sizes[pages[0]], profile):
            wanted = ", ".join(size.value for size in profile.sizes)
            message = f"the finished page is {_mm(sizes[pages[0]])}, which is none of {wanted}"
            yield Finding("page-size", message, "choose one of them", pages[0] + 1)


def box_of(page: Any, key: str) -> Box | None:
    """Return a box of a page in pt, or None when the page does not have it or it is no box."""
    values = numbers_in(_inherited(page, key) if key in _INHERITED else entry(page.obj, key))
    if len(values) != 4 or not all(abs(value) < _FARTHEST_PT for value in values):
        return None
    left, bottom, right, top = values
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def media_box(page: Any) -> Box:
    """Return the whole page; a file may leave it to the page's parents, or out."""
    return box_of(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0)


def _inherited(page: Any, key: str) -> Any:
    thing = page.obj
    for _ in range(_DEEPEST_TREE):
        found = entry(thing, key)
        if found is not None:
            return found
        thing = entry(thing, "/Parent")
    return None


def trim_box(page: Any) -> Box:
    """Return the finished page, or the whole page when the file does not tell them apart."""
    return box_of(page, "/TrimBox") or box_of(page, "/ArtBox") or media_box(page)


def _count(pages: int, profile: PrintProfile) -> Iterator[Finding]:
    if pages == 0:
        yield Finding("page-count", "the file has no pages", "save it again")
        return
    if profile.use is PrintUse.OFFICE:
        if pages % 2:
            message = f"{pages} sides do not fill whole sheets"
            yield Finding("page-multiple", message, "add a blank side")
        pages *= 2
    rule = profile.pages
    if rule is None:
        return
    if pages % rule.multiple:
        message = f"{pages} pages: not a multiple of {rule.multiple}"
        yield Finding("page-multiple", message, "add or remove pages; covers are counted")
    if not rule.fewest <= pages <= rule.most:
        message = f"{pages} pages, and {rule.fewest} to {rule.most} can be bound"
        yield Finding("page-range", message, "ask for another binding, or make two volumes")


def _boxes(page: Any, paint: PagePaint, profile: PrintProfile, number: int) -> Iterator[Finding]:
    media = media_box(page)
    if media[2] - media[0] < 1 or media[3] - media[1] < 1:
        yield Finding("box-media", "the page has no size", "save it again", number)
        return
    trim, bleed = box_of(page, "/TrimBox"), box_of(page, "/BleedBox")
    if trim is None:
        message = "no trim is stated: nobody can tell where to cut"
        yield Finding("box-trim", message, "export with TrimBox, or with trim marks", number)
        trim = box_of(page, "/ArtBox")
    elif box_of(page, "/ArtBox") is not None:
        yield Finding("box-art", "TrimBox and ArtBox exclude each other", "drop ArtBox", number)
    if trim is None:
        return
    wanted = profile.bleed.mm if profile.bleed and _reaches_the_cut(paint, trim) else 0.0
    if wanted and bleed is None and not _inside(_grown(trim, wanted), media, _TOLERANCE_PT):
        yield Finding(
            "box-bleed", "no bleed is stated", f"export with {wanted:g} mm of bleed", number
        )
    elif wanted:
        there = min(abs(a - b) for a, b in zip(bleed or media, trim, strict=True)) / _POINTS_PER_MM
        if there < wanted - _BLEED_TOLERANCE_MM:
            message = f"the bleed is {there:.1f} mm, and {wanted:g} mm are needed"
            yield Finding("box-bleed", message, f"export with {wanted:g} mm of bleed", number)
    if not _inside(trim, bleed or media, _TOLERANCE_PT) or not _inside(
        bleed or trim, media, _TOLERANCE_PT
    ):
        message = "trim, bleed and page do not lie one inside the other"
        yield Finding("box-order", message, "export again", number)
    crop = box_of(page, "/CropBox")
    if crop is not None and not _inside(bleed or trim, crop, _TOLERANCE_PT):
        yield Finding(
            "box-crop",
            "the visible page hides a part of the bleed",
            "drop CropBox",
            number,
            severity=Severity.WARNING,
        )
    yield from _marks(media, bleed or trim, profile, number)


def _reaches_the_cut(paint: PagePaint, trim: Box) -> bool:
    """Return whether anything but white lies at the cut: a white page is not short of bleed.

    Of a page that was not read to its end, nobody knows.
    """
    near = (
        trim[0] + _NEAR_THE_CUT_PT,
        trim[1] + _NEAR_THE_CUT_PT,
        trim[2] - _NEAR_THE_CUT_PT,
        trim[3] - _NEAR_THE_CUT_PT,
    )
    return not paint.is_read or any(
        not (one.colour is not None and one.colour.is_white)
        and not _inside(one.box, near, 0)
        and one.box[0] < trim[2]
        and one.box[2] > trim[0]
        and one.box[1] < trim[3]
        and one.box[3] > trim[1]
        for one in paint.painted
    )


def _marks(media: Box, bleed: Box, profile: PrintProfile, number: int) -> Iterator[Finding]:
    if profile.marks is None:
        return
    room = min(abs(a - b) for a, b in zip(media, bleed, strict=True)) / _POINTS_PER_MM
    if profile.marks.style == "japanese" and room < 5:
        message = "there is no room for trim marks around the bleed"
        yield Finding("marks-missing", message, "export with Japanese trim marks", number)
    if profile.marks.style == "none" and room > 0.5:
        message = f"there are {room:.0f} mm around the bleed"
        yield Finding("marks-unwanted", message, "export without trim marks", number)


def _is_wanted(size: tuple[float, float], profile: PrintProfile) -> bool:
    if profile.use is PrintUse.OFFICE:
        sheets = ((w * _POINTS_PER_MM, h * _POINTS_PER_MM) for w, h in _SHEETS_MM)
        return any(not _differs(size, sheet) for sheet in sheets)
    pages = [
        (width * _POINTS_PER_MM, height * _POINTS_PER_MM)
        for width, height in (size.millimetres for size in profile.sizes)
    ]
    if profile.cover is not None and profile.cover.apart:
        pages += [(2 * width, height) for width, height in pages]
    return any(not _differs(size, page) for page in pages)


def _differs(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _TOLERANCE_PT


def _inside(inner: Box, outer: Box, tolerance: float) -> bool:
    return (
        inner[0] >= outer[0] - tolerance
        and inner[1] >= outer[1] - tolerance
        and inner[2] <= outer[2] + tolerance
        and inner[3] <= outer[3] + tolerance
    )


def _grown(box: Box, by_mm: float) -> Box:
    by = by_mm * _POINTS_PER_MM
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _mm(size: tuple[float, float]) -> str:
    return f"{size[0] / _POINTS_PER_MM:.0f} × {size[1] / _POINTS_PER_MM:.0f} mm"

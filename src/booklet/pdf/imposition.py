"""Single pages in order go in; sheets with two pages a side, to be folded, come out."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name

from booklet.pdf.boxes import POINTS_PER_MM, array, grown, trim_of

Side = tuple[int | None, int | None]

_FOLD_OVERLAP_PT = 0.15


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies on a side of a sheet.

    Attributes:
        page: Its index from 0, or None for a blank.
        left_mm: The left edge of its trim, from the left edge of the sheet.
        bottom_mm: The lower edge of its trim, from the lower edge of the sheet.
        spine_is_left: Whether the fold is at its left.
    """

    page: int | None
    left_mm: float
    bottom_mm: float
    spine_is_left: bool


def sheet_sides(page_count: int, right_bound: bool = False) -> list[Side]:
    """Return which pages lie left and right on each side of each sheet, from the outermost in.

    Args:
        page_count: Pages of the booklet. Blanks fill it up to a multiple of 4; they come before
            the last page, which is the back cover and stays outside.
        right_bound: Whether the booklet opens from the other side.

    Returns:
        Front and back of the first sheet, front and back of the second, and so on: the index from 0
        of the left and of the right page, None for a blank.

    Raises:
        ValueError: There are no pages.
    """
    if page_count < 1:
        raise ValueError("a booklet needs a page")
    places = -(-page_count // 4) * 4
    pages: list[int | None] = list(range(page_count))
    pages[page_count - 1 : page_count - 1] = [None] * (places - page_count)
    sides: list[Side] = []
    for sheet in range(places // 4):
        outer, inner = 2 * sheet, places - 1 - 2 * sheet
        sides.append((pages[inner], pages[outer]))
        sides.append((pages[outer + 1], pages[inner - 1]))
    return [(right, left) for left, right in sides] if right_bound else sides


def creep_mm(sheet: int, sheet_count: int, leaf_mm: float) -> float:
    """Return how far to move a sheet's pages towards the spine.

    Args:
        sheet: Its place in the fold, counted from 0, the outermost.
        sheet_count: How many sheets are folded together.
        leaf_mm: Thickness of one leaf, in millimetres.

    Returns:
        Millimetres, 0 or more. The outermost sheet does not move.

    Raises:
        ValueError: There is no such sheet.
    """
    if not 0 <= sheet < sheet_count:
        raise ValueError(f"there is no sheet {sheet} of {sheet_count}")
    return sheet * leaf_mm


def sheet_size_mm(width_mm: float, height_mm: float) -> tuple[float, float]:
    """Return the landscape sheet that two pages of this size fill: A4 for two A5, and so on.

    Half an A4 sheet is half a millimetre wider than A5 (ISO 216 rounds down), so sizes are looked
    up. A page of no standard size gets a sheet of just its two pages.
    """
    for long, short in ((297.0, 210.0), (364.0, 257.0), (420.0, 297.0)):
        if abs(height_mm - short) <= 1 and 0 <= long - 2 * width_mm <= 1.5:
            return long, short
    return 2 * width_mm, height_mm


def impose(document: Any, sides: list[Side], leaf_mm: float, scale: float) -> None:
    """Put an open document's pages two by two on sheets, in place of the single pages.

    Args:
        document: The document; it is changed.
        sides: Which pages lie together; see `sheet_sides`.
        leaf_mm: Thickness of the paper, for the creep.
        scale: How large a page is drawn, 1 being full size. A smaller page keeps to the fold, in
            the middle of the height.
    """
    singles = list(document.pages)
    left, bottom, right, top = trim_of(singles[0])
    width, height = (right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM
    sheet_width, sheet_height = sheet_size_mm(width, height)
    forms = [_form(document, page) for page in singles]
    for index, pair in enumerate(sides):
        shift = creep_mm(index // 2, -(-len(sides) // 2), leaf_mm)
        middle = sheet_width / 2
        foot = (sheet_height - height * scale) / 2
        places = [
            Place(pair[0], middle - width * scale + shift, foot, False),
            Place(pair[1], middle - shift, foot, True),
        ]
        drawing, used = [], Dictionary()
        for name, place in zip(("/Left", "/Right"), places, strict=True):
            if place.page is not None:
                used[name] = forms[place.page]
                drawing.append(_placed(name, place, singles[place.page], scale, middle))
        size = (sheet_width * POINTS_PER_MM, sheet_height * POINTS_PER_MM)
        _add_page(document, size, "\n".join(drawing), used)
    del document.pages[: len(singles)]


def join_pairs(document: Any, pairs: list[Side], bleed_mm: float) -> None:
    """Put an open press file's pages two by two, trimmed at the fold, bleeding on three sides.

    Args:
        document: The document; it is changed, and keeps only the pairs.
        pairs: The pages that lie together, by their index from 0.
        bleed_mm: How far they bleed.
    """
    singles = list(document.pages)
    left, bottom, right, top = trim_of(singles[0])
    width, height, bleed = right - left, top - bottom, bleed_mm * POINTS_PER_MM
    forms = [_form(document, page) for page in singles]
    for pair in pairs:
        drawing, used = [], Dictionary()
        for side, page in enumerate(pair):
            if page is None:
                continue
            trim = trim_of(singles[page])
            start = side * width
            name = ("/Left", "/Right")[side]
            used[name] = forms[page]
            clip = (start - (bleed if side == 0 else 0), -bleed, width + bleed, height + 2 * bleed)
            drawing.append(_drawn(name, clip, 1, start - trim[0], -trim[1]))
        trim_box = (0.0, 0.0, 2 * width, height)
        page_object = _add_page(document, (2 * width, height), "\n".join(drawing), used)
        page_object.TrimBox = array(trim_box)
        page_object.MediaBox = page_object.BleedBox = array(grown(trim_box, bleed))
    del document.pages[: len(singles)]


def _form(document: Any, page: Any) -> Any:
    form = document.make_indirect(page.as_form_xobject())
    # The box of the form would be the trim, which cuts off the bleed.
    form.BBox = Array(list(page.mediabox))
    return form


def _placed(name: str, place: Place, page: Any, scale: float, fold_mm: float) -> str:
    left, bottom, right, top = trim_of(page)
    x, y = place.left_mm * POINTS_PER_MM, place.bottom_mm * POINTS_PER_MM
    width, height, fold = (right - left) * scale, (top - bottom) * scale, fold_mm * POINTS_PER_MM
    # Nothing crosses the fold, also where creep moves a page over it; but two grounds that only
    # touch there would show a white hair between them.
    clip_left, clip_right = x, fold + _FOLD_OVERLAP_PT
    if place.spine_is_left:
        clip_left, clip_right = fold - _FOLD_OVERLAP_PT, x + width
    clip = (clip_left, y, clip_right - clip_left, height)
    return _drawn(name, clip, scale, x - left * scale, y - bottom * scale)


def _drawn(
    name: str, clip: tuple[float, float, float, float], scale: float, x: float, y: float
) -> str:
    """Return the operators that draw a form at a place; of it, only what is inside `clip` shows."""
    box = " ".join(f"{value:.3f}" for value in clip)
    return f"q {box} re W n {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm {name} Do Q"


def _add_page(document: Any, size_pt: tuple[float, float], drawing: str, used: Any) -> Any:
    document.add_blank_page(page_size=size_pt)
    page = document.pages[-1].obj
    page.Resources = Dictionary(XObject=used)
    page.Contents = document.make_stream(drawing.encode())
    page.TrimBox = page.BleedBox = page.MediaBox
    page.Type = Name.Page
    return page

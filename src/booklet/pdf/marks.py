"""An open press file goes in; Japanese trim marks, slug text and hidden folios come out on it.

The marks are double: the inner ones (内トンボ) show the cut, the outer ones (外トンボ) the edge of
the bleed. They lie outside the bleed, in the colour of all plates.
"""

from typing import Any

from pikepdf import Array, Dictionary, Name

from booklet.pdf.boxes import POINTS_PER_MM, Box, array, grown, trim_of
from booklet.pdf.outlines import Lettering

MARK_LENGTH_MM = 9.0
SLUG_ROOM_MM = 13.0
_LINE_PT = 0.3
_SLUG_TYPE_PT = 6.0
_FOLIO_TYPE_PT = 5.0
_FOLIO_FROM_SPINE_MM = 1.0
_FOLIO_FROM_FOOT_MM = 12.0


def add_trim_marks(
    document: Any, bleed_mm: float, slug_lines: list[str], lettering: Lettering | None
) -> None:
    """Draw the marks of each page and make the page large enough for them.

    Args:
        document: The document; it is changed.
        bleed_mm: How far its pages bleed.
        slug_lines: What stands below each page, page by page; [] for none.
        lettering: The font of the slug text; needed where there is any.
    """
    registration = document.make_indirect(_registration())
    bleed_pt = bleed_mm * POINTS_PER_MM
    for index, page in enumerate(document.pages):
        trim = trim_of(page)
        bleed = grown(trim, bleed_pt)
        media = grown(bleed, SLUG_ROOM_MM * POINTS_PER_MM)
        drawing = [
            "q",
            # What a page paints ends at its bleed; the marks begin there.
            _rectangle(media),
            _rectangle(bleed),
            "W* n",
            f"/Registration CS /Registration cs 1 SCN 1 scn {_LINE_PT} w",
            *_strokes(trim, bleed_pt),
        ]
        if slug_lines and lettering is not None:
            left = trim[0] + 12 * POINTS_PER_MM
            baseline = bleed[1] - (MARK_LENGTH_MM + 2.2) * POINTS_PER_MM
            drawing.append(lettering.drawn(slug_lines[index], left, baseline, _SLUG_TYPE_PT))
        drawing.append("Q")
        page.contents_add(f"q {_rectangle(bleed)} W n\n".encode(), prepend=True)
        page.contents_add(("\nQ\n" + "\n".join(drawing)).encode())
        _name_registration(page, registration)
        page.obj.MediaBox = array(media)
        page.obj.BleedBox = array(bleed)


def add_hidden_folios(
    document: Any, numbers: list[int], right_bound: bool, overprint: bool, lettering: Lettering
) -> None:
    """Put a tiny number into the gutter of inner pages, so that a shop can collate loose sheets.

    Args:
        document: The document; it is changed.
        numbers: The number of each page; 0 for a page that gets none.
        right_bound: Whether the spine of a page with an odd number is at its right.
        overprint: Whether black prints over what lies under it.
        lettering: The font.
    """
    # `separate` gave every page these states.
    state = "/Overprint gs" if overprint else "/Knockout gs"
    for page, number in zip(document.pages, numbers, strict=True):
        if number == 0:
            continue
        left, bottom, right, _ = trim_of(page)
        text = str(number)
        width = lettering.width_pt(text, _FOLIO_TYPE_PT)
        spine_is_left = (number % 2 == 1) != right_bound
        gap = _FOLIO_FROM_SPINE_MM * POINTS_PER_MM
        x = left + gap if spine_is_left else right - gap - width
        y = bottom + _FOLIO_FROM_FOOT_MM * POINTS_PER_MM
        folio = lettering.drawn(text, x, y, _FOLIO_TYPE_PT)
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"\nQ q {state} 0 0 0 1 k\n{folio}\nQ".encode())


def _strokes(trim: Box, bleed_pt: float) -> list[str]:
    left, bottom, right, top = trim
    length = MARK_LENGTH_MM * POINTS_PER_MM
    strokes = []
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            bleed_x, bleed_y = x + outwards * bleed_pt, y + upwards * bleed_pt
            far_x, far_y = bleed_x + outwards * length, bleed_y + upwards * length
            strokes.append(_line((far_x, y), (bleed_x, y), (bleed_x, far_y)))
            strokes.append(_line((far_x, bleed_y), (x, bleed_y), (x, far_y)))
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    across = 3 * POINTS_PER_MM
    for y, upwards in ((bottom, -1), (top, 1)):
        start = y + upwards * bleed_pt
        strokes.append(_line((middle_x, start), (middle_x, start + upwards * length)))
        bar = start + upwards * across
        strokes.append(_line((middle_x - length, bar), (middle_x + length, bar)))
    for x, outwards in ((left, -1), (right, 1)):
        start = x + outwards * bleed_pt
        strokes.append(_line((start, middle_y), (start + outwards * length, middle_y)))
        bar = start + outwards * across
        strokes.append(_line((bar, middle_y - length), (bar, middle_y + length)))
    return strokes


def _line(first: tuple[float, float], *others: tuple[float, float]) -> str:
    path = [f"{first[0]:.3f} {first[1]:.3f} m"]
    path += [f"{x:.3f} {y:.3f} l" for x, y in others]
    return " ".join([*path, "S"])


def _rectangle(box: Box) -> str:
    left, bottom, right, top = box
    return f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re"


def _registration() -> Array:
    """Return the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _name_registration(page: Any, registration: Any) -> None:
    resources = Dictionary(page.resources)
    resources.ColorSpace = Dictionary(Registration=registration)
    page.obj.Resources = resources

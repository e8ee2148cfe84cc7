"""A page size goes in; type size, measure and margins in whole characters and lines come out."""

from dataclasses import dataclass

from booklet.model.publication import PageSize

MM_PER_POINT = 25.4 / 72

# Type and line height in points. A5 follows the usual 9 to 10 pt of Japanese booklets; the larger
# pages take larger type so that a line stays near 35 to 42 characters.
_TYPE = {PageSize.A5: (9.5, 16.5), PageSize.B5: (10.5, 18.5), PageSize.A4: (12.0, 21.0)}
_OUTER_MARGIN_MM = 14.0
_TOP_MARGIN_MM = 17.0
_FOOT_MARGIN_MM = 18.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page in numbers. Lengths in mm, type in pt.

    Attributes:
        width_mm: Trimmed width.
        height_mm: Trimmed height.
        em_pt: Size of body type.
        line_pt: Distance of two baselines of body text.
        characters: Full-width characters in a line.
        lines: Lines on a page.
        inner_mm: Margin at the spine.
        outer_mm: Margin at the fore-edge.
        top_mm: Margin at the head.
        foot_mm: Margin at the foot.
    """

    width_mm: float
    height_mm: float
    em_pt: float
    line_pt: float
    characters: int
    lines: int
    inner_mm: float
    outer_mm: float
    top_mm: float
    foot_mm: float


def page_geometry(size: PageSize) -> Geometry:
    """Return a page on which a line holds a whole number of full-width characters.

    Args:
        size: The trimmed page.

    Returns:
        The geometry. JLREQ 2.4.2 (kihon-hanmen): the measure is characters times type size, the
        height is lines times line distance; margins are what is left.
    """
    width, height = size.millimetres
    em, line = _TYPE[size]
    characters = int((width - 2 * _OUTER_MARGIN_MM) / (em * MM_PER_POINT))
    lines = int((height - _TOP_MARGIN_MM - _FOOT_MARGIN_MM) / (line * MM_PER_POINT))
    spare_width = width - characters * em * MM_PER_POINT
    # The spine gets 2 mm more than the fore-edge: a stapled booklet does not open quite flat.
    outer = (spare_width - 2) / 2
    return Geometry(
        width_mm=width,
        height_mm=height,
        em_pt=em,
        line_pt=line,
        characters=characters,
        lines=lines,
        inner_mm=spare_width - outer,
        outer_mm=outer,
        top_mm=_TOP_MARGIN_MM,
        foot_mm=height - _TOP_MARGIN_MM - lines * line * MM_PER_POINT,
    )

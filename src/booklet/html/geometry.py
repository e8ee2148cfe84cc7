"""A page size goes in; type size, measure and margins in whole characters and lines come out."""

from dataclasses import dataclass

from booklet.model.edition import Edition
from booklet.model.publication import PageSize, Publication

MM_PER_POINT = 25.4 / 72

# Type and line height in points. A5 follows the usual 9 to 10 pt of Japanese booklets; the larger
# pages take larger type so that a line stays near 35 to 42 characters.
_TYPE = {PageSize.A5: (9.5, 16.5), PageSize.B5: (10.5, 18.5), PageSize.A4: (12.0, 21.0)}
# A reading is half as large as its word and has to stay above 5.5 pt, and it needs room.
_TYPE_WITH_READINGS = {PageSize.A5: (12, 24), PageSize.B5: (12.5, 25), PageSize.A4: (14, 28)}
# Large print asks for a line distance of 1.5 to 2 times the type.
_LARGE_LINE = 1.65
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


def page_size_mm(publication: Publication, edition: Edition) -> tuple[int, int]:
    """Return width and height of the trimmed page in mm; the large edition is A4."""
    size = PageSize.A4 if edition is Edition.LARGE else publication.page.size
    return size.millimetres


def page_geometry(publication: Publication, edition: Edition) -> Geometry:
    """Return a page on which a line holds a whole number of full-width characters.

    Args:
        publication: It names the trimmed page and the type of the large edition.
        edition: The edition; the large one is A4, whatever the others are.

    Returns:
        The geometry. JLREQ 2.4.2 (kihon-hanmen): the measure is characters times type size, the
        height is lines times line distance; margins are what is left.
    """
    size = PageSize.A4 if edition is Edition.LARGE else publication.page.size
    width, height = size.millimetres
    em, line = _TYPE[size]
    if edition is Edition.LARGE:
        em = float(publication.edition_settings.large_type_pt)
        line = round(em * _LARGE_LINE * 2) / 2
    elif edition is Edition.FURIGANA:
        em, line = _TYPE_WITH_READINGS[size]
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


@dataclass(frozen=True, slots=True)
class ContentsPlan:
    """How the contents stand: on one page, or in equal parts on two.

    Attributes:
        pitch_pt: Distance of two entries.
        first_page: How many entries stand on the first page.
        roomy: Whether a page is left with room for a note.
    """

    pitch_pt: float
    first_page: int
    roomy: bool


def contents_plan(page: Geometry, entries: int) -> ContentsPlan:
    """Return how `entries` lines of contents are set.

    Args:
        page: The page.
        entries: How many there are.
    """
    # The heading takes two lines and one below it.
    room = (page.lines - 3.25) * page.line_pt
    widest = page.line_pt * 1.25
    # Readings above an entry need as much of its line as they do in running text, nearly.
    closest = page.em_pt * (1.7 if page.line_pt / page.em_pt >= 2 else 1.45)
    note = 4 * page.line_pt
    if entries * widest <= room - note:
        return ContentsPlan(widest, entries, True)
    pitch = min(widest, room / entries)
    if pitch >= closest:
        return ContentsPlan(pitch, entries, entries * page.line_pt <= room - note)
    first = -(-entries // 2)
    return ContentsPlan(min(widest, room / first), first, False)

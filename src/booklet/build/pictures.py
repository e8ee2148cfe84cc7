"""A guide and its pictures go in; the pictures come out as print and e-book need them."""

from collections.abc import Mapping

from booklet.content.pictures import PRINT_DPI, Box, PictureBoxes
from booklet.content.prepared_pictures import Place, prepared_picture
from booklet.html.geometry import MM_PER_POINT, page_geometry
from booklet.model.edition import Edition
from booklet.model.guide import Guide, pictures
from booklet.model.publication import Publication

# What printers ask of grey and of black and white, as against colour (profiles/*.yaml).
_GREY_DPI, _BITMAP_DPI = 600, 1200
# Under four million pixels and 1.5 MB, beyond which Japanese e-book shops refuse a picture.
EPUB_LONGEST_PX = 1900
EPUB_MOST_BYTES = 1_400_000

# The cover's picture box and the height of a picture in the text (pages/cover.css, shared.css).
_COVER_WIDTH, _COVER_HEIGHT, _BLEED_MM = 0.835, 0.26, 3.0
_LINES_OF_A_PICTURE = 13.5


def picture_boxes(publication: Publication, edition: Edition) -> PictureBoxes:
    """Return the places of pictures on the pages of an edition."""
    page = page_geometry(publication, edition)
    return PictureBoxes(
        cover=Box(
            page.width_mm * _COVER_WIDTH + _BLEED_MM,
            page.height_mm * _COVER_HEIGHT + _BLEED_MM,
            fills=True,
        ),
        inside=Box(
            page.characters * page.em_pt * MM_PER_POINT,
            page.line_pt * _LINES_OF_A_PICTURE * MM_PER_POINT,
        ),
    )


def print_pictures(
    guide: Guide, publication: Publication, edition: Edition, contents: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return a guide's pictures as its printed pages need them.

    Args:
        guide: The guide.
        publication: Its publication.
        edition: The edition; the one in black alone has no colour in its pictures either.
        contents: The bytes of each picture, by its file as the guide names it.
    """
    boxes = picture_boxes(publication, edition)
    cover = guide.cover_picture.file if guide.cover_picture else None
    inside = {picture.file for picture in pictures(guide) if picture is not guide.cover_picture}
    prepared = {}
    for file, content in contents.items():
        # On the cover and inside too, it has to have the pixels for the cover.
        used = [boxes.cover] if file == cover else []
        used += [boxes.inside] if file in inside else []
        results = [prepared_picture(content, _place(box, edition)) for box in used]
        if results:
            prepared[file] = max(results, key=lambda one: one.width_px).content
    return prepared


def _place(box: Box, edition: Edition) -> Place:
    return Place(
        *box.pixels(PRINT_DPI),
        fills=box.fills,
        grey=edition is Edition.MONO,
        grey_finer=_GREY_DPI / PRINT_DPI,
        bitmap_finer=_BITMAP_DPI / PRINT_DPI,
    )


def epub_pictures(edition: Edition, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a guide's pictures as an e-book needs them.

    Args:
        edition: The edition; the one in black alone has no colour in its pictures either.
        contents: The bytes of each picture, by its file as the guide names it.
    """
    place = Place(
        EPUB_LONGEST_PX,
        EPUB_LONGEST_PX,
        grey=edition is Edition.MONO,
        most_bytes=EPUB_MOST_BYTES,
    )
    return {file: prepared_picture(content, place).content for file, content in contents.items()}

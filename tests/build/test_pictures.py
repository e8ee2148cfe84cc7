"""A guide's pictures go in; print and e-book each get them as they need them."""

import io

import pytest
from PIL import Image
from tests.building import check
from tests.projects import FULL_EXAMPLE

from booklet.build.pictures import epub_pictures, picture_boxes, print_pictures
from booklet.model.edition import Edition


@pytest.fixture(scope="module")
def contents():
    return check(FULL_EXAMPLE)


def photograph(width: int, height: int) -> bytes:
    packed = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(packed, "JPEG")
    return packed.getvalue()


def size(content: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(content)).size


def test_print_gets_the_pixels_its_place_can_show(contents):
    guide, publication = contents.guides[0], contents.publication
    large = {
        "images/fune.png": photograph(4000, 3000),
        "images/hoshizora.png": photograph(900, 600),
    }
    made = print_pictures(guide, publication, Edition.STANDARD, large)
    box = picture_boxes(publication, Edition.STANDARD).inside
    # 4 to 3 is higher than its place: 79 mm at 350 an inch.
    assert size(made["images/fune.png"])[1] == box.pixels(350)[1]
    assert size(made["images/hoshizora.png"]) == (900, 600)


def test_a_picture_on_the_cover_too_has_the_pixels_for_the_cover(contents):
    guide, publication = contents.guides[0], contents.publication
    assert guide.cover_picture.file == "images/hoshizora.png"
    high = {"images/hoshizora.png": photograph(3000, 6000)}
    made = print_pictures(guide, publication, Edition.STANDARD, high)
    box = picture_boxes(publication, Edition.STANDARD).cover
    assert size(made["images/hoshizora.png"])[0] == box.pixels(350)[0]


def test_an_e_book_gets_what_shops_take(contents):
    made = epub_pictures(Edition.STANDARD, {"images/fune.png": photograph(4000, 3000)})
    width, height = size(made["images/fune.png"])
    assert width * height < 4_000_000
    assert len(made["images/fune.png"]) < 1_500_000


def test_the_edition_in_black_has_no_colour_in_its_pictures(contents):
    guide, publication = contents.guides[0], contents.publication
    colour = {"images/fune.png": photograph(400, 300)}
    for made in (
        print_pictures(guide, publication, Edition.MONO, colour),
        epub_pictures(Edition.MONO, colour),
    ):
        assert Image.open(io.BytesIO(made["images/fune.png"])).mode == "L"

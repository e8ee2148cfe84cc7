"""What an e-book shop gets as a cover."""

import io

from PIL import Image

from tests.building import build


def test_the_cover_for_shops_is_a_jpeg_of_1600_by_2560_pixels(built, tmp_path):
    slug = built.guide.slug
    report = build(built.project, tmp_path, slugs=[slug], editions=["standard"], formats=["cover"])
    (file,) = report.files
    assert file.name == f"{slug}-cover.jpg"
    picture = Image.open(io.BytesIO((tmp_path / file.name).read_bytes()))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))

"""A picture as it was taken goes in; what a booklet may hold of it comes out."""

import importlib.util
import io
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from booklet.content.prepared_pictures import Place, prepared_picture

ROOMY = Place(10_000, 10_000)
# Red, green, blue, white: the corners of a picture, clockwise from the upper left.
CORNERS = ((200, 20, 20), (20, 160, 20), (20, 20, 200), (255, 255, 255))


def four_corners(width: int = 64, height: int = 32) -> Image.Image:
    picture = Image.new("RGB", (width, height))
    boxes = ((0, 0), (width // 2, 0), (width // 2, height // 2), (0, height // 2))
    for colour, (left, top) in zip(CORNERS, boxes, strict=True):
        picture.paste(colour, (left, top, left + width // 2, top + height // 2))
    return picture


def packed(picture: Image.Image, kind: str, **options) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def seen(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def corners(content: bytes) -> list[tuple[int, ...]]:
    picture = seen(content).convert("RGB")
    right, foot = picture.width - 4, picture.height - 4
    return [picture.getpixel(place) for place in ((3, 3), (right, 3), (right, foot), (3, foot))]


def near(one, other, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def from_a_phone(orientation: int = 1, kind: str = "JPEG", **options) -> bytes:
    """Return a picture that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Densha"  # the maker
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)  # the latitude
    more = {"quality": 95, "comment": b"Densha"} if kind == "JPEG" else {}
    return packed(four_corners(), kind, exif=exif, **more, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_says_who_took_it_where(kind):
    content = from_a_phone(kind=kind)
    assert b"Densha" in content
    prepared = prepared_picture(content, ROOMY).content
    assert b"Densha" not in prepared
    assert b"Exif" not in prepared
    assert dict(seen(prepared).getexif()) == {}


def test_a_photograph_that_needs_only_silence_keeps_its_pixels():
    content = from_a_phone()
    prepared = prepared_picture(content, ROOMY).content
    assert seen(prepared).tobytes() == seen(content).tobytes()
    assert len(prepared) < len(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_needs_nothing_keeps_its_bytes(kind):
    content = packed(four_corners(), kind)
    assert prepared_picture(content, ROOMY).content == content


@pytest.mark.parametrize(
    ("orientation", "moved"),
    [(2, (1, 0, 3, 2)), (3, (2, 3, 0, 1)), (6, (3, 0, 1, 2)), (8, (1, 2, 3, 0))],
)
def test_a_picture_stands_upright(orientation, moved):
    prepared = prepared_picture(from_a_phone(orientation), ROOMY)
    assert (prepared.width_px > prepared.height_px) == (orientation < 5)
    shown = corners(prepared.content)
    assert all(near(shown[place], CORNERS[corner], 25) for place, corner in enumerate(moved))


@pytest.mark.parametrize(
    ("place", "size"),
    [
        (Place(200, 200), (200, 100)),
        (Place(200, 50), (100, 50)),
        (Place(200, 200, fills=True), (400, 200)),
        (Place(9_000, 9_000), (1000, 500)),
    ],
)
def test_a_picture_is_as_large_as_its_place_needs(place, size):
    content = packed(four_corners(1000, 500), "JPEG")
    prepared = prepared_picture(content, place)
    assert (prepared.width_px, prepared.height_px) == size
    assert seen(prepared.content).size == size


def test_print_keeps_more_pixels_of_grey_and_of_black():
    place = Place(100, 100, grey_finer=2, bitmap_finer=4)
    widths = {
        mode: prepared_picture(packed(four_corners(800, 400).convert(mode), "PNG"), place).width_px
        for mode in ("RGB", "L", "1")
    }
    assert widths == {"RGB": 100, "L": 200, "1": 400}


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("CMYK", "TIFF"),
        ("P", "PNG"),
        ("P", "GIF"),
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
        ("RGB", "TIFF"),
        ("RGB", "WEBP"),
    ],
)
@pytest.mark.parametrize("place", [ROOMY, Place(40, 40), Place(40, 40, most_bytes=3_000)])
def test_every_kind_comes_out_in_its_colours_as_png_or_jpeg(mode, kind, place):
    prepared = prepared_picture(packed(four_corners().convert(mode), kind), place)
    picture = seen(prepared.content)
    assert prepared.media_type == f"image/{picture.format.lower()}"
    assert picture.mode in ("RGB", "P")
    assert all(near(a, b, 45) for a, b in zip(corners(prepared.content), CORNERS, strict=True))


def test_colours_of_another_space_are_converted_and_not_reinterpreted():
    # A wide space, as phones and cameras use them, made by swapping two primaries of sRGB.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")
    swapped = swapped.replace(b"s\0R\0G\0B", b"o\0w\0n\0 ").replace(b"sRGB", b"own ")
    content = packed(Image.new("RGB", (20, 20), (200, 20, 20)), "JPEG", icc_profile=swapped)
    prepared = prepared_picture(content, ROOMY).content
    described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(swapped)))
    expected = (200, 20, 20) if "srgb" in described.lower() else (20, 200, 20)
    assert near(seen(prepared).getpixel((10, 10)), expected, 30)
    assert "icc_profile" not in seen(prepared).info


def test_sixteen_bits_of_grey_keep_their_shades():
    grey = Image.new("I;16", (3, 1))
    for column, shade in enumerate((0, 0x8000, 0xFFFF)):
        grey.putpixel((column, 0), shade)
    for kind in ("PNG", "TIFF"):
        picture = seen(prepared_picture(packed(grey, kind), ROOMY).content)
        assert [picture.getpixel((column, 0)) for column in range(3)] == [0, 0x80, 0xFF]


def test_what_is_transparent_is_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    prepared = prepared_picture(packed(clear, "PNG"), ROOMY).content
    assert seen(prepared).convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert not seen(prepared).has_transparency_data


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_edition_in_black_gets_no_colour(kind):
    prepared = prepared_picture(packed(four_corners(), kind), Place(99, 99, grey=True)).content
    assert seen(prepared).mode == "L"


def test_a_picture_stays_within_the_bytes_it_may_have():
    noise = Image.frombytes("RGB", (500, 400), bytes(n * n * 7 % 251 for n in range(600_000)))
    prepared = prepared_picture(packed(noise, "PNG"), Place(500, 500, most_bytes=30_000))
    assert len(prepared.content) <= 30_000
    assert seen(prepared.content).size == (prepared.width_px, prepared.height_px)


def test_the_same_picture_gives_the_same_bytes():
    content = from_a_phone(6)
    assert prepared_picture(content, Place(50, 50)) == prepared_picture(content, Place(50, 50))


def test_a_heic_picture_comes_out_as_jpeg():
    if importlib.util.find_spec("pillow_heif") is None:
        pytest.skip("only pillow-heif can write a HEIC to read")
    import pillow_heif

    pillow_heif.register_heif_opener()
    prepared = prepared_picture(packed(four_corners(), "HEIF"), ROOMY)
    assert prepared.media_type == "image/jpeg"


def test_the_largest_picture_takes_less_than_a_gibibyte():
    script = """
import io, resource
from PIL import Image
from booklet.content.prepared_pictures import Place, prepared_picture
from booklet.content.picture_files import check_picture
content = io.BytesIO()
Image.new("RGB", (10_000, 8_000)).save(content, "PNG", compress_level=1)
check_picture(content.getvalue())
prepared_picture(content.getvalue(), Place(1600, 1600))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert int(ran.stdout) < 1024 * 1024

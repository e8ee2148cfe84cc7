"""What becomes of an author's picture on its way to the press."""

import base64
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw

from booklet.checks.preflight.colour_values import read_space
from booklet.checks.preflight.pixels import look_at
from booklet.diagnostics import Severity
from booklet.pdf.pictures import inked, picture_converter
from tests.programs import program

COLOURS = [
    (r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)
]


def swatches(colours=COLOURS) -> Image.Image:
    picture = Image.new("RGB", (len(colours), 1))
    picture.putdata(colours)
    return picture


def ink_percent(picture: Image.Image) -> list[float]:
    return [sum(pixel) / 255 * 100 for pixel in picture.get_flattened_data()]


def test_no_colour_of_a_picture_gets_more_than_200_per_cent_of_ink():
    picture = inked(swatches(), b"")
    assert picture.mode == "CMYK"
    assert max(ink_percent(picture)) <= 200.5


def test_grey_places_of_a_coloured_picture_are_on_the_black_plate_only():
    picture = inked(swatches([(40, 40, 40), (200, 200, 200), (255, 0, 0)]), b"")
    dark, light, red = picture.get_flattened_data()
    assert dark == (0, 0, 0, 215)
    assert light == (0, 0, 0, 55)
    assert red == (0, 255, 255, 0)


def test_a_picture_in_grey_stays_in_grey():
    assert inked(swatches([(9, 9, 9), (200, 200, 200)]), b"").mode == "L"
    assert inked(Image.new("1", (4, 4)), b"").mode == "1"
    assert inked(Image.new("P", (4, 4)), b"").mode == "L"


def page_with(picture: Image.Image, kind: str) -> pikepdf.Pdf:
    """Return a PDF of one page that shows a picture as WeasyPrint embeds it."""
    from weasyprint import HTML

    stream = io.BytesIO()
    picture.save(stream, kind, **({"quality": 95} if kind == "JPEG" else {}))
    data = base64.b64encode(stream.getvalue()).decode()
    html = (
        "<style>@page{size:72pt;margin:0}body{margin:0}img{display:block;width:72pt;height:72pt}</style>"
        f'<img src="data:image/{kind.lower()};base64,{data}">'
    )
    return pikepdf.open(io.BytesIO(HTML(string=html).write_pdf()))


def shown_picture(document: pikepdf.Pdf):
    (picture,) = document.pages[0].get_images().values()
    return picture


def photograph() -> Image.Image:
    picture = Image.new("RGB", (72, 72), (250, 250, 245))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((8, 8, 40, 40), fill=(190, 60, 40))
    draw.ellipse((30, 30, 66, 66), fill=(20, 70, 120))
    return picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_converted_picture_looks_like_itself_in_ghostscript(kind, tmp_path):
    with page_with(photograph(), kind) as document:
        picture = shown_picture(document)
        assert picture_converter(b"")(picture, 1) == []
        assert str(picture.ColorSpace) == "/DeviceCMYK"
        pixels = look_at(picture, read_space(picture.ColorSpace))
        assert (pixels.broken, pixels.unseen) == ("", "")
        assert 0 < pixels.ink_percent <= 202
        document.save(tmp_path / "picture.pdf")
    command = [
        program("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72",
        f"-sOutputFile={tmp_path}/p.tif", str(tmp_path / "picture.pdf"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    wanted = dict(
        zip(("Cyan", "Magenta", "Yellow", "Black"), inked(photograph(), b"").split(), strict=True)
    )
    for name, plate in wanted.items():
        with Image.open(tmp_path / f"p({name}).tif") as separated:
            there = ImageChops.invert(separated.convert("L"))
        difference = ImageChops.difference(there, plate).histogram()
        mean = sum(level * count for level, count in enumerate(difference)) / sum(difference)
        assert mean <= 6, f"{name}: {mean:.1f} of 255"


def test_transparent_places_become_white_with_a_warning():
    picture = photograph().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    with page_with(picture, "PNG") as document:
        embedded = shown_picture(document)
        (problem,) = picture_converter(b"")(embedded, 7)
        assert problem.code == "press-picture-transparent"
        assert problem.severity is Severity.WARNING
        assert "page 7" in problem.message
        assert "/SMask" not in embedded
        assert str(embedded.ColorSpace) == "/DeviceCMYK"


def test_a_picture_that_is_opaque_all_over_is_no_warning():
    with page_with(photograph().convert("RGBA"), "PNG") as document:
        embedded = shown_picture(document)
        assert picture_converter(b"")(embedded, 1) == []
        assert "/SMask" not in embedded


def test_a_damaged_icc_profile_is_a_problem_and_no_traceback():
    with page_with(photograph(), "PNG") as document:
        (problem,) = picture_converter(b"a damaged profile")(shown_picture(document), 4)
    assert problem.code == "press-picture"
    assert "page 4 cannot be converted: the shop's ICC profile is damaged" in problem.message


def test_the_shops_icc_profile_converts_a_picture_within_its_own_inks():
    """Ghostscript's own profile stands in for a shop's: it is one of a four-colour press."""
    program("gs")
    profiles = sorted(Path("/usr/share/color/icc/ghostscript").glob("default_cmyk.icc"))
    if not profiles:
        pytest.skip("this Ghostscript keeps its profiles elsewhere")
    with page_with(photograph(), "PNG") as document:
        picture = shown_picture(document)
        assert picture_converter(profiles[0].read_bytes())(picture, 1) == []
        assert str(picture.ColorSpace) == "/DeviceCMYK"
        pixel = pikepdf.PdfImage(picture).as_pil_image().getpixel((50, 50))
    plain = inked(photograph(), b"").getpixel((50, 50))
    # Blue stays blue, most of it cyan, but not by the same inks.
    assert pixel[0] > pixel[2]
    assert pixel != plain


def test_a_picture_nobody_can_read_is_a_problem_and_no_traceback():
    with page_with(photograph(), "PNG") as document:
        embedded = shown_picture(document)
        embedded.write(b"not a picture", filter=pikepdf.Name.JPXDecode)
        (problem,) = picture_converter(b"")(embedded, 2)
    assert problem.code == "press-picture"

"""What a shop gets that wants marks, hidden folios, or the cover apart."""

import io
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from booklet.checks.preflight.preflight import preflight
from booklet.pdf.imposition import sheet_sides
from tests.conftest import ROOT
from tests.pdf.test_press import press
from tests.programs import program

MM = 72 / 25.4
DOTS = 150


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def numbers(box: Any) -> list[float]:
    return [float(value) for value in box]


@pytest.fixture(scope="module")
def marked(first_laid_out) -> bytes:
    made = press(first_laid_out, "saddle-stitch-marks", pages=None)
    assert made.problems == []
    return made.files["press"]


def rendered(pdf: bytes, index: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[index].render(scale=DOTS / 72).to_pil().convert("L")
    document.close()
    return picture


def test_marks_lie_outside_the_bleed_in_the_colour_of_all_plates(marked):
    with opened(marked) as document:
        for page in document.pages:
            media, bleed, trim = (
                numbers(page.obj[key]) for key in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            distances = [abs(a - b) / MM for a, b in zip(bleed, trim, strict=True)]
            assert distances == pytest.approx([3, 3, 3, 3], abs=0.01)
            assert media[0] < bleed[0] - 10 * MM
            space = page.resources["/ColorSpace"]["/Registration"]
            assert [str(space[0]), str(space[1])] == ["/Separation", "/All"]
            page.contents_coalesce()
            marks = page.obj.Contents.read_bytes().rsplit(b"/Registration CS", 1)[1]
            points = re.findall(rb"(-?[\d.]+) (-?[\d.]+) [ml]\b", marks.split(b" f")[0])
            assert len(points) >= 24 + 16
            for x, y in [(float(x), float(y)) for x, y in points]:
                inside = bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3]
                assert not inside


def test_the_corner_marks_are_double_3_mm_apart_and_the_sides_have_crosses(marked):
    picture = rendered(marked, 2)
    with opened(marked) as document:
        media, trim = (numbers(document.pages[2].obj[k]) for k in ("/MediaBox", "/TrimBox"))
    dot = DOTS / 72
    # Along a column 6 mm outside the bleed at the left, going down from the top.
    column = round((trim[0] - 9 * MM - media[0]) * dot)
    dark = [y for y in range(picture.height) if picture.getpixel((column, y)) < 140]
    places = [(media[3] - y / dot) for y in dark]
    for wanted in (trim[3] + 3 * MM, trim[3], trim[1], trim[1] - 3 * MM, (trim[1] + trim[3]) / 2):
        assert any(abs(place - wanted) < 1 for place in places), wanted


def test_the_slug_text_is_drawn_and_needs_no_font(marked, first_laid_out):
    with opened(marked) as document:
        fonts = {str(f.BaseFont) for p in document.pages for f in p.resources["/Font"].values()}
        assert len(fonts) == 2
        media, bleed = (numbers(document.pages[0].obj[k]) for k in ("/MediaBox", "/BleedBox"))
    picture = rendered(marked, 0)
    dot = DOTS / 72
    foot = round((media[3] - bleed[1]) * dot)
    place = (round(30 * MM * dot), foot + round(9.2 * MM * dot), picture.width // 2, picture.height)
    slug = picture.crop(place)
    assert slug.point(lambda value: 255 if value < 140 else 0).getbbox() is not None


def test_a_hidden_folio_stands_in_the_gutter_of_inner_pages_only(first_laid_out):
    plain = press(first_laid_out, "saddle-stitch").files["press"]
    numbered = press(first_laid_out, "saddle-stitch", folio={"hidden": True}).files["press"]
    last = first_laid_out.page_count - 1
    for index, spine in ((0, None), (2, "left"), (3, "right"), (last, None)):
        before, after = rendered(plain, index), rendered(numbered, index)
        changed = [
            x
            for x in range(before.width)
            if before.crop((x, 0, x + 1, before.height)).tobytes()
            != after.crop((x, 0, x + 1, before.height)).tobytes()
        ]
        if spine is None:
            assert changed == []
            continue
        reach = 8 * MM * DOTS / 72
        assert changed
        assert max(changed) < reach if spine == "left" else min(changed) > before.width - reach


def test_files_with_marks_pass_our_own_preflight_of_marks(marked):
    from booklet.content.print_profiles import load_print_profile

    profile, _ = load_print_profile(ROOT, "saddle-stitch-marks")
    found = {problem.code for problem in preflight(marked, profile)}
    assert not {"marks-missing", "marks-unwanted", "colour-registration", "safe-zone"} & found


@pytest.fixture(scope="module", params=[False, True], ids=["left", "right"])
def apart(first_laid_out, request) -> tuple[dict[str, bytes], bool]:
    binding = {"side": "right"} if request.param else {"side": "left"}
    made = press(first_laid_out, "cover-and-inner", pages=None, binding=binding)
    assert made.problems == []
    return made.files, request.param


def test_a_cover_apart_is_two_spreads_of_two_pages_with_bleed_around(apart):
    with opened(apart[0]["cover"]) as document:
        assert len(document.pages) == 2
        for page in document.pages:
            assert numbers(page.obj.TrimBox) == pytest.approx([0, 0, 296 * MM, 210 * MM], abs=0.1)
            bleed = [value / MM for value in numbers(page.obj.BleedBox)]
            assert bleed == pytest.approx([-3, -3, 299, 213], abs=0.1)


def test_the_front_is_at_the_right_of_a_left_bound_cover_and_the_other_way_round(
    apart, first_laid_out
):
    files, right_bound = apart
    whole = press(first_laid_out).files["press"]
    front, back = rendered(whole, 0), rendered(whole, first_laid_out.page_count - 1)
    spread = rendered(files["cover"], 0)
    # The half of a spread beside the fold, compared with the page it should be.
    bleed = round(3 / 25.4 * DOTS)
    height, width = front.height - 2 * bleed, front.width - 2 * bleed
    page = (bleed, bleed, bleed + width, bleed + height)
    left, first, last = (picture.crop(page) for picture in (spread, front, back))
    wanted, other = (first, last) if right_bound else (last, first)
    assert _alike(left, wanted)
    assert not _alike(left, other)


def _alike(one: Image.Image, other: Image.Image) -> bool:
    small = [picture.resize((60, 85), Image.Resampling.BOX).tobytes() for picture in (one, other)]
    difference = sum(abs(a - b) for a, b in zip(*small, strict=True)) / len(small[0])
    return difference < 4


def test_the_inner_pages_are_single_and_leave_out_the_cover(apart, first_laid_out):
    with opened(apart[0]["inner"]) as document:
        assert len(document.pages) == first_laid_out.page_count - 4
        direction = document.Root.get("/ViewerPreferences", {}).get("/Direction")
        assert (str(direction) == "/R2L") is apart[1]
    texts = []
    document = pypdfium2.PdfDocument(apart[0]["inner"])
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert "ひと目でわかる" in texts[0]


def test_cover_and_inner_pages_are_good_files_by_themselves(apart, tmp_path):
    import subprocess

    for part, content in apart[0].items():
        (tmp_path / f"{part}.pdf").write_bytes(content)
        command = [program("qpdf"), "--check", str(tmp_path / f"{part}.pdf")]
        run = subprocess.run(command, capture_output=True, check=False)
        assert run.returncode == 0, run.stdout


def test_the_first_sheet_of_the_office_file_is_the_cover(first_laid_out):
    sides = sheet_sides(first_laid_out.page_count)
    assert sides[0] == (first_laid_out.page_count - 1, 0)

"""What comes out of an office printer."""

import io
import subprocess

import pikepdf
import pypdfium2
import pytest

from booklet.content.print_profiles import load_print_profile
from booklet.model.print_profile import PrintProfile
from booklet.pdf.imposition import sheet_sides
from booklet.pdf.office import office_file
from tests.conftest import ROOT
from tests.pdf.profiles import changed
from tests.programs import program

MM = 72 / 25.4


@pytest.fixture(scope="module")
def office() -> PrintProfile:
    return load_print_profile(ROOT, "office-a4-duplex")[0]


@pytest.fixture(scope="module")
def sheets(laid_out, office) -> bytes:
    return office_file(laid_out.pdf, office)


def test_it_is_a_small_pdf_1_7_of_landscape_a4_sides(sheets, laid_out):
    with pikepdf.open(io.BytesIO(sheets)) as document:
        assert document.pdf_version == "1.7"
        assert len(document.pages) == -(-laid_out.page_count // 4) * 2
        for page in document.pages:
            box = [float(value) for value in page.mediabox]
            assert box == pytest.approx([0, 0, 297 * MM, 210 * MM], abs=0.01)
    assert len(sheets) <= 10_000_000


def test_a_reader_that_heeds_it_prints_on_both_sides_turned_on_the_short_edge(sheets):
    with pikepdf.open(io.BytesIO(sheets)) as document:
        preferences = document.Root.ViewerPreferences
        assert str(preferences.Duplex) == "/DuplexFlipShortEdge"
        assert str(preferences.PrintScaling) == "/None"


@pytest.mark.parametrize("side", ["left", "right"])
def test_each_half_of_a_sheet_shows_the_page_that_belongs_there(laid_out, office, side):
    sheets = office_file(laid_out.pdf, changed(office, binding={"side": side}))
    order = sheet_sides(laid_out.page_count, right_bound=side == "right")
    singles = pypdfium2.PdfDocument(laid_out.pdf)
    texts = [_words(page, 0, page.get_width()) for page in singles]
    singles.close()
    document = pypdfium2.PdfDocument(sheets)
    for page, pair in zip(document, order, strict=True):
        middle = page.get_width() / 2
        for index, half in zip(pair, ((0, middle), (middle, middle * 2)), strict=True):
            found = _words(page, *half)
            assert found == (texts[index] if index is not None else "")
    document.close()


def _words(page: pypdfium2.PdfPage, left: float, right: float) -> str:
    """Return the characters of a part of a page, in no order: halves are read in their own."""
    text = page.get_textpage().get_text_bounded(left, 0, right, page.get_height())
    return "".join(sorted("".join(text.split())))


def test_no_text_comes_into_the_outer_10_mm_of_a_sheet(sheets):
    document = pypdfium2.PdfDocument(sheets)
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert min(left, bottom, width - right, height - top) >= 10 * MM
    document.close()


def test_the_same_pages_give_the_same_bytes(laid_out, sheets, office):
    assert office_file(laid_out.pdf, office) == sheets


def test_qpdf_finds_nothing_wrong(sheets, tmp_path):
    (tmp_path / "office.pdf").write_bytes(sheets)
    run = subprocess.run(
        [program("qpdf"), "--check", str(tmp_path / "office.pdf")], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_a_profile_without_a_sheet_is_a_mistake_of_the_program(laid_out):
    shop, _ = load_print_profile(ROOT, "saddle-stitch")
    with pytest.raises(ValueError, match="needs a sheet"):
        office_file(laid_out.pdf, shop)

"""What a print shop gets: colours, boxes, fonts and labels, as more than one program reads them."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from booklet.checks.preflight.preflight import preflight
from booklet.content.print_profiles import load_print_profile
from booklet.html.theme import load_theme
from booklet.layout.fonts import find_typeface
from booklet.pdf.pdfx import _with_zone
from booklet.pdf.press import PressFiles, PressJob, press_files
from tests.conftest import ROOT, LaidOut
from tests.pdf.profiles import changed
from tests.programs import program

POINTS_PER_MM = 72 / 25.4
DOTS = 60


def press(laid_out: LaidOut, name: str = "saddle-stitch", **rules: Any) -> PressFiles:
    profile, icc = load_print_profile(ROOT, name)
    title = laid_out.guide.title
    font = find_typeface("Noto Sans CJK JP").files[0]
    job = PressJob(changed(profile, **rules), icc, load_theme(ROOT).inks(), title, "v1.0", font)
    return press_files(laid_out.pdf, job)


def cropped_to_trim(pdf: bytes) -> bytes:
    """Return the laid-out pages as a screen shows them."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.mediabox = page.cropbox = page.trimbox
        document.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def pressed(laid_out) -> bytes:
    made = press(laid_out)
    assert made.problems == []
    return made.files["press"]


@pytest.fixture(scope="module")
def document(pressed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pressed)) as opened:
        yield opened


@pytest.fixture(scope="module")
def press_path(pressed, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("press") / "press.pdf"
    path.write_bytes(pressed)
    return path


def test_pages_stay_single_and_in_order_with_trim_and_3_mm_of_bleed(document, laid_out):
    assert len(document.pages) == laid_out.page_count
    for page in document.pages:
        left, bottom, right, top = (float(value) for value in page.obj.TrimBox)
        assert (right - left) / POINTS_PER_MM == pytest.approx(148, abs=0.01)
        assert (top - bottom) / POINTS_PER_MM == pytest.approx(210, abs=0.01)
        bleed = [float(value) for value in page.obj.BleedBox]
        by = 3 * POINTS_PER_MM
        assert bleed == pytest.approx([left - by, bottom - by, right + by, top + by], abs=0.01)
        assert list(page.obj.MediaBox) == list(page.obj.BleedBox)


def test_it_is_labelled_as_pdf_x_1a_for_japan_color(document, laid_out):
    assert document.pdf_version == "1.4"
    info = document.docinfo
    assert str(info["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
    # The conformance key belongs to PDF/X-1a:2001 (ISO 15930-4, 6.2).
    assert "/GTS_PDFXConformance" not in info
    assert str(info["/Trapped"]) == "/False"
    assert str(info["/Title"]) == laid_out.guide.title
    (intent,) = document.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == "JC200103"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert "/ID" in document.trailer
    assert not document.is_encrypted


def test_its_dates_are_written_as_pdf_1_4_and_jhove_read_them(document):
    for key in ("/CreationDate", "/ModDate"):
        assert re.fullmatch(r"D:\d{14}Z", str(document.docinfo[key]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("D:20261101000000+00'00", "D:20261101000000Z"),
        ("D:20261101000000+09'00", "D:20261101000000+09'00'"),
        ("D:20261101000000-03'30'", "D:20261101000000-03'30'"),
        ("D:20261101000000Z", "D:20261101000000Z"),
        ("D:2026", "D:2026"),
    ],
)
def test_a_date_keeps_its_moment_and_gets_its_last_apostrophe(before, after):
    assert _with_zone(before) == after


def test_its_xmp_says_what_its_information_says(document, laid_out):
    with document.open_metadata() as xmp:
        assert xmp["dc:title"] == laid_out.guide.title
        assert xmp["pdf:Trapped"] == "False"
        assert xmp["pdfx:GTS_PDFXVersion"] == "PDF/X-1a:2003"
        date = re.sub(r"\D", "", str(document.docinfo["/CreationDate"]))
        assert re.sub(r"\D", "", xmp["xmp:CreateDate"]) == date
        assert xmp["xmp:CreateDate"].endswith("Z")
        assert xmp["xmpMM:DocumentID"].startswith("uuid:")


def test_there_is_nothing_to_click_to_run_or_to_unfold(document):
    assert set(document.Root.keys()) <= {
        "/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents", "/Version",
    }  # fmt: skip
    for page in document.pages:
        assert not {"/Annots", "/AA", "/Group", "/StructParents"} & set(page.obj.keys())


_OPERATORS = (
    "b B b* B* c cm CS cs d Do ET BT f F f* gs h i j J k K l m M n q Q re S s sh SC sc SCN scn "
    "T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y"
)
ALLOWED_OPERATORS = frozenset(_OPERATORS.split())


def _walk(thing: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield every dictionary, stream and array that hangs on a page, each once."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        return
    if thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    yield thing
    if isinstance(thing, pikepdf.Array):
        children: Any = list(thing)
    else:
        children = [thing[key] for key in list(thing.keys()) if key != "/Parent"]
    for child in children:
        yield from _walk(child, seen)


def test_a_walk_over_every_object_finds_no_rgb_no_transparency_and_no_layers(document):
    """Independent of our preflight: it looks at every object, used or not, by names alone."""
    seen: set[tuple[int, int]] = set()
    forbidden = {"/DeviceRGB", "/CalRGB", "/Lab", "/ICCBased", "/OCG", "/OCMD", "/Luminosity"}
    streams = 0
    for page in document.pages:
        for thing in _walk(page.obj, seen):
            if isinstance(thing, pikepdf.Array):
                assert not {str(one) for one in thing if isinstance(one, pikepdf.Name)} & forbidden
                continue
            keys = set(thing.keys())
            values = {str(thing[k]) for k in keys if isinstance(thing[k], pikepdf.Name)}
            assert not values & forbidden
            assert not {"/SMask", "/BM", "/OC", "/Group"} & keys
            assert float(thing.get("/ca", 1)) == float(thing.get("/CA", 1)) == 1
            if isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype")) == "/Form":
                streams += 1
                _only_press_operators(thing)
        _only_press_operators(page)
    assert seen


def _only_press_operators(stream: Any) -> None:
    for instruction in pikepdf.parse_content_stream(stream):
        assert str(instruction.operator) in ALLOWED_OPERATORS
        assert str(instruction.operator) not in {"rg", "RG", "g", "G", "ri"}


def test_fonts_are_bare_outlines_that_pdf_1_4_knows(document, press_path):
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            file = font.DescendantFonts[0].FontDescriptor.FontFile3
            assert str(file.Subtype) == "/CIDFontType0C"
    command = [program("pdffonts"), str(press_path)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    fonts = listed.splitlines()[2:]
    assert len(fonts) >= 2
    for line in fonts:
        assert re.search(r"CID Type 0C\s+Identity-H\s+yes yes yes", line), line


def test_qpdf_finds_nothing_wrong(press_path):
    run = subprocess.run(
        [program("qpdf"), "--check", str(press_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No syntax or stream encoding errors found" in run.stdout
    assert "WARNING" not in run.stdout + run.stderr


def test_the_same_pages_give_the_same_bytes(laid_out, pressed):
    assert press(laid_out).files["press"] == pressed


def test_black_prints_over_and_everything_else_knocks_out(document):
    for page in document.pages:
        overprints = {
            name: (bool(state.op), bool(state.OP), int(state.OPM))
            for name, state in page.resources["/ExtGState"].items()
        }
        current = None
        stack = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator == "q":
                stack.append(current)
            elif operator == "Q":
                current = stack.pop()
            elif operator == "gs":
                current = overprints[str(instruction.operands[0])]
            elif operator in ("k", "K"):
                black = [float(value) for value in instruction.operands] == [0, 0, 0, 1]
                assert current is not None
                assert current[operator == "K"] == black
                assert current[2] == 1


@pytest.fixture(scope="module")
def plates(press_path, tmp_path_factory) -> list[dict[str, Image.Image]]:
    """The four plates of every page as Ghostscript separates them, 0 for no ink, 255 for full."""
    folder = tmp_path_factory.mktemp("plates")
    command = [
        program("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep",
        f"-r{DOTS}", f"-sOutputFile={folder}/%02d.tif", str(press_path),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True)
    pages = []
    for whole in sorted(folder.glob("??.tif")):
        plates = {}
        for name in ("Cyan", "Magenta", "Yellow", "Black"):
            with Image.open(folder / f"{whole.stem}({name}).tif") as plate:
                plates[name] = ImageChops.invert(plate.convert("L"))
        pages.append(plates)
    return pages


def test_no_place_gets_more_than_300_per_cent_of_ink(plates, laid_out):
    assert len(plates) == laid_out.page_count
    for page in plates:
        cyan, magenta, yellow, black = page.values()
        pairs = ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2)
        histogram = ImageChops.add(*pairs, 2).histogram()
        most = max(level for level, count in enumerate(histogram) if count)
        assert most * 4 / 255 <= 3.0


def test_black_text_is_on_the_black_plate_only(laid_out, tmp_path):
    """The file with all but its black text taken out leaves three plates empty."""
    with pikepdf.open(io.BytesIO(press(laid_out).files["press"])) as document:
        texts = sum(_keep_black_text(document, page) for page in document.pages)
        document.save(tmp_path / "text.pdf")
    assert texts > 100
    command = [
        program("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=inkcov", "-o-",
        str(tmp_path / "text.pdf"),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    coverage = [[float(value) for value in line.split()[:4]] for line in said.splitlines()]
    assert len(coverage) == laid_out.page_count
    assert all(page[:3] == [0, 0, 0] for page in coverage)
    assert sum(page[3] > 0 for page in coverage) >= laid_out.page_count * 0.7


def _keep_black_text(document: Any, page: Any) -> int:
    """Leave on a page only text whose colour was ink or stone on the screen: no colour but grey."""
    kept, texts = [], 0
    fill, stack = [0.0, 0.0, 0.0, 1.0], []
    painting = {"f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(fill)
        elif operator == "Q":
            fill = stack.pop()
        elif operator == "k":
            fill = [float(value) for value in instruction.operands]
        if operator in painting:
            instruction = pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))
        elif operator in ("TJ", "Tj"):
            if fill[3] == 0 or any(fill[:3]):
                continue
            texts += 1
        kept.append(instruction)
    page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    return texts


def test_text_that_is_black_on_the_screen_is_on_the_black_plate_of_every_page(plates, laid_out):
    """Where Poppler shows the reading page in black, the plates of colour are empty."""
    screen = _poppler(cropped_to_trim(laid_out.pdf))
    assert len(screen) == laid_out.page_count
    with pikepdf.open(io.BytesIO(laid_out.pdf)) as document:
        has_picture = [bool(page.get_images()) for page in document.pages]
    for page, separated, pictured in zip(screen, plates, has_picture, strict=True):
        if pictured:
            continue  # a dark blue sky is as dark as ink
        size = page.size
        edge = round(3 / 25.4 * DOTS)
        # The darkest places of a page are ink on paper; pine is darkest in green and blue only.
        black = page.convert("L").point(lambda value: 255 if value < 45 else 0)
        for name in ("Cyan", "Magenta", "Yellow"):
            box = (edge, edge, edge + size[0], edge + size[1])
            both = ImageChops.darker(black, separated[name].crop(box))
            assert both.point(lambda value: 255 if value > 60 else 0).getbbox() is None, name


def _poppler(pdf: bytes) -> list[Image.Image]:
    command = [program("pdftoppm"), "-r", str(DOTS), "-"]
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return _pnm_pages(run.stdout)


def _mupdf(path: Path) -> list[Image.Image]:
    command = [program("mutool"), "draw", "-q", "-F", "ppm", "-r", str(DOTS), "-o", "-", str(path)]
    return _pnm_pages(subprocess.run(command, capture_output=True, check=True).stdout)


def _ghostscript(path: Path) -> list[Image.Image]:
    command = [
        program("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=ppmraw", f"-r{DOTS}",
        "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-sOutputFile=-", str(path),
    ]  # fmt: skip
    return _pnm_pages(subprocess.run(command, capture_output=True, check=True).stdout)


def _pnm_pages(stream: bytes) -> list[Image.Image]:
    pages = []
    while stream:
        header = re.match(rb"P6\s(?:#[^\n]*\n)*(\d+)\s+(\d+)\s+255\s", stream)
        assert header, stream[:40]
        width, height = int(header[1]), int(header[2])
        end = header.end() + width * height * 3
        pages.append(Image.frombytes("RGB", (width, height), stream[header.end() : end]))
        stream = stream[end:]
    return pages


# How far the mean lightness of a page may differ between two programs, of 255. Each program turns
# inks into screen colours in its own way, and a page half in pine differs by that.
LIGHTNESS_TOLERANCE = 16
# A page that is a field's deep colour for the most part differs by as much as that colour does.
DARK_PAGE, FULL_PAGE_TOLERANCE = 128, 40
# The share of a page's pixels that may be dark in one picture and light in the other: edges.
PIXEL_TOLERANCE = 0.025


@pytest.mark.parametrize("render", [_ghostscript, _mupdf, lambda path: _poppler(path.read_bytes())])
def test_three_programs_show_the_press_page_as_the_reading_page(render, press_path, laid_out):
    reading = _poppler(cropped_to_trim(laid_out.pdf))
    pages = render(press_path)
    assert len(pages) == len(reading) == laid_out.page_count
    edge = round(3 / 25.4 * DOTS)
    for number, (page, wanted) in enumerate(zip(pages, reading, strict=True), 1):
        box = (edge, edge, edge + wanted.width, edge + wanted.height)
        one, other = page.convert("L").crop(box), wanted.convert("L")
        in_one_colour = _mean(other) < DARK_PAGE
        tolerance = FULL_PAGE_TOLERANCE if in_one_colour else LIGHTNESS_TOLERANCE
        assert abs(_mean(one) - _mean(other)) <= tolerance, number
        # A pixel may lie half on the next one: edges are compared with their neighbours' darkest.
        dark = [_dark(picture) for picture in (one, other)]
        share = _mean(ImageChops.difference(*dark)) / 255
        assert share <= PIXEL_TOLERANCE, f"page {number}: {share:.3f}"


def _mean(picture: Image.Image) -> float:
    histogram = picture.histogram()
    return sum(level * count for level, count in enumerate(histogram)) / sum(histogram)


def _dark(picture: Image.Image) -> Image.Image:
    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    return small.point(lambda value: 255 if value < 128 else 0)


def test_our_own_preflight_finds_nothing(pressed):
    profile, _ = load_print_profile(ROOT, "saddle-stitch")
    assert preflight(pressed, profile) == []

"""Which faults preflight names when someone puts them into a good press file."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, StreamDecodeLevel, String
from tests.checks import faults
from tests.checks.faults import (
    box,
    drawing,
    in_catalogue,
    in_information,
    in_intent,
    on_every_page,
    on_page_3,
    with_image,
    with_state,
    with_text,
    without,
)
from tests.checks.press_faults import MORE_FAULTS, TWO_CODES, lzw_content
from tests.conftest import ROOT
from tests.pdf.profiles import changed

from booklet.checks.preflight.preflight import preflight
from booklet.content.print_profiles import load_print_profile
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile
from booklet.pdf.office import office_file


def spoilt(pdf: bytes, fault: faults.Fault, **how: Any) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fault(document)
        document.save(saved, **{"object_stream_mode": ObjectStreamMode.disable, **how})
    return saved.getvalue()


def codes(pdf: bytes, profile: PrintProfile) -> set[str]:
    return {problem.code for problem in preflight(pdf, profile)}


RGB = b"\xc0\x40\x40" * 64
GROUND = "0 0 0 1 k 100 100 200 20 re f"
BLACK_ON = Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=1)

FAULTS: dict[str, tuple[faults.Fault, str]] = {
    "RGB picture": (with_image(Name.DeviceRGB, RGB), "picture-rgb"),
    "RGB ground": (drawing("0.8 0.1 0.1 rg 100 100 50 50 re f"), "colour-rgb"),
    "RGB line": (drawing("0.8 0.1 0.1 RG 2 w 100 100 m 200 200 l S"), "colour-rgb"),
    "RGB gradient": (
        drawing(
            "100 100 50 50 re W n /Own sh",
            Shading={"Own": faults.gradient(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])},
        ),
        "colour-rgb",
    ),
    "RGB inside a form": (
        drawing(
            "1 0 0 1 99 99 cm /Own Do", XObject={"Own": faults.form({}, b"1 0 0 rg 0 0 20 20 re f")}
        ),
        "colour-rgb",
    ),
    "RGB black text": (with_text("0 0 0 rg"), "black-rgb"),
    "RGB black line": (drawing("0 0 0 RG 1 w 100 100 m 200 100 l S"), "black-rgb"),
    "four-colour text": (with_text("0.7 0.6 0.6 0.9 k"), "black-mixed"),
    "text that knocks out": (
        with_state(faults.state(op=False, OP=False), "0 0 0 1 k 100 100 200 2 re f"),
        "black-overprint",
    ),
    "white that overprints": (with_state(BLACK_ON, "0 0 0 0 k 9 9 99 99 re f"), "white-overprint"),
    "320 % of ink": (drawing("0.8 0.8 0.8 0.8 k 100 100 50 50 re f"), "ink-limit"),
    "320 % of ink in a picture": (
        with_image(Name.DeviceCMYK, bytes([204, 204, 204, 204]) * 64),
        "ink-limit",
    ),
    "320 % of ink in a gradient": (
        drawing(
            "100 100 50 50 re W n /Own sh",
            Shading={"Own": faults.gradient(Name.DeviceCMYK, [0, 0, 0, 0], [0.8, 0.8, 0.8, 0.8])},
        ),
        "ink-limit",
    ),
    "spot colour": (
        drawing("/Own cs 1 scn 100 100 50 50 re f", ColorSpace={"Own": faults.spot}),
        "colour-spot",
    ),
    "registration colour": (
        drawing("/Own cs 1 scn 100 100 50 50 re f", ColorSpace={"Own": faults.registration}),
        "colour-registration",
    ),
    "ICC colour": (
        drawing(
            "/Own cs 0.2 0 0 0 scn 100 100 50 50 re f", ColorSpace={"Own": faults.icc_based(4)}
        ),
        "colour-managed",
    ),
    "ICC picture": (
        with_image(Array([Name.CalGray, Dictionary()]), bytes(64), dots=700),
        "colour-managed",
    ),
    "72-dpi picture": (with_image(Name.DeviceCMYK, bytes(256), dots=72), "picture-resolution"),
    "picture in JPEG 2000": (
        with_image(Name.DeviceCMYK, bytes(256), Filter=Name.JPXDecode),
        "picture-packing",
    ),
    "alpha": (with_state(faults.state(ca=0.5), GROUND), "live-transparency"),
    "blend mode": (with_state(faults.state(BM=Name.Multiply), GROUND), "live-transparency"),
    "soft mask": (
        with_image(Name.DeviceCMYK, bytes(256), SMask=faults.half_mask),
        "live-transparency",
    ),
    "transparency group": (
        drawing(
            "1 0 0 1 99 99 cm /Own Do",
            XObject={"Own": faults.form({"/Group": Dictionary(S=Name.Transparency)})},
        ),
        "live-transparency",
    ),
    "transfer function": (
        with_state(faults.state(TR=Dictionary(FunctionType=2)), GROUND),
        "page-oddity",
    ),
    "PostScript": (
        drawing("/Own Do", XObject={"Own": faults.form({"/Subtype": Name.PS})}),
        "page-oddity",
    ),
    "inline picture": (
        drawing("0.05 0 0 0.05 99 99 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"),
        "page-oddity",
    ),
    "operators without end": (on_page_3(faults.garbage), "page-broken"),
    "hairline": (drawing("0.1 w 100 100 m 200 100 l S"), "line-weight"),
    "hairline by scaling": (drawing("0.1 0 0 0.1 0 0 cm 1 w 900 900 m 99 99 l S"), "line-weight"),
    "filled hairline": (drawing("0 0 0 1 k 100 100 200 0.1 re f"), "line-weight"),
    "type of 4 pt": (with_text("0 0 0 1 k", size=4), "type-size"),
    "text at the cut": (with_text("0 0 0 1 k", left=1), "safe-zone"),
    "ground that ends at the cut": (drawing("0 0 0 0.7 k -9 0 440 100 re f"), "bleed-short"),
    "unembedded font": (faults.unembed, "font-embedded"),
    "OpenType font": (faults.embed_as_opentype, "font-form"),
    "no trim": (on_every_page(without("/TrimBox")), "box-trim"),
    "no trim on one page": (on_page_3(without("/TrimBox")), "box-trim"),
    "2 mm of bleed": (on_every_page(faults.narrow_bleed), "box-bleed"),
    "trim outside the page": (on_page_3(box("/TrimBox", -50, 0, 369.5, 595.3)), "box-order"),
    "two trims": (on_page_3(box("/ArtBox", 0, 0, 419.5, 595.3)), "box-art"),
    "hidden bleed": (on_page_3(box("/CropBox", 0, 0, 419.5, 595.3)), "box-crop"),
    "page without size": (on_page_3(box("/MediaBox", 0, 0, 0, 0)), "box-media"),
    "room around the bleed": (on_every_page(faults.room_for_marks), "marks-unwanted"),
    "odd page count": (lambda document: document.pages.__delitem__(3), "page-multiple"),
    "too many pages": (
        lambda document: document.pages.extend([document.pages[1]] * 40),
        "page-range",
    ),
    "too few pages": (lambda document: document.pages.__delitem__(slice(4, 99)), "page-range"),
    "mixed page sizes": (on_page_3(faults.smaller_trim), "page-sizes-mixed"),
    "a size nobody takes": (on_every_page(faults.smaller_trim), "page-size"),
    "turned page": (on_page_3(lambda page: page.__setitem__("/Rotate", 90)), "page-turned"),
    "scaled page": (on_page_3(lambda page: page.__setitem__("/UserUnit", 2)), "page-unit"),
    "script": (faults.scripted, "pdf-javascript"),
    "attachment": (faults.attach, "pdf-attachment"),
    "layers": (in_catalogue("/OCProperties", Dictionary(OCGs=[], D={})), "pdf-layers"),
    "form fields": (in_catalogue("/AcroForm", Dictionary(Fields=[])), "pdf-form"),
    "link": (faults.annotate, "pdf-annotation"),
    "no printing condition": (
        lambda document: document.Root.__delitem__("/OutputIntents"),
        "intent-missing",
    ),
    "newsprint": (in_intent("/OutputConditionIdentifier", String("JCN2002")), "intent-condition"),
    "RGB printing condition": (
        in_intent("/DestOutputProfile", lambda document: document.make_stream(b"icc", N=3)),
        "intent-profile",
    ),
    "no PDF/X label": (in_information("/GTS_PDFXVersion", None), "pdfx-version"),
    "PDF/X-3": (in_information("/GTS_PDFXVersion", String("PDF/X-3:2003")), "pdfx-version"),
    "not said whether trapped": (in_information("/Trapped", None), "pdfx-trapped"),
    "no title": (in_information("/Title", None), "pdf-title"),
    "no date": (in_information("/CreationDate", None), "pdf-dates"),
    "two titles": (faults.mixed_xmp_title, "xmp-title"),
    "bound right": (
        in_catalogue("/ViewerPreferences", Dictionary(Direction=Name.R2L)),
        "binding-side",
    ),
}


ALL = {**FAULTS, **MORE_FAULTS}


def test_there_are_more_than_a_hundred_faults():
    assert len(ALL) == len(FAULTS) + len(MORE_FAULTS) >= 110
    assert len({code for _, code in ALL.values()}) >= 58


# A fault that is another one as well, by nature.
BRINGS_ALONG = {
    # Where the cut moves, text comes near it.
    "mixed page sizes": {"safe-zone"},
    "a size nobody takes": {"safe-zone"},
    "trim outside the page": {"safe-zone"},
}


@pytest.mark.parametrize(("name", "fault", "code"), [(n, *f) for n, f in ALL.items()], ids=ALL)
def test_preflight_names_the_fault_and_no_other(good_press_file, shop, name, fault, code):
    # Without a page count to keep, a page more or less is a fault of its own alone.
    rules = changed(shop, pages=None) if code not in ("page-multiple", "page-range") else shop
    found = codes(spoilt(good_press_file, fault), rules)
    assert found == {code} | BRINGS_ALONG.get(name, set())


@pytest.mark.parametrize(("fault", "wanted"), TWO_CODES.values(), ids=TWO_CODES)
def test_preflight_names_both_faults_where_one_brings_the_other(
    good_press_file, shop, fault, wanted
):
    assert codes(spoilt(good_press_file, fault), shop) == wanted


def test_our_press_file_has_no_fault_before(good_press_file, shop):
    assert codes(good_press_file, shop) == set()
    assert codes(good_press_file, changed(shop, pages=None)) == set()


def test_a_part_packed_as_lzw_is_told(good_press_file, shop):
    kept = {"stream_decode_level": StreamDecodeLevel.none, "compress_streams": False}
    assert codes(spoilt(good_press_file, lzw_content, **kept), shop) == {"stream-packing"}


def test_xmp_that_is_no_xml_is_told(good_press_file, shop):
    # pikepdf mends XMP when it saves, so it is broken in the bytes.
    assert good_press_file.count(b"</rdf:RDF>") == 1
    broken = good_press_file.replace(b"</rdf:RDF>", b"</rdf:RDX>")
    assert codes(broken, shop) == {"xmp-broken"}


def test_pdf_x_4_without_xmp_is_told(good_press_file, shop):
    modern = changed(shop, pdf={"standard": "pdf-x-4", "icc": "shop.icc"})
    without_xmp = spoilt(good_press_file, lambda document: document.Root.__delitem__("/Metadata"))
    assert codes(without_xmp, modern) - codes(good_press_file, modern) == {"xmp-missing"}


def test_a_file_without_an_identifier_is_told(good_press_file, shop):
    # pikepdf gives every file one, so it is taken out of the bytes.
    assert good_press_file.count(b"/ID [") == 1
    assert "pdf-id" in codes(good_press_file.replace(b"/ID [", b"/XX ["), shop)


def test_a_changed_nothing_is_no_fault(good_press_file, shop):
    unchanged = spoilt(good_press_file, lambda document: None)
    assert codes(unchanged, shop) == codes(good_press_file, shop)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"min_version": "1.7"}, "pdf-version"),
        ({"object_stream_mode": ObjectStreamMode.generate}, "pdf-object-streams"),
        ({"encryption": pikepdf.Encryption(owner="o", user="u")}, "pdf-encrypted"),
        ({"encryption": pikepdf.Encryption(owner="o")}, "pdf-encrypted"),
    ],
)
def test_preflight_names_how_a_file_was_saved_wrongly(good_press_file, shop, how, code):
    assert code in codes(spoilt(good_press_file, lambda document: None, **how), shop)


def test_a_fault_is_told_once_with_its_page_its_place_and_how_many_more(good_press_file, shop):
    def fault(document: pikepdf.Pdf) -> None:
        for _ in range(3):
            with_text("0 0 0 rg", left=30, bottom=30)(document)
        document.pages[4].contents_add(b"q 0 0 0 RG 3 w 100 100 m 200 100 l S Q")

    problems = preflight(spoilt(good_press_file, fault), shop)
    (problem,) = [problem for problem in problems if problem.code == "black-rgb"]
    assert problem.message == (
        "page 3, 30 mm from the left and 30 mm from the top: text is black in RGB (#000000): "
        "four plates would print it (and 3 more, pages 3, 5)"
    )
    assert problem.hint == "make it K 100 alone"
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("dots", "severity"), [(340, Severity.WARNING), (201, Severity.WARNING), (150, Severity.ERROR)]
)
def test_a_coarse_picture_is_a_warning_and_a_very_coarse_one_an_error(
    good_press_file, shop, dots, severity
):
    spoilt_file = spoilt(good_press_file, with_image(Name.DeviceCMYK, bytes(256), dots=dots))
    (found,) = [p for p in preflight(spoilt_file, shop) if p.code == "picture-resolution"]
    assert found.severity is severity


@pytest.mark.parametrize(
    ("space", "bits", "dots", "complains"),
    [
        (Name.DeviceCMYK, 8, 350, False),
        (Name.DeviceGray, 8, 590, True),
        (Name.DeviceGray, 8, 600, False),
        (Name.DeviceGray, 1, 1100, True),
        (Name.DeviceGray, 1, 1200, False),
    ],
)
def test_each_sort_of_picture_has_its_own_resolution(
    good_press_file, shop, space, bits, dots, complains
):
    fault = with_image(space, bytes(256), dots=dots, BitsPerComponent=bits)
    found = codes(spoilt(good_press_file, fault), shop)
    assert ("picture-resolution" in found) is complains


@pytest.mark.parametrize("fault", [with_state(faults.state(ca=0.5), GROUND)])
def test_pdf_x_4_keeps_transparency(good_press_file, shop, fault):
    modern = changed(shop, pdf={"standard": "pdf-x-4", "icc": "shop.icc"})
    assert "live-transparency" not in codes(spoilt(good_press_file, fault), modern)
    assert {"pdfx-version", "intent-profile"} <= codes(good_press_file, modern)


@pytest.mark.parametrize(("size", "complains"), [(4.75, False), (3.5, True)])
def test_ruby_may_be_smaller_than_other_type(good_press_file, shop, size, complains):
    fonts = {"F1": faults.own_font}
    # The page is drawn from the top down, so what stands above comes first.
    above = f" q 1 0 0 -1 0 600 cm {faults.text('0 0 0 1 k', size, 30, 70)} Q"
    below = f" q 1 0 0 -1 0 600 cm {faults.text('0 0 0 1 k', size * 2, 30, 70 - size * 0.68)} Q"
    before = preflight(good_press_file, shop)
    ruby = preflight(spoilt(good_press_file, drawing(above + below, Font=fonts)), shop)
    alone = preflight(spoilt(good_press_file, drawing(above, Font=fonts)), shop)
    assert (_sizes(ruby) != _sizes(before)) is complains
    assert _sizes(alone) != _sizes(before)


def _sizes(problems: list[Any]) -> list[str]:
    return [problem.message for problem in problems if problem.code == "type-size"]


def test_a_shop_that_wants_marks_misses_them(good_press_file):
    wants_marks, _ = load_print_profile(ROOT, "saddle-stitch-marks")
    assert "marks-missing" in codes(good_press_file, wants_marks)


OTHERS = {
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(40), "pdf-kind", "a PNG picture"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(40), "pdf-kind", "a JPEG picture"),
    "archive": (b"PK\x03\x04" + bytes(40), "pdf-kind", "a zip archive"),
    "text": (b"Dear printer,", "pdf-kind", "not a PDF"),
    "nothing": (b"", "pdf-kind", "empty"),
    "only a head": (b"%PDF-1.7\n", "pdf-damaged", "damaged"),
}


@pytest.mark.parametrize(("content", "code", "words"), OTHERS.values(), ids=OTHERS)
def test_a_file_that_is_no_pdf_is_told_in_one_line(shop, content, code, words):
    (problem,) = preflight(content, shop)
    assert problem.code == code
    assert words in problem.message


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_breaks_off_never_looks_good(good_press_file, shop, share):
    cut = good_press_file[: int(len(good_press_file) * share)]
    assert any(problem.severity is Severity.ERROR for problem in preflight(cut, shop))


@pytest.mark.parametrize("start", range(40))
def test_a_file_with_holes_is_read_without_a_traceback(good_press_file, shop, start):
    step = len(good_press_file) // 40
    at = start * step
    holes = good_press_file[:at] + b"\x00" * 200 + good_press_file[at + 200 :]
    assert isinstance(preflight(holes, shop), list)


def test_a_foreign_pdf_without_boxes_is_told_where_to_start(shop):
    saved = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(8):
            document.add_blank_page(page_size=(419.53, 595.28))
        document.save(saved)
    found = codes(saved.getvalue(), shop)
    assert {"box-trim", "pdfx-version", "intent-missing", "pdf-title"} <= found
    assert "page-multiple" not in found


def test_a_foreign_pdf_of_mixed_sizes_is_told_by_page(shop):
    saved = io.BytesIO()
    with pikepdf.new() as document:
        for width in (419.53, 419.53, 300, 419.53):
            document.add_blank_page(page_size=(width, 595.28))
        document.save(saved)
    problems = {problem.code: problem for problem in preflight(saved.getvalue(), shop)}
    assert problems["page-sizes-mixed"].message.startswith("page 3: the page is 106 × 210 mm")


def test_a_pdf_without_pages_is_told(shop):
    saved = io.BytesIO()
    with pikepdf.new() as document:
        document.save(saved)
    assert "page-count" in codes(saved.getvalue(), shop)


@pytest.fixture(scope="module")
def office() -> PrintProfile:
    return load_print_profile(ROOT, "office-a4-duplex")[0]


def test_our_office_file_has_nothing_to_complain_about(laid_out, office):
    assert preflight(office_file(laid_out.pdf, office), office) == []


def test_text_in_the_rim_of_an_office_sheet_is_told(first_laid_out, office):
    large = changed(office, sheet={"scale_percent": 100})
    sheets = office_file(first_laid_out.pdf, large)
    wide = changed(office, sheet={"rim_mm": 14})
    assert "sheet-rim" in codes(sheets, wide)


def test_an_office_file_that_is_too_large_is_told(first_laid_out, office):
    tight = changed(office, file={"most_megabytes": 0.1})
    assert "file-size" in codes(office_file(first_laid_out.pdf, office), tight)


def test_an_office_printer_takes_rgb_and_transparency(first_laid_out, office):
    sheets = office_file(first_laid_out.pdf, office)
    assert not {"colour-rgb", "black-rgb", "live-transparency"} & codes(sheets, office)


def test_preflight_needs_nothing_but_the_bytes(good_press_file, shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = good_press_file[:]
    preflight(good_press_file, shop)
    assert good_press_file == before
    assert list(Path(tmp_path).iterdir()) == []

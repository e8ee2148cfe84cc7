"""What preflight says of files of every origin is so: names, places, white pages, good files."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object
from tests.checks.faults import box, on_every_page, with_state, without
from tests.checks.press_faults import OVER, separation, shown_at, tiling
from tests.checks.test_preflight import codes, spoilt
from tests.pdf.profiles import changed

from booklet.checks.preflight.budget import Budget
from booklet.checks.preflight.interpreter import painted_pages
from booklet.checks.preflight.paint import Painted
from booklet.checks.preflight.preflight import preflight
from booklet.diagnostics import Severity

MINCHO = "ＭＳ明朝".encode("cp932")


def pdf_of(operators: bytes, **resources: Any) -> pikepdf.Pdf:
    document = pikepdf.new()
    document.add_blank_page(page_size=(400, 600))
    page = document.pages[0].obj
    page.Contents = document.make_stream(operators)
    page.Resources = Dictionary({f"/{kind}": Dictionary(one) for kind, one in resources.items()})
    return document


def painted(document: pikepdf.Pdf) -> list[Painted]:
    (paint,) = painted_pages(list(document.pages), Budget())
    assert paint.is_read, paint.seen
    return paint.painted


def saved(document: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    document.save(kept, fix_metadata_version=False)
    return kept.getvalue()


def name(raw: bytes) -> Any:
    return Object.parse(b"/" + b"".join(b"#%02x" % one for one in raw))


def test_a_font_named_in_shift_jis_is_called_by_its_name(shop):
    document = pdf_of(b"0 0 0 1 k BT /F 9 Tf 100 100 Td (A) Tj ET 1 0 0 rg 50 50 9 9 re f")
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType)
    font.BaseFont = name(MINCHO)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    problems = {one.code: one.message for one in preflight(saved(document), shop)}
    assert "the font ＭＳ明朝 is not embedded" in problems["font-embedded"]
    assert "page-broken" not in problems
    assert "colour-rgb" in problems


def test_a_resource_named_in_shift_jis_is_found(shop):
    document = pdf_of(b"/\x93\xfa cs 1 scn 50 50 9 9 re f")
    spaces = Dictionary()
    spaces[name(b"\x93\xfa")] = separation("/DIC161")
    document.pages[0].obj.Resources = Dictionary(ColorSpace=spaces)
    found = codes(saved(document), shop)
    assert "colour-spot" in found
    assert not {"resource-missing", "page-broken"} & found


def test_an_ink_named_in_shift_jis_is_called_by_its_name(shop):
    document = pdf_of(b"/Own cs 1 scn 50 50 9 9 re f")
    space = Array([Name.Separation, name("金".encode("cp932")), Name.DeviceCMYK, Dictionary()])
    document.pages[0].obj.Resources = Dictionary(ColorSpace=Dictionary(Own=space))
    (spot,) = [one for one in preflight(saved(document), shop) if one.code == "colour-spot"]
    assert spot.message.endswith("an ink of its own: 金")


def test_signs_that_a_terminal_obeys_are_shown_and_not_sent(shop):
    document = pdf_of(b"BT /F 9 Tf 100 100 Td (A) Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType)
    font.BaseFont = name(b"\x1b[2Jgood\x07\xe2\x80\xae" + b"x" * 500)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    for problem in preflight(saved(document), shop):
        assert problem.message.isprintable()
        assert len(problem.message) <= 300


def test_a_pattern_lies_where_it_is_painted_and_not_where_its_tile_is(shop):
    document = pdf_of(b"q 1 0 0 1 300 300 cm /Pattern cs /T scn 20 30 50 40 re f Q")
    pattern = tiling(b"0 0 0 0.5 k 0 0 5 5 re f")(document)
    document.pages[0].obj.Resources = Dictionary(Pattern=Dictionary(T=pattern))
    (tile,) = painted(document)
    assert tile.box == (320, 330, 370, 370)
    assert tile.size == 5


def test_a_pattern_that_nothing_is_painted_with_is_not_painted():
    document = pdf_of(b"/Pattern cs /T scn")
    pattern = tiling(b"1 0 0 rg 0 0 5 5 re f")(document)
    document.pages[0].obj.Resources = Dictionary(Pattern=Dictionary(T=pattern))
    assert painted(document) == []


def test_a_gradient_without_a_clip_covers_the_page_and_no_more():
    document = pdf_of(b"/S sh")
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1])
    document.pages[0].obj.Resources = Dictionary(Shading=Dictionary(S=shading))
    (gradient,) = painted(document)
    assert gradient.box == (0, 0, 400, 600)


def test_lab_is_called_lab(shop):
    document = pdf_of(b"/L cs 50 40 20 sc 50 50 9 9 re f")
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    document.pages[0].obj.Resources = Dictionary(ColorSpace=Dictionary(L=lab))
    (found,) = [one for one in preflight(saved(document), shop) if one.code == "colour-rgb"]
    assert "in Lab (Lab 50 40 20)" in found.message
    assert "RGB" not in found.message


def test_vertical_text_runs_down(shop):
    document = pdf_of(b"0 0 0 1 k BT /F 10 Tf 200 500 Td <000100020003> Tj ET")
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Mincho)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-V"),
        DescendantFonts=[inner], BaseFont=Name.Mincho,
    )  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    (text,) = painted(document)
    assert text.box == (195, 470, 205, 500)


def test_shift_jis_text_is_as_wide_as_its_characters():
    document = pdf_of("0 0 0 1 k BT /F 10 Tf 100 100 Td (日本AB) Tj ET".encode("cp932"))
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Mincho)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/90ms-RKSJ-H"),
        DescendantFonts=[inner], BaseFont=Name.Mincho,
    )  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    (text,) = painted(document)
    assert text.box[2] - text.box[0] == pytest.approx(30)


def test_a_white_page_without_bleed_is_not_short_of_it(good_press_file, shop):
    def no_bleed(document: pikepdf.Pdf) -> None:
        page = document.pages[2].obj
        page.Contents = document.make_stream(b"0 0 0 0 k 0 0 500 700 re f")
        trim = [float(one) for one in page.TrimBox]
        page.BleedBox = page.MediaBox = Array(trim)

    assert codes(spoilt(good_press_file, no_bleed), shop) == set()


def test_a_page_with_a_ground_and_no_bleed_is_short_of_it(good_press_file, shop):
    def no_bleed(document: pikepdf.Pdf) -> None:
        page = document.pages[2].obj
        page.Contents = document.make_stream(b"0 0 0 0.5 k -20 -20 500 700 re f")
        trim = [float(one) for one in page.TrimBox]
        page.BleedBox = page.MediaBox = Array(trim)

    assert codes(spoilt(good_press_file, no_bleed), shop) == {"box-bleed"}


def test_boxes_may_stand_in_the_tree_above_the_page(shop):
    document = pdf_of(b"")
    page, root = document.pages[0].obj, document.Root.Pages
    root.MediaBox, root.Rotate = Array([0, 0, 300, 300]), 90
    del page["/MediaBox"]
    found = codes(saved(document), shop)
    assert "page-turned" in found
    assert "box-media" not in found


@pytest.mark.parametrize(
    "operators",
    [
        # White that knocks out, whatever is set.
        "0 0 0 0 k 100 100 50 50 re f",
        # A dark ground is knocked out by what does not overprint.
        "1 1 1 0 k 100 100 60 60 re f 0 0 0 0.9 k 110 110 20 20 re f",
    ],
)
def test_what_knocks_out_is_good(good_press_file, shop, operators):
    knocking = with_state(Dictionary(Type=Name.ExtGState, op=False, OP=False), operators)
    assert codes(spoilt(good_press_file, knocking), shop) == set()


@pytest.mark.parametrize(
    "operators",
    [
        # Black beside the dark ground, inside the box of a ring around nothing.
        "0.8 0.8 0.8 0 k 100 100 100 100 re 110 110 80 80 re f* 0 0 0 1 k 130 130 20 20 re f",
        # White by OPM 0 paints all four plates with nothing.
        "/Zero gs 0 0 0 0 k 100 100 50 50 re f",
        # Black overprints black: one plate.
        "0 0 0 1 k 100 100 60 60 re f 0 0 0 1 k 110 110 20 20 re f",
        # Cut off before it comes to the dark ground.
        "1 1 1 0 k 100 100 60 60 re f 200 200 9 9 re W n 0 0 0 1 k 100 100 150 150 re f",
    ],
)
def test_what_overprints_without_harm_is_good(good_press_file, shop, operators):
    fault = with_state(OVER, operators)

    def change(document: pikepdf.Pdf) -> None:
        fault(document)
        zero = Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=0)
        document.pages[2].obj.Resources.ExtGState["/Zero"] = zero

    assert codes(spoilt(good_press_file, change), shop) == set()


def test_a_broken_off_file_is_called_so_and_nothing_else(good_press_file, shop):
    (problem,) = preflight(good_press_file[: len(good_press_file) * 2 // 3], shop)
    assert problem.code == "pdf-damaged"
    assert "it breaks off" in problem.message


def test_a_file_locked_for_certificates_is_called_encrypted(good_press_file, shop):
    locked = Dictionary(Filter=Name("/Adobe.PubSec"), SubFilter=Name("/adbe.pkcs7.s5"), V=4)
    with pikepdf.open(io.BytesIO(good_press_file)) as document:
        document.Root["/Kept"] = document.make_indirect(locked)
        content = saved(document)
        place = document.Root["/Kept"].objgen[0]
    content = content.replace(b"trailer <<", b"trailer << /Encrypt %d 0 R" % place)
    (problem,) = preflight(content, shop)
    assert problem.code == "pdf-encrypted"


def test_empty_content_is_no_damage(shop):
    document = pdf_of(b"")
    document.pages[0].obj.Contents.write(b"", filter=Name.FlateDecode)
    assert "page-broken" not in codes(saved(document), shop)


def test_a_glyph_in_the_colour_of_its_text_has_none_of_its_own(good_press_file, shop):
    from tests.checks.press_faults import with_type_3

    stencil = with_type_3(b"1000 0 0 0 1000 1000 d1 1 0 0 rg 0 0 900 900 re f")
    assert codes(spoilt(good_press_file, stencil), shop) == set()


def test_forms_side_by_side_are_not_nested(good_press_file, shop):
    def twice(document: pikepdf.Pdf) -> Any:
        stream = document.make_stream(b"0 0 0 0.5 k 0 0 9 9 re f")
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        return stream

    assert codes(spoilt(good_press_file, shown_at(twice)), shop) == set()


def test_an_office_profile_asks_for_no_press_rules(good_press_file, shop):
    plain = changed(shop, pdf={"standard": "pdf-1.7"}, ink=None)
    lenient = spoilt(good_press_file, on_every_page(box("/ArtBox", 0, 0, 1, 1)))
    assert "box-art" in codes(lenient, plain)
    assert codes(spoilt(good_press_file, on_every_page(without("/ArtBox"))), plain) == set()


def test_a_file_written_carelessly_is_a_warning_and_not_damage(shop):
    content = saved(pdf_of(b""))
    careless = content.replace(b"/Size ", b"/Size 9", 1)
    said = {one.code: one for one in preflight(careless, shop)}
    assert said["pdf-damaged"].severity is Severity.WARNING
    assert "is damaged" not in said["pdf-damaged"].message
    assert "pdf-damaged" not in codes(content, shop)

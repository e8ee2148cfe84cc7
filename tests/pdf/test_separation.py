"""Which inks come out for the colours of a page, and what is said about those that have none."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from booklet.pdf.inks import Palette
from booklet.pdf.separation import separate
from tests.checks import faults

INKS = {
    "#1a1a1a": (0, 0, 0, 100),
    "#0b5c58": (88, 35, 55, 35),
    "#ffffff": (0, 0, 0, 0),
    "#5a5a5a": (0, 0, 0, 70),
}
PINE = "0.043137 0.360784 0.345098"
PINE_INKS = "0.88 0.35 0.55 0.35"


def separated(
    operators: str, overprint: bool = True, **resources: Any
) -> tuple[str, list[str], Any]:
    """Return what stands on a page afterwards, the codes of the problems, and the page itself."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 100))
    page = document.pages[0]
    page.obj.Resources = Dictionary()
    for kind, things in resources.items():
        made = {f"/{n}": t(document) if callable(t) else t for n, t in things.items()}
        page.obj.Resources[f"/{kind}"] = Dictionary(made)
    page.obj.Contents = document.make_stream(operators.encode())
    problems = separate(document, Palette(INKS), overprint, lambda picture, page: [])
    saved = io.BytesIO()
    document.save(saved)
    again = pikepdf.open(io.BytesIO(saved.getvalue()))
    said = again.pages[0].Contents.read_bytes().decode()
    start = "/OverprintFill gs\n0 0 0 1 k\n/Overprint gs\n0 0 0 1 K\n" if overprint else ""
    plain = "0 0 0 1 k\n0 0 0 1 K\n" if not overprint else ""
    head = start or "/Knockout gs\n" + plain
    assert f"{said}\n".startswith(head), said[:80]
    return said.removeprefix(head), [problem.code for problem in problems], again


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{PINE} rg 0 0 9 9 re f", f"{PINE_INKS} k"),
        (f"{PINE} RG 0 0 9 9 re S", f"{PINE_INKS} K"),
        (f"/DeviceRGB cs {PINE} sc 0 0 9 9 re f", f"{PINE_INKS} k"),
        (f"/DeviceRGB CS {PINE} SCN 0 0 9 9 re S", f"{PINE_INKS} K"),
        ("0.88 0.35 0.55 0.35 k 0 0 9 9 re f", f"{PINE_INKS} k"),
        ("0.101961 g 0 0 9 9 re f", "0 0 0 1 k"),
        ("0.352941 0.352941 0.352941 rg 0 0 9 9 re f", "0 0 0 0.7 k"),
        ("1 1 1 rg 0 0 9 9 re f", "0 0 0 0 k"),
    ],
)
def test_every_way_to_set_a_colour_gives_its_inks(before, after):
    said, problems, _ = separated(before)
    assert problems == []
    assert after in said.splitlines()
    assert not {"rg", "RG", "g", "G", "cs", "CS", "sc", "SCN"} & set(said.split())


def test_a_managed_colour_space_is_read_by_its_channels():
    said, problems, _ = separated(
        f"/Own cs {PINE} scn 0 0 9 9 re f", ColorSpace={"Own": faults.icc_based(3)}
    )
    assert problems == []
    assert f"{PINE_INKS} k" in said


def test_black_prints_over_until_another_colour_comes_and_again_after_restoring():
    said, _, _ = separated(f"q {PINE} rg 0 0 9 9 re f Q 0.101961 g 0 0 9 9 re f")
    lines = said.splitlines()
    assert lines[:3] == ["q", "/OverprintStroke gs", f"{PINE_INKS} k"]
    # After Q the page is back where both print over: nothing has to be said.
    assert lines[-3:] == ["0 0 0 1 k", "0 0 9 9 re", "f"]


def test_a_shop_without_overprint_gets_none():
    said, _, _ = separated(f"0.101961 g 0 0 9 9 re f {PINE} rg 0 0 9 9 re f", overprint=False)
    assert "Overprint" not in said


@pytest.mark.parametrize(
    ("operators", "resources", "code"),
    [
        ("1 0 0 rg 0 0 9 9 re f", {}, "press-colour"),
        ("0.5 g 0 0 9 9 re f", {}, "press-colour"),
        ("0.1 0.2 0.3 0.4 k 0 0 9 9 re f", {}, "press-colour"),
        ("/Own cs 1 scn 0 0 9 9 re f", {"ColorSpace": {"Own": faults.spot}}, "press-colour-space"),
        ("/Own gs", {"ExtGState": {"Own": faults.state(ca=0.5)}}, "press-transparency"),
        ("/Own gs", {"ExtGState": {"Own": faults.state(BM=Name.Screen)}}, "press-transparency"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI", {}, "press-inline-picture"),
        (
            "/Own Do",
            {"XObject": {"Own": faults.form({}, b"1 0 0 rg 0 0 9 9 re f")}},
            "press-colour",
        ),
        (
            "/Own sh",
            {"Shading": {"Own": faults.gradient(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])}},
            "press-colour",
        ),
        (
            "/Own sh",
            {"Shading": {"Own": Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB)}},
            "press-colour-space",
        ),
    ],
)
def test_what_has_no_inks_is_named(operators, resources, code):
    _, problems, _ = separated(operators, **resources)
    assert problems == [code] * len(problems)
    assert problems


def test_a_colour_outside_the_palette_is_named_with_its_page():
    document = pikepdf.new()
    for _ in range(3):
        document.add_blank_page(page_size=(100, 100))
    document.pages[2].obj.Contents = document.make_stream(b"1 0.501961 0 rg 0 0 9 9 re f")
    (problem,) = separate(document, Palette(INKS), True, lambda picture, page: [])
    assert "page 3 uses #ff8000" in problem.message
    assert "styles/tokens.css" in problem.hint


def test_opaque_graphics_states_go_and_opaque_groups_too():
    said, problems, document = separated(
        "/Own gs /Form Do",
        ExtGState={"Own": faults.state(ca=1, CA=1)},
        XObject={"Form": faults.form({"/Group": Dictionary(S=Name.Transparency)})},
    )
    assert problems == []
    assert "/Own" not in said
    resources = document.pages[0].resources
    assert "/Group" not in resources["/XObject"]["/Form"]
    assert set(resources["/ExtGState"].keys()) == {
        "/Knockout", "/Overprint", "/OverprintFill", "/OverprintStroke",
    }  # fmt: skip


def test_a_gradient_between_two_colours_of_the_palette_becomes_one_of_inks():
    pine = [float(value) for value in PINE.split()]
    _, problems, document = separated(
        "/Own sh", Shading={"Own": faults.gradient(Name.DeviceRGB, pine, [1, 1, 1])}
    )
    assert problems == []
    shading = document.pages[0].resources["/Shading"]["/Own"]
    assert str(shading.ColorSpace) == "/DeviceCMYK"
    assert [float(v) for v in shading.Function.C0] == [0.88, 0.35, 0.55, 0.35]
    assert [float(v) for v in shading.Function.C1] == [0, 0, 0, 0]


def test_a_tiling_pattern_and_a_type_3_glyph_are_rewritten_as_well():
    def pattern(document):
        stream = document.make_stream(f"{PINE} rg 0 0 5 5 re f".encode())
        stream.PatternType, stream.PaintType, stream.TilingType = 1, 1, 1
        stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 5, 5]), 5, 5
        stream.Resources = Dictionary()
        return stream

    def font(document):
        glyph = document.make_stream(f"500 0 d0 {PINE} rg 0 0 500 500 re f".encode())
        return document.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500],
                FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=Dictionary(a=glyph),
                Encoding=Dictionary(Differences=[97, Name.a]), FirstChar=97, LastChar=97,
                Widths=[500],
            )
        )  # fmt: skip

    said, problems, document = separated(
        "/Pattern cs /Own scn 0 0 50 50 re f BT /F 10 Tf (a) Tj ET",
        Pattern={"Own": pattern},
        Font={"F": font},
    )
    assert problems == []
    tile = document.pages[0].resources["/Pattern"]["/Own"].read_bytes().decode()
    glyph = document.pages[0].resources["/Font"]["/F"].CharProcs["/a"].read_bytes().decode()
    assert f"{PINE_INKS} k" in tile
    assert f"{PINE_INKS} k" in glyph
    assert "/Pattern cs" in said


def test_tags_are_gone_and_text_stays():
    said, _, _ = separated("/P <</MCID 0>> BDC BT (a) Tj ET EMC /Artifact BMC n EMC")
    assert not {"BDC", "BMC", "EMC"} & set(said.split())
    assert "(a) Tj" in said

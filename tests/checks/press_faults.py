"""Faults of press files beyond the first ones: ink over ink, fonts, depth, packing, damage."""

import io
import zlib
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image
from tests.checks.faults import (
    MM,
    Fault,
    descriptor,
    drawing,
    form,
    gradient,
    image,
    in_information,
    on_page_3,
    own_font,
    state,
    with_image,
    with_state,
)

RED = b"1 0 0 rg 0 0 20 20 re f"
OVER = state(op=True, OP=True, OPM=1)


def separation(name: str, alternate: Any = Name.DeviceCMYK) -> Any:
    channels = {Name.DeviceCMYK: 4, Name.DeviceRGB: 3}[alternate]
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0] * channels, C1=[0, 0, 0, 1][-channels:], N=1
    )
    return Array([Name.Separation, Name(name), alternate, tint])


def lab() -> Any:
    return Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])


def indexed(document: Pdf, base: Any, table: bytes, as_stream: bool = False) -> Any:
    entries = document.make_stream(table) if as_stream else String(table)
    channels = {Name.DeviceCMYK: 4, Name.DeviceRGB: 3}[base]
    return Array([Name.Indexed, base, len(table) // channels - 1, entries])


def nested(depth: int, innermost: bytes = RED) -> Any:
    """Return a form inside so many others."""

    def make(document: Pdf) -> Any:
        inner = form({}, innermost)(document)
        for _ in range(depth):
            outer = form({}, b"/Inner Do")(document)
            outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
            inner = outer
        return inner

    return make


def holds_itself(document: Pdf) -> Any:
    made = form({}, b"0 0 0 1 k /Own Do")(document)
    made.Resources = Dictionary(XObject=Dictionary(Own=made))
    return made


def shown_at(thing: Any) -> Fault:
    return drawing("1 0 0 1 99 99 cm /Own Do", XObject={"Own": thing})


def tiling(operators: bytes, paint_type: int = 1, **more: Any) -> Any:
    def make(document: Pdf) -> Any:
        stream = document.make_stream(operators)
        stream.Type, stream.PatternType, stream.PaintType = Name.Pattern, 1, paint_type
        stream.TilingType, stream.XStep, stream.YStep = 1, 10, 10
        stream.BBox, stream.Resources = Array([0, 0, 10, 10]), Dictionary()
        for key, value in more.items():
            stream[f"/{key}"] = value
        return stream

    return make


def with_pattern(make: Any, where: str = "100 100 50 50 re f") -> Fault:
    return drawing(f"/Pattern cs /Own scn {where}", Pattern={"Own": make})


def with_type_3(glyph: bytes) -> Fault:
    def font(document: Pdf) -> Any:
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=65, Widths=[1000],
            Encoding=Dictionary(Differences=[65, Name("/box")]),
            CharProcs=Dictionary({"/box": document.make_stream(glyph)}),
        )  # fmt: skip

    words = f"0 0 0 1 k BT /F3 20 Tf {40 * MM} {40 * MM} Td (A) Tj ET"
    # The black of the text overprints, so that nothing but the glyph's own colour is wrong.
    return drawing(f"/Own gs {words}", Font={"F3": font}, ExtGState={"Own": OVER})


def annotated(look: bytes) -> Fault:
    """Show an annotation whose look is painted by operators; that it is one is told anyway."""

    def change(document: Pdf) -> None:
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[100, 100, 140, 140], F=4)
        stamp.AP = Dictionary(N=form({}, look)(document))
        document.pages[2].obj.Annots = Array([document.make_indirect(stamp)])

    return change


def soft_mask(document: Pdf) -> Any:
    group = form({"/Group": Dictionary(S=Name.Transparency, CS=Name.DeviceGray)}, RED)(document)
    return state(SMask=Dictionary(S=Name.Luminosity, G=group))


def second_font(document: Pdf) -> Any:
    """Return a font of the same name as one of the page, not embedded."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=own_font(document).BaseFont,
        Encoding=Name.WinAnsiEncoding,
    )  # fmt: skip


def broken_program(share: float) -> Fault:
    def change(document: Pdf) -> None:
        program = descriptor(document).FontFile3
        content = program.read_bytes()
        program.write(content[: int(len(content) * share)])

    return change


def garbled_program(document: Pdf) -> None:
    program = descriptor(document).FontFile3
    program.write(b"\x07" * len(program.read_bytes()))


def black_text(operators: str, font: Any = own_font, **resources: Any) -> Fault:
    """Set text in black that overprints, as a good file does."""
    return drawing(
        f"/Black gs 0 0 0 1 k BT /F1 9 Tf {30 * MM} {30 * MM} Td {operators} ET",
        Font={"F1": font},
        ExtGState={"Black": OVER, **resources.pop("ExtGState", {})},
        **resources,
    )


def lzw_content(document: Pdf) -> None:
    """Add a stream of one space, packed as LZW: clear table, space, end."""
    packed = Stream(document, b"")
    packed.write(b"\x80\x08\x20\x20", filter=Name.LZWDecode)
    page = document.pages[2].obj
    page.Contents = Array([page.Contents, document.make_indirect(packed)])


def cut_content(document: Pdf) -> None:
    page = document.pages[2].obj
    packed = zlib.compress(b"0 0 0 0.5 k 100 100 9 9 re f\n" * 500, 0)
    more = Stream(document, b"")
    more.write(packed[: len(packed) // 2], filter=Name.FlateDecode)
    page.Contents = Array([page.Contents, document.make_indirect(more)])


def undecodable_content(document: Pdf) -> None:
    more = Stream(document, b"")
    more.write(b"this is not deflated", filter=Name.FlateDecode)
    page = document.pages[2].obj
    page.Contents = Array([page.Contents, document.make_indirect(more)])


def jpeg(document: Pdf) -> Any:
    """Return a JPEG that breaks off in its middle."""
    saved = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(saved, "JPEG")
    content = saved.getvalue()
    stream = Stream(document, content[: len(content) // 2])
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width = stream.Height = 64
    stream.BitsPerComponent, stream.ColorSpace = 8, Name.DeviceGray
    return document.make_indirect(stream)


def sampled(document: Pdf, samples: bytes) -> Any:
    return document.make_stream(
        samples, FunctionType=0, Domain=[0, 1], Range=[0, 1] * 4, Size=[len(samples) // 4],
        BitsPerSample=8,
    )  # fmt: skip


def program(text: bytes) -> Any:
    return lambda document: document.make_stream(
        text, FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4
    )


def with_gradient(function: Any) -> Fault:
    def shading(document: Pdf) -> Any:
        made = gradient(Name.DeviceCMYK, [0] * 4, [0] * 4)
        made.Function = function(document)
        return made

    return drawing("100 100 50 50 re W n /Own sh", Shading={"Own": shading})


def stitched_in_itself(document: Pdf) -> Any:
    made = document.make_indirect(
        Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[], Encode=[0, 1])
    )
    made.Functions = Array([made])
    return made


def mesh(document: Pdf) -> Any:
    """Return a free-form gradient whose last corner has all inks."""
    corners = b"".join(
        bytes([0, x, y, *inks])
        for x, y, inks in (
            (0, 0, (0, 0, 0, 0)), (255, 0, (0, 0, 0, 90)), (0, 255, (255, 255, 255, 255)),
        )
    )  # fmt: skip
    return document.make_stream(
        corners, ShadingType=4, ColorSpace=Name.DeviceCMYK, BitsPerCoordinate=8,
        BitsPerComponent=8, BitsPerFlag=8, Decode=[100, 150, 100, 150, *[0, 1] * 4],
    )  # fmt: skip


CMYK = bytes([40, 40, 40, 0]) * 64
DARK = "1 1 1 0 k 100 100 60 60 re f"

MORE_FAULTS: dict[str, tuple[Fault, str]] = {
    # Ink over ink
    "black over three full inks": (
        with_state(OVER, f"{DARK} 0 0 0 1 k 110 110 20 20 re f"), "ink-limit"),
    "cyan over magenta, yellow and black by Separation": (
        drawing("0 1 1 0.9 k 100 100 60 60 re f /Own gs /Ink cs 1 scn 110 110 20 20 re f",
                ExtGState={"Own": OVER}, ColorSpace={"Ink": separation("/Cyan")}), "ink-limit"),
    "a line over three full inks": (
        with_state(OVER, f"{DARK} 0 0 0 1 K 4 w 100 130 m 160 130 l S"), "ink-limit"),
    "four full inks in a table": (
        drawing("/Own cs 1 sc 100 100 50 50 re f",
                ColorSpace={"Own": lambda d: indexed(d, Name.DeviceCMYK, bytes(4) + b"\xff" * 4)}),
        "ink-limit"),
    "a picture of four full inks by a table": (
        with_image(Name.DeviceGray, bytes([0, 1] * 32), ColorSpace=lambda d: indexed(
            d, Name.DeviceCMYK, bytes(4) + b"\xff" * 4, as_stream=True)), "ink-limit"),
    "a gradient with a peak in its samples": (
        with_gradient(lambda d: sampled(d, bytes(4) + b"\xff" * 4 + bytes(4))), "ink-limit"),
    "a gradient computed with a peak": (
        with_gradient(program(b"{ 0.5 sub abs 2 mul 1 exch sub dup dup dup }")), "ink-limit"),
    "a mesh with a dark corner": (drawing("/Own sh", Shading={"Own": mesh}), "ink-limit"),
    # Overprint
    "black by OPM 0": (
        with_state(state(op=True, OP=True, OPM=0), "0 0 0 1 k 100 100 99 2 re f"),
        "black-overprint"),
    "black in grey": (with_state(OVER, "0 g 100 100 99 2 re f"), "black-overprint"),
    "white by Separation": (
        drawing("/Own gs /Ink cs 0 scn 100 100 50 50 re f",
                ExtGState={"Own": OVER}, ColorSpace={"Ink": separation("/Black")}),
        "white-overprint"),
    "white line": (with_state(OVER, "0 0 0 0 K 2 w 100 100 m 200 100 l S"), "white-overprint"),
    # Colours at any depth
    "RGB thirty forms deep": (shown_at(nested(30)), "colour-rgb"),
    "RGB in a pattern": (with_pattern(tiling(b"1 0 0 rg 0 0 5 5 re f")), "colour-rgb"),
    "RGB in an uncoloured pattern": (
        drawing("/Own cs 1 0 0 /Tile scn 100 100 50 50 re f",
                ColorSpace={"Own": Array([Name.Pattern, Name.DeviceRGB])},
                Pattern={"Tile": tiling(b"0 0 5 5 re f", paint_type=2)}), "colour-rgb"),
    "RGB gradient as a pattern": (
        with_pattern(lambda d: Dictionary(
            PatternType=2, Shading=gradient(Name.DeviceRGB, [1, 0, 0], [0, 0, 1]))), "colour-rgb"),
    "RGB in a glyph": (with_type_3(b"1000 0 d0 1 0 0 rg 0 0 900 900 re f"), "colour-rgb"),
    "RGB in a table in a string": (
        drawing("/Own cs 1 sc 100 100 50 50 re f",
                ColorSpace={"Own": lambda d: indexed(d, Name.DeviceRGB, b"\xff\xff\xff\x90\0\0")}),
        "colour-rgb"),
    "Lab ground": (
        drawing("/Own cs 50 40 20 sc 100 100 50 50 re f", ColorSpace={"Own": lab()}), "colour-rgb"),
    "Lab picture": (with_image(lab(), bytes(192)), "picture-rgb"),
    "an ink told in RGB": (
        drawing("/Own gs /Ink cs 0.5 scn 100 100 50 50 re f", ExtGState={"Own": OVER},
                ColorSpace={"Ink": separation("/Cyan", Name.DeviceRGB)}), "colour-substitute"),
    "DefaultCMYK": (
        drawing("0.1 0 0 0 k 100 100 50 50 re f", ColorSpace={
            "DefaultCMYK": lambda d: Array([Name.ICCBased, d.make_stream(b"icc", N=4)])}),
        "colour-default"),
    # What is not there
    "a missing font": (
        with_state(OVER, f"0 0 0 1 k BT /Gone 9 Tf {99} {99} Td (A) Tj ET"), "resource-missing"),
    "a missing picture": (drawing("1 0 0 1 9 9 cm /Gone Do"), "resource-missing"),
    "a missing state": (drawing("/Gone gs"), "resource-missing"),
    "a missing colour space": (drawing("/Gone cs"), "resource-missing"),
    "a second font of the same name": (
        black_text("(AB) Tj", font=second_font), "font-embedded"),
    ".notdef": (black_text("<00000000> Tj"), "glyph-missing"),
    "a sign behind the font's last": (black_text("<fff0> Tj"), "glyph-missing"),
    "a font that breaks off": (broken_program(0.6), "font-broken"),
    "a font of garbage": (garbled_program, "font-broken"),
    # Lines
    "text stroked by a hairline": (
        black_text("1 Tr 0.05 w 0 0 0 1 K <00140015> Tj"), "line-weight"),
    "text stroked by nothing": (black_text("1 Tr 0 w 0 0 0 1 K <00140015> Tj"), "line-weight"),
    # Pictures
    "a JPEG that breaks off": (
        drawing("6 0 0 6 100 100 cm /Own Do", XObject={"Own": jpeg}), "picture-broken"),
    "a picture short of bytes": (with_image(Name.DeviceCMYK, CMYK[:-9]), "picture-broken"),
    "a picture of no known packing": (
        with_image(Name.DeviceCMYK, CMYK, Filter=Name("/Wavelet")), "picture-broken"),
    "16 bits": (with_image(Name.DeviceCMYK, bytes(512), BitsPerComponent=16), "picture-depth"),
    "LZW picture": (
        with_image(Name.DeviceCMYK, CMYK, Filter=Name.LZWDecode), "picture-packing"),
    "OPI": (
        with_image(Name.DeviceCMYK, CMYK, OPI=Dictionary({"/2.0": Dictionary(F=String("a"))})),
        "picture-opi"),
    "an alternate picture": (
        with_image(Name.DeviceCMYK, CMYK, Alternates=lambda d: Array(
            [Dictionary(Image=image(Name.DeviceGray, bytes(64))(d), DefaultForPrinting=True)])),
        "picture-alternates"),
    # States, actions, packing, labels
    "black generation": (
        with_state(state(BG=Dictionary(FunctionType=2, Domain=[0, 1], N=1)), "q Q"), "state-black"),
    "under-colour removal": (
        with_state(state(UCR=Dictionary(FunctionType=2, Domain=[0, 1], N=1)), "q Q"),
        "state-black"),
    "a halftone": (
        with_state(state(HT=Dictionary(HalftoneType=1, Frequency=60, Angle=45,
                                       SpotFunction=Name.Round)), "q Q"), "state-halftone"),
    "something on opening the page": (
        on_page_3(lambda page: page.__setitem__(
            "/AA", Dictionary(O=Dictionary(S=Name.GoTo, D=String("x"))))), "pdf-action"),
    "two authors": (in_information("/Producer", String("Another program")), "xmp-differs"),
    "two dates": (in_information("/ModDate", String("D:19990101000000Z")), "xmp-differs"),
    # What cannot be read
    "a form that holds itself": (shown_at(holds_itself), "page-broken"),
    "an operator nobody knows": (drawing("1 2 frobnicate"), "page-broken"),
    "content that breaks off": (cut_content, "page-broken"),
    "content that is not packed as it says": (undecodable_content, "page-broken"),
    "forms without end": (shown_at(nested(90)), "preflight-not-judged"),
    "a gradient that holds itself": (with_gradient(stitched_in_itself), "preflight-not-judged"),
    "a picture that nobody unpacks": (
        with_image(Name.DeviceCMYK, b"", Width=30000, Height=30000), "preflight-not-judged"),
}  # fmt: skip

# Faults that bring another with them, by nature: both are named.
TWO_CODES: dict[str, tuple[Fault, set[str]]] = {
    "RGB in an annotation": (annotated(RED), {"colour-rgb", "pdf-annotation"}),
    "RGB in a soft mask": (
        drawing("/Own gs", ExtGState={"Own": soft_mask}), {"colour-rgb", "live-transparency"}),
}  # fmt: skip

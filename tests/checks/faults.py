"""An open press file goes in; it comes out with one fault that print shops send files back for."""

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Fault = Callable[[Pdf], None]

MM = 72 / 25.4


def drawing(operators: str, **resources: Any) -> Fault:
    """Return a fault that paints something more on page 3."""

    def change(document: Pdf) -> None:
        page = document.pages[2]
        own = Dictionary(page.resources)
        for kind, things in resources.items():
            key = f"/{kind}"
            before = {name: own[key][name] for name in own.get(key, Dictionary())}
            made = {
                f"/{name}": thing(document) if callable(thing) else thing
                for name, thing in things.items()
            }
            own[key] = Dictionary({**before, **made})
        page.obj.Resources = own
        page.contents_add(f"\nq {operators} Q".encode())

    return change


def text(colour: str, size: float = 9, left: float = 30, bottom: float = 30) -> str:
    """Return operators that set one word with a font of the page."""
    return f"{colour} BT /F1 {size} Tf {left * MM} {bottom * MM} Td <00140015> Tj ET"


def own_font(document: Pdf) -> Any:
    fonts = document.pages[2].resources["/Font"]
    return fonts[sorted(fonts.keys())[0]]


def with_text(colour: str, size: float = 9, left: float = 30, bottom: float = 30) -> Fault:
    return drawing(text(colour, size, left, bottom), Font={"F1": own_font})


def image(space: Any, pixels: bytes, width: int = 8, height: int = 8, **more: Any) -> Any:
    def make(document: Pdf) -> Any:
        stream = pikepdf.Stream(document, zlib.compress(pixels))
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
        stream.ColorSpace, stream.Filter = space, Name.FlateDecode
        for key, value in more.items():
            stream[f"/{key}"] = value(document) if callable(value) else value
        return document.make_indirect(stream)

    return make


def with_image(space: Any, pixels: bytes, dots: float = 400, **more: Any) -> Fault:
    """Return a fault that shows a picture of 8 × 8 pixels at so many dots per inch."""
    side = 8 / dots * 72
    operators = f"{side} 0 0 {side} 100 100 cm /Picture Do"
    return drawing(operators, XObject={"Picture": image(space, pixels, **more)})


def state(**entries: Any) -> Any:
    return Dictionary(Type=Name.ExtGState, **entries)


def with_state(entries: Any, operators: str) -> Fault:
    return drawing(f"/Own gs {operators}", ExtGState={"Own": entries})


def on_every_page(change: Callable[[Any], None]) -> Fault:
    def fault(document: Pdf) -> None:
        for page in document.pages:
            change(page.obj)

    return fault


def on_page_3(change: Callable[[Any], None]) -> Fault:
    return lambda document: change(document.pages[2].obj)


def without(key: str) -> Callable[[Any], None]:
    def change(thing: Any) -> None:
        if key in thing:
            del thing[key]

    return change


def box(key: str, *values: float) -> Callable[[Any], None]:
    return lambda page: page.__setitem__(key, Array(list(values)))


def in_catalogue(key: str, value: Any) -> Fault:
    def fault(document: Pdf) -> None:
        document.Root[key] = value(document) if callable(value) else value

    return fault


def in_information(key: str, value: Any) -> Fault:
    def fault(document: Pdf) -> None:
        if value is None:
            del document.docinfo[key]
        else:
            document.docinfo[key] = value

    return fault


def in_intent(key: str, value: Any) -> Fault:
    def fault(document: Pdf) -> None:
        intent = document.Root.OutputIntents[0]
        intent[key] = value(document) if callable(value) else value

    return fault


def descriptor(document: Pdf) -> Any:
    return own_font(document).DescendantFonts[0].FontDescriptor


def unembed(document: Pdf) -> None:
    del descriptor(document)["/FontFile3"]


def embed_as_opentype(document: Pdf) -> None:
    descriptor(document).FontFile3.Subtype = Name.OpenType


def scripted(document: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.OpenAction = action


def attach(document: Pdf) -> None:
    document.attachments["notes.txt"] = pikepdf.AttachedFileSpec(document, b"notes")


def annotate(document: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Border=[0, 0, 0])
    document.pages[1].obj.Annots = Array([document.make_indirect(link)])


def narrow_bleed(page: Any) -> None:
    trim = [float(value) for value in page.TrimBox]
    by = 2 * MM
    for key in ("/BleedBox", "/MediaBox"):
        page[key] = Array([trim[0] - by, trim[1] - by, trim[2] + by, trim[3] + by])


def smaller_trim(page: Any) -> None:
    left, bottom, right, top = (float(value) for value in page.TrimBox)
    page.TrimBox = Array([left, bottom, right - 10 * MM, top])


def room_for_marks(page: Any) -> None:
    left, bottom, right, top = (float(value) for value in page.MediaBox)
    page.MediaBox = Array([left - 30, bottom - 30, right + 30, top + 30])


def garbage(page: Any) -> None:
    page.Contents.write(b"q 1 0 0 1 cm 0 0 m ( Q")


def mixed_xmp_title(document: Pdf) -> None:
    packet = document.Root.Metadata.read_bytes()
    title = str(document.docinfo["/Title"]).encode()
    document.Root.Metadata.write(packet.replace(title, "別の題名".encode()))


def spot(document: Pdf) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
    return Array([Name.Separation, Name("/DIC161"), Name.DeviceCMYK, tint])


def registration(document: Pdf) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def icc_based(channels: int) -> Callable[[Pdf], Any]:
    return lambda document: Array([Name.ICCBased, document.make_stream(b"profile", N=channels)])


def gradient(space: Any, first: list[float], last: list[float]) -> Any:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=last, N=1)
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 100, 0], Function=function)


def form(entries: Any, operators: bytes = b"0 0 0 1 k 0 0 20 20 re f") -> Any:
    def make(document: Pdf) -> Any:
        stream = document.make_stream(operators)
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, 20, 20])
        for key, value in entries.items():
            stream[key] = value
        return stream

    return make


def half_mask(document: Pdf) -> Any:
    return image(Name.DeviceGray, bytes([128]) * 64)(document)

"""A picture of a PDF in screen colours goes in; the same in printing inks or in grey comes out.

Without an ICC profile the conversion is plain: what red, green and blue have in common is printed
with black alone (full grey component replacement), so no place gets more than 200 % of ink and grey
stays grey. It does not know how inks look on paper; with the shop's profile LittleCMS does.
"""

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageChops

from booklet.diagnostics import Problem, Severity

_SPACES = {"1": Name.DeviceGray, "L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
_JPEG_QUALITY = 95
_UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.UnsupportedImageTypeError,
    ValueError,
    OSError,
    NotImplementedError,
)


def picture_converter(icc: bytes) -> Callable[[Any, int], list[Problem]]:
    """Return a function that converts one picture of an open PDF.

    Args:
        icc: The shop's profile; empty for the plain conversion.

    Returns:
        The function. It is given the picture and the number of its page, changes the picture, and
        returns its problems.
    """
    return lambda stream, page: _convert(stream, page, icc)


def inked(picture: Image.Image, icc: bytes) -> Image.Image:
    """Return a picture for the press: in black and white, in grey, or in four inks.

    Args:
        picture: The picture in any mode, without transparency.
        icc: The shop's profile; empty for the plain conversion.
    """
    if picture.mode in _SPACES:
        return picture
    colours = picture.convert("RGB")
    red, green, blue = colours.split()
    if red.tobytes() == green.tobytes() == blue.tobytes():
        return red
    if icc:
        return _by_profile(colours, icc)
    inks = [ImageChops.invert(channel) for channel in (red, green, blue)]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])


def _by_profile(picture: Image.Image, icc: bytes) -> Image.Image:
    """Return a picture in inks as the shop's profile has them.

    Raises:
        ValueError: The profile cannot be used.
    """
    from PIL import ImageCms

    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(icc)),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, ImageCms.PyCMSError):
        converted = None
    if converted is None:
        raise ValueError("the shop's ICC profile is damaged")
    return converted


def _convert(stream: Any, page: int, icc: bytes) -> list[Problem]:
    if stream.get("/ImageMask", False):
        return []  # a stencil: it takes the colour that is set
    try:
        # Inks cannot hold transparency in one picture, so a mask on them is left out.
        has_inks = stream.get("/ColorSpace") == Name.DeviceCMYK
        picture = pikepdf.PdfImage(stream).as_pil_image(apply_mask=not has_inks)
        problems: list[Problem] = []
        if picture.mode in ("LA", "PA", "RGBA"):
            if picture.getchannel("A").histogram()[255] != picture.width * picture.height:
                problems.append(_seen_through(page))
            picture = _on_paper(picture)
        converted = inked(picture, icc)
    except _UNREADABLE as error:
        message = f"a picture on page {page} cannot be converted: {error}"
        hint = "save it as an ordinary PNG or JPEG, and see that the ICC profile is whole"
        return [Problem("press-picture", message, None, hint)]
    masked = "/SMask" in stream or "/Mask" in stream
    if masked or converted is not picture or stream.get("/ColorSpace") != _SPACES[picture.mode]:
        _put(stream, converted)
    return problems


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return what is seen of a picture with transparent places when it lies on white."""
    mode = "L" if picture.mode == "LA" else "RGB"
    paper = Image.new(mode, picture.size, "white")
    paper.paste(picture.convert(mode), mask=picture.getchannel("A"))
    return paper


def _seen_through(page: int) -> Problem:
    return Problem(
        "press-picture-transparent",
        f"a picture on page {page} has transparent places; they are printed white",
        None,
        "save the picture without transparency",
        Severity.WARNING,
    )


def _put(stream: Any, picture: Image.Image) -> None:
    """Write a converted picture in place of the old one: a photograph as JPEG, all else exactly."""
    was_jpeg = Name.DCTDecode in _filters(stream)
    for key in (
        "/SMask",
        "/Mask",
        "/Decode",
        "/Intent",
        "/DecodeParms",
        "/Metadata",
        "/Alternates",
    ):
        if key in stream:
            del stream[key]
    stream.Width, stream.Height = picture.size
    stream.ColorSpace = _SPACES[picture.mode]
    stream.BitsPerComponent = 1 if picture.mode == "1" else 8
    if was_jpeg and picture.mode != "1":
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        stream.write(packed.getvalue(), filter=Name.DCTDecode)
        if picture.mode == "CMYK":
            # Pillow writes inks the other way round, as Adobe's programs do.
            stream.Decode = Array([1, 0] * 4)
    else:
        stream.write(zlib.compress(picture.tobytes(), 6), filter=Name.FlateDecode)


def _filters(stream: Any) -> list[Any]:
    filters = stream.get("/Filter", [])
    return list(filters) if isinstance(filters, Array) else [filters]

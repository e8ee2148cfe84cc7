"""A picture as its maker saved it goes in; the picture as a booklet needs it comes out.

Turned upright, without a word on who took it where, in sRGB or in grey, no larger than its place
needs, as PNG or JPEG. What needs nothing done keeps its bytes.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booklet.content.picture_files import JPEGS, ON_ITS_SIDE, decode, opened, orientation

if TYPE_CHECKING:
    from PIL.Image import Image

_JPEG_QUALITIES = (92, 85, 75, 65)
_KEPT_MODES = {"PNG": ("1", "L", "P", "RGB"), "JPEG": ("L", "RGB")}
_LOSSY = ("JPEG", "HEIF")
# Chunks of a PNG without which it looks the same or names nobody (PNG, third edition, 11.3).
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"sRGB", b"gAMA", b"cHRM"}
# Inside the data of a JPEG a marker is FF and neither 00 (a byte FF) nor a restart (D0 to D7).
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JPEG_APP0, _JPEG_APP14, _JPEG_END = 0xE0, 0xEE, 0xD9
_JFIF = b"\xff\xe0\x00\x10JFIF\x00"
_JPEG_METADATA = (*range(0xE1, 0xF0), 0xFE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a picture's place asks of it.

    Attributes:
        width_px: Pixels that the place is wide at the resolution wanted.
        height_px: Pixels that it is high.
        fills: Whether the picture covers the place and is cut, instead of standing in it whole.
        grey: Whether it has to be without colour.
        most_bytes: The largest file that is taken; None for any.
        grey_finer: How many times as many pixels grey has; print asks more of it than of colour.
        bitmap_finer: How many times as many pixels black and white alone has.
    """

    width_px: int
    height_px: int
    fills: bool = False
    grey: bool = False
    most_bytes: int | None = None
    grey_finer: float = 1
    bitmap_finer: float = 1


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture ready for a booklet.

    Attributes:
        content: The bytes, PNG or JPEG.
        media_type: `image/png` or `image/jpeg`.
        width_px: Its width.
        height_px: Its height.
    """

    content: bytes
    media_type: str
    width_px: int
    height_px: int


def prepared_picture(content: bytes, place: Place) -> PreparedPicture:
    """Make a picture ready for its place.

    Args:
        content: A picture that `check` has accepted.
        place: What its place asks of it.

    Returns:
        The picture; the same input gives the same bytes. What is transparent is white, as on paper.

    Raises:
        PictureError: The picture cannot be used; `check` says the same.
    """
    with opened(content) as source:
        kind = "JPEG" if source.format == "MPO" else source.format or ""
        plain = _without_metadata(content, kind)
        if plain is not None and _may_stay(source, plain, kind, place):
            decode(source)
            return PreparedPicture(plain, f"image/{kind.lower()}", *source.size)
        picture = _as_seen(source, place)
        lossy = kind in _LOSSY or (kind == "WEBP" and b"VP8L" not in content[:64])
    return _packed(picture, lossy, place.most_bytes)


def _may_stay(source: "Image", plain: bytes, kind: str, place: Place) -> bool:
    """Return whether nothing but metadata has to go."""
    if not _is_upright(source) or _scale(source.size, place, source.mode) < 1:
        return False
    if source.mode not in _KEPT_MODES.get(kind, ()) or not _is_srgb(source):
        return False
    if "transparency" in source.info or (place.grey and source.mode not in ("1", "L")):
        return False
    return place.most_bytes is None or len(plain) <= place.most_bytes


def _as_seen(source: "Image", place: Place) -> "Image":
    """Return the pixels a reader sees, upright, in 8 bits of grey or sRGB, scaled to the place."""
    from PIL import Image, ImageOps

    turned = orientation(source) in ON_ITS_SIDE
    size = (source.height, source.width) if turned else source.size
    scale = _scale(size, place, source.mode)
    if source.format in JPEGS and scale < 0.5:
        # Half, a quarter or an eighth is decoded at once, which saves time and memory.
        width, height = source.size
        source.draft(source.mode, (int(width * scale * 1.5), int(height * scale * 1.5)))
    decode(source)
    picture = _in_eight_bits(source if _is_upright(source) else ImageOps.exif_transpose(source))
    scale = _scale(picture.size, place, source.mode)
    if scale < 1:
        if picture.mode in ("1", "P", "PA"):
            picture = picture.convert(_full_mode(picture))
        width, height = picture.size
        size = max(1, round(width * scale)), max(1, round(height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture = _in_srgb(_on_white(picture), source)
    if place.grey and picture.mode not in ("1", "L"):
        picture = picture.convert("L")
    return picture


def _packed(picture: "Image", lossy: bool, most_bytes: int | None) -> PreparedPicture:
    """Return the picture as PNG, or as JPEG where it was one or is too large as PNG."""
    from PIL import Image

    while True:
        for content, media_type in _attempts(picture, lossy):
            if most_bytes is None or len(content) <= most_bytes:
                return PreparedPicture(content, media_type, *picture.size)
        width, height = picture.size
        size = max(1, width * 3 // 4), max(1, height * 3 // 4)
        picture = picture.resize(size, Image.Resampling.LANCZOS)


def _attempts(picture: "Image", lossy: bool) -> "Iterator[tuple[bytes, str]]":
    """Yield the picture packed better and better."""
    if not lossy or picture.mode == "1":
        packed = io.BytesIO()
        picture.save(packed, "PNG", compress_level=9)
        yield packed.getvalue(), "image/png"
    full = picture.convert(_full_mode(picture))
    for quality in _JPEG_QUALITIES:
        packed = io.BytesIO()
        full.save(packed, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        yield packed.getvalue(), "image/jpeg"


def _scale(size: tuple[int, int], place: Place, mode: str) -> float:
    """Return by what a picture is multiplied to have the pixels its place needs."""
    finer = place.grey_finer if place.grey or mode.startswith(("L", "I;16")) else 1.0
    finer = place.bitmap_finer if mode == "1" else finer
    across, down = finer * place.width_px / size[0], finer * place.height_px / size[1]
    return max(across, down) if place.fills else min(across, down)


def _is_upright(picture: "Image") -> bool:
    return orientation(picture) not in range(2, 9)


def _in_eight_bits(picture: "Image") -> "Image":
    """Return 16 bits of grey as 8: the upper byte of each shade is what is seen."""
    from PIL import Image

    if not picture.mode.startswith("I;16"):
        return picture
    upper = 0 if picture.mode.endswith("B") else 1
    return Image.frombytes("L", picture.size, picture.tobytes()[upper::2])


def _full_mode(picture: "Image") -> str:
    """Return the mode that holds all of a picture's colours and can be scaled."""
    if picture.mode in ("1", "L"):
        return "L"
    return "RGBA" if picture.has_transparency_data else "RGB"


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if picture.mode in ("1", "L", "RGB", "CMYK") and "transparency" not in picture.info:
        return picture
    if not picture.has_transparency_data:
        return picture if picture.mode == "P" else picture.convert("RGB")
    grey = picture.mode in ("1", "L", "LA", "La")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper.convert("L") if grey else paper


def _is_srgb(picture: "Image") -> bool:
    """Return whether a picture's colours mean what they mean without a profile."""
    icc = picture.info.get("icc_profile")
    if not icc or picture.mode in ("1", "L"):
        return True
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        return "srgb" in ImageCms.getProfileDescription(profile).lower()
    except (OSError, ImageCms.PyCMSError):
        return True  # a broken profile means nothing


def _in_srgb(picture: "Image", source: "Image") -> "Image":
    """Return a picture in sRGB, through the profile it brought along where there is one."""
    from PIL import ImageCms

    if picture.mode in ("RGB", "CMYK") and not _is_srgb(source):
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(source.info["icc_profile"])),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (OSError, ImageCms.PyCMSError):
            converted = None  # a profile of another kind than the picture, which means nothing
        if converted is not None:
            picture = converted
    clean = picture if picture.mode in ("1", "L", "P", "RGB") else picture.convert("RGB")
    clean.info = {}
    return clean


def _without_metadata(content: bytes, kind: str) -> bytes | None:
    """Return a file without what it says of its making, or None when it has to be made anew."""
    if kind == "PNG":
        return _plain_png(content)
    return _plain_jpeg(content) if kind == "JPEG" else None


def _plain_png(content: bytes) -> bytes:
    kept = [content[:8]]
    position = 8
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        name = content[position + 4 : position + 8]
        if name in _PNG_CHUNKS:
            kept.append(content[position : position + 12 + length])
        position += 12 + length
        if name == b"IEND":
            break
    return b"".join(kept)


def _plain_jpeg(content: bytes) -> bytes | None:
    kept = [content[:2]]
    position = 2
    while (found := _JPEG_MARKER.search(content, position)) is not None:
        marker, start = content[found.start() + 1], found.start()
        kept.append(content[position:start])
        if marker == _JPEG_END:
            return b"".join((*kept, b"\xff\xd9"))
        length = int.from_bytes(content[start + 2 : start + 4], "big")
        position = start + 2 + length
        segment = content[start:position]
        if marker == _JPEG_APP0 and not segment.startswith(_JFIF):
            continue  # an extension of JFIF: a second, smaller picture
        if marker not in _JPEG_METADATA or marker == _JPEG_APP14:
            kept.append(segment)
    return None

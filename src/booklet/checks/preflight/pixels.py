"""A picture of a PDF goes in; whether it can be decoded, and its ink, come out.

Pictures are unpacked whole, for a press does so too: one that breaks off halfway prints half.
"""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import DependencyError
from pikepdf.models.image import (
    HifiPrintImageNotTranscodableError,
    ImageDecompressionError,
    InvalidPdfImageError,
    NotExtractableError,
    UnsupportedImageTypeError,
)
from PIL import Image, ImageChops, ImageFile

from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.colour_values import Space
from booklet.checks.preflight.pdf_values import elements, entry, filters_of, numbers_in, whole
from booklet.checks.preflight.streams import (
    MOST_BYTES,
    Inflater,
    UndecodableError,
    bytes_before,
    bytes_of,
    first_line,
    raw_bytes,
)

_JPEG = ("/DCTDecode", "/DCT")
_FLATE = ("/FlateDecode", "/Fl")
_CHANNELS = {"1": 1, "L": 1, "P": 1, "LA": 2, "RGB": 3, "YCbCr": 3, "LAB": 3, "CMYK": 4, "RGBA": 4}
# As many pixels at a time as are summed up without holding the picture several times.
_STRIP_PIXELS = 1_000_000
# What pikepdf and Pillow do not know how to unpack, though a press may.
_UNKNOWN = (
    NotImplementedError, DependencyError, UnsupportedImageTypeError, NotExtractableError,
    HifiPrintImageNotTranscodableError, Image.DecompressionBombError,
)  # fmt: skip
_UNDECODABLE = (
    UndecodableError, InvalidPdfImageError, ImageDecompressionError, pikepdf.PdfError, OSError,
    ValueError, TypeError, LookupError, AttributeError, SyntaxError, EOFError, ArithmeticError,
    RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pixels:
    """What a picture is when it is unpacked.

    Attributes:
        ink_percent: The most ink at any place; 0 where no place has any, or it is not of inks.
        broken: Why it cannot be unpacked; "" where it can.
        unseen: Why nobody looked; "" where somebody did.
    """

    ink_percent: float = 0.0
    broken: str = ""
    unseen: str = ""


def look_at(picture: Any, space: Space | None) -> Pixels:
    """Unpack a picture and measure its ink.

    Args:
        picture: The picture.
        space: Its colour space; None of a stencil.
    """
    # WeasyPrint sets this for the whole process: half a picture would be as good as a whole one.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        return _look(picture, space)
    except OutOfBudgetError as error:
        return Pixels(unseen=str(error))
    except MemoryError:
        return Pixels(unseen="it is too large for the memory there is")
    except _UNKNOWN as error:
        return Pixels(unseen=first_line(error))
    except _UNDECODABLE as error:
        return Pixels(broken=first_line(error))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _look(picture: Any, space: Space | None) -> Pixels:
    width, height = whole(entry(picture, "/Width")), whole(entry(picture, "/Height"))
    if width < 1 or height < 1:
        raise UndecodableError("it has no pixels")
    filters = filters_of(picture)
    last = filters[-1] if filters else ""
    if last in _JPEG:
        return _jpeg(picture, space, width, height)
    if last == "/JPXDecode":
        return _other(picture, Image.open(io.BytesIO(bytes_before(picture, last))))
    if last == "/JBIG2Decode":
        return _other(picture, pikepdf.PdfImage(picture).as_pil_image(apply_mask=False))
    if last in ("/CCITTFaxDecode", "/CCF"):
        return _other(picture, pikepdf.PdfImage(picture).as_pil_image(apply_mask=False))
    return _plain(picture, space, width, height)


def _jpeg(picture: Any, space: Space | None, width: int, height: int) -> Pixels:
    image = Image.open(io.BytesIO(bytes_before(picture, filters_of(picture)[-1])))
    if image.size != (width, height):
        across, down = image.size
        raise UndecodableError(f"it is {across} × {down}, and {width} × {height} are promised")
    channels = _CHANNELS.get(image.mode, 0)
    if space is not None and space.channels and channels != space.channels:
        raise UndecodableError(f"it has {channels} channels, and its colours have {space.channels}")
    _within(width * height * channels)
    image.load()
    if image.mode != "CMYK":
        return Pixels()
    # Pillow turns round the inks of a JPEG that Adobe's marker is on; without /Decode the PDF means
    # them as they are written.
    turned = "adobe" in image.info
    decode = numbers_in(entry(picture, "/Decode"))
    if turned == (decode[:2] == [1, 0]):
        return Pixels(_most_ink(image, inverted=False))
    return Pixels(_most_ink(image, inverted=True))


def _other(picture: Any, image: Image.Image) -> Pixels:
    _within(image.size[0] * image.size[1] * _CHANNELS.get(image.mode, 4))
    image.load()
    return Pixels(_most_ink(image, inverted=False) if image.mode == "CMYK" else 0.0)


def _plain(picture: Any, space: Space | None, width: int, height: int) -> Pixels:
    """Look at a picture that is packed like any other stream."""
    bits = 1 if space is None else whole(entry(picture, "/BitsPerComponent", 8), 8)
    channels = 1 if space is None else space.channels
    if bits not in (1, 2, 4, 8, 16):
        raise UndecodableError(f"it has {bits} bits a colour")
    row = -(-width * max(channels, 1) * bits // 8)
    wanted = row * height
    if space is None or space.kind not in ("cmyk", "spot"):
        size = _length(picture)
        if size < wanted:
            raise UndecodableError(f"{size} bytes of {wanted} are there")
        return Pixels()
    _within(wanted)
    content = bytes_of(picture)
    if len(content) < wanted:
        raise UndecodableError(f"{len(content)} bytes of {wanted} are there")
    inverted = numbers_in(entry(picture, "/Decode"))[:2] == [1, 0]
    if space.table is not None:
        used = _used(content, bits, row, width, height)
        return Pixels(max(space.colour([index]).ink_percent for index in used))
    if space.kind == "spot":
        return Pixels(_spot_ink(content, bits, channels, inverted))
    if bits == 16:
        content, bits = content[::2], 8
    if bits < 8:
        # Fewer levels than can be summed here; the worst is told where any ink is full.
        raise NotImplementedError(f"it is CMYK of {bits} bits a colour")
    return Pixels(_strips(content, width, height, inverted))


def _length(picture: Any) -> int:
    """Return how long a picture is unpacked, without holding it where that can be helped."""
    filters = filters_of(picture)
    parameters = elements(entry(picture, "/DecodeParms")) or [entry(picture, "/DecodeParms")]
    plain = all(whole(entry(one, "/Predictor", 1), 1) == 1 for one in parameters)
    if len(filters) == 1 and filters[0] in _FLATE and plain:
        inflater = Inflater(raw_bytes(picture))
        return sum(map(len, inflater.pieces()))
    return len(bytes_of(picture))


def _within(size: int) -> None:
    if size > MOST_BYTES:
        raise OutOfBudgetError(f"unpacked it has more than {MOST_BYTES / 1e6:.0f} MB")


def _used(content: bytes, bits: int, row: int, width: int, height: int) -> set[int]:
    """Return which places of its table a picture shows."""
    if bits == 8:
        return set(content[: row * height])
    if bits == 16:
        raise UndecodableError("it has 16 bits for a table of 256 colours")
    used: set[int] = set()
    per_byte, mask = 8 // bits, (1 << bits) - 1
    tail = width % per_byte
    bodies, ends = set(), set()
    for line in range(height):
        pixels = content[line * row : (line + 1) * row]
        bodies |= set(pixels[:-1] if tail else pixels)
        ends |= set(pixels[-1:] if tail else b"")
    for values, count in ((bodies, per_byte), (ends, tail)):
        for value in values:
            used |= {(value >> (8 - bits * (place + 1))) & mask for place in range(count)}
    return used


def _spot_ink(content: bytes, bits: int, channels: int, inverted: bool) -> float:
    if bits == 16:
        content, bits = content[::2], 8
    if channels == 1:
        return 100.0
    if bits != 8 or channels > 4:
        raise NotImplementedError(f"it has {channels} inks of {bits} bits")
    padding = bytes([255 if inverted else 0]) * (len(content) // channels)
    planes = [content[place::channels] for place in range(channels)]
    planes += [padding] * (4 - channels)
    size = (len(padding), 1)
    bands = [Image.frombytes("L", size, plane[: len(padding)]) for plane in planes]
    return _most_ink(Image.merge("CMYK", bands), inverted)


def _strips(content: bytes, width: int, height: int, inverted: bool) -> float:
    rows = max(_STRIP_PIXELS // width, 1)
    most = 0.0
    for top in range(0, height, rows):
        down = min(rows, height - top)
        strip = content[top * width * 4 : (top + down) * width * 4]
        most = max(most, _most_ink(Image.frombytes("CMYK", (width, down), strip), inverted))
    return most


def _most_ink(image: Image.Image, inverted: bool) -> float:
    """Return the most ink at any place of a picture of four inks, in per cent."""
    width, height = image.size
    rows = max(_STRIP_PIXELS // width, 1)
    most = 0
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        bands = ImageChops.invert(strip).split() if inverted else strip.split()
        # Each sum is halved to stay within 8 bits, so the last one is a quarter of the ink.
        pairs = ImageChops.add(bands[0], bands[1], 2), ImageChops.add(bands[2], bands[3], 2)
        levels = ImageChops.add(*pairs, 2).histogram()
        most = max(most, *(level for level, count in enumerate(levels) if count))
    return most * 4 / 255 * 100

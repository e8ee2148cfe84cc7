"""A picture's name goes in; its bytes come out, or what is wrong with the file.

Pillow is imported only when there is a picture: `booklet check` has a third of a second for a guide
without.
"""

import contextlib
import io
import os
import re
import stat
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_PICTURE_BYTES = 60_000_000
# Decoded, a picture takes four bytes a pixel, and most need a copy: this stays under 1 GiB.
MOST_MEGAPIXELS = 80
# A progressive JPEG has about ten; a small file with thousands of them takes minutes to decode.
_MOST_JPEG_SCANS = 100

# The Exif tag for how a camera was held, and its values for a camera on its side (Exif 4.6.5).
_ORIENTATION = 0x0112
ON_ITS_SIDE = (5, 6, 7, 8)
# Formats as Pillow calls them.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF")
_FIRST_BYTES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"II*\0", b"MM\0*")
# MPO is a JPEG with more pictures behind it, as some phones write it.
JPEGS = ("JPEG", "MPO")
# Brands of HEIF (ISO/IEC 23008-12, Annex B) behind `ftyp`, bytes 8 to 11.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
# What Pillow can turn into grey or RGB. Others, such as decimals in TIFF, have no white we know.
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr")
_SIXTEEN_BITS = "I;16"
_SCAN = re.compile(rb"\xff\xda")


class PictureError(Exception):
    """A picture cannot be used.

    Attributes:
        code: The code of the problem.
        message: What is wrong, as the rest of a sentence that starts with the picture's name.
        hint: What to try.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Keep what the author is told."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Width and height in pixels, as the picture is seen: turned if its maker says so."""

    width_px: int
    height_px: int


def find_picture(content_folder: Path, name: str) -> Path:
    """Return the file of a picture.

    Args:
        content_folder: The project's content folder.
        name: The picture as the guide names it. A name from a Mac, in which が is two characters
            (NFD), is the same name.

    Raises:
        PictureError: It is missing, lies outside the folder, or is no ordinary file.
    """
    if "\0" in name:
        raise _unreadable(ValueError())
    outside = PictureError(
        "picture-outside", "lies outside the content folder", "copy it into content/images"
    )
    folder = content_folder.resolve()
    if not Path(os.path.normpath(folder / name)).is_relative_to(folder):
        raise outside
    try:
        real = Path(os.path.realpath(_existing(folder, name)))
        if not real.is_relative_to(folder):
            raise outside
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise PictureError("picture-missing", "is not in the content folder", "") from None
    # ValueError: no file system takes such a name. RuntimeError: a link that leads to itself.
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(error) from None
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise PictureError("picture-unreadable", f"is {kind}", "name the file of a picture")
    return real


def read_picture(content_folder: Path, name: str) -> bytes:
    """Return the bytes of a picture.

    Args:
        content_folder: The project's content folder.
        name: The picture as the guide names it.

    Raises:
        PictureError: It cannot be found or read, or is larger than LARGEST_PICTURE_BYTES.
    """
    path = find_picture(content_folder, name)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_PICTURE_BYTES + 1)
    except OSError as error:
        raise _unreadable(error) from None
    if len(content) > LARGEST_PICTURE_BYTES:
        raise PictureError(
            "picture-too-large",
            f"has more than {LARGEST_PICTURE_BYTES // 1_000_000} MB",
            "save it smaller, for instance as JPEG",
        )
    return content


def check_picture(content: bytes) -> PictureSize:
    """Decode a picture whole and return its size.

    Args:
        content: The bytes of the file.

    Raises:
        PictureError: It is no picture, of a kind that cannot be used, broken, or larger than
            MOST_MEGAPIXELS.
    """
    with opened(content) as picture:
        turned = orientation(picture) in ON_ITS_SIDE
        width, height = picture.size
        if picture.format in JPEGS:
            # All of the file is read, and an eighth of the picture made of it.
            picture.draft(picture.mode, (max(1, width // 8), max(1, height // 8)))
        decode(picture)
    return PictureSize(height, width) if turned else PictureSize(width, height)


@contextlib.contextmanager
def opened(content: bytes) -> "Iterator[Image]":
    """Open a picture whose size and kind are within the limits; its pixels are not yet decoded.

    Args:
        content: The bytes of the file.

    Raises:
        PictureError: See check_picture.
    """
    from PIL import Image, ImageFile, UnidentifiedImageError

    if not content:
        raise PictureError("picture-broken", "is an empty file", "save or copy it again")
    is_heic = content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS
    formats = (*FORMATS, *(_heif_formats() if is_heic else ()))
    # WeasyPrint tells Pillow, for the whole process, to bear with pictures that break off.
    bears, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                picture = Image.open(io.BytesIO(content), formats=formats)
            except Image.DecompressionBombError:
                raise _too_many_pixels() from None
            except UnidentifiedImageError:
                if is_heic or content.startswith(_FIRST_BYTES):
                    raise _broken(ValueError("no picture could be found in it")) from None
                raise PictureError(
                    "picture-kind",
                    "is not a picture that can be read",
                    "save it as PNG or JPEG; renaming a file does not change its kind",
                ) from None
            except Exception as error:
                raise _broken(error) from None
        with picture:
            _refuse_unusable(picture, content)
            yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = bears


def decode(picture: "Image") -> None:
    """Decode all pixels.

    Raises:
        PictureError: The file is broken.
    """
    try:
        picture.load()
    # A decoder that meets a broken file raises anything: SyntaxError, struct.error, IndexError.
    except Exception as error:
        raise _broken(error) from None


def orientation(picture: "Image") -> int:
    """Return how a picture has to be turned, from 1 for not at all to 8 (Exif 4.6.5).

    Raises:
        PictureError: The file is broken.
    """
    if picture.format not in JPEGS:
        decode(picture)  # in a PNG it may stand behind the pixels
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1  # what cannot be read says nothing


def _broken(error: Exception) -> PictureError:
    reason = re.sub(r"\s+", " ", str(error)).strip() or type(error).__name__
    return PictureError(
        "picture-broken",
        f"is broken or breaks off ({reason[:80]})",
        "save or copy the picture again from its source",
    )


def _refuse_unusable(picture: "Image", content: bytes) -> None:
    width, height = picture.size
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels(f"{width} × {height} pixels")
    if picture.mode not in _MODES and not picture.mode.startswith(_SIXTEEN_BITS):
        raise PictureError(
            "picture-kind",
            "holds measured values, not shades",
            "save it with 8 or 16 bits for each colour",
        )
    if picture.format in JPEGS and len(_SCAN.findall(content)) > _MOST_JPEG_SCANS:
        raise PictureError(
            "picture-broken", "is built like no photograph", "save it as JPEG or PNG again"
        )


def _too_many_pixels(size: str = "") -> PictureError:
    return PictureError(
        "picture-too-large",
        f"has {size or 'too many pixels'}, and at most {MOST_MEGAPIXELS} million fit",
        "save it smaller; 2,000 pixels in width are plenty for a page",
    )


def _heif_formats() -> tuple[str, ...]:
    try:
        import pi_heif  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        raise PictureError(
            "picture-kind",
            "is a HEIC picture, as iPhones take them",
            "save it as JPEG, or pip install pi-heif",
        ) from None
    pi_heif.register_heif_opener()
    return ("HEIF",)


def _existing(content_folder: Path, name: str) -> Path:
    """Return the path of `name` in the spelling the file system has it.

    Raises:
        FileNotFoundError: There is nothing of that name in any spelling.
    """
    path = content_folder / name
    if path.exists() or path.is_symlink():
        return path
    found = content_folder
    for step in Path(name).parts:
        if (found / step).exists() or step == "..":
            found = found / step
            continue
        wanted = unicodedata.normalize("NFC", step)
        names = [one.name for one in found.iterdir()]
        spellings = [one for one in names if unicodedata.normalize("NFC", one) == wanted]
        if not spellings:
            raise FileNotFoundError(name)
        found = found / min(spellings)
    return found


def _unreadable(error: Exception) -> PictureError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else None
    return PictureError(
        "picture-unreadable",
        f"cannot be read: {reason or 'no file can be called that'}",
        "check the name, and that you may read the file",
    )

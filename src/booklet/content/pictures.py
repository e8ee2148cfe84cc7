"""A guide's pictures go in, by name; what is wrong with each comes out, where it is named."""

import math
from dataclasses import dataclass
from pathlib import Path as FilePath

from booklet.content.picture_files import (
    PictureError,
    PictureSize,
    check_picture,
    read_picture,
)
from booklet.content.wording import nearest, shown
from booklet.content.words import texts
from booklet.content.yaml_reader import Document, Path
from booklet.diagnostics import Problem, Severity

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif")
# What printers ask of a photograph; the build scales larger ones down to it.
PRINT_DPI = 350
# Below it a reader may see pixels.
_FINE_DPI = 300
_MM_PER_INCH = 25.4
_NAMES_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a picture on a page.

    Attributes:
        width_mm: Its width.
        height_mm: Its height.
        fills: Whether a picture covers it and is cut, instead of standing in it whole.
    """

    width_mm: float
    height_mm: float
    fills: bool = False

    def resolution(self, size: PictureSize) -> int:
        """Return how many pixels an inch a picture of that size has in this place."""
        across, down = size.width_px / self.width_mm, size.height_px / self.height_mm
        return round(_MM_PER_INCH * (min(across, down) if self.fills else max(across, down)))

    def pixels(self, dpi: int) -> tuple[int, int]:
        """Return how many pixels wide and high it is at a resolution."""
        width, height = self.width_mm * dpi / _MM_PER_INCH, self.height_mm * dpi / _MM_PER_INCH
        return round(width), round(height)


@dataclass(frozen=True, slots=True)
class PictureBoxes:
    """Where pictures stand in a printed booklet: on the cover, and inside."""

    cover: Box
    inside: Box


def check_pictures(
    document: Document, content_folder: FilePath, boxes: PictureBoxes | None = None
) -> list[Problem]:
    """Decode every picture of a guide.

    Args:
        document: The guide, read.
        content_folder: The project's content folder.
        boxes: The places of pictures in print; without them the resolution is not looked at.

    Returns:
        A problem for each picture that cannot be used, and a warning for each that has too few
        pixels for its place.
    """
    problems: list[Problem] = []
    told: dict[str, Problem | PictureSize] = {}
    for path, name in texts(document.value, ()):
        if not name.strip() or path[-1:] != ("file",):
            continue
        where = document.span(path).where
        if name not in told:
            told[name] = _looked_at(name.strip(), content_folder)
        found = told[name]
        if isinstance(found, Problem):
            problems.append(Problem(found.code, found.message, where, found.hint))
        elif boxes and (problem := _too_coarse(document, path, name, found, boxes)):
            problems.append(problem)
    return problems


def _looked_at(name: str, content_folder: FilePath) -> Problem | PictureSize:
    try:
        return check_picture(read_picture(content_folder, name))
    except PictureError as error:
        hint = error.hint
        if error.code == "picture-missing":
            hint = _nearby(name, content_folder)
        return Problem(error.code, f"{shown(name)} {error.message}", None, hint)


def _too_coarse(
    document: Document, path: Path, name: str, size: PictureSize, boxes: PictureBoxes
) -> Problem | None:
    box = boxes.cover if path[0] == "cover_picture" else boxes.inside
    dpi = box.resolution(size)
    if dpi >= _FINE_DPI:
        return None
    wanted = math.ceil(size.width_px * PRINT_DPI / max(dpi, 1) / 100) * 100
    return Problem(
        "picture-resolution",
        f"{shown(name)} has {size.width_px} × {size.height_px} pixels, which is {dpi} an inch in "
        f"its place, and print asks for {PRINT_DPI}",
        document.span(path).where,
        f"a picture {wanted} pixels wide or more",
        Severity.WARNING,
    )


def _nearby(name: str, content_folder: FilePath) -> str:
    """Return the name of a picture that may have been meant."""
    folder = FilePath(name).parent
    try:
        names = sorted(
            (folder / path.name).as_posix()
            for path in (content_folder / folder).iterdir()
            if path.suffix.lower() in PICTURE_ENDINGS
        )
    # ValueError: no folder can be called that.
    except (OSError, ValueError):
        names = []
    return nearest(name, names[:_NAMES_LOOKED_AT]) or "put it there, or remove the field"

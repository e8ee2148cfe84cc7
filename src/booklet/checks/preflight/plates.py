"""What a page paints goes in; where printing one ink over another gives too much comes out.

Each ink is a picture of the page, a pixel a point; what overprints adds to what is there, and what
knocks out takes its place (ISO 32000-1, 8.6.7).
"""

from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageMath

from booklet.checks.findings import Finding, at_place
from booklet.checks.preflight.colour_values import PROCESS
from booklet.checks.preflight.geometry import Box, Outline
from booklet.checks.preflight.paint import PagePaint, Painted
from booklet.model.print_profile import PrintProfile

_TOLERANCE_PERCENT = 2.0
# A large page is looked at more coarsely.
_MOST_PIXELS = 1000
# Letters fill a part of their line's box: so much of it has to lie on the dark ground.
_SHARE_OF_TEXT = 0.25
# Fewer pixels are the edge of a shape.
_FEWEST_PIXELS = 4
_MOST_INKS = 12


def overprint_findings(
    paint: PagePaint, profile: PrintProfile, number: int, trim: Box, sheet: Box
) -> Iterator[Finding]:
    """Yield what gives more ink than dries together with what lies under it.

    Args:
        paint: What the page paints.
        profile: Says how much ink dries.
        number: The page, from 1.
        trim: Its trim, from which places are measured.
        sheet: What of it is printed.
    """
    if profile.ink is None or not _may_exceed(paint, profile.ink.most_percent):
        return
    plates = _Plates(sheet)
    for one in paint.painted:
        ink = plates.paint(one)
        if ink > profile.ink.most_percent + _TOLERANCE_PERCENT and one.colour is not None:
            alone = one.colour.ink_percent
            if alone > profile.ink.most_percent:
                continue
            message = (
                f"what overprints here comes to {ink:.0f} % of ink with what lies under it; "
                f"{profile.ink.most_percent:g} % dry"
            )
            hint = "let it knock out, or take a lighter ground"
            yield at_place("ink-limit", message, hint, (number, one.box, trim))


def _may_exceed(paint: PagePaint, most_percent: float) -> bool:
    """Return whether the darkest of each ink could add up to too much anywhere on the page."""
    if not any(one.spares_other_plates for one in paint.painted):
        return False
    darkest: dict[str, float] = {}
    for one in paint.painted:
        plates = one.colour.plates if one.colour is not None else {}
        for ink, value in plates.items():
            darkest[ink] = max(darkest.get(ink, 0.0), value)
    return sum(darkest.values()) * 100 > most_percent


class _Plates:
    """The inks of a page, each a picture."""

    def __init__(self, sheet: Box) -> None:
        self.left, self.top = sheet[0], sheet[3]
        longest = max(sheet[2] - sheet[0], sheet[3] - sheet[1], 1.0)
        self.scale = min(1.0, _MOST_PIXELS / longest)
        self.size = (
            max(int((sheet[2] - sheet[0]) * self.scale) + 1, 1),
            max(int((sheet[3] - sheet[1]) * self.scale) + 1, 1),
        )
        self.inks: dict[str, Image.Image] = {name: self._blank() for name in PROCESS}

    def paint(self, one: Painted) -> float:
        """Print one thing, and return the most ink where it spares what lies under it, or 0."""
        place = self._pixels(one.box)
        if place[0] >= place[2] or place[1] >= place[3]:
            return 0.0
        mask = self._mask(one, place)
        spares = one.spares_other_plates
        own = one.colour.plates if one.colour is not None else {}
        if one.kind == "text":
            # Letters are too small for pixels of this size: they leave the ground as it is.
            return self._sum_with(own, place, None, _SHARE_OF_TEXT) if spares else 0.0
        for name in own:
            if name not in self.inks and len(self.inks) < _MOST_INKS:
                self.inks[name] = self._blank()
        for name, plate in self.inks.items():
            value = own.get(name, 0.0)
            is_kept = name not in own if one.colour and one.colour.space == "spot" else not value
            if not (spares and is_kept):
                plate.paste(round(min(max(value, 0.0), 1.0) * 255), place[:2], mask)
        return self._sum_with({}, place, mask, 0.0) if spares else 0.0

    def _blank(self) -> Image.Image:
        return Image.new("L", self.size, 0)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        across, down = self.size

        def clamp(value: float, most: int) -> int:
            return int(min(max(value, 0), most))

        return (
            clamp((box[0] - self.left) * self.scale, across),
            clamp((self.top - box[3]) * self.scale, down),
            clamp((box[2] - self.left) * self.scale + 0.999, across),
            clamp((self.top - box[1]) * self.scale + 0.999, down),
        )

    def _mask(self, one: Painted, place: tuple[int, int, int, int]) -> Image.Image:
        size = (place[2] - place[0], place[3] - place[1])
        if one.kind == "line" and one.outlines:
            mask = Image.new("L", size, 0)
            width = max(round(one.size * self.scale), 1)
            for outline in one.outlines:
                ImageDraw.Draw(mask).line(self._moved(outline, place), fill=255, width=width)
        elif one.kind == "fill" and one.outlines:
            mask = self._filled(one.outlines, place, size)
        else:
            mask = Image.new("L", size, 255)
        for clip in one.clips:
            mask = ImageChops.multiply(mask, self._filled(clip, place, size))
        return mask

    def _filled(
        self,
        outlines: tuple[Outline, ...],
        place: tuple[int, int, int, int],
        size: tuple[int, int],
    ) -> Image.Image:
        mask = Image.new("L", size, 0)
        for outline in outlines:
            if len(outline) < 3:
                continue
            part = Image.new("L", size, 0)
            ImageDraw.Draw(part).polygon(self._moved(outline, place), fill=255)
            # One outline inside another is a hole.
            mask = ImageChops.difference(mask, part)
        return mask

    def _moved(self, outline: Outline, place: tuple[int, int, int, int]) -> list[Any]:
        return [
            ((x - self.left) * self.scale - place[0], (self.top - y) * self.scale - place[1])
            for x, y in outline
        ]

    def _sum_with(
        self,
        own: dict[str, float],
        place: tuple[int, int, int, int],
        mask: Image.Image | None,
        share: float,
    ) -> float:
        """Return the ink that more than a share of a place has, in per cent."""
        total: Image.Image | None = None
        for name, plate in self.inks.items():
            crop = plate.crop(place)
            if own.get(name):
                level = round(min(own[name], 1.0) * 255)
                crop = Image.new("L", crop.size, level)
            wide = crop.convert("I")
            total = wide if total is None else _added(total, wide)
        return 0.0 if total is None else _high(total, mask, share)


def _added(one: Image.Image, other: Image.Image) -> Image.Image:
    added: Image.Image = ImageMath.lambda_eval(
        lambda given: given["one"] + given["other"], one=one, other=other
    )
    return added


def _high(total: Image.Image, mask: Image.Image | None, share: float) -> float:
    """Return what more than a share of the pixels reach, in per cent of one ink."""
    # A quarter of the sum of four inks fits into 8 bits again.
    quarter = ImageMath.lambda_eval(lambda given: given["total"] / 4, total=total).convert("L")
    levels = quarter.histogram(
        mask.point(lambda level: 255 if level > 127 else 0) if mask else None
    )
    count = sum(levels)
    wanted = max(min(_FEWEST_PIXELS, count), share * count, 1)
    reached = 0
    for level in range(255, 0, -1):
        reached += levels[level]
        if reached >= wanted:
            return level * 4 / 255 * 100
    return 0.0

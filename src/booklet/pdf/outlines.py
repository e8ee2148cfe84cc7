"""A line of text and a font file go in; the outlines of its glyphs come out, as PDF drawing.

A trim mark's text is drawn, not set: so it needs no font in the file.
"""

import io
from pathlib import Path
from typing import Any

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont


class Lettering:
    """One font, from which lines of text can be drawn."""

    def __init__(self, file: Path) -> None:
        """Read the font; a glyph is understood when it is drawn."""
        self._font = TTFont(io.BytesIO(file.read_bytes()), lazy=True)
        self._characters: dict[int, str] = self._font.getBestCmap()
        self._glyphs: Any = self._font.getGlyphSet()
        self._units: int = self._font["head"].unitsPerEm

    def width_pt(self, text: str, size_pt: float) -> float:
        """Return how wide `text` is, in pt."""
        advances = (self._glyphs[name].width for name in self._names(text))
        return float(sum(advances)) * size_pt / self._units

    def drawn(self, text: str, left_pt: float, baseline_pt: float, size_pt: float) -> str:
        """Return the operators that fill `text` with the colour that is set.

        Args:
            text: One line; a character the font lacks is left out.
            left_pt: Where it starts, in pt from the left of the page.
            baseline_pt: Where it stands, in pt from the foot of the page.
            size_pt: Size of type.
        """
        pen = _PdfPen(self._glyphs)
        scale = size_pt / self._units
        for name in self._names(text):
            transform = Transform(scale, 0, 0, scale, left_pt, baseline_pt)
            self._glyphs[name].draw(TransformPen(pen, transform))
            left_pt += self._glyphs[name].width * scale
        return "\n".join([*pen.operators, "f"]) if pen.operators else ""

    def _names(self, text: str) -> list[str]:
        return [self._characters[ord(sign)] for sign in text if ord(sign) in self._characters]


class _PdfPen(BasePen):  # type: ignore[misc]
    """Writes outlines as operators of a PDF content stream."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self._write("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", *points)

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(f"{value:.3f}" for point in points for value in point)
        self.operators.append(f"{numbers} {operator}")

"""Gaps between characters go in; they come out in the widths of the glyphs that are drawn.

Part of japanese_lines.py: it works on the engine's Pango layouts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

# The engine truncates what it writes to whole thousandths of an em; this makes it round.
_ROUNDING = 0.3
_PANGO_UNITS_PER_PIXEL = 1024


@dataclass(frozen=True, slots=True)
class Spacing:
    """How the characters of one run of text stand.

    Attributes:
        gaps: Thousandths of an em after each character.
        advances: Width of each character, in em.
        drawn_back: How far the run starts left of its place, in em.
    """

    gaps: tuple[int, ...]
    advances: tuple[float, ...]
    drawn_back: float = 0.0


def unspaced(style: Any) -> Any:
    """Return a style without letter spacing, which is written into the glyphs instead."""
    if style["letter_spacing"] == "normal":
        return style
    style = style.copy()
    style["letter_spacing"] = "normal"
    return style


def glyphs(layout: Any) -> Iterator[tuple[int, Any]]:
    """Yield each glyph of a layout's first line with the byte at which its characters start."""
    line, _ = layout.get_first_line()
    run = line.runs
    while run:
        item, glyphs = run.data.item, run.data.glyphs
        for index in range(glyphs.num_glyphs):
            yield item.offset + glyphs.log_clusters[index], glyphs.glyphs[index]
        run = run.next


def space_glyphs(layout: Any, spacing: Spacing, font_size: float) -> None:
    """Write the gaps into the widths of the glyphs, which the engine draws as they are."""
    starts = {}
    byte = 0
    for index, character in enumerate(layout.text):
        starts[byte] = index
        byte += len(character.encode())
    unit = font_size * _PANGO_UNITS_PER_PIXEL
    for byte, glyph in glyphs(layout):
        index = starts.get(byte, -1)
        if not 0 <= index < len(spacing.gaps):
            continue
        gap = spacing.gaps[index] / 1000
        if index == 0 and spacing.drawn_back:
            glyph.geometry.x_offset = round(-spacing.drawn_back * 1000 * font_size)
            gap -= spacing.drawn_back
        if gap:
            rounding = _ROUNDING / 1000 if gap > 0 else -_ROUNDING / 1000
            advance = spacing.advances[index] + gap + rounding
            glyph.geometry.width = round(advance * unit)


def open_up(run: Any, indexes: list[int], share: float) -> None:
    """Add `share` pixels behind the characters at `indexes`, to the nearest thousandth of an em."""
    spacing = run.pango_layout.justification_spacing
    thousandths = share / run.style["font_size"] * 1000
    gaps = list(spacing.gaps)
    for number, index in enumerate(indexes):
        gaps[index] += round(thousandths * (number + 1)) - round(thousandths * number)
    run.pango_layout.justification_spacing = replace(spacing, gaps=tuple(gaps))

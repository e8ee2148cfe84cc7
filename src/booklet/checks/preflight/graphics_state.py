"""The graphics state of a page in memory; what one in the file does to the press comes out."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name

from booklet.checks.preflight.colour_values import GREY, Colour, Space
from booklet.checks.preflight.geometry import EVERYTHING, IDENTITY, Box, Matrix, Outline
from booklet.checks.preflight.paint import PagePaint
from booklet.checks.preflight.pdf_values import entry, name_of, number

BLACK = Colour("grey", (0.0,))


@dataclass(slots=True)
class GraphicsState:
    """What `q` saves and `Q` brings back, as far as a preflight asks (ISO 32000-1, table 52).

    The one thing here that is changed in place: a page changes its state a thousand times.
    """

    matrix: Matrix = IDENTITY
    clip: Box = EVERYTHING
    clips: tuple[tuple[Outline, ...], ...] = ()
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_space: Space = GREY
    stroke_space: Space = GREY
    fill_pattern: Any = None
    stroke_pattern: Any = None
    line_pt: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    keeps_zeros: bool = False
    font: Any = None
    type_size: float = 0.0
    mode: int = 0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> "GraphicsState":
        """Return the same state, to be changed by itself."""
        other = object.__new__(GraphicsState)
        for name in GraphicsState.__slots__:
            setattr(other, name, getattr(self, name))
        return other


def note_group(thing: Any, paint: PagePaint) -> None:
    """Note whether a page or a form is a transparency group."""
    if entry(entry(thing, "/Group"), "/S") == Name.Transparency:
        paint.transparency.add("a transparency group")


def note_state(state: Any, paint: PagePaint) -> None:
    """Note what a graphics state of a file lets shine through, and what it does to the plates."""
    if any(number(entry(state, key, 1), 1) != 1 for key in ("/ca", "/CA")):
        paint.transparency.add("alpha")
    mask = entry(state, "/SMask")
    if mask is not None and name_of(mask) != "/None":
        paint.transparency.add("a soft mask")
    mode = entry(state, "/BM", Name.Normal)
    modes = list(mode) if isinstance(mode, Array) else [mode]
    if any(name_of(one) not in ("/Normal", "/Compatible") for one in modes):
        paint.transparency.add("a blend mode")
    for key in ("/TR", "/TR2"):
        if entry(state, key) is not None and name_of(state[key]) not in ("/Identity", "/Default"):
            paint.oddities.add("a transfer function")
    for key in ("/BG", "/BG2", "/UCR", "/UCR2"):
        if entry(state, key) is not None and name_of(state[key]) != "/Default":
            paint.note("state-black", "the page says how black is made from other colours")
    halftone = entry(state, "/HT")
    if (halftone is not None and name_of(halftone) != "/Default") or entry(state, "/HTP"):
        paint.note("state-halftone", "the page brings a halftone of its own")


def mask_form(state: Any) -> Any:
    """Return the form that a graphics state's soft mask is painted by, or None."""
    mask = entry(state, "/SMask")
    return entry(mask, "/G") if isinstance(mask, Dictionary) else None

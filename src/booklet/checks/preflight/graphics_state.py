"""The graphics state of a page in memory; what one in the file does to transparency comes out."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name

from booklet.checks.preflight.colour_values import Colour
from booklet.checks.preflight.geometry import EVERYTHING, IDENTITY, Box, Matrix
from booklet.checks.preflight.paint import PagePaint

BLACK = Colour("grey", (0.0,))


@dataclass(slots=True)
class GraphicsState:
    """What `q` saves and `Q` brings back, as far as a preflight asks (ISO 32000-1, table 52).

    The one thing here that is changed in place: a page changes its state a thousand times.
    """

    matrix: Matrix = IDENTITY
    clip: Box = EVERYTHING
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_space: Any = Name.DeviceGray
    stroke_space: Any = Name.DeviceGray
    line_pt: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
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
    group = thing.get("/Group")
    if group is not None and group.get("/S") == Name.Transparency:
        paint.transparency.add("a transparency group")


def note_transparency(state: Any, paint: PagePaint) -> None:
    """Note what a graphics state of a file lets shine through, and other oddities of it."""
    if any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA")):
        paint.transparency.add("alpha")
    if str(state.get("/SMask", "/None")) != "/None":
        paint.transparency.add("a soft mask")
    mode = state.get("/BM", Name.Normal)
    modes = list(mode) if isinstance(mode, Array) else [mode]
    if any(str(one) not in ("/Normal", "/Compatible") for one in modes):
        paint.transparency.add("a blend mode")
    for key in ("/TR", "/TR2"):
        if key in state and str(state[key]) not in ("/Identity", "/Default"):
            paint.oddities.add("a transfer function")

"""A PDF goes in; everything its pages paint comes out, with place, colour and size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from booklet.checks.preflight.colour_values import Colour, Space
from booklet.checks.preflight.font_widths import Widths
from booklet.checks.preflight.geometry import Box, Outline


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing that a page paints.

    Attributes:
        kind: text, fill, line, picture or shading.
        box: Its extent in pt of the page's own space: left, bottom, right, top.
        colour: Its colour; None of a picture and a shading.
        size: Type size of text, width of a line, the shorter side of a fill, in pt; of a picture,
            its dots per inch.
        overprints: Whether overprinting is set for it.
        keeps_zeros: Whether an ink of which it has nothing leaves the plate as it was, OPM 1.
        thing: The picture or shading.
        outlines: The lines around a fill, or a line's own; the box will do where there are none.
        clips: The outlines that it is cut off by, beside its box.
        stroke_pt: How wide text is stroked; None of text that is filled.
        space: The colour space of a picture; None of a stencil and of what is no picture.
        is_inline: Whether it is a picture inside the page's own stream.
    """

    kind: str
    box: Box
    colour: Colour | None
    size: float
    overprints: bool = False
    keeps_zeros: bool = False
    thing: Any = None
    outlines: tuple[Outline, ...] = ()
    clips: tuple[tuple[Outline, ...], ...] = ()
    stroke_pt: float | None = None
    space: Space | None = None
    is_inline: bool = False

    @property
    def spares_other_plates(self) -> bool:
        """Return whether what lies under it is printed as well (ISO 32000-1, 8.6.7, table 148).

        Overprinting leaves the plates alone that a colour does not name. DeviceCMYK names all four,
        and spares those of which it has nothing only where OPM is 1. Grey is converted to the four
        before, so that it knocks out whatever is set.
        """
        if not self.overprints or self.colour is None:
            return False
        if self.colour.space == "spot":
            return True
        return self.colour.space == "cmyk" and self.colour.is_device and self.keeps_zeros


@dataclass(slots=True)
class UsedFont:
    """A font of a page, and what is set with it.

    Attributes:
        font: The font's dictionary.
        widths: Its name and widths.
        codes: The codes that are shown.
    """

    font: Any
    widths: Widths
    codes: set[int] = field(default_factory=set)


@dataclass(slots=True)
class PagePaint:
    """What a page paints, and what stands in the way of printing it.

    Attributes:
        painted: Everything, in the order in which it is painted.
        masks: What soft masks paint: it never comes on paper, but is converted.
        transparency: How the page is transparent: alpha, soft mask, blend mode, group.
        spaces: Every colour space that is used, for the inks it names.
        fonts: Every font with which something is set, by its object.
        seen: What was met beside, as the code of a rule and what to say.
        oddities: Transfer functions, PostScript, inline pictures: the names of what was seen.
        inline: A document that holds the pictures inside the page's stream, once there is one.
    """

    painted: list[Painted] = field(default_factory=list)
    masks: list[Painted] = field(default_factory=list)
    transparency: set[str] = field(default_factory=set)
    spaces: list[Space] = field(default_factory=list)
    fonts: dict[Any, UsedFont] = field(default_factory=dict)
    seen: dict[tuple[str, str], None] = field(default_factory=dict)
    oddities: set[str] = field(default_factory=set)
    inline: Any = None

    def note(self, code: str, message: str) -> None:
        """Note what a rule has to say of the page as a whole."""
        self.seen[code, message] = None

    @property
    def is_read(self) -> bool:
        """Return whether nothing of the page stayed unseen."""
        return not any(code in ("page-broken", "preflight-not-judged") for code, _ in self.seen)


def pictures_in(painted: list[Painted]) -> Iterator[Painted]:
    """Yield the pictures that carry their own colours."""
    yield from (one for one in painted if one.kind == "picture" and one.colour is None)

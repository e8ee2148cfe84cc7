"""A PDF goes in; everything its pages paint comes out, with place, colour and size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from booklet.checks.preflight.colour_values import Colour
from booklet.checks.preflight.geometry import Box


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing that a page paints.

    Attributes:
        kind: text, fill, line, picture or shading.
        box: Its extent in pt of the page's own space: left, bottom, right, top.
        colour: Its colour; None of a picture and a shading.
        size: Type size of text, width of a line, the shorter side of a fill, in pt; of a picture,
            its dots per inch.
        overprints: Whether it is printed over what lies under it.
        thing: The picture or shading.
    """

    kind: str
    box: Box
    colour: Colour | None
    size: float
    overprints: bool = False
    thing: Any = None


@dataclass(slots=True)
class PagePaint:
    """What a page paints, and what stands in the way of printing it.

    Attributes:
        painted: Everything, in the order in which it is painted.
        transparency: How the page is transparent: alpha, soft mask, blend mode, group.
        spaces: Every colour space that is used, for the inks it names.
        fonts: Every font with which something is set, by name.
        broken: Whether the page could not be read to its end.
        oddities: Transfer functions, PostScript, inline pictures: the names of what was seen.
    """

    painted: list[Painted] = field(default_factory=list)
    transparency: set[str] = field(default_factory=set)
    spaces: list[Any] = field(default_factory=list)
    fonts: dict[str, Any] = field(default_factory=dict)
    broken: bool = False
    oddities: set[str] = field(default_factory=set)


def pictures_in(painted: list[Painted]) -> Iterator[Painted]:
    """Yield the pictures that carry their own colours."""
    yield from (one for one in painted if one.kind == "picture" and one.colour is None)

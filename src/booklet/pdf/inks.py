"""A screen colour goes in; the four inks the press prints for it come out, by the palette."""

from collections.abc import Mapping, Sequence

Cmyk = tuple[float, float, float, float]

# WeasyPrint writes six decimals of a 255th; half a step is as near as two colours can be.
_HALF_STEP = 0.5 / 255


class Palette:
    """What the press prints for each colour of the theme.

    Only the palette's colours are known: mixing inks from screen values is a decision about how a
    colour looks on paper, and nobody has made it for another colour.
    """

    def __init__(self, inks: Mapping[str, Sequence[float]]) -> None:
        """Keep the palette: cyan, magenta, yellow and black in per cent by #rrggbb."""
        self._inks: dict[tuple[float, ...], Cmyk] = {}
        for srgb, (cyan, magenta, yellow, black) in inks.items():
            red, green, blue = (int(srgb[at : at + 2], 16) for at in (1, 3, 5))
            self._inks[red, green, blue] = (cyan / 100, magenta / 100, yellow / 100, black / 100)

    def find(self, space: str, values: Sequence[float]) -> Cmyk | None:
        """Return cyan, magenta, yellow and black from 0 to 1, or None for a colour it lacks.

        Args:
            space: rgb, grey or cmyk.
            values: The colour in that space, from 0 to 1.
        """
        if space == "cmyk":
            near = (ink for ink in self._inks.values() if _same(ink, values))
            return next(near, None)
        if space == "grey":
            values = (values[0], values[0], values[0])
        return self._inks.get(tuple(round(value * 255) for value in values))


def shown(space: str, values: Sequence[float]) -> str:
    """Return a colour as a designer writes it: #rrggbb, or inks in per cent."""
    if space == "rgb":
        return "#" + "".join(f"{round(value * 255):02x}" for value in values)
    if space == "grey":
        return "#" + f"{round(values[0] * 255):02x}" * 3
    return "CMYK " + " ".join(f"{value * 100:g}" for value in values)


def is_black(ink: Cmyk) -> bool:
    """Return whether an ink is full black alone, which may print over what lies under it."""
    return ink == (0, 0, 0, 1)


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= _HALF_STEP for a, b in zip(one, other, strict=True))

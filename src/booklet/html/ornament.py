"""A palette goes in; the two lines that run side by side through a booklet come out as drawings.

The thick line and the thin one are the booklet's only ornament; docs/design.md says why. Units of
the cover are millimetres of an A5 page, larger pages stretch them.
"""

from collections.abc import Mapping

_COVER = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="lines" aria-hidden="true" '
    'viewBox="-3 -3 154 216" preserveAspectRatio="none" fill="none">{paths}</svg>'
)
_PATH = '<path d="{way}" stroke="{colour}" stroke-width="{weight}"{cap}/>'
_THICK_MM, _THIN_MM = 5.6, 1.5


def cover_lines(colours: Mapping[str, str]) -> str:
    """Return the front cover's lines: in from the spine, round a bend, off the head of the page.

    Args:
        colours: The palette of tokens.css, sRGB by name.

    Returns:
        SVG that covers the page and 3 mm of bleed; hidden from speech.
    """
    return _both(
        colours, "M-4 147H94A32 32 0 0 0 126 115V-4", "M-4 152.3H94A37.3 37.3 0 0 0 131.3 115V-4"
    )


def back_lines(colours: Mapping[str, str]) -> str:
    """Return the back cover's lines: they go on from the front, across the spine, and end.

    Args:
        colours: The palette of tokens.css, sRGB by name.

    Returns:
        SVG that covers the page and 3 mm of bleed; hidden from speech.
    """
    return _both(colours, "M152 147H34", "M152 152.3H32", ' stroke-linecap="round"')


def fork(last: bool, thin: str = "currentColor") -> str:
    """Return the place where a branch leaves the two lines, 26 × 18 units (points in print).

    It begins 1.5 units above its line of text, so that it overlaps the lines it continues.

    Args:
        last: Whether the lines end with this branch instead of running on.
        thin: Colour of the thin line; the thick one has the colour of the drawing.

    Returns:
        SVG in the reader's colour, hidden from speech.
    """
    trunk = "" if last else '<path d="M1.2 -1.5V16.5" stroke-width="2.4"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="fork" aria-hidden="true" '
        'viewBox="0 -1.5 26 18" fill="none" stroke="currentColor">'
        f'{trunk}<path d="M1.2 -1.5V2.25a6 6 0 0 0 6 6H22" stroke-width="2.4"/>'
        f'<path d="M4.3 -1.5V2.25a2.9 2.9 0 0 0 2.9 2.9H22" stroke="{thin}" stroke-width="0.75"/>'
        '<circle cx="22.4" cy="8.25" r="3" fill="currentColor" stroke="none"/></svg>'
    )


def rules(upper: int, lower: int, colour: str) -> str:
    """Return lines to write on, 7 mm apart, in two groups with 12 mm between them.

    One drawing, because a box for every rule would cost the layout more than a page of text.

    Args:
        upper: How many there are in the first group.
        lower: How many there are in the second.
        colour: Their colour.
    """
    places = [7 * number for number in range(1, upper + 1)]
    places += [7 * upper + 12 + 7 * number for number in range(1, lower + 1)]
    way = "".join(f"M0 {place - 0.1:g}H100" for place in places)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="rules" aria-hidden="true" '
        f'viewBox="0 0 100 {places[-1]}" preserveAspectRatio="none" height="{places[-1]}mm">'
        f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="0.14"/></svg>'
    )


def _both(colours: Mapping[str, str], thick: str, thin: str, cap: str = "") -> str:
    paths = _PATH.format(way=thick, colour=colours["paper"], weight=_THICK_MM, cap=cap)
    paths += _PATH.format(way=thin, colour=colours["apricot"], weight=_THIN_MM, cap=cap)
    return _COVER.format(paths=paths)

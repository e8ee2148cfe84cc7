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


def fork(last: bool, line_em: float, thin: str = "currentColor") -> str:
    """Return the place where a branch leaves the two lines; a hundred units are one em.

    It is as high as a line of text, like the piece of the lines it continues, so that both meet
    whatever the type and the distance of the lines are.

    Args:
        last: Whether the lines end with this branch instead of running on.
        line_em: Distance of two baselines, in ems.
        thin: Colour of the thin line; the thick one has the colour of the drawing.

    Returns:
        SVG in the reader's colour, hidden from speech.
    """
    height = round(line_em * 100)
    # The middle of a kanji lies 0.05 em below the middle of its line.
    middle = height / 2 + 5
    ends = "" if last else f'<path d="M12.5 0V{height}" stroke-width="25"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="fork" aria-hidden="true" '
        f'viewBox="0 0 250 {height}" fill="none" stroke="currentColor">'
        f'{ends}<path d="M12.5 0V{middle - 60:g}a60 60 0 0 0 60 60H215" stroke-width="25"/>'
        f'<path d="M45 0V{middle - 60:g}a27.5 27.5 0 0 0 27.5 27.5H215" stroke="{thin}" '
        'stroke-width="8"/>'
        f'<circle cx="215" cy="{middle:g}" r="30" fill="currentColor" stroke="none"/></svg>'
    )


def station(*, first: bool, last: bool, line_em: float, paper: str, thin: str) -> str:
    """Return a stop on the two lines, as high as a line of text; a hundred units are one em.

    What it stands on has the lines as its border, from end to end; the first stop covers what is
    above it, and the last draws the piece that leads to it.

    Args:
        first: Whether the lines begin here.
        last: Whether they end here.
        line_em: Distance of two baselines, in ems.
        paper: Colour of the ground.
        thin: Colour of the thin line; the thick one has the colour of the drawing.

    Returns:
        SVG in the reader's colour, hidden from speech.
    """
    height = round(line_em * 100)
    middle = height / 2 + 5
    parts = []
    if first:
        parts.append(f'<path d="M40 -2H110V{middle:g}H40z" fill="{paper}" stroke="none"/>')
    elif last:
        parts.append(f'<path d="M62.5 0V{middle:g}" stroke-width="25"/>')
        parts.append(f'<path d="M95 0V{middle:g}" stroke="{thin}" stroke-width="8"/>')
    parts.append(f'<circle cx="62.5" cy="{middle:g}" r="36" fill="{paper}" stroke-width="14"/>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="station-stop" aria-hidden="true" '
        f'viewBox="0 0 120 {height}" fill="none" stroke="currentColor">{"".join(parts)}</svg>'
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

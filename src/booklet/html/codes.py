"""A web address goes in; a 2D code as inline SVG comes out."""

import html
import itertools

import segno

# JIS X 0510 asks for four cells of white around the code.
QUIET_ZONE_CELLS = 4


def code_svg(address: str) -> str:
    """Return a 2D code that leads to `address`, error level M, with its quiet zone.

    Segno finds the cells; they are drawn here because its own SVG knows no `currentColor`.

    Args:
        address: What the code says.

    Returns:
        SVG with one unit a cell; the text alternative names the address.
    """
    cells = segno.make(address, error="m", micro=False).matrix
    size = len(cells) + 2 * QUIET_ZONE_CELLS
    runs = []
    for y, row in enumerate(cells, start=QUIET_ZONE_CELLS):
        x = QUIET_ZONE_CELLS
        for dark, group in itertools.groupby(row):
            length = len(list(group))
            if dark:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    label = html.escape(f"二次元コード {address}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure code" role="img" '
        f'viewBox="0 0 {size} {size}" aria-label="{label}"><title>{label}</title>'
        f'<path d="{"".join(runs)}" fill="currentColor"/></svg>'
    )

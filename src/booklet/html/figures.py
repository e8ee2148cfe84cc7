"""Figures of a guide go in; inline SVG with a text alternative made from the same data comes out.

The drawings use `currentColor` alone, so they follow the reader's colours in an e-reader, and tell
filled from empty by shape, so they survive a black-and-white copier. Units are SVG user units; the
stylesheet sets the size.
"""

import html
import math

from booklet.model.book import Drawing, Mark, Span, Week
from booklet.model.parts import Stars

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="figure {kind}" role="img" '
    'viewBox="0 0 {width} {height}" aria-label="{label}"><title>{label}</title>{shapes}</svg>'
)
_LINE = 'fill="none" stroke="currentColor"'
_FILL = 'fill="currentColor"'


def draw(words: str, drawing: Drawing) -> str:
    """Return the SVG of a drawing whose text alternative is `words`, the same fact in words."""
    if isinstance(drawing, Stars):
        return _svg("stars", words, 20 * drawing.max, 20, _star_row(drawing.value, drawing.max))
    if isinstance(drawing, Span):
        return span(words, drawing)
    if isinstance(drawing, Week):
        return week(words, drawing)
    return mark(words, drawing)


def stars(name: str, value: int, maximum: int) -> str:
    """Return a row of stars: filled ones, then small open ones.

    Args:
        name: What is rated.
        value: Filled stars, 0 to `maximum`.
        maximum: All stars.

    Returns:
        SVG of `maximum` × 1 cells of 20 units.
    """
    label = f"{name} {maximum}段階中{value}"
    return _svg("stars", label, 20 * maximum, 20, _star_row(value, maximum))


def _star_row(value: int, maximum: int) -> list[str]:
    shapes = []
    for index in range(maximum):
        filled = index < value
        points = _star_points(20 * index + 10, 10.6, 9.0 if filled else 6.6)
        paint = _FILL if filled else f'{_LINE} stroke-width="1.2"'
        shapes.append(f'<polygon points="{points}" {paint}/>')
    return shapes


def gauge(name: str, percent: int) -> str:
    """Return a horizontal gauge from 0 to 100 per cent with a tick where its word changes.

    Args:
        name: What is measured.
        percent: 0 to 100.

    Returns:
        SVG of 200 × 20 units; the bar is 2 units wide for each per cent.
    """
    # A pointer above the axis keeps small values visible, where the bar alone is a sliver.
    at = 2 * percent
    shapes = [
        f'<rect x="0.6" y="10" width="198.8" height="8" {_LINE} stroke-width="1.2"/>',
        f'<rect x="0.6" y="10" width="{at:g}" height="8" {_FILL}/>',
        f'<path d="M{max(4, min(196, at)):g} 9l-4 -7h8z" {_FILL}/>',
    ]
    shapes += [f'<path d="M{x} 13v5" {_LINE} stroke-width="1"/>' for x in (66, 132) if x > at]
    return _svg("gauge", f"{name} {percent}パーセント（{level(percent)}）", 200, 20, shapes)


def level(percent: int) -> str:
    """Return the word for a share: 低い up to a third, 中くらい up to two thirds, then 高い."""
    return "低い" if percent <= 33 else "中くらい" if percent <= 66 else "高い"


def span(words: str, drawn: Span) -> str:
    """Return a span on an axis from 0 to the end of its scale, 160 × 16 units."""
    unit = 158 / drawn.scale_end
    start, width = 1 + drawn.start * unit, max((drawn.end - drawn.start) * unit, 3)
    shapes = [
        f'<path d="M1 12h158M1 8v8M159 8v8" {_LINE} stroke-width="1.2"/>',
        f'<rect x="{start:.1f}" y="7" width="{width:.1f}" height="8" rx="1" {_FILL}/>',
    ]
    return _svg("span", f"{words}（0から{drawn.scale_end}までの目盛り）", 160, 16, shapes)


def week(words: str, drawn: Week) -> str:
    """Return seven days from Monday: a filled square for a work day, an open one for a day off."""
    shapes = []
    for index, off in enumerate(drawn.days_off):
        paint = f'{_LINE} stroke-width="1.4"' if off else _FILL
        shapes.append(f'<rect x="{20 * index + 4}" y="3" width="12" height="12" rx="1.5" {paint}/>')
    return _svg("week", words, 140, 18, shapes)


def mark(words: str, drawn: Mark) -> str:
    """Return an answer as a shape Japanese readers know: circle yes, triangle partly, cross no."""
    shape = {
        1: '<circle cx="10" cy="10" r="7"',
        0.5: '<path d="M10 3l7.5 13h-15z"',
        0: '<path d="M4 4l12 12M16 4l-12 12"',
    }[drawn.answer]
    return _svg("mark", words, 20, 20, [f'{shape} {_LINE} stroke-width="2"/>'])


def _star_points(x: float, y: float, radius: float) -> str:
    corners = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.42
        angle = math.radians(36 * step - 90)
        corners.append(f"{x + reach * math.cos(angle):.2f},{y + reach * math.sin(angle):.2f}")
    return " ".join(corners)


def _svg(kind: str, label: str, width: int, height: int, shapes: list[str]) -> str:
    return _SVG.format(
        kind=kind, width=width, height=height, label=html.escape(label), shapes="".join(shapes)
    )

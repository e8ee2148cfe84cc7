"""Patch WeasyPrint 70.0 to draw with fewer questions, without drawing anything else.

WeasyPrint asks for the colours of borders and outlines before it looks whether there are any, and
sets up Pango anew for each run of text. Here what has no line is passed over, and runs in the same
style share what was set up.

Reaches into private parts (`draw.border`, `layout.percent.resolve_radii_percentages`,
`Layout.reactivate`), and only in the version it was written for.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from booklet.layout.glyph_spacing import Spacing
from booklet.layout.used_values import replace_everywhere

VERSION = "70.0"

_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_SQUARE = dict.fromkeys(_CORNERS, (0, 0))


def draw_fast(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint to draw faster.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    from weasyprint.draw import border
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.text import line_break

    if weasyprint.__version__ != VERSION or getattr(border.draw_border, "is_fast", False):
        return
    draw_border = _border(border.draw_border, boxes.BlockContainerBox)
    draw_border.is_fast = True  # type: ignore[attr-defined]
    replace_everywhere(
        {
            border.draw_border: draw_border,
            border.draw_outline: _outline(border.draw_outline, boxes.Box),
            percent.resolve_radii_percentages: _radii(
                percent.resolve_radii_percentages, AbsolutePlaceholder
            ),
        }
    )
    layout = line_break.Layout
    layout.reactivate = _reactivate(layout.reactivate, line_break.pango)


def _border(stock: Callable[..., None], container: type) -> Callable[..., None]:
    def draw_border(stream: Any, box: Any) -> None:
        style = box.style
        if (
            box.border_top_width
            or box.border_right_width
            or box.border_bottom_width
            or box.border_left_width
            or style["border_image_source"][0] != "none"
            or (isinstance(box, container) and style["column_rule_width"])
        ):
            stock(stream, box)

    return draw_border


def _outline(stock: Callable[..., None], any_box: type) -> Callable[..., None]:
    def draw_outline(stream: Any, box: Any) -> None:
        if box.style["outline_width"]:
            stock(stream, box)  # which draws those of the box's children, too
            return
        for child in box.children:
            if isinstance(child, any_box):
                draw_outline(stream, child)

    return draw_outline


def _radii(stock: Callable[[Any], None], placeholder: type) -> Callable[[Any], None]:
    def resolve_radii_percentages(box: Any) -> None:
        style = box.style
        square = style.__dict__.get("booklet_square")
        if square is None:
            square = style.booklet_square = all((0, "px") in style[name] for name in _CORNERS)
        if square and type(box) is not placeholder:
            box.__dict__.update(_SQUARE)
        else:
            stock(box)

    return resolve_radii_percentages


def _reactivate(stock: Callable[..., None], pango: Any) -> Callable[..., None]:
    """Return a function that sets Pango up once for all runs of Japanese text in a style.

    Only for text whose spacing is written into the glyphs: other text changes what was set up.
    """

    def reactivate(layout: Any, style: Any) -> None:
        plain = (
            isinstance(layout.justification_spacing, Spacing)
            and style["text_decoration_line"] == "none"
            and style["overflow_wrap"] == "normal"
        )
        known = style.__dict__.get("booklet_pango") if plain else None
        if known is None:
            stock(layout, style)
            if plain:
                style.booklet_pango = layout.layout, layout.language
            return
        layout.style, layout.first_line_direction = style, 0
        layout.layout, layout.language = known
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        # An ellipsis may have been asked for before.
        pango.pango_layout_set_width(layout.layout, -1)
        pango.pango_layout_set_ellipsize(layout.layout, pango.PANGO_ELLIPSIZE_NONE)
        layout.set_text(layout.text, justify=True)

    return reactivate

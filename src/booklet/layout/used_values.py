"""Patch WeasyPrint 70.0 to find used values faster: lengths, percentages, flow, heights of lines.

WeasyPrint asks a dozen questions for each length of each box each time it is laid out, and builds
a long key of text for each question after a line's height. Here what is plain, a number of pixels
or a percentage, is answered at once, and what a style was asked before it remembers; arithmetic
and everything rare is left to WeasyPrint. The numbers are computed by the same operations in the
same order, so they are the same to the last bit.

Reaches into private parts (functions of `layout.percent` and `text.line_break`, methods of boxes),
and only in the version it was written for.
"""

import sys
from collections.abc import Callable
from math import inf
from types import ModuleType
from typing import Any

VERSION = "70.0"

# By which side of the containing block a percentage goes; padding and margins go by the width.
_BY_WIDTH = ("width", "min_width", "max_width")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_AROUND = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right"))
_ABOVE = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "bottom"))
_LEFT_OR_RIGHT = frozenset(("left", "right", "inline-start", "inline-end"))
_OUT_OF_FLOW = frozenset((*_LEFT_OR_RIGHT, "footnote"))
_TAKEN_OUT = frozenset(("absolute", "fixed"))
_ELSEWHERE = frozenset(("running()", "note()"))


def find_used_values_fast(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint the short way to used values.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.text import line_break

    stock = percent.resolve_percentages
    if weasyprint.__version__ != VERSION or getattr(stock, "is_fast", False):
        return
    replace_everywhere(
        {
            stock: _percentages(percent, boxes, Dimension, AbsolutePlaceholder),
            percent.percentage: _percentage(percent.percentage, Dimension),
            line_break.strut: _strut(line_break.strut),
        }
    )
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    boxes.Box.page_values = _own_page_values
    boxes.ParentBox.page_values = _page_values


def replace_everywhere(functions: dict[Any, Any]) -> None:
    """Put functions in the place of others, also where those were imported by name."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "weasyprint":
            for key, value in list(vars(module).items()):
                if callable(value) and value in functions:
                    setattr(module, key, functions[value])


def _percentage(stock: Callable[..., Any], dimension: Any) -> Callable[..., Any]:
    def percentage(value: Any, computed: Any, refer_to: Any) -> Any:
        if type(value) is dimension and value.unit != "%":
            return value.value
        return stock(value, computed, refer_to)

    return percentage


def _percentages(  # noqa: C901 - one function: it sets 14 values of each box
    percent: Any, boxes: Any, dimension: Any, placeholder: type
) -> Callable[[Any, Any], None]:
    resolve_other, stock = percent.percentage, percent.resolve_percentages
    any_box, page_box, adjust = boxes.Box, boxes.PageBox, percent.adjust_box_sizing

    def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: C901 - likewise
        if type(box) is placeholder:
            stock(box, containing_block)
            return
        if isinstance(containing_block, any_box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        style = box.style
        used = box.__dict__

        def resolve(name: str, refer_to: Any) -> None:
            value = style[name]
            if type(value) is dimension:
                number, unit = value
                used[name] = refer_to * number / 100 if unit == "%" else number
            elif value == "auto":
                used[name] = 0 if name in ("min_width", "min_height") else value
            else:
                used[name] = resolve_other(value, style, refer_to)

        above = height if isinstance(box, page_box) else width
        for name in _AROUND:
            resolve(name, width)
        for name in _ABOVE:
            resolve(name, above)
        for name in _BY_WIDTH:
            resolve(name, width)
        if height == "auto":
            own = style["height"]
            plain = type(own) is dimension and own.unit != "%"
            used["height"] = own.value if plain else "auto"
            resolve("min_height", 0)
            resolve("max_height", inf)
        else:
            resolve("height", height)
            resolve("min_height", height)
            resolve("max_height", height)
        collapse = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapse and hasattr(box, name)):
                used[name] = style[name]
        if style["box_sizing"] != "content-box":
            adjust(box, "width")
            adjust(box, "height")

    resolve_percentages.is_fast = True  # type: ignore[attr-defined]
    return resolve_percentages


def _strut(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that asks once a style; a changed style is a copy, which knows nothing.

    The answer is kept with its fonts: another configuration has other ones.
    """

    def strut(style: Any) -> Any:
        known = style.__dict__.get("booklet_strut")
        size, height = style["font_size"], style["line_height"]
        if known is None or known[0] != size or known[1] != height:
            known = style.booklet_strut = (size, height, stock(style))
        return known[2]

    return strut


def _is_in_normal_flow(box: Any) -> bool:
    style = box.style
    position = style["position"]
    return not (
        style["float"] in _OUT_OF_FLOW or position in _TAKEN_OUT or position[0] in _ELSEWHERE
    )


def _own_page_values(box: Any) -> tuple[Any, Any]:
    name = box.style["page"]
    return name, name


def _page_values(box: Any) -> tuple[Any, Any]:
    """Return the names of the pages on which a box starts and ends.

    Only its first and its last child in flow or floating are asked; the engine looks at all.
    """
    name = box.style["page"]
    children = box.children
    first = next((child for child in children if _is_on_the_page(child)), None)
    if first is None:
        return name, name
    last = next(child for child in reversed(children) if _is_on_the_page(child))
    start, end = first.page_values()
    if last is not first:
        end = last.page_values()[1]
    return start or name, end or name


def _is_on_the_page(box: Any) -> bool:
    return box.style["float"] in _LEFT_OR_RIGHT or box.is_in_normal_flow()

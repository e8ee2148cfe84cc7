"""Patch WeasyPrint 70.0 to gather declarations once for all elements that have the same.

WeasyPrint weighs the declarations of each element anew, and makes a style for each of the half
dozen pseudo-elements its own stylesheet speaks of, of each element, though hardly one is ever
drawn. Here elements to which the same rules apply share what was gathered, and the style of a
pseudo-element is made when it is asked for. Which declaration wins is decided as before.

Reaches into private parts (`css.StyleFor`), and only in the version it was written for.
"""

from math import inf
from types import ModuleType
from typing import Any

VERSION = "70.0"

# What applies to an element: for itself (None) and for each pseudo-element, by property.
_Cascade = dict[str | None, dict[str, Any]]


def share_cascades(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint to share what was gathered.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    from weasyprint import css

    stock = css.StyleFor.__init__
    if weasyprint.__version__ != VERSION or getattr(stock, "is_fast", False):
        return

    def init(style_for: Any, html: Any, sheets: Any, *rest: Any) -> None:
        presentational_hints, font_config, target_collector = rest
        if presentational_hints:
            stock(style_for, html, sheets, *rest)
            return
        style_for._cascaded_styles = {}
        style_for.initial_page_sizes = {"box": None, "area": None}
        style_for._sheets, style_for.font_config = sheets, font_config
        style_for._computed_styles = _Styles(css, style_for, html)
        _apply(css, style_for, html, target_collector)

    init.is_fast = True  # type: ignore[attr-defined]
    css.StyleFor.__init__ = init


class _Styles(dict[Any, Any]):
    """The computed styles of a document; those of pseudo-elements are made when asked for."""

    def __init__(self, css: Any, style_for: Any, html: Any) -> None:
        self.waiting: dict[Any, dict[str, Any]] = {}
        self.make = css.ComputedStyle
        self.root, self.base_url = html.etree_element, html.base_url
        self.fonts, self.sizes = style_for.font_config, style_for.initial_page_sizes

    def get(self, key: Any, default: Any = None) -> Any:
        if key not in self:
            cascaded = self.waiting.pop(key, None)
            if cascaded is None:
                return default
            element, pseudo = key
            parent, root = self[element, None], self[self.root, None]
            self[key] = self.make(
                parent, cascaded, pseudo, root, self.base_url, self.fonts, self.sizes
            )
        return self[key]


def _apply(css: Any, style_for: Any, html: Any, target_collector: Any) -> None:
    """Give each element its style, in the order of the tree: parents come first."""
    own = _style_attributes(css, html)
    computed, cascaded = style_for._computed_styles, style_for._cascaded_styles
    gathered: dict[Any, _Cascade] = {}
    shared: dict[Any, Any] = {}

    def compute(element: Any, pseudo: str | None, parent: Any, styles: dict[str, Any]) -> None:
        cascaded[element, pseudo] = styles
        style_for.set_computed_styles(
            element,
            root=html.etree_element,
            parent=parent,
            pseudo_type=pseudo,
            base_url=html.base_url,
            target_collector=target_collector,
        )

    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        declared, style = own.get(element, (None, None))
        rules, key = _rules_for(wrapper, style_for._sheets)
        if style is not None:
            cascade = _cascade(css, rules, style)
        elif (found := gathered.get(key)) is not None:
            cascade = found
        else:
            cascade = gathered[key] = _cascade(css, rules, {})
        parent_id = None if parent is None else id(computed[parent, None])
        known = shared.get((parent_id, declared, key))
        if known is None:
            compute(element, None, parent, cascade.get(None, {}))
            shared[parent_id, declared, key] = computed[element, None]
        else:
            computed[element, None] = known
        for pseudo, styles in cascade.items():
            if pseudo and "anchor" in styles and target_collector:
                compute(element, pseudo, element, styles)
            elif pseudo:
                computed.waiting[element, pseudo] = styles
    cascaded.clear()


def _rules_for(wrapper: Any, sheets: Any) -> tuple[list[Any], tuple[Any, ...]]:
    """Return the rules that apply to an element, and a key that is the same for the same rules."""
    rules: list[Any] = []
    names: list[Any] = []  # the sheets keep the declarations alive, so their ids stay theirs
    for sheet, origin, sheet_specificity in sheets:
        for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
            order = inf if layer is None else sheet.layers.index(layer)
            weight = sheet_specificity or specificity
            rules.append((origin, weight, order, pseudo, declarations))
            names.append((id(declarations), origin, weight, order, pseudo))
    return rules, tuple(names)


def _style_attributes(css: Any, html: Any) -> dict[Any, tuple[Any, dict[str, Any]]]:
    """Return what `style` attributes declare, by element: the declarations, and what they set."""
    found: dict[Any, tuple[Any, dict[str, Any]]] = {}
    attributes = css.find_style_attributes(html.etree_element, False, html.base_url)
    for specificity, element, declarations, base_url in attributes:
        _, style = found.get(element, ((), {}))
        found[element] = tuple(declarations), style
        prepared = css.preprocess_declarations(base_url, declarations)
        _weigh(css, style, prepared, ("author", inf, specificity))
    return found


def _cascade(css: Any, rules: list[Any], own: dict[str, Any]) -> _Cascade:
    """Return the declarations that win, for an element and its pseudo-elements."""
    cascade: _Cascade = {None: own}
    for origin, specificity, order, pseudo, declarations in rules:
        style = cascade.setdefault(pseudo, {})
        _weigh(css, style, declarations, (origin, order, specificity))
    return cascade


def _weigh(
    css: Any, style: dict[str, Any], declarations: Any, rank: tuple[str, float, Any]
) -> None:
    """Add declarations to what applies; `rank` is their origin, layer and specificity."""
    origin, order, specificity = rank
    for name, values, importance in declarations:
        weight = css.declaration_precedence(origin, importance), order, specificity
        before = style.get(name, (None, None))[1]
        if before is None or before <= weight:
            style[name] = values, weight

"""Patch WeasyPrint 70.0 to find computed values of CSS faster, without changing one of them.

WeasyPrint computes a property of a style when it is asked for first, and goes through everything
that may happen to a value. For nine of ten no declaration says anything, so the value is the
initial one or the parent's. Here a table says for each property which it is; whatever a
declaration speaks of, and every value that is arithmetic, is left to WeasyPrint.

Reaches into private parts (`ComputedStyle.__missing__`, `AnonymousStyle.__missing__`,
`StyleFor.set_computed_styles`), and only in the version it was written for.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

VERSION = "70.0"

# Values kept for one declaration with variables, such as one for each edition's colours.
_SOLUTIONS = 64

# What happens to a property of which no declaration speaks.
_INHERITED, _INITIAL, _COMPUTED, _PAGE, _NOTED = range(5)


class _Rule(NamedTuple):
    """How a property gets its value when nothing is declared.

    Attributes:
        kind: One of the numbers above.
        logical: The names under which a logical property may stand in its place.
        initial: Its initial value.
        compute: The engine's function for it.
    """

    kind: int
    logical: tuple[str, ...]
    initial: Any
    compute: Callable[[Any, str, Any], Any] | None


def find_values_fast(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint the short way to a computed value.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    from weasyprint import css
    from weasyprint.css.tokens import Pending

    stock = css.ComputedStyle.__missing__
    if weasyprint.__version__ != VERSION or getattr(stock, "is_fast", False):
        return
    css.ComputedStyle.__missing__ = _for_elements(css, _rules(css), stock)
    css.AnonymousStyle.__missing__ = _for_anonymous_boxes(css, css.AnonymousStyle.__missing__)
    Pending.solve = _solved_once(Pending.solve)
    css.StyleFor.set_computed_styles = _without_anchors(css.StyleFor.set_computed_styles)


def _rules(css: Any) -> dict[str, _Rule]:
    """Return the rule of each property; what has none is left to the engine."""
    rules = {}
    for key, initial in css.INITIAL_VALUES.items():
        if key.startswith("text_decoration_") or css.check_math(initial):
            continue
        if key == "page":
            kind = _PAGE
        elif key in ("position", "float"):
            kind = _NOTED
        elif key == "display":
            continue
        elif key in css.INHERITED:
            kind = _INHERITED
        else:
            kind = _COMPUTED if key in css.INITIAL_NOT_COMPUTED else _INITIAL
        # Which logical property it is depends on the direction; both are looked for.
        logical = css.PHYSICAL_FUNCTIONS.get(key)
        names = (
            {logical(block="ttb", inline=direction) for direction in ("ltr", "rtl")}
            if logical
            else ()
        )
        compute = css.COMPUTER_FUNCTIONS.get(key) if kind == _COMPUTED else None
        rules[key] = _Rule(kind, tuple(sorted(names)), initial, compute)
    return rules


def _solved_once(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that validates a value with variables once for the same tokens in them.

    What is kept hangs on the declaration. A gradient is not kept: the engine changes it in use.
    """

    def solve(pending: Any, tokens: list[Any], wanted_key: str, base_url: Any) -> Any:
        key = wanted_key, base_url, tuple(map(_name_of, tokens))
        kept = pending.__dict__.setdefault("booklet_solved", {})
        if key in kept:
            return kept[key][1]
        value = stock(pending, tokens, wanted_key, base_url)
        if len(kept) >= _SOLUTIONS:
            kept.clear()
        if "gradient" not in repr(value):
            kept[key] = list(tokens), value  # with its tokens, whose ids stay theirs
        return value

    return solve


def _name_of(token: Any) -> Any:
    # A function with variables in it is put together anew each time.
    return token.serialize() if token.type in ("function", "() block") else id(token)


class _Plain(dict[type, bool]):
    """Whether a class has no tokens, which might be arithmetic still to be done."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = plain = kind is not tuple and not hasattr(kind, "type")
        return plain


def _for_elements(  # noqa: C901 - one function: it is called 60,000 times a guide
    css: Any, rules: dict[str, _Rule], stock: Callable[[Any, str], Any]
) -> Callable[[Any, str], Any]:
    plain = _Plain()
    custom = _Rule(_INHERITED, (), None, None)
    find_rule = rules.get

    def missing(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        rule = find_rule(key)
        if key in cascaded or (rule is None and key[:2] != "__"):
            return stock(style, key)
        kind, logical, value, compute = rule or custom
        for name in logical:
            if name in cascaded:
                return stock(style, key)
        if kind == _INITIAL:
            style[key] = value
            return value
        if kind == _COMPUTED:
            style[key] = value = compute(style, key, value)  # type: ignore[misc]
            return value
        if kind == _NOTED:
            if key == "float":
                style["position"]
            style[key] = style.specified[key] = value
            return value
        parent = style.parent_style
        if parent is None:
            return stock(style, key)
        value = parent[key]
        if not plain[type(value)] and (
            type(value) is not tuple or not all(plain[type(part)] for part in value)
        ):
            return stock(style, key)
        style[key] = value
        return value

    missing.is_fast = True  # type: ignore[attr-defined]
    return missing


def _for_anonymous_boxes(css: Any, stock: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    inherited, initial, not_computed = css.INHERITED, css.INITIAL_VALUES, css.INITIAL_NOT_COMPUTED
    as_it_is = {
        key: value
        for key, value in initial.items()
        if key not in inherited
        and key != "page"
        and not key.startswith(("text_decoration_", "__"))
        and key not in not_computed
    }

    def missing(style: Any, key: str) -> Any:
        if key in as_it_is:
            style[key] = value = as_it_is[key]
            return value
        if key in inherited:
            style[key] = value = style.parent_style[key]
            return value
        return stock(style, key)

    return missing


def _without_anchors(stock: Callable[..., None]) -> Callable[..., None]:
    """Return a function that looks for an anchor only where one is declared: no more than there."""

    def set_computed_styles(
        self: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,
    ) -> None:
        if "anchor" not in self._cascaded_styles.get((element, pseudo_type), ()):
            target_collector = None
        stock(self, element, parent, root, pseudo_type, base_url, target_collector)

    return set_computed_styles

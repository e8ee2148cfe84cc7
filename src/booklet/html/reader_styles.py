"""The stylesheet of the EPUB goes in; the same for simple e-readers comes out.

Many e-readers know no custom properties, no `calc()` and no media queries, and drop or misread the
rules that use them. So what is for paper is left out, and every value is written out.
"""

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_PROPERTY = re.compile(r"--([a-z-]+)\s*:\s*([^;]+);")
_USE = re.compile(r"var\(--([a-z-]+)\)")
_PRODUCT = re.compile(r"calc\(\s*(-?[\d.]+)([a-z%]*)\s*\*\s*(-?[\d.]+)\s*\)")
_BLANK_LINES = re.compile(r"\n\s*\n+")
# A value may name another one; so deep they are followed.
_DEPTH = 5


def reader_styles(css: str) -> str:
    """Return a stylesheet whose rules the simplest e-reader understands.

    Args:
        css: The stylesheet with its imports written out. The last `:root` that gives a property a
            value wins, as in CSS.

    Returns:
        The stylesheet without comments, without `@media print`, without custom properties.
    """
    css = _without_print(_COMMENT.sub("", css))
    values = {
        name: value.strip()
        for root in _ROOT.finditer(css)
        for name, value in _PROPERTY.findall(root[1])
    }
    css = _ROOT.sub("", css)
    for _ in range(_DEPTH):
        css = _USE.sub(lambda use: values.get(use[1], use[0]), css)
        css = _PRODUCT.sub(_multiplied, css)
    return _BLANK_LINES.sub("\n", css).strip() + "\n"


def _multiplied(product: re.Match[str]) -> str:
    return f"{float(product[1]) * float(product[3]):.4g}{product[2]}"


def _without_print(css: str) -> str:
    """Return a stylesheet without its `@media print` blocks."""
    while (start := css.find("@media print")) >= 0:
        depth, end = 0, css.find("{", start)
        while 0 <= end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
            if not depth:
                break
        css = css[:start] + css[end if end > 0 else len(css) :]
    return css

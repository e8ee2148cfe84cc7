"""An opened EPUB goes in; markup that is no HTML, and elements where they may not stand, come out.

Not the whole of HTML: what reading systems, which parse XHTML strictly, show wrongly or not at all.
"""

from collections.abc import Iterator

from booklet.checks.epub.book import NAMESPACES, EpubBook, Tree, select
from booklet.diagnostics import Problem

_HTML = f"{{{NAMESPACES['h']}}}"
# fmt: off
# HTML Living Standard, 4 (2025), without what an EPUB may not hold.
_ALL = """
    html head title base link meta style body article section nav aside h1 h2 h3 h4 h5 h6 hgroup
    header footer address p hr pre blockquote ol ul menu li dl dt dd figure figcaption main search
    div a em strong small s cite q dfn abbr ruby rb rt rtc rp data time code var samp kbd sub sup i
    b u mark bdi bdo span br wbr ins del picture source img iframe embed object param video audio
    track map area table caption colgroup col tbody thead tfoot tr td th form label input button
    select datalist optgroup option textarea output progress meter fieldset legend details summary
    dialog script noscript template slot canvas
"""
_SET_APART = """
    address article aside blockquote details dialog div dl fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul
"""
_ELEMENTS, _BLOCKS = frozenset(_ALL.split()), frozenset(_SET_APART.split())
_SCRIPTING = {"script", "template"}
# Which elements alone may stand right inside some, and which alone some may stand in.
_CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"},
    "colgroup": {"col"}, "html": {"head", "body"},
    "head": {"title", "base", "link", "meta", "style", "noscript"},
}
_PARENTS = {
    "li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"},
    "td": {"tr"}, "th": {"tr"}, "tr": {"table", "thead", "tbody", "tfoot"},
    "caption": {"table"}, "figcaption": {"figure"}, "rt": {"ruby", "rtc"}, "rp": {"ruby"},
}
# fmt: on
_ONLY_PHRASES = frozenset(
    (
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "em",
        "strong",
        "b",
        "i",
        "small",
        "ruby",
        "rt",
    )
)


def check_markup(book: EpubBook) -> Iterator[Problem]:
    """Check the elements of every page (EPUB 3.3, 6.1; HTML 3.2.5): rules 53 and 54.

    Yields:
        A problem for each fault.
    """
    for path, item in book.items.items():
        tree = book.trees.get(path)
        is_page = item.get("media-type") == "application/xhtml+xml"
        if is_page and tree is not None and path not in book.pages:
            yield Problem("epub-html", f"{path} is no XHTML: its root is {tree.tag}")
    for path, tree in book.pages.items():
        book.archive.check_time()
        information = tree.getroottree().docinfo
        if information.public_id:
            yield Problem("epub-html", f"{path} has the DOCTYPE of an older HTML")
        for name in ("head", "body"):
            if len(select(tree, f"/h:html/h:{name}")) != 1:
                yield Problem("epub-html", f"{path} has not one {name}")
        for message in dict.fromkeys(_misplaced(tree)):
            yield Problem("epub-html", f"{path}: {message}")


def _misplaced(tree: Tree) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if "}" not in element.tag:
            yield f"{element.tag} is in no namespace"
        if element.tag.startswith(_HTML):
            message = _fault_of(element, element.tag.removeprefix(_HTML))
            if message:
                yield message


def _fault_of(element: Tree, name: str) -> str | None:
    if name not in _ELEMENTS and "-" not in name:
        return f"{name} is no element of HTML"
    parent = element.getparent()
    in_html = parent is not None and parent.tag.startswith(_HTML)
    above = parent.tag.removeprefix(_HTML) if in_html else ""
    allowed = _CHILDREN.get(above)
    if allowed is not None and name not in allowed | _SCRIPTING:
        return f"{name} stands right inside {above}"
    if above and above not in _PARENTS.get(name, {above}):
        return f"{name} stands outside {sorted(_PARENTS[name])[0]}"
    if name in _BLOCKS and above in _ONLY_PHRASES:
        return f"{name} stands inside {above}"
    if name == "a" and any(one.tag == f"{_HTML}a" for one in element.iterancestors()):
        return "a link stands inside a link"
    if above in _CHILDREN and above != "head" and (element.tail or "").strip():
        return f"words stand right inside {above}"
    return None

"""Well-formed HTML goes in; WeasyPrint's document comes out, without WeasyPrint's slow parser.

WeasyPrint reads HTML with tinyhtml5, which is made for whatever there is on the web. Our templates
write well-formed XML, which Python's own parser reads forty times as fast; here the tree is given
the few turns that HTML's rules give it. Made for WeasyPrint 70.0: it sets the attributes that the
constructor of `weasyprint.HTML` sets. Another version, and HTML that is no XML, are read by
WeasyPrint itself.
"""

from types import ModuleType
from typing import Any
from xml.etree import ElementTree

VERSION = "70.0"

_SVG = "{http://www.w3.org/2000/svg}svg"
_NAMESPACE = "{http://www.w3.org/2000/xmlns/}xmlns"


def read_document(weasyprint: ModuleType, html: str, base_url: str, fetcher: Any) -> Any:
    """Return the document that `weasyprint.HTML` makes of a string.

    Args:
        weasyprint: The imported package.
        html: The document.
        base_url: Where its links start; a `base` element is not looked for.
        fetcher: Reads what it links to.
    """
    tree = _tree(html) if weasyprint.__version__ == VERSION else None
    if tree is None:
        return weasyprint.HTML(string=html, base_url=base_url, url_fetcher=fetcher)
    from weasyprint import cssselect2

    document = object.__new__(weasyprint.HTML)
    document.base_url, document.url_fetcher, document.media_type = base_url, fetcher, "print"
    document.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


def _tree(html: str) -> ElementTree.Element | None:
    """Return the tree of an HTML document, or None when it is not written as XML."""
    try:
        root = ElementTree.fromstring(html)  # noqa: S314 - our own, and expat limits entities
    except ElementTree.ParseError:
        return None
    if root.tag != "html" or [child.tag for child in root] != ["head", "body"]:
        return None
    # HTML has a `base` turn links elsewhere, and puts rows of a table into a body of their own.
    if root.find("head/base") is not None or root.find(".//table/tr") is not None:
        return None
    # White space around head and body is dropped or moved into the body (HTML, 13.2.6.4).
    root.text = None
    body = root[1]
    behind = (body.tail or "") + html[html.rfind(">") + 1 :]
    body.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + behind
    else:
        body.text = (body.text or "") + behind
    for drawing in root.iter(_SVG):
        drawing.set(_NAMESPACE, _SVG[1:-4])
    return root

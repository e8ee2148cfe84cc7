"""The elements of a laid-out document go in; the tags a screen reader can follow come out.

HTML names become the standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4) under the rules of
ISO 14289-1: pieces of one element on several pages are one, boxes that only lay out go, words stand
in a paragraph, a list item has a label and a body, decoration is in no tag.
"""

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, String

from booklet.pdf.spoken_tags import run_in, say_page_numbers
from booklet.pdf.tag_tree import Annotation, Element, Kid, Mark

# fmt: off
_KINDS = {
    "Document": "Document", "main": "Part", "article": "Art",
    "section": "Sect", "aside": "Sect", "nav": "Sect", "figure": "Div",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "p": "P", "blockquote": "BlockQuote", "figcaption": "Caption", "caption": "Caption",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "li::marker": "Lbl", "li::before": "Lbl",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "img": "Figure", "svg": "Figure",
    "a": "Link", "ruby": "Ruby", "rb": "RB", "rt": "RT", "rp": "RP", "q": "Quote", "code": "Code",
}
# fmt: on
# What may hold words only inside a paragraph, a block of its own.
_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote"))
# What may hold words, or blocks, but not both.
_BODIES = frozenset(("LBody", "TD", "TH"))
_INLINE = frozenset(("Span", "Link", "Ruby", "Quote", "Code", "Figure"))
_PICTURES = frozenset(("svg", "img"))
_REPEATED = frozenset(("thead", "tfoot"))
_NONE = Name("/None")
_CELLS = frozenset(("TH", "TD"))
_SCOPES = {"col": Name.Column, "row": Name.Row, "colgroup": Name.Column, "rowgroup": Name.Row}
# How many levels up the picture may be whose alternative says what is hidden from speech.
_NEAR = 2


def repaired(root: Element, pause: str = "、") -> Element:
    """Return the tags for a document.

    Args:
        root: The tags as they were read, with the HTML names noted; it is used up.
        pause: What parts a title from its page's number when the list of contents is read aloud.

    Returns:
        A tree of standard structure types. Content that is in no element of it is decoration, and
        has to be marked as an artifact.
    """
    replaced: dict[bytes, bytes] = {}
    whole = _gathered(root, replaced)
    _refer_to(whole, replaced)
    _lend_hidden(whole)
    run_in(whole)
    say_page_numbers(whole, pause)
    whole.kids = list(_in_paragraphs(_typed_kids(whole, within_contents=False)))
    return whole


def _gathered(element: Element, replaced: dict[bytes, bytes]) -> Element:
    """Join the pieces of each element, also over pages, and drop boxes inside their own element.

    The names of header cells that go are noted in `replaced` with those that stay for them.
    """
    kids: list[Kid] = []
    known: dict[tuple[str, int], Element] = {}
    for kid in _unwrapped(element):
        if not isinstance(kid, Element) or kid.number < 0:
            kids.append(kid)
            continue
        first = known.get((kid.kind, kid.number))
        if first is None:
            known[kid.kind, kid.number] = kid
            kids.append(kid)
        elif kid.kind not in _REPEATED:
            first.kids += kid.kids
        else:
            # The head of a table on its second page says nothing new; it becomes decoration.
            replaced.update(zip(_names(kid), _names(first), strict=False))
    element.kids = [_gathered(kid, replaced) if isinstance(kid, Element) else kid for kid in kids]
    return element


def _names(head: Element) -> list[bytes]:
    return [cell.identifier for cell in head.walk() if cell.kind == "th"]


def _refer_to(whole: Element, replaced: dict[bytes, bytes]) -> None:
    """Let the cells below a repeated head name the cells of the head that stays."""
    for element in whole.walk():
        if replaced and element.attributes is not None and "/Headers" in element.attributes:
            names = [bytes(name) for name in element.attributes.Headers]
            element.attributes.Headers = Array([String(replaced.get(name, name)) for name in names])


def _unwrapped(element: Element) -> Iterator[Kid]:
    for kid in element.kids:
        if isinstance(kid, Element) and not kid.hidden and _is_piece(kid, element):
            yield from _unwrapped(kid)
        else:
            yield kid


def _is_piece(kid: Element, element: Element) -> bool:
    return kid.number >= 0 and (kid.kind, kid.number) == (element.kind, element.number)


def _lend_hidden(element: Element) -> list[tuple[Mark, int]]:
    """Give words that are hidden from speech to the picture beside them: its alternative says them.

    Returns:
        What no picture below `element` took, with how many levels up it may still look for one.
    """
    kept: list[Kid] = []
    loose: list[tuple[Mark, int]] = []
    for kid in element.kids:
        if not isinstance(kid, Element):
            kept.append(kid)
        elif kid.hidden and ("::" in kid.kind or kid.kind in _PICTURES):
            continue
        elif kid.hidden:
            loose += [(mark, _NEAR) for mark in kid.marks()]
        elif kid.kind not in _PICTURES:
            loose += _lend_hidden(kid)
            kept.append(kid)
        elif kid.alternative:
            kept.append(kid)
    element.kids = kept
    picture = next((part for part in element.walk() if part.kind in _PICTURES), None)
    if picture is not None:
        picture.kids += [mark for mark, _ in loose]
        return []
    return [(mark, levels - 1) for mark, levels in loose if levels > 1]


def _typed(element: Element, parent: str, *, within_contents: bool) -> list[Kid]:
    """Return what stands for `element` in the tags: an element, or its kids alone."""
    contents = within_contents or element.kind == "nav"
    if element.kind == "a":
        element.kids = [*_taken_out(element), *element.kids]
    kids = _typed_kids(element, within_contents=contents)
    kind = _KINDS.get(element.kind)
    if element.kind == "div" and parent == "dl":
        kind = "LI"
    if kind in ("L", "LI") and contents:
        return [_contents_part(element, kind, kids)] if kids else []
    if kind is None:
        return _without_type(element, kids)
    if not kids and kind not in _CELLS:
        return []
    element.kids = _shaped(kind, kids)
    if kind == "Ruby" and any(isinstance(kid, Element) and kid.kind == "RT" for kid in kids):
        # What is written is the word; said after it, its reading would be heard as another.
        element.actual = element.words
    ordered, element.kind = element.kind == "ol", kind
    _attribute(element, ordered=ordered)
    return [element]


def _typed_kids(element: Element, *, within_contents: bool) -> list[Kid]:
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids += _typed(kid, element.kind, within_contents=within_contents)
        else:
            kids.append(kid)
    return kids


def _without_type(element: Element, kids: list[Kid]) -> list[Kid]:
    if element.language or element.actual:
        span = Element("Span", kids=kids, actual=element.actual, language=element.language)
        return [span] if kids else []
    if element.kind in ("div", "header", "footer"):
        return list(_in_paragraphs(kids))
    return kids


def _contents_part(element: Element, kind: str, kids: list[Kid]) -> Element:
    """Return a list of contents, or a line of it with the link as a reference (14.8.4.2)."""
    if kind == "L":
        return Element("TOC", kids=kids)
    return Element(
        "TOCI",
        kids=[
            Element("Reference", kids=[kid])
            if isinstance(kid, Element) and kid.kind == "Link"
            else kid
            for kid in kids
        ],
    )


def _shaped(kind: str, kids: list[Kid]) -> list[Kid]:
    """Return the kids as the type wants them."""
    if kind in _GROUPS or (kind in _BODIES and not all(map(_is_inline, kids))):
        return list(_in_paragraphs(kids))
    if kind == "LI":
        return _label_and_body(kids)
    if kind == "L":
        return _items(kids)
    if kind == "Link":
        return [*_covering(kids), *(kid for kid in kids if not isinstance(kid, Annotation))]
    if kind == "Ruby":
        return list(_ruby(kids))
    return kids


def _in_paragraphs(kids: Iterable[Kid]) -> Iterator[Kid]:
    """Yield the kids of a group, with words that stand there by themselves in a paragraph."""
    run: list[Kid] = []
    for kid in kids:
        if _is_inline(kid):
            run.append(kid)
            continue
        yield from _paragraph(run)
        run = []
        yield kid
    yield from _paragraph(run)


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Element) or kid.kind in _INLINE


def _paragraph(run: list[Kid]) -> list[Kid]:
    if all(isinstance(kid, Element) and kid.kind == "Figure" for kid in run):
        return run
    return [Element("P", kids=run)]


def _label_and_body(kids: list[Kid]) -> list[Kid]:
    labels: list[Kid] = []
    bodies: list[Kid] = []
    rest: list[Kid] = []
    for kid in kids:
        kind = kid.kind if isinstance(kid, Element) else ""
        (labels if kind == "Lbl" else bodies if kind == "LBody" else rest).append(kid)
    if rest:
        bodies.append(Element("LBody", kids=_shaped("LBody", rest)))
    return [*labels, *bodies]


def _items(kids: list[Kid]) -> list[Kid]:
    """Return the items of a list; a term and what follows it, up to the next, are one item."""
    items: list[Kid] = []
    open_item: Element | None = None
    for kid in kids:
        kind = kid.kind if isinstance(kid, Element) else ""
        if kind in ("LI", "L", "Caption"):
            items.append(kid)
            open_item = None
            continue
        if open_item is None or kind == "Lbl":
            open_item = Element("LI")
            items.append(open_item)
        open_item.kids.append(kid)
    for item in items:
        if isinstance(item, Element) and item.kind == "LI":
            item.kids = _label_and_body(item.kids)
    return items


def _ruby(kids: list[Kid]) -> Iterator[Kid]:
    for kid in kids:
        if isinstance(kid, Element) and kid.kind in ("RB", "RT", "RP"):
            yield kid
        else:
            yield Element("RB", kids=[kid])


def _taken_out(element: Element) -> list[Annotation]:
    """Take a link's annotations out of what is in it, such as ruby, and return them."""
    taken: list[Annotation] = []
    kept: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Annotation):
            taken.append(kid)
            continue
        if isinstance(kid, Element):
            taken += _taken_out(kid)
        kept.append(kid)
    element.kids = kept
    return taken


def _covering(kids: list[Kid]) -> list[Annotation]:
    """Return one annotation for each line of a link, as wide as all that were there.

    Every box inside a link has an annotation of its own, so that a screen reader would meet the
    link several times.
    """
    kept: list[Annotation] = []
    for kid in kids:
        if not isinstance(kid, Annotation) or _is_empty(_box(kid)):
            continue
        box = _box(kid)
        line = next(
            (one for one in kept if one.page == kid.page and _overlap(_box(one), box)), None
        )
        if line is None:
            kept.append(kid)
        else:
            both = zip(_box(line), box, strict=True)
            x1, y1, x2, y2 = both
            line.target.Rect = Array([min(x1), min(y1), max(x2), max(y2)])
    return kept


def _box(annotation: Annotation) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(value) for value in annotation.target.Rect)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _is_empty(box: tuple[float, float, float, float]) -> bool:
    """Return whether nobody can touch a box, as that of a number which an entry does not have."""
    return box[0] >= box[2] or box[1] >= box[3]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Return whether two boxes share more than half of the height of the lower one."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _attribute(element: Element, *, ordered: bool) -> None:
    """Give lists and cells the attributes that their type asks for (14.8.5)."""
    if element.kind == "L":
        labelled = any(
            isinstance(part, Element) and part.kind == "Lbl"
            for item in element.kids
            if isinstance(item, Element)
            for part in item.kids
        )
        marks = Name.Decimal if ordered else Name.Disc
        element.attributes = Dictionary(O=Name.List, ListNumbering=marks if labelled else _NONE)
    elif element.kind in _CELLS:
        attributes = Dictionary(O=Name.Table)
        for key in ("/ColSpan", "/RowSpan", "/Headers"):
            if element.attributes is not None and key in element.attributes:
                attributes[key] = element.attributes[key]
        if element.kind == "TH":
            attributes.Scope = _SCOPES.get(element.scope, Name.Column)
        if "/Headers" in attributes and not len(attributes.Headers):
            del attributes["/Headers"]
        element.attributes = attributes
    elif element.kind != "Figure":
        element.attributes = None
    if element.kind != "TH":
        element.identifier = b""


def picture_boxes(root: Element, trims: list[Array]) -> None:
    """Turn the boxes of pictures from CSS pixels below the page's top into points of the page.

    Args:
        root: The tags; the boxes in them are changed.
        trims: The trim box of each page, in points.
    """
    for element in root.walk():
        if element.kind != "Figure" or element.attributes is None:
            continue
        mark = next(element.marks(), None)
        if mark is None or "/BBox" not in element.attributes:
            continue
        left, bottom, right, top = (float(value) for value in trims[mark.page])
        x1, y1, x2, y2 = (float(value) * 0.75 for value in element.attributes.BBox)
        element.attributes = Dictionary(
            O=Name.Layout,
            BBox=Array(
                [
                    # A picture may bleed off the page; what is seen of it ends at the trim.
                    max(left + x1, left),
                    max(top - y2, bottom),
                    min(left + x2, right),
                    min(top - y1, top),
                ]
            ),
        )

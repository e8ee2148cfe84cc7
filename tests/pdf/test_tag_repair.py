"""Which tags HTML gets: the rules one by one, on a few elements each."""

from pikepdf import Array, Dictionary, String

from booklet.pdf.tag_repair import repaired
from booklet.pdf.tag_tree import Annotation, Element, Mark

numbers = iter(range(10_000))


def mark(page: int = 0) -> Mark:
    return Mark(page, next(numbers))


def html(kind: str, *kids, number: int | None = None, **more) -> Element:
    return Element(kind, next(numbers) if number is None else number, list(kids), **more)


def outline(element: Element):
    """Return the kinds of a tree; content is left out."""
    return [
        (kid.kind, outline(kid)) if any(isinstance(k, Element) for k in kid.kids) else kid.kind
        for kid in element.kids
        if isinstance(kid, Element)
    ]


def tags(*elements: Element):
    return outline(repaired(Element("Document", -1, list(elements))))


def test_a_paragraph_that_runs_over_a_page_is_one_paragraph():
    first = html("p", mark(0), number=7)
    second = html("p", mark(1), number=7)
    root = repaired(Element("Document", -1, [first, second]))
    [paragraph] = root.kids
    assert [kid.page for kid in paragraph.kids] == [0, 1]


def test_a_section_list_and_item_on_two_pages_are_one_each():
    def piece(page):
        return html(
            "section",
            html("ul", html("li", html("p", mark(page), number=4), number=3), number=2),
            number=1,
        )

    assert tags(piece(0), piece(1)) == [("Sect", [("L", [("LI", [("LBody", ["P"])])])])]


def test_the_head_of_a_table_is_read_once_though_it_is_printed_on_both_pages():
    def piece(page):
        head = html("thead", html("tr", html("th", mark(page), number=4), number=3), number=2)
        body = html("tbody", html("tr", html("td", mark(page)), number=10 + page), number=5)
        return html("table", head, body, number=1)

    root = repaired(Element("Document", -1, [piece(0), piece(1)]))
    [table] = root.kids
    assert outline(table) == [
        ("THead", [("TR", ["TH"])]),
        ("TBody", [("TR", ["TD"]), ("TR", ["TD"])]),
    ]
    assert [m.page for m in table.kids[0].marks()] == [0]


def test_a_list_item_has_a_label_and_a_body():
    item = html("li", html("li::marker", mark()), mark())
    assert tags(html("ol", item)) == [("L", [("LI", ["Lbl", "LBody"])])]


def test_terms_and_what_they_mean_are_items_with_or_without_a_box_around_each():
    pair = (html("dt", mark()), html("dd", mark()))
    boxed = html("dl", html("div", html("dt", mark()), html("dd", mark())))
    assert tags(boxed) == [("L", [("LI", ["Lbl", "LBody"])])]
    assert tags(html("dl", *pair, html("dt", mark()), html("dd", mark()))) == [
        ("L", [("LI", ["Lbl", "LBody"]), ("LI", ["Lbl", "LBody"])])
    ]


def test_readings_are_ruby_with_base_and_annotation():
    ruby = html("ruby", mark(), html("rt", mark()))
    assert tags(html("p", mark(), ruby)) == [("P", [("Ruby", ["RB", "RT"])])]
    base = html("ruby", html("rb", mark()), html("rt", mark()))
    assert tags(html("p", base)) == [("P", [("Ruby", ["RB", "RT"])])]


def test_a_phrase_in_another_language_keeps_its_language_and_others_vanish():
    root = repaired(
        Element(
            "Document",
            -1,
            [html("p", mark(), html("em", mark()), html("span", mark(), language="en"))],
        )
    )
    [paragraph] = root.kids
    spans = [kid for kid in paragraph.kids if isinstance(kid, Element)]
    assert [(span.kind, span.language) for span in spans] == [("Span", "en")]
    assert len(paragraph.kids) == 3


def test_words_that_stand_in_a_box_are_a_paragraph():
    assert tags(html("section", html("div", mark()))) == [("Sect", ["P"])]
    assert tags(html("blockquote", mark())) == [("BlockQuote", ["P"])]


def test_a_body_holds_words_or_blocks_but_not_both():
    assert tags(html("ul", html("li", mark(), html("p", mark())))) == [
        ("L", [("LI", [("LBody", ["P", "P"])])])
    ]


def test_the_contents_are_a_table_of_contents_with_references():
    line = html("li", html("a", mark()))
    assert tags(html("nav", html("h2", mark()), html("ol", line))) == [
        ("Sect", ["H2", ("TOC", [("TOCI", [("Reference", ["Link"])])])])
    ]


def test_an_aside_is_a_section_and_a_figure_keeps_its_caption_beside_the_picture():
    picture = html("img", mark(), alternative="海")
    assert tags(html("aside", html("p", mark()))) == [("Sect", ["P"])]
    assert tags(html("figure", picture, html("figcaption", mark()))) == [
        ("Div", ["Figure", "Caption"])
    ]


def test_a_picture_without_words_and_dots_that_lead_the_eye_are_decoration():
    dots = html("a::after", mark(), hidden=True)
    assert tags(html("p", html("svg", mark()), html("a", mark(), dots))) == [("P", ["Link"])]


def test_words_hidden_from_speech_belong_to_the_picture_that_says_them():
    name, value = mark(), mark()
    picture = html("svg", mark(), alternative="将来性 5段階中4")
    rating = html(
        "div",
        html("p", name, hidden=True),
        html("p", picture, html("span", value, hidden=True)),
    )
    root = repaired(Element("Document", -1, [html("section", rating)]))
    figures = [part for part in root.walk() if part.kind == "Figure"]
    assert [set(figure.marks()) >= {name, value} for figure in figures] == [True]


def test_words_hidden_from_speech_far_from_any_picture_are_decoration():
    lost = mark()
    inner = html("div", html("div", html("div", html("p", lost, hidden=True))))
    far = html("div", inner, html("img", mark(), alternative="海"))
    root = repaired(Element("Document", -1, [far]))
    assert lost not in set(root.marks())


def test_an_empty_box_is_no_tag_but_an_empty_cell_stays():
    row = html("tr", html("td"), html("td", mark()))
    assert tags(html("div"), html("table", row)) == [("Table", [("TR", ["TD", "TD"])])]


def test_a_link_keeps_its_annotations_to_itself_though_ruby_is_in_it():
    class Target:
        Rect = (0, 0, 10, 10)

    ruby = html(
        "ruby", Annotation(0, Target()), mark(), html("rt", Annotation(0, Target()), mark())
    )
    root = repaired(Element("Document", -1, [html("p", html("a", Annotation(0, Target()), ruby))]))
    [link] = root.kids[0].kids
    assert outline(link) == [("Ruby", ["RB", "RT"])]
    assert [type(kid) for kid in link.kids] == [Annotation, Element]
    assert not [kid for part in link.kids[1].walk() for kid in part.kids if type(kid) is Annotation]


def test_the_letter_before_an_answer_is_in_its_first_paragraph():
    letter = html("span", mark(), runs_in=True)
    root = repaired(Element("Document", -1, [html("div", letter, html("p", mark()))]))
    [paragraph] = root.kids
    assert (paragraph.kind, len(paragraph.kids)) == ("P", 2)
    assert next(letter.marks()) == paragraph.kids[0]


def test_a_word_with_a_reading_is_said_once_and_without_it_as_it_stands():
    ruby = html("ruby", mark(), html("rt", mark()), words="就労")
    bare = html("ruby", mark(), words="支援")
    root = repaired(Element("Document", -1, [html("p", ruby, bare)]))
    assert [(kid.kind, kid.actual) for kid in root.kids[0].kids] == [("Ruby", "就労"), ("Ruby", "")]


def test_a_pages_number_in_the_contents_is_said_after_a_pause():
    number = html("a::after", mark(), words="12")
    line = html("li", html("a", mark(), number))
    root = repaired(Element("Document", -1, [html("nav", html("ol", line))]), ", ")
    assert [part.actual for part in root.walk() if part.kind == "Span"] == [", 12"]


def test_what_is_to_be_said_in_place_of_a_word_stays_with_its_paragraph():
    root = repaired(Element("Document", -1, [html("p", mark(), alternative="どの道も着きます。")]))
    assert root.kids[0].alternative == "どの道も着きます。"


def test_a_link_has_no_place_that_nobody_can_touch():
    class Target:
        def __init__(self, *box: float) -> None:
            self.Rect = box

    nothing, words = Annotation(0, Target(5, 5, 5, 5)), Annotation(0, Target(5, 5, 50, 15))
    root = repaired(Element("Document", -1, [html("p", html("a", nothing, words, mark()))]))
    [link] = root.kids[0].kids
    assert [kid.target.Rect for kid in link.kids if isinstance(kid, Annotation)] == [(5, 5, 50, 15)]


def test_cells_below_a_repeated_head_name_the_head_that_is_read():
    def piece(page: int, name: bytes) -> Element:
        head = html("tr", html("th", mark(page), number=4, identifier=name), number=3)
        cell = html("td", mark(page), attributes=Dictionary(Headers=Array([String(name)])))
        rows = html("tbody", html("tr", cell), number=5)
        return html("table", html("thead", head, number=2), rows, number=1)

    root = repaired(Element("Document", -1, [piece(0, b"first"), piece(1, b"second")]))
    cells = [part for part in root.walk() if part.kind == "TD"]
    assert [[bytes(name) for name in cell.attributes.Headers] for cell in cells] == [[b"first"]] * 2

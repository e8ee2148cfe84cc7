"""A good reading PDF goes in; the same file with one fault comes out. The faults, with codes."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from booklet.pdf.text_gaps import characters_of

Change = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class PdfFault:
    """A fault: what is done, how, and the code our own check has for it."""

    name: str
    change: Change
    code: str


def changed_pdf(pdf: bytes, change: Change) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(saved)
    return saved.getvalue()


def tags(document: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """Yield the tags of a kind, in reading order."""
    waiting = list(document.Root.StructTreeRoot.K)
    while waiting:
        tag = waiting.pop(0)
        if isinstance(tag, Dictionary) and "/S" in tag:
            if Name(f"/{kind}") == tag.S:
                yield tag
            waiting[:0] = list(tag.K)


def drop(key: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root[key]

    return change


def drop_in(kind: str, key: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        tag = next(one for one in tags(document, kind) if key in one)
        del tag[key]

    return change


def rename(kind: str, new: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        next(tags(document, kind)).S = Name(f"/{new}")

    return change


def in_metadata(old: bytes, new: bytes) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        packet = document.Root.Metadata.read_bytes()
        assert old in packet
        document.Root.Metadata.write(packet.replace(old, new))

    return change


def first_font(document: pikepdf.Pdf) -> Any:
    return next(iter(document.pages[0].resources["/Font"].values()))


def not_embedded(document: pikepdf.Pdf) -> None:
    del first_font(document).DescendantFonts[0].FontDescriptor["/FontFile3"]


def embedded_whole(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            font.BaseFont = Name(re.sub(r"[A-Z]{6}\+", "", str(font.BaseFont)))


def wider_page(document: pikepdf.Pdf) -> None:
    document.pages[2].mediabox = [0, 0, 430, 595]


def no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def rewritten(edit: Callable[[list[Any]], list[Any]]) -> Change:
    """Edit the content of the third page."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[2]
        content = edit(list(pikepdf.parse_content_stream(page)))
        page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(content))

    return change


def untagged(content: list[Any]) -> list[Any]:
    """Take away the first mark around content and its end."""
    start = next(i for i, one in enumerate(content) if one.operator == Operator("BDC"))
    end = next(i for i in range(start, len(content)) if content[i].operator == Operator("EMC"))
    return content[:start] + content[start + 1 : end] + content[end + 1 :]


def unknown_mark(content: list[Any]) -> list[Any]:
    """Give the first artifact the number of no tag."""
    start = next(i for i, one in enumerate(content) if one.operator == Operator("BMC"))
    mark = ([Name.Span, Dictionary(MCID=9999)], Operator("BDC"))
    return [*content[:start], mark, *content[start + 1 :]]


def no_owner(document: pikepdf.Pdf) -> None:
    marks = next(v for v in document.Root.StructTreeRoot.ParentTree.Nums if isinstance(v, Array))
    marks[0] = None


def link_out_of_tags(document: pikepdf.Pdf) -> None:
    del document.pages[1].obj.Annots[0]["/StructParent"]


def link_without_words(document: pikepdf.Pdf) -> None:
    del document.pages[1].obj.Annots[0]["/Contents"]


def no_tab_order(document: pikepdf.Pdf) -> None:
    del document.pages[1].obj["/Tabs"]


def no_title_shown(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences = Dictionary()


def other_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = String("en")


def program(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert('!')"))
    document.Root.OpenAction = document.make_indirect(action)


def smoothed(document: pikepdf.Pdf) -> None:
    images = [image for page in document.pages for image in page.get_images().values()]
    images[0].Interpolate = True


def no_scope(document: pikepdf.Pdf) -> None:
    del next(tags(document, "TH")).A["/Scope"]


def no_box(document: pikepdf.Pdf) -> None:
    del next(tags(document, "Figure"))["/A"]


def note_of_the_layout(document: pikepdf.Pdf) -> None:
    next(tags(document, "P"))["/BookletName"] = String("p")


def all_tags(document: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every tag, in reading order."""
    waiting = list(document.Root.StructTreeRoot.K)
    while waiting:
        tag = waiting.pop(0)
        if isinstance(tag, Dictionary) and "/S" in tag:
            yield tag
            waiting[:0] = list(tag.K)


def insert(document: pikepdf.Pdf, parent: Any, place: int, kind: str, **more: Any) -> Any:
    """Put a new tag into another one."""
    tag = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array(), **more)
    )
    kids = list(parent.K)
    kids.insert(place, tag)
    parent.K = Array(kids)
    return tag


def contents_of(parent: Any) -> list[int]:
    return [int(kid) for kid in parent.K if isinstance(kid, int)]


def prose(document: pikepdf.Pdf, wanted: int = 2) -> Any:
    """Return a paragraph within the book of at least so many lines, and of nothing else."""
    for tag in tags(document, "P"):
        lines = contents_of(tag)
        if len(lines) >= wanted and len(lines) == len(tag.K) and tag.Pg != document.pages[0].obj:
            return tag
    raise AssertionError("no such paragraph")


def neighbours(document: pikepdf.Pdf) -> tuple[Any, int]:
    """Return a tag that holds two paragraphs of one page, and where the first one stands."""
    for tag in all_tags(document):
        kids = list(tag.K)
        for place in range(len(kids) - 1):
            pair = kids[place : place + 2]
            if not all(isinstance(one, Dictionary) and one.get("/S") == Name.P for one in pair):
                continue
            if all(map(contents_of, pair)) and document.pages[0].obj != pair[0].Pg == pair[1].Pg:
                return tag, place
    raise AssertionError("no such paragraphs")


def owners(document: pikepdf.Pdf, page: Any) -> Any:
    """Return the list of tags that own the content of a page, by its numbers."""
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return next(value for key, value in pairs if int(key) == int(page.StructParents))


def ring(document: pikepdf.Pdf) -> None:
    section = next(tags(document, "Sect"))
    paragraph = next(tags(document, "P"))
    paragraph.K.append(section)


def two_parents(document: pikepdf.Pdf) -> None:
    first, second = list(tags(document, "Sect"))[:2]
    second.K.append(first.K[0])


def false_parent(document: pikepdf.Pdf) -> None:
    paragraph, section = prose(document), list(tags(document, "Sect"))[-1]
    paragraph.P = section


def deep(document: pikepdf.Pdf) -> None:
    tag = next(tags(document, "Sect"))
    for _ in range(150):
        tag = insert(document, tag, 0, "Div")


def read_twice(document: pikepdf.Pdf) -> None:
    paragraph = prose(document)
    paragraph.K.append(int(paragraph.K[0]))


def names_nothing(document: pikepdf.Pdf) -> None:
    prose(document).K.append(9998)


def number_used_twice(content: list[Any]) -> list[Any]:
    marks = [
        one for one in content if one.operator == Operator("BDC") and "/MCID" in one.operands[1]
    ]
    first = marks[0].operands[1]
    mark = ([Name.Span, Dictionary(MCID=first.MCID)], Operator("BDC"))
    return [*content, mark, ([], Operator("EMC"))]


def owned_by_another(document: pikepdf.Pdf) -> None:
    paragraph = prose(document)
    owners(document, paragraph.Pg)[int(paragraph.K[0])] = next(tags(document, "H1"))


def nobody_hears(document: pikepdf.Pdf) -> None:
    """Make the content of a paragraph decoration."""
    paragraph = prose(document)
    numbers, page, parent = set(contents_of(paragraph)), paragraph.Pg, paragraph.P
    parent.K = Array([kid for kid in parent.K if kid != paragraph])
    content = [
        ([Name.Artifact], Operator("BMC"))
        if one.operator == Operator("BDC") and one.operands[1].get("/MCID") in numbers
        else one
        for one in pikepdf.parse_content_stream(page)
    ]
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(content))


def tag_decoration(
    document: pikepdf.Pdf, page: Any, wanted: Callable[[str], bool], tag: Any
) -> None:
    """Put what an artifact says into a tag."""
    fonts = {name: characters_of(font) for name, font in page.Resources.Font.items()}
    content, known = list(pikepdf.parse_content_stream(page)), owners(document, page)
    font: Any = {}
    start = 0
    for place, one in enumerate(content):
        if one.operator == Operator("BMC"):
            start = place
        elif one.operator == Operator("Tf"):
            font = fonts[str(one.operands[0])]
        elif one.operator == Operator("TJ") and content[start].operator == Operator("BMC"):
            codes = b"".join(bytes(part) for part in one.operands[0] if isinstance(part, String))
            said = "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))
            if wanted(said.strip()):
                break
        elif one.operator == Operator("BDC"):
            start = place
    else:
        raise AssertionError("no such decoration")
    number = len(known)
    content[start] = ([Name.Span, Dictionary(MCID=number)], Operator("BDC"))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(content))
    known.append(tag)
    tag.K.append(number)
    tag.Pg = page


def folio_read(document: pikepdf.Pdf) -> None:
    parent = prose(document).P
    page = prose(document).Pg
    number = next(n for n, one in enumerate(document.pages, 1) if one.obj == page)
    tag = insert(document, parent, len(parent.K), "P")
    tag_decoration(document, page, lambda said: said == str(number), tag)


def bullet_read(document: pikepdf.Pdf) -> None:
    """Read out a sign that leads the eye as the label of a list's first item."""
    page = document.pages[1].obj
    for list_ in tags(document, "L"):
        item = list_.K[0]
        if Name.LBody != item.K[0].S:
            continue
        label = insert(document, item, 0, "Lbl")
        wanted = lambda said: said and not any(map(str.isalnum, said))  # noqa: E731
        tag_decoration(document, page, wanted, label)
        list_.A.ListNumbering = Name.Disc
        return
    raise AssertionError("no such list")


def says(words: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        prose(document).ActualText = String(words)

    return change


def gap_says_other_words(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        content = list(pikepdf.parse_content_stream(page))
        for one in content:
            if one.operator == Operator("BDC") and "/ActualText" in one.operands[1]:
                properties = one.operands[1]
                properties.ActualText = String("ほか")
                place = content.index(one)
                content[place] = ([Name.Span, properties], Operator("BDC"))
                page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(content))
                return
    raise AssertionError("no such gap")


def alternative(words: str, kind: str = "Figure") -> Change:
    def change(document: pikepdf.Pdf) -> None:
        list(tags(document, kind))[-1].Alt = String(words)

    return change


def language(name: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        prose(document).Lang = String(name)

    return change


def link(**entries: Any) -> Change:
    """Change the first link of the contents."""

    def change(document: pikepdf.Pdf) -> None:
        annotation = document.pages[1].obj.Annots[0]
        for key, value in entries.items():
            annotation[f"/{key}"] = value
        if "A" in entries and "/Dest" in annotation:
            del annotation["/Dest"]

    return change


def nowhere(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.Annots[0].Dest = Array([None, Name.Fit])


def other_page(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.Annots[0].Dest = Array([document.pages[-2].obj, Name.Fit])


def no_pause(document: pikepdf.Pdf) -> None:
    span = next(
        part for part in tags(document, "Span") if str(part.get("/ActualText", ""))[:1] == "、"
    )
    del span["/ActualText"]


def in_to_unicode(edit: Callable[[bytes], bytes]) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        table = first_font(document).ToUnicode
        before = table.read_bytes()
        after = edit(before)
        assert after != before
        table.write(after)

    return change


def last_said(characters: str) -> Callable[[bytes], bytes]:
    """Let the last code, which few pages use, stand for other characters."""
    told = characters.encode("utf-16-be").hex().encode()
    return lambda table: re.sub(rb"<\w+>(\s*endbfchar\s*endcmap)", rb"<" + told + rb">\1", table)


def last_code_lost(table: bytes) -> bytes:
    return re.sub(rb"<\w+>( <\w+>\s*endbfchar\s*endcmap)", rb"<fff0>\1", table)


def empty(kind: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        paragraph = prose(document)
        place = [kid.objgen for kid in paragraph.P.K].index(paragraph.objgen)
        insert(document, paragraph.P, place, kind)

    return change


def swapped_paragraphs(document: pikepdf.Pdf) -> None:
    tag, place = neighbours(document)
    kids = list(tag.K)
    kids[place], kids[place + 1] = kids[place + 1], kids[place]
    tag.K = Array(kids)


def swapped_lines(document: pikepdf.Pdf) -> None:
    paragraph = prose(document, 4)
    kids = list(paragraph.K)
    paragraph.K = Array([kids[0], kids[2], kids[1], *kids[3:]])


def swapped_sections(document: pikepdf.Pdf) -> None:
    parent = next(tags(document, "Part"))
    kids = list(parent.K)
    place = len(kids) // 2
    kids[place], kids[place + 1] = kids[place + 1], kids[place]
    parent.K = Array(kids)


def bookmark(**entries: Any) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        item = document.Root.Outlines.First.Next.Next
        for key, value in entries.items():
            item[f"/{key}"] = value

    return change


def bookmark_astray(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Next.Next.Dest = Array([document.pages[-1].obj, Name.Fit])


def bookmarks_in_a_ring(document: pikepdf.Pdf) -> None:
    outlines = document.Root.Outlines
    outlines.First.Next.Next.Next = outlines.First


def labels_from_three(document: pikepdf.Pdf) -> None:
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=3)]))


def rows_without_heads(document: pikepdf.Pdf) -> None:
    for cell in tags(document, "TH"):
        cell.A.Scope = Name.Column


def wide_cell(document: pikepdf.Pdf) -> None:
    next(tags(document, "TD")).A.ColSpan = 3


def unknown_head(document: pikepdf.Pdf) -> None:
    next(tags(document, "TD")).A.Headers = Array([String("nobody")])


def numbered_list(document: pikepdf.Pdf) -> None:
    list_ = next(one for one in tags(document, "L") if one.A.ListNumbering == Name("/None"))
    list_.A.ListNumbering = Name.Decimal


def picture_inside_out(document: pikepdf.Pdf) -> None:
    box = next(tags(document, "Figure")).A
    box.BBox = Array(list(box.BBox)[::-1])


def ruby_without_base(document: pikepdf.Pdf) -> None:
    ruby = next(tags(document, "Ruby"))
    for kid in ruby.K:
        kid.S = Name.RT
    del ruby["/ActualText"]


PDF_FAULTS = [
    PdfFault("no tags", drop("/StructTreeRoot"), "pdf-tags"),
    PdfFault("tags not announced", drop("/MarkInfo"), "pdf-tags"),
    PdfFault("no language", drop("/Lang"), "pdf-language"),
    PdfFault("wrong language", other_language, "pdf-language"),
    PdfFault("no title", no_title, "pdf-title"),
    PdfFault("title not shown", no_title_shown, "pdf-title"),
    PdfFault("no bookmarks", drop("/Outlines"), "pdf-bookmarks"),
    PdfFault("no page labels", drop("/PageLabels"), "pdf-page-labels"),
    PdfFault("no metadata", drop("/Metadata"), "pdf-metadata"),
    PdfFault(
        "PDF/UA not claimed", in_metadata(b"pdfuaid:part>1", b"pdfuaid:part>"), "pdf-metadata"
    ),
    PdfFault(
        "another part of PDF/A claimed",
        in_metadata(b"pdfaid:part>2", b"pdfaid:part>3"),
        "pdf-metadata",
    ),
    PdfFault("no colour profile", drop("/OutputIntents"), "pdf-output-intent"),
    PdfFault("font not embedded", not_embedded, "font-embedded"),
    PdfFault("font embedded whole", embedded_whole, "font-subset"),
    PdfFault("wider page", wider_page, "page-size"),
    PdfFault("picture without alternative", drop_in("Figure", "/Alt"), "pdf-alternative"),
    PdfFault("picture without a place", no_box, "pdf-structure"),
    PdfFault("heading level skipped", rename("H2", "H4"), "pdf-heading"),
    PdfFault("no first heading", rename("H1", "P"), "pdf-heading"),
    PdfFault("list item that is none", rename("LI", "Div"), "pdf-structure"),
    PdfFault("tag that does not exist", rename("P", "Paragraph"), "pdf-structure"),
    PdfFault("header cell that heads nothing", no_scope, "pdf-table"),
    PdfFault("link out of the tags", link_out_of_tags, "pdf-link"),
    PdfFault("link without words", link_without_words, "pdf-link"),
    PdfFault("links in no order", no_tab_order, "pdf-tab-order"),
    PdfFault("text without a tag", rewritten(untagged), "pdf-content"),
    PdfFault("text of no tag", rewritten(unknown_mark), "pdf-content"),
    PdfFault("text whose tag is not found", no_owner, "pdf-content"),
    PdfFault("program that starts by itself", program, "pdf-active"),
    PdfFault("picture to be smoothed", smoothed, "pdf-picture"),
    PdfFault("note of the layout left", note_of_the_layout, "pdf-structure"),
    PdfFault("tags in a ring", ring, "pdf-structure"),
    PdfFault("tag in two places", two_parents, "pdf-structure"),
    PdfFault("tag with a false parent", false_parent, "pdf-structure"),
    PdfFault("tags 150 deep", deep, "pdf-too-much"),
    PdfFault("list that says it is numbered", numbered_list, "pdf-structure"),
    PdfFault("picture inside out", picture_inside_out, "pdf-structure"),
    PdfFault("reading above no word", ruby_without_base, "pdf-structure"),
    PdfFault("line read twice", read_twice, "pdf-content"),
    PdfFault("tag for content that is not there", names_nothing, "pdf-content"),
    PdfFault("number used twice", rewritten(number_used_twice), "pdf-content"),
    PdfFault("text owned by another tag", owned_by_another, "pdf-content"),
    PdfFault("paragraph that nobody hears", nobody_hears, "pdf-decoration"),
    PdfFault("folio read aloud", folio_read, "pdf-decoration"),
    PdfFault("bullet read aloud", bullet_read, "pdf-list"),
    PdfFault("paragraph that says other words", says("まったく別の文です。"), "pdf-actual-text"),
    PdfFault("paragraph silenced", says(""), "pdf-actual-text"),
    PdfFault("phrase that says other words", gap_says_other_words, "pdf-actual-text"),
    PdfFault("file name for a picture", alternative("DSC_0042.JPG"), "pdf-alternative"),
    PdfFault("picture called a picture", alternative("画像"), "pdf-alternative"),
    PdfFault("section silenced", alternative("章", "Sect"), "pdf-alternative"),
    PdfFault("paragraph said to be English", language("en"), "pdf-language"),
    PdfFault("language that does not exist", language("日本語"), "pdf-language"),
    PdfFault("link that leads nowhere", nowhere, "pdf-link"),
    PdfFault("link of no size", link(Rect=Array([50, 500, 50, 500])), "pdf-link"),
    PdfFault("link beside its words", link(Rect=Array([5, 5, 25, 15])), "pdf-link"),
    PdfFault(
        "address without a host",
        link(A=Dictionary(S=Name.URI, URI=String("https://"))),
        "pdf-link",
    ),
    PdfFault("link with blanks for words", link(Contents=String("　")), "pdf-link"),
    PdfFault("contents that lead astray", other_page, "pdf-contents"),
    PdfFault("page's number said in one breath", no_pause, "pdf-contents"),
    PdfFault("letter that is told as another", in_to_unicode(last_said("鬱")), "pdf-characters"),
    PdfFault("letter that means nothing", in_to_unicode(last_said("\ue000")), "pdf-characters"),
    PdfFault("letter that is not told", in_to_unicode(last_code_lost), "pdf-characters"),
    PdfFault("heading without words", empty("H3"), "pdf-heading"),
    PdfFault("second main heading", rename("H2", "H1"), "pdf-heading"),
    PdfFault("paragraph without words", empty("P"), "pdf-empty"),
    PdfFault("paragraphs in another order", swapped_paragraphs, "pdf-order"),
    PdfFault("lines in another order", swapped_lines, "pdf-order"),
    PdfFault("sections in another order", swapped_sections, "pdf-order"),
    PdfFault("bookmark without words", bookmark(Title=String(" ")), "pdf-bookmarks"),
    PdfFault("bookmark to nowhere", bookmark(Dest=Array([None, Name.Fit])), "pdf-bookmarks"),
    PdfFault("bookmark astray", bookmark_astray, "pdf-bookmarks"),
    PdfFault("bookmarks in a ring", bookmarks_in_a_ring, "pdf-bookmarks"),
    PdfFault("labels that are no folios", labels_from_three, "pdf-page-labels"),
    PdfFault("rows that nothing heads", rows_without_heads, "pdf-table"),
    PdfFault("row of more cells", wide_cell, "pdf-table"),
    PdfFault("cell of an unknown head", unknown_head, "pdf-table"),
]

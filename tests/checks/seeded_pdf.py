"""A good reading PDF goes in; the same file with one fault comes out. The faults, with codes."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

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
    PdfFault("text of no tag", rewritten(unknown_mark), "pdf-structure"),
    PdfFault("text whose tag is not found", no_owner, "pdf-structure"),
    PdfFault("program that starts by itself", program, "pdf-active"),
    PdfFault("picture to be smoothed", smoothed, "pdf-picture"),
    PdfFault("note of the layout left", note_of_the_layout, "pdf-structure"),
]

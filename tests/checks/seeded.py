"""A good file goes in; the same file with one fault comes out. The faults, each with its code."""

# ruff: noqa: E501 - a fault is one line where it can be, to be read as a table

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

Entries = list[tuple[zipfile.ZipInfo, bytes]]
Change = Callable[[Entries], Entries]

OPF = "item/content.opf"
NAV = "item/xhtml/nav.xhtml"
NCX = "item/toc.ncx"
CSS = "item/style/booklet.css"
COVER = "item/image/cover.jpg"
FAQ = "item/xhtml/s-faq.xhtml"
FIT = "item/xhtml/s-fit.xhtml"
GLANCE = "item/xhtml/glance.xhtml"
DAY = "item/xhtml/s-ichinichi.xhtml"
OVERVIEW = "item/xhtml/s-overview.xhtml"
SPAN = "<p>まとめ<span>一</span>\n<span>二</span></p></section>"


@dataclass(frozen=True)
class Fault:
    """A fault: what is done, how, and the code our own check has for it.

    `also` names the other codes of a fault that breaks more than one rule.
    """

    name: str
    change: Change
    code: str
    also: frozenset[str] = frozenset()


def changed_epub(epub: bytes, change: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for info, content in change(entries):
            archive.writestr(info, content)
    return packed.getvalue()


def edited(name: str, edit: Callable[[bytes], bytes]) -> Change:
    def change(entries: Entries) -> Entries:
        before = next(content for info, content in entries if info.filename == name)
        assert edit(before) != before, f"nothing changed in {name}"
        return [(i, edit(content) if i.filename == name else content) for i, content in entries]

    return change


def replaced(name: str, old: str, new: str, count: int = 1) -> Change:
    return edited(name, lambda content: content.replace(old.encode(), new.encode(), count))


def rewritten(name: str, pattern: str, new: str) -> Change:
    return edited(
        name, lambda content: re.sub(pattern, new, content.decode(), count=1, flags=re.S).encode()
    )


def without(name: str) -> Change:
    return lambda entries: [entry for entry in entries if entry[0].filename != name]


def added(name: str, content: bytes) -> Change:
    def change(entries: Entries) -> Entries:
        info = zipfile.ZipInfo(name, entries[-1][0].date_time)
        info.compress_type = zipfile.ZIP_DEFLATED
        return [*entries, (info, content)]

    return change


def both(*changes: Change) -> Change:
    def change(entries: Entries) -> Entries:
        for one in changes:
            entries = one(entries)
        return entries

    return change


def with_deflated_type(entries: Entries) -> Entries:
    entries[0][0].compress_type = zipfile.ZIP_DEFLATED
    return entries


def with_a_clock(entries: Entries) -> Entries:
    entries[5][0].date_time = (2031, 5, 6, 7, 8, 10)
    return entries


def picture(size: tuple[int, int], mode: str = "RGB") -> Callable[[bytes], bytes]:
    def edit(_: bytes) -> bytes:
        drawn = io.BytesIO()
        Image.new(mode, size, 60).save(drawn, "JPEG")
        return drawn.getvalue()

    return edit


def twice(name: str) -> Change:
    def change(entries: Entries) -> Entries:
        import warnings

        warnings.simplefilter("ignore")  # zipfile says so too
        return [*entries, next(entry for entry in entries if entry[0].filename == name)]

    return change


FAULTS = [
    Fault("mimetype deflated", with_deflated_type, "epub-mimetype"),
    Fault("mimetype missing", lambda entries: entries[1:], "epub-mimetype"),
    Fault("mimetype last", lambda entries: entries[1:] + entries[:1], "epub-mimetype"),
    Fault("mimetype misspelt", replaced("mimetype", "epub", "EPUB"), "epub-mimetype"),
    Fault("a clock in the archive", with_a_clock, "epub-dates"),
    Fault("container missing", without("META-INF/container.xml"), "epub-package"),
    Fault("package missing", without(OPF), "epub-package"),
    Fault("stylesheet missing", without(CSS), "epub-manifest"),
    Fault("cover picture missing", without(COVER), "epub-manifest"),
    Fault(
        "junk file",
        added("item/.DS_Store", b"junk"),
        "epub-name",
        frozenset(("epub-manifest",)),
    ),
    Fault("file the manifest leaves out", added("item/notes.txt", b"junk"), "epub-manifest"),
    Fault(
        "name with a space",
        both(
            added("item/image/a b.jpg", picture((9, 9))(b"")),
            replaced(
                OPF,
                "</manifest>",
                '<item href="image/a%20b.jpg" id="ab" media-type="image/jpeg"/></manifest>',
            ),
            replaced(
                FAQ,
                "</section>",
                '<p><img src="../image/a%20b.jpg" alt="灰色の四角"/></p></section>',
            ),
        ),
        "epub-name",
    ),
    Fault("entry twice", twice(CSS), "epub-duplicate"),
    Fault(
        "file that nothing uses",
        both(
            added("item/style/old.css", b"p { margin: 0 }"),
            replaced(
                OPF,
                "</manifest>",
                '<item href="style/old.css" id="old" media-type="text/css"/></manifest>',
            ),
        ),
        "epub-unused",
    ),
    Fault("section not closed", replaced(FAQ, "</section>", ""), "epub-xml"),
    Fault(
        "link to no file",
        replaced(NAV, "s-faq.xhtml", "s-fap.xhtml"),
        "epub-link",
        frozenset(("epub-toc",)),
    ),
    Fault("link to no place", replaced(NAV, "#s-fit-suits", "#s-fit-suit"), "epub-link"),
    Fault(
        "chapter missing from the contents",
        rewritten(NAV, r'<li><a href="s-faq.xhtml">.*?</li>', ""),
        "epub-toc",
    ),
    Fault(
        "contents in another order",
        both(
            replaced(NAV, 'href="s-faq.xhtml"', 'href="s-fit.xhtml#"'),
            replaced(NAV, 'href="s-fit.xhtml"', 'href="s-faq.xhtml"'),
        ),
        "epub-order",
    ),
    Fault(
        "no landmark to the text",
        rewritten(NAV, r'<li><a epub:type="bodymatter".*?</li>', ""),
        "epub-landmarks",
    ),
    Fault(
        "page missing from the page list",
        rewritten(NAV, r"<li><a href=\"[^\"]*#page-9\">9</a></li>", ""),
        "epub-page-list",
    ),
    Fault(
        "page break missing from the text",
        rewritten(OVERVIEW, r'<span epub:type="pagebreak"[^>]*></span>', ""),
        "epub-page-list",
        frozenset(("epub-link",)),
    ),
    Fault(
        "pages in another order",
        rewritten(
            NAV,
            r'(<li><a href="[^"]*#page-8">8</a></li>)\s*(<li><a href="[^"]*#page-9">9</a></li>)',
            r"\2\1",
        ),
        "epub-page-list",
    ),
    Fault(
        "page break with another number",
        rewritten(OVERVIEW, r'aria-label="\d+"', 'aria-label="99"'),
        "epub-page-list",
    ),
    Fault(
        "pages of no book",
        rewritten(OPF, r'<meta property="pageBreakSource">.*?</meta>', ""),
        "epub-page-source",
    ),
    Fault(
        "NCX says something else",
        replaced(NCX, "よくある質問", "質問"),
        "epub-ncx",
    ),
    Fault(
        "NCX without a page",
        rewritten(NCX, r'<pageTarget id="page-9".*?</pageTarget>', ""),
        "epub-ncx",
    ),
    Fault(
        "NCX of another book",
        rewritten(NCX, r'content="urn:uuid:....', 'content="urn:uuid:0000'),
        "epub-ncx",
    ),
    Fault(
        "one name for two places",
        replaced(FAQ, "</section>", '<p id="s-faq">終わり</p></section>'),
        "epub-id",
    ),
    Fault(
        "identifier of no kind",
        both(replaced(OPF, "urn:uuid:", "number-"), replaced(NCX, "urn:uuid:", "number-")),
        "epub-identifier",
    ),
    Fault(
        "modified in local time", rewritten(OPF, r"T00:00:00Z", "T09:00:00+09:00"), "epub-modified"
    ),
    Fault(
        "modified on another day", rewritten(OPF, r"2026-11-01T", "2026-11-02T"), "epub-modified"
    ),
    Fault("no main title", replaced(OPF, ">main<", ">short<"), "epub-title-type"),
    Fault(
        "reading in kanji", replaced(OPF, "かくうのしごとしりーず", "架空の仕事"), "epub-file-as"
    ),
    Fault("wrong language", replaced(FAQ, 'lang="ja"', 'lang="en"', 2), "epub-language"),
    Fault("no language", replaced(FAQ, ' xml:lang="ja" lang="ja"', ""), "epub-language"),
    Fault(
        "language that does not exist",
        replaced(FAQ, "<p>", '<p lang="japanese" xml:lang="japanese">'),
        "epub-language",
    ),
    Fault(
        "no access mode",
        rewritten(OPF, r'(<meta property="schema:accessMode">\w+</meta>\s*)+', ""),
        "epub-accessibility",
    ),
    Fault(
        "no summary",
        rewritten(OPF, r'<meta property="schema:accessibilitySummary".*?</meta>', ""),
        "epub-accessibility",
    ),
    Fault(
        "feature misspelt",
        replaced(OPF, ">alternativeText<", ">alternativetext<"),
        "epub-vocabulary",
    ),
    Fault("conformance in other words", replaced(OPF, "Level AA", "level AA!"), "epub-conformance"),
    Fault(
        "conformance certified by nobody",
        rewritten(OPF, r'<meta refines="#conformance".*?</meta>', ""),
        "epub-conformance",
    ),
    Fault(
        "readings not said",
        replaced(OPF, '<meta property="schema:accessibilityFeature">rubyAnnotations</meta>', ""),
        "epub-claim",
    ),
    Fault("formulas claimed", replaced(OPF, ">alternativeText<", ">describedMath<"), "epub-claim"),
    Fault("series of no kind", replaced(OPF, ">series<", ">serie<"), "epub-series"),
    Fault(
        "empty metadata",
        replaced(OPF, "<dc:subject>", "<dc:subject></dc:subject><dc:subject>"),
        "epub-empty",
    ),
    Fault("no writing direction", replaced(FAQ, ' class="hltr"', ""), "epub-class"),
    Fault(
        "heading level skipped",
        edited(FIT, lambda page: page.replace(b"<h2", b"<h3").replace(b"</h2", b"</h3")),
        "epub-heading",
    ),
    Fault(
        "two first headings",
        edited(FIT, lambda page: page.replace(b"<h2", b"<h1").replace(b"</h2", b"</h1")),
        "epub-heading",
    ),
    Fault(
        "title of another page",
        rewritten(FAQ, "<title>.*?</title>", "<title>目次</title>"),
        "epub-title",
    ),
    Fault("empty title", rewritten(FAQ, "<title>.*?</title>", "<title></title>"), "epub-title"),
    Fault("style in the text", replaced(FAQ, "<p>", '<p style="margin: 0">'), "epub-style"),
    Fault(
        "table without header cells",
        edited(
            DAY, lambda page: re.sub(rb"<th( [^>]*)?>", b"<td>", page).replace(b"</th>", b"</td>")
        ),
        "epub-table",
    ),
    Fault("header cell that heads nothing", replaced(DAY, ' scope="col"', ""), "epub-table"),
    Fault(
        "note without a way back",
        replaced(
            FAQ,
            "</section>",
            '<p>注<a epub:type="noteref" href="#n1">1</a></p><aside epub:type="footnote" id="n1"><p>補足</p></aside></section>',
        ),
        "epub-note",
    ),
    Fault(
        "empty paragraph", replaced(FAQ, "</section>", "<p> </p></section>"), "epub-empty-element"
    ),
    Fault(
        "line breaks for a margin",
        replaced(FAQ, "</section>", "<p>一<br/><br/>二</p></section>"),
        "epub-break",
    ),
    Fault("space in a reading", replaced(OVERVIEW, "<rt>", " <rt>"), "epub-ruby"),
    Fault("gap between characters", replaced(FAQ, "</section>", SPAN), "epub-gap"),
    Fault("zero-width space", replaced(FAQ, "。", "\u200b。"), "epub-character"),
    Fault("byte order mark in the text", replaced(FAQ, "。", "\ufeff。"), "epub-character"),
    Fault("private character", replaced(FAQ, "。", "\ue123。"), "epub-character"),
    Fault("emoji", replaced(FAQ, "。", "\U0001f600。"), "epub-emoji"),
    Fault("two full stops", replaced(FAQ, "。", "。。"), "epub-punctuation"),
    Fault(
        "picture without alternative",
        replaced("item/xhtml/cover.xhtml", ' alt="', ' title="'),
        "epub-alt",
    ),
    Fault(
        "picture with a blank alternative",
        rewritten(OVERVIEW, r'(<img [^>]*)alt="[^"]*"', r'\1alt=" "'),
        "epub-alt",
    ),
    Fault(
        "drawing without a name",
        rewritten(GLANCE, r' aria-label="将[^"]*"><title>将.*?</title>', ">"),
        "epub-alt",
    ),
    Fault(
        "caption as alternative",
        rewritten(
            OVERVIEW,
            r'(<img [^>]*)alt="[^"]*"/>\s*<figcaption>.*?</figcaption>',
            r'\1alt="島の船"/><figcaption>島の船</figcaption>',
        ),
        "epub-alt-repeated",
    ),
    Fault("viewBox in lower case", replaced(GLANCE, "viewBox", "viewbox"), "epub-svg"),
    Fault(
        "drawing of a fixed size",
        replaced(GLANCE, "viewBox", 'width="300" viewBox'),
        "epub-drawing",
    ),
    Fault("drawing that is not called a picture", replaced(GLANCE, ' role="img"', ""), "epub-svg"),
    Fault(
        "drawing turned by a transform",
        rewritten(GLANCE, r"<path ", '<path transform="scale(2)" '),
        "epub-drawing",
    ),
    Fault("truncated JPEG", edited(COVER, lambda jpeg: jpeg[: len(jpeg) // 2]), "epub-picture"),
    Fault("picture in CMYK", edited(COVER, picture((1560, 2496), "CMYK")), "epub-picture"),
    Fault("picture of five million pixels", edited(COVER, picture((2000, 2500))), "epub-picture"),
    Fault("small cover", edited(COVER, picture((600, 960))), "epub-cover"),
    Fault(
        "cover that is not called one", replaced(OPF, ' properties="cover-image"', ""), "epub-cover"
    ),
    Fault("size in pixels", edited(CSS, lambda css: css + b"\np { font-size: 14px }"), "epub-css"),
    Fault(
        "black text for ever", edited(CSS, lambda css: css + b"\nbody { color: #000 }"), "epub-css"
    ),
    Fault(
        "fixed position", edited(CSS, lambda css: css + b"\n.note { position: fixed }"), "epub-css"
    ),
]

"""Faults of the markup, the styles and the package that a reading system meets in other books."""

# ruff: noqa: E501 - a fault is one line where it can be, to be read as a table

import io
import zipfile

from PIL import Image
from tests.checks.seeded import (
    COVER,
    CSS,
    DAY,
    FAQ,
    FIT,
    GLANCE,
    NAV,
    NCX,
    OPF,
    OVERVIEW,
    Change,
    Fault,
    added,
    both,
    edited,
    picture,
    replaced,
    rewritten,
    without,
)

END = "</section>"


def last(name: str, more: str) -> Change:
    """Put something at the end of a page's section."""

    def edit(content: bytes) -> bytes:
        text = content.decode()
        place = text.rindex(END)
        return (text[:place] + more + text[place:]).encode()

    return edited(name, edit)


def item(name: str, media_type: str, more: str = "") -> Change:
    href = name.removeprefix("item/")
    uid = href.replace("/", "-").replace(".", "-")
    return replaced(
        OPF,
        "</manifest>",
        f'<item href="{href}" id="{uid}" media-type="{media_type}"{more}/></manifest>',
    )


def property_of(page: str, name: str) -> Change:
    href = page.removeprefix("item/")
    return rewritten(OPF, rf'(<item href="{href}"[^>]*properties=")', rf"\1{name} ")


def css(more: str) -> Change:
    return edited(CSS, lambda before: before + b"\n" + more.encode())


def png(mode: str = "RGB") -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, (30, 20)).save(drawn, "PNG")
    return drawn.getvalue()


def header_of_a_large_png(_: bytes = b"") -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"0" * 99))
        + chunk(b"IEND", b"")
    )


FORM = "<form><p>名前</p></form>"
REMOTE = "https://example.org/a.png"
MORE_FAULTS = [
    # What runs.
    Fault("script in the text", last(FAQ, "<script>document.title = 1</script>"), "epub-script"),
    Fault(
        "script of a file",
        both(
            added("item/a.js", b"1"),
            item("item/a.js", "text/javascript"),
            last(FAQ, '<script src="../a.js"></script>'),
        ),
        "epub-script",
    ),
    Fault("attribute that runs", replaced(FAQ, "<body ", '<body onload="go()" '), "epub-script"),
    Fault("link that runs", last(FAQ, '<p><a href="javascript:go()">進む</a></p>'), "epub-script"),
    Fault(
        "script in a drawing",
        rewritten(GLANCE, r"<svg ([^>]*)>", r"<svg \1><script>go()</script>"),
        "epub-script",
    ),
    Fault("module that runs", last(FAQ, '<script type="module">1</script>'), "epub-script"),
    Fault("form that nobody says", last(FAQ, FORM), "epub-property"),
    # What comes from the net.
    Fault(
        "picture from the net",
        last(FAQ, f'<p><img src="{REMOTE}" alt="空"/></p>'),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "picture without a scheme",
        last(FAQ, '<p><img src="//example.org/a.png" alt="空"/></p>'),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "stylesheet from the net",
        replaced(FAQ, "<link ", '<link rel="stylesheet" href="https://example.org/a.css"/><link '),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "frame of the net",
        last(FAQ, '<p><iframe src="https://example.org/" title="地図"></iframe></p>'),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "picture of the disk",
        last(FAQ, '<p><img src="file:///c:/a.png" alt="空"/></p>'),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "film with a poster of the net",
        both(
            added("item/a.mp4", b"0"),
            item("item/a.mp4", "video/mp4"),
            last(
                FAQ,
                f'<p><video src="../a.mp4" poster="{REMOTE}" controls="controls">空</video></p>',
            ),
        ),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "background from the net",
        css(f".x {{ background-image: url({REMOTE}) }}"),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "styles fetched by styles",
        edited(CSS, lambda old: b'@import "https://example.org/a.css";\n' + old),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    Fault(
        "drawing that fetches",
        rewritten(GLANCE, r"<svg ([^>]*)>", rf'<svg \1><image href="{REMOTE}"/>'),
        "epub-remote",
        frozenset(("epub-property",)),
    ),
    # What the manifest says of its items.
    Fault(
        "drawing that nobody says",
        rewritten(OPF, r'(<item href="xhtml/s-faq.xhtml"[^>]*) properties="svg"', r"\1"),
        "epub-property",
    ),
    Fault(
        "formula that nobody says",
        last(FAQ, '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>'),
        "epub-property",
        frozenset(("epub-claim",)),
    ),
    Fault("script said of a page without", property_of(FAQ, "scripted"), "epub-property"),
    Fault("property that does not exist", property_of(FAQ, "pictures"), "epub-item"),
    Fault(
        "two items of one name", replaced(OPF, 'id="booklet-css"', 'id="cover-jpg"'), "epub-item"
    ),
    Fault("item without a type", replaced(OPF, ' media-type="text/css"', ""), "epub-item"),
    Fault("file named twice", item(CSS, "text/css"), "epub-item"),
    Fault(
        "fallback that is not there",
        rewritten(OPF, r'(<item href="style/booklet.css")', r'\1 fallback="no"'),
        "epub-item",
    ),
    Fault(
        "reading order names nothing",
        replaced(
            OPF,
            '<itemref idref="s-faq-xhtml"/>',
            '<itemref idref="s-faq-xhtml"/><itemref idref="s-fag"/>',
        ),
        "epub-spine",
    ),
    Fault(
        "page twice in the reading order",
        replaced(
            OPF,
            '<itemref idref="s-faq-xhtml"/>',
            '<itemref idref="s-faq-xhtml"/><itemref idref="s-faq-xhtml"/>',
        ),
        "epub-spine",
    ),
    Fault(
        "picture in the reading order",
        replaced(
            OPF,
            '<itemref idref="s-faq-xhtml"/>',
            '<itemref idref="s-faq-xhtml"/><itemref idref="cover-jpg"/>',
        ),
        "epub-spine",
    ),
    Fault(
        "contents of EPUB 2 that are no NCX",
        replaced(OPF, 'toc="ncx"', 'toc="cover-jpg"'),
        "epub-spine",
    ),
    Fault("package of EPUB 2", replaced(OPF, 'version="3.0"', 'version="2.0"'), "epub-package"),
    Fault(
        "metadata about nothing", replaced(OPF, 'refines="#title"', 'refines="#titel"'), "epub-id"
    ),
    Fault(
        "wrong check digit",
        both(
            rewritten(OPF, r"urn:uuid:[0-9a-f-]*", "urn:isbn:9784000000001"),
            rewritten(NCX, r"urn:uuid:[0-9a-f-]*", "urn:isbn:9784000000001"),
        ),
        "epub-identifier",
    ),
    Fault(
        "a day that does not exist", rewritten(OPF, r"2026-11-01T", "2026-02-30T"), "epub-modified"
    ),
    Fault(
        "hazards, and none",
        replaced(
            OPF,
            '<meta property="schema:accessibilityHazard">none</meta>',
            '<meta property="schema:accessibilityHazard">none</meta><meta property="schema:accessibilityHazard">flashing</meta>',
        ),
        "epub-vocabulary",
    ),
    Fault(
        "country for a language",
        both(replaced(OPF, ">ja</dc:language>", ">jp</dc:language>")),
        "epub-language",
    ),
    Fault(
        "two languages at once",
        replaced(FAQ, "<p>", '<p lang="en" xml:lang="fr">'),
        "epub-language",
    ),
    # Styles.
    Fault("colon forgotten", css(".x { margin 0 }"), "epub-css-syntax"),
    Fault("brace not closed", css("@media screen { .x { margin: 0 }"), "epub-css-syntax"),
    Fault("brace too many", css(".x { margin: 0 } }"), "epub-css-syntax"),
    Fault("comment not closed", css("/* to be done"), "epub-css-syntax"),
    Fault("declaration outside a rule", css("margin: 0;"), "epub-css-syntax"),
    Fault(
        "styles in Shift_JIS",
        edited(CSS, lambda old: old + "/* 余白 */".encode("shift_jis")),
        "epub-css-syntax",
    ),
    Fault(
        "style attribute without a value",
        replaced(FAQ, "<p>", '<p style="margin">'),
        "epub-css-syntax",
        frozenset(("epub-style",)),
    ),
    Fault(
        "picture of a stylesheet missing",
        css(".x { background-image: url(../image/no.png) }"),
        "epub-link",
    ),
    Fault("letters in points, in one word", css(".x { font: bold 9pt sans-serif }"), "epub-css"),
    Fault("white paper for ever", css(":root { background: white }"), "epub-css"),
    Fault("direction by style", css(".x { direction: rtl }"), "epub-css"),
    # Markup.
    Fault("element that does not exist", last(FAQ, "<center>まん中</center>"), "epub-html"),
    Fault("list in a paragraph", last(FAQ, "<p>また<ul><li>一</li></ul></p>"), "epub-html"),
    Fault("item outside a list", last(FAQ, "<div><li>一</li></div>"), "epub-html"),
    Fault("words right inside a list", last(FAQ, "<ul><li>一</li>二</ul>"), "epub-html"),
    Fault(
        "link in a link",
        last(FAQ, '<p><a href="s-fit.xhtml">一<a href="s-fit.xhtml">二</a></a></p>'),
        "epub-html",
    ),
    Fault(
        "page of no HTML",
        replaced(FAQ, 'xmlns="http://www.w3.org/1999/xhtml"', 'xmlns="http://www.w3.org/TR/xhtml"'),
        "epub-html",
    ),
    Fault(
        "DOCTYPE of XHTML 1.1",
        replaced(
            FAQ,
            "<!DOCTYPE html>",
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">',
        ),
        "epub-html",
    ),
    Fault("entity of HTML", replaced(FAQ, "。", "&nbsp;。"), "epub-xml", frozenset()),
    Fault(
        "page in Shift_JIS",
        edited(
            FIT,
            lambda page: (
                page.decode().replace("utf-8", "Shift_JIS").encode("shift_jis", "xmlcharrefreplace")
            ),
        ),
        "epub-xml",
    ),
    Fault(
        "label that names nothing",
        replaced(FAQ, 'aria-labelledby="s-faq"', 'aria-labelledby="faq"'),
        "epub-reference",
    ),
    Fault("name with a space", last(FAQ, '<p id="the end">終わり</p>'), "epub-id"),
    Fault(
        "link without words",
        last(FAQ, '<p>次は<a href="s-fit.xhtml"></a></p>'),
        "epub-empty-element",
    ),
    Fault(
        "decoration for a link",
        last(
            FAQ,
            '<p>次は<a href="s-fit.xhtml"><img src="../image/p-fune-c83b010905.png" alt=""/></a></p>',
        ),
        "epub-empty-element",
    ),
    Fault(
        "reading that is empty", rewritten(OVERVIEW, r"<rt>[^<]*</rt>", "<rt></rt>"), "epub-ruby"
    ),
    Fault(
        "one bracket of a reading",
        rewritten(OVERVIEW, r"(<ruby>(?:(?!</ruby>).)*)<rp>）</rp></ruby>", r"\1</ruby>"),
        "epub-ruby",
    ),
    Fault(
        "note mark that leads to a heading",
        last(FAQ, '<p>注<a epub:type="noteref" href="#s-faq">1</a></p>'),
        "epub-note",
    ),
    Fault(
        "page break without a number",
        rewritten(OVERVIEW, r'(role="doc-pagebreak"[^>]*) aria-label="\d+"', r"\1"),
        "epub-page-list",
    ),
    Fault(
        "order of places in one page",
        both(
            replaced(NAV, "#s-fit-suits", "#s-fit-x"),
            replaced(NAV, "#s-fit-not-suits", "#s-fit-suits"),
            replaced(NAV, "#s-fit-x", "#s-fit-not-suits"),
        ),
        "epub-order",
    ),
    Fault(
        "contents that lead out of the book",
        rewritten(
            NAV,
            r"(<nav epub:type=\"landmarks\".*?<ol>)",
            r'\1<li><a epub:type="bodymatter" href="https://example.org/">続き</a></li>',
        ),
        "epub-toc",
    ),
    Fault(
        "line of the contents without words",
        rewritten(
            NAV, r"(<nav epub:type=\"landmarks\".*?<ol>)", r'\1<li><a href="s-faq.xhtml"></a></li>'
        ),
        "epub-toc",
        frozenset(("epub-empty-element",)),
    ),
    Fault(
        "name of a file for an alternative",
        rewritten(OVERVIEW, r'(<img [^>]*)alt="[^"]*"', r'\1alt="fune.png"'),
        "epub-alt",
    ),
    Fault(
        "cover called decoration",
        rewritten("item/xhtml/cover.xhtml", r' alt="[^"]*"', ' alt=""'),
        "epub-alt",
    ),
    Fault(
        "table headed by a scope of no kind",
        replaced(DAY, ' scope="row"', ' scope="line"'),
        "epub-table",
    ),
    Fault("bidi override", replaced(FAQ, "。", "\u202egnp.\u202c。"), "epub-character"),
    Fault("star in colour", replaced(FAQ, "。", "⭐。"), "epub-emoji"),
    Fault("sign turned into an emoji", replaced(FAQ, "。", "♂\ufe0f。"), "epub-emoji"),
    Fault("viewBox of words", rewritten(GLANCE, r'viewBox="[^"]*"', 'viewBox="full"'), "epub-svg"),
    # Files.
    Fault(
        "PNG called JPEG",
        edited(COVER, lambda _: png()),
        "epub-picture",
        frozenset(("epub-cover",)),
    ),
    Fault(
        "picture that is a text",
        edited(COVER, lambda _: b"%!PS-Adobe-3.0 EPSF-3.0\n"),
        "epub-picture",
    ),
    Fault(
        "picture of ten billion pixels",
        edited("item/image/p-fune-c83b010905.png", header_of_a_large_png),
        "epub-picture",
    ),
    Fault(
        "book encrypted",
        added(
            "META-INF/encryption.xml",
            b'<encryption><e:EncryptionMethod xmlns:e="e" Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>',
        ),
        "epub-encrypted",
    ),
    Fault(
        "names that differ in case alone",
        both(added("item/style/Booklet.css", b""), item("item/style/Booklet.css", "text/css")),
        "epub-duplicate",
        frozenset(("epub-name", "epub-unused")),
    ),
    Fault(
        "navigation that is not there",
        both(
            without(NAV),
            rewritten(OPF, r"<item href=\"xhtml/nav.xhtml\"[^>]*/>", ""),
            replaced(OPF, '<itemref idref="nav-xhtml"/>', ""),
        ),
        "epub-toc",
        frozenset(("epub-claim", "epub-link")),
    ),
    Fault("small picture for a cover", edited(COVER, picture((700, 1000))), "epub-cover"),
]


def archive_of(*entries: tuple[str, bytes]) -> bytes:
    """Return a zip file of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()

"""Books that are right and unusual: a good file with one thing in it that the standards allow."""

# ruff: noqa: E501 - a change is one line where it can be, to be read as a table

import io
import re
import zipfile

from PIL import Image
from tests.checks.seeded import (
    DAY,
    FAQ,
    FIT,
    GLANCE,
    NAV,
    NCX,
    OPF,
    OVERVIEW,
    Change,
    Entries,
    added,
    both,
    edited,
    replaced,
    rewritten,
    without,
)
from tests.checks.seeded_more import css, item, last

CLAIM = r'<meta property="dcterms:conformsTo" id="conformance">.*?</meta>'
OLD_CLAIM = '<link rel="dcterms:conformsTo" id="conformance" href="http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aaa"/>'
FUNE = '<img src="../image/p-fune-c83b010905.png"'


def with_folders(entries: Entries) -> Entries:
    folder = zipfile.ZipInfo("item/xhtml/", entries[-1][0].date_time)
    return [*entries, (folder, b"")]


def without_dates(entries: Entries) -> Entries:
    for entry, _ in entries:
        entry.date_time = (1980, 1, 1, 0, 0, 0)
    return entries


def of_one_level(ncx: bytes) -> bytes:
    below = rb"(?s)(<content[^>]*/>)\s*(<navPoint.*?</navPoint>\s*)+(?=</navPoint>)"
    return re.sub(rb' playOrder="\d+"', b"", re.sub(below, rb"\1", ncx))


def webp(entries: Entries) -> Entries:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20)).save(drawn, "WEBP")
    add = both(
        added("item/image/a.webp", drawn.getvalue()),
        item("item/image/a.webp", "image/webp"),
        last(FAQ, '<p><img src="../image/a.webp" alt="夜の海"/></p>'),
    )
    return add(entries)


ENCRYPTION = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>
<enc:CipherData><enc:CipherReference URI="item/style/a.woff2"/></enc:CipherData></enc:EncryptedData></encryption>"""
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>%s</title><circle cx="4" cy="4" r="3"/></svg>'
RIGHT: dict[str, Change] = {
    # Pictures and drawings.
    "picture of decoration": last(FAQ, f'<p>夜{FUNE} alt=""/></p>'),
    "picture of decoration by role": last(FAQ, f'<p>夜{FUNE} role="presentation"/></p>'),
    "picture named by ARIA": last(FAQ, f'<p>{FUNE} aria-label="島の船"/></p>'),
    "drawing named by ARIA": replaced(GLANCE, "<title>将来性 5段階中4</title>", ""),
    "drawing as wide as the page": rewritten(
        GLANCE, r"<svg (xmlns[^>]*viewBox)", r'<svg width="100%" height="100%" \1'
    ),
    "picture inside a drawing": rewritten(
        GLANCE,
        r"(<svg xmlns[^>]*role=\"img\"[^>]*>)",
        r'\1<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="../image/p-fune-c83b010905.png" width="9" height="9"/>',
    ),
    "drawing in a file of its own": both(
        added("item/image/a.svg", DRAWING % "丸".encode()),
        item("item/image/a.svg", "image/svg+xml"),
        last(FAQ, '<p><img src="../image/a.svg" alt="丸"/></p>'),
    ),
    "picture as WebP": webp,
    "picture in two sizes": last(
        FAQ,
        '<p><img src="../image/p-fune-c83b010905.png" srcset="../image/p-fune-c83b010905.png 1x, ../image/p-hoshizora-7e6f7a3b25.png 2x" alt="島"/></p>',
    ),
    "picture in the text": last(
        FAQ,
        '<p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="点"/></p>',
    ),
    # Languages.
    "language in capitals": replaced(
        FAQ, 'xml:lang="ja" lang="ja"', 'xml:lang="JA-jp" lang="ja-JP"'
    ),
    "language by xml:lang alone": replaced(FAQ, ' lang="ja"', ""),
    "language by lang alone": replaced(FAQ, ' xml:lang="ja"', ""),
    "script and variant": last(
        FAQ, '<p xml:lang="ja-Latn-hepburn" lang="ja-Latn-hepburn">Hoshi no annainin</p>'
    ),
    "private language": last(FAQ, '<p lang="ja-x-easy" xml:lang="ja-x-easy">やさしい</p>'),
    "unknown language": last(FAQ, '<p lang="" xml:lang="">mumble</p>'),
    "language of three letters": last(FAQ, '<p lang="ain" xml:lang="ain">Irankarapte</p>'),
    "Hebrew with its marks": last(
        FAQ, '<p lang="he" xml:lang="he" dir="rtl">\u05e9\u05dc\u05d5\u05dd\u200f!</p>'
    ),
    "Persian with a joiner": last(
        FAQ, '<p lang="fa" xml:lang="fa" dir="rtl">\u0645\u06cc\u200c\u0631\u0648\u0645</p>'
    ),
    # Characters.
    "signs of JIS X 0208": last(FAQ, "<p>♂♀♪♭♯†‡☆★○●◎◇◆□■△▲▽▼※〒→←↑↓〓✓☎♨</p>"),
    "ellipsis of full stops": last(FAQ, "<p>それは。。。まだ言えない！！！</p>"),
    "black and white by request": last(FAQ, "<p>星\u2b50\ufe0e</p>"),
    "soft hyphen and word joiner": last(
        FAQ, '<p lang="en" xml:lang="en">hand\u00adbook, 3\u2060km</p>'
    ),
    # Metadata.
    "conformance to EPUB Accessibility 1.0": rewritten(OPF, CLAIM, OLD_CLAIM),
    "conformance to WCAG 2.1 at A": replaced(OPF, "WCAG 2.2 Level AA", "WCAG 2.1 Level A"),
    "conformance to something else": replaced(
        OPF,
        "</metadata>",
        '<meta property="dcterms:conformsTo">https://example.org/house-style</meta></metadata>',
    ),
    "identifier of ISBN with hyphens": both(
        rewritten(OPF, r"urn:uuid:[0-9a-f-]*", "urn:isbn:978-4-00-000000-0"),
        rewritten(NCX, r"urn:uuid:[0-9a-f-]*", "urn:isbn:978-4-00-000000-0"),
    ),
    "identifier in capitals": both(
        edited(OPF, lambda text: text.replace(b"a01e3e2d", b"A01E3E2D")),
        edited(NCX, lambda text: text.replace(b"a01e3e2d", b"A01E3E2D")),
    ),
    "identifier that is an address": both(
        rewritten(OPF, r"urn:uuid:[0-9a-f-]*", "https://example.org/book/1"),
        rewritten(NCX, r"urn:uuid:[0-9a-f-]*", "https://example.org/book/1"),
    ),
    "title without a type": rewritten(OPF, r'<meta refines="#title"[^>]*>main</meta>', ""),
    "set of books": replaced(OPF, ">series<", ">set<"),
    "pages of a source by source-of": rewritten(
        OPF,
        r'<meta property="pageBreakSource">.*?</meta>',
        '<meta refines="#print" property="source-of">pagination</meta>',
    ),
    "features of the vocabulary": replaced(
        OPF,
        '<meta property="schema:accessibilityFeature">ARIA<',
        '<meta property="schema:accessibilityFeature">horizontalWriting</meta><meta property="schema:accessibilityFeature">unlocked</meta><meta property="schema:accessibilityFeature">ARIA<',
    ),
    "hazards one by one": replaced(
        OPF,
        'accessibilityHazard">none<',
        'accessibilityHazard">noSoundHazard</meta><meta property="schema:accessibilityHazard">unknownFlashingHazard<',
    ),
    "colour dependent": replaced(
        OPF,
        '<meta property="schema:accessMode">visual<',
        '<meta property="schema:accessMode">colorDependent</meta><meta property="schema:accessMode">visual<',
    ),
    # Pages and notes.
    "page break by its type alone": edited(
        OVERVIEW, lambda text: text.replace(b' role="doc-pagebreak"', b"")
    ),
    "page break by its role alone": edited(
        OVERVIEW, lambda text: text.replace(b' epub:type="pagebreak"', b"")
    ),
    "page break spoken as a sentence": rewritten(
        OVERVIEW, r'aria-label="(\d+)"', r'aria-label=" \1. "'
    ),
    "page break with its number in words": rewritten(
        OVERVIEW,
        r'(<span epub:type="pagebreak"[^>]*) aria-label="(\d+)"></span>',
        r'\1 title="\2ページ"></span>',
    ),
    "rear note": last(
        FAQ,
        '<p>注<a epub:type="noteref" role="doc-noteref" href="#n1" id="r1">1</a></p><aside epub:type="rearnote" id="n1"><p>補足<a href="#r1">戻る</a></p></aside>',
    ),
    "list of end notes": last(
        FAQ,
        '<p>注<a epub:type="noteref" href="#n1" id="r1">1</a></p><section epub:type="endnotes" role="doc-endnotes"><h2>注</h2><ol><li id="n1"><p>補足<a role="doc-backlink" href="#r1">戻る</a></p></li></ol></section>',
    ),
    "note of several kinds": last(
        FAQ,
        '<p>注<a epub:type="noteref" href="#n1" id="r1">1</a></p><aside epub:type="note footnote" role="doc-footnote" id="n1"><p><a href="#r1">1</a>　補足</p></aside>',
    ),
    "note after an English word": last(
        FAQ,
        '<p lang="en" xml:lang="en">See <a epub:type="noteref" href="#n1" id="r1">1</a></p><aside epub:type="footnote" id="n1"><p>more<a href="#r1">back</a></p></aside>',
    ),
    # Contents.
    "NCX of one level": edited(NCX, of_one_level),
    "no contents for EPUB 2": both(
        without(NCX),
        rewritten(OPF, r"<item [^>]*dtbncx[^>]*/>", ""),
        replaced(OPF, ' toc="ncx"', ""),
    ),
    "contents of several kinds": replaced(NAV, 'epub:type="toc"', 'epub:type="toc list"'),
    "place in capitals of per cent": both(
        replaced(FIT, 'id="s-fit-suits"', 'id="向き"'),
        replaced(NAV, "#s-fit-suits", "#%E5%90%91%E3%81%8D"),
        replaced(NCX, "#s-fit-suits", "#%E5%90%91%E3%81%8D"),
    ),
    "chapter that goes on in a second file": both(
        added(
            "item/xhtml/s-faq-2.xhtml",
            b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja" lang="ja" class="hltr"><head><title>\xe7\xb6\x9a\xe3\x81\x8d</title></head><body><p>\xe7\xb6\x9a\xe3\x81\x8d\xe3\x81\xa7\xe3\x81\x99\xe3\x80\x82</p></body></html>',
        ),
        item("item/xhtml/s-faq-2.xhtml", "application/xhtml+xml"),
        replaced(
            OPF,
            '<itemref idref="s-faq-xhtml"/>',
            '<itemref idref="s-faq-xhtml"/><itemref idref="xhtml-s-faq-2-xhtml"/>',
        ),
    ),
    "place by EPUB CFI": last(FAQ, '<p><a href="s-fit.xhtml#epubcfi(/4/2/4)">続き</a></p>'),
    # Tables, lists, words.
    "table headed by names": last(
        FAQ,
        '<table aria-label="潮"><tbody><tr><th id="h1">朝</th><td headers="h1">満ち潮</td></tr></tbody></table>',
    ),
    "table of rows without a body": last(
        FAQ, '<table><caption>潮</caption><tr><th scope="row">朝</th><td>満ち潮</td></tr></table>'
    ),
    "table in a figure": last(
        FAQ,
        '<figure><figcaption>潮</figcaption><table><tr><th scope="row">朝</th><td>満ち潮</td></tr></table></figure>',
    ),
    "groups of rows": replaced(DAY, 'scope="row"', 'scope="rowgroup"'),
    "empty line as Japanese makers write it": last(FAQ, "<p><br/></p>"),
    "formula of MathML": both(
        last(
            FAQ,
            '<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math></p>',
        ),
        rewritten(OPF, r'(<item href="xhtml/s-faq.xhtml"[^>]*properties=")', r"\1mathml "),
        replaced(
            OPF,
            '<meta property="schema:accessibilityFeature">ARIA<',
            '<meta property="schema:accessibilityFeature">MathML</meta><meta property="schema:accessibilityFeature">ARIA<',
        ),
    ),
    "data in a script element": last(FAQ, '<script type="application/ld+json">{"a": 1}</script>'),
    "script that the manifest says": both(
        last(FAQ, "<script>1</script>"),
        rewritten(OPF, r'(<item href="xhtml/s-faq.xhtml"[^>]*properties=")', r"\1scripted "),
    ),
    "entity of its own": both(
        replaced(FAQ, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY hoshi "星">]>'),
        replaced(FAQ, "</h1>", "</h1><!-- &hoshi; -->"),
        last(FAQ, "<p>&hoshi;</p>"),
    ),
    "comment with markup": last(FAQ, "<!-- <script>1</script> <img src='no.png'> -->"),
    "custom element": last(FAQ, "<my-note><p>補足</p></my-note>"),
    # Files.
    "folders as entries": with_folders,
    "archive without dates": without_dates,
    "film from the net, as the manifest says": both(
        last(FAQ, '<p><video src="https://example.org/a.mp4" controls="controls">夜空</video></p>'),
        replaced(
            OPF,
            "</manifest>",
            '<item id="film" href="https://example.org/a.mp4" media-type="video/mp4"/></manifest>',
        ),
        rewritten(
            OPF, r'(<item href="xhtml/s-faq.xhtml"[^>]*properties=")', r"\1remote-resources "
        ),
    ),
    "font of a stylesheet": both(
        added("item/style/a.woff2", b"wOF2"),
        item("item/style/a.woff2", "font/woff2"),
        css("@font-face { font-family: a; src: url(a.woff2) format('woff2') }"),
    ),
    "font that is obfuscated": both(
        added("item/style/a.woff2", b"wOF2"),
        item("item/style/a.woff2", "font/woff2"),
        css("@font-face { font-family: a; src: url('a.woff2') }"),
        added("META-INF/encryption.xml", ENCRYPTION),
    ),
    "styles of today": css(
        "@supports (display: grid) { .x { display: grid } }\n@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }\n.y { border: 1px solid; --z: a b; width: calc(100% - 2px) }\n@page { margin: 10mm }\n.a::before { content: '}' }"
    ),
    "colours left to the reader": css(
        "body { color: inherit; background: transparent } p.x { color: #333 }"
    ),
    "styles with a byte order mark": edited(
        "item/style/booklet.css", lambda old: b"\xef\xbb\xbf" + old
    ),
}

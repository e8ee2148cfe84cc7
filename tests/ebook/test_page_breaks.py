"""Where the pages of the printed booklet begin in the EPUB."""

import io
import re
import unicodedata
import zipfile

import pypdfium2
import pytest
from lxml import etree
from tests.building import build
from tests.projects import FULL_EXAMPLE, project_with

from booklet.ebook.page_breaks import PrintedWords, page_break, with_page_breaks
from booklet.pdf.page_text import marked_text
from booklet.pdf.reading_order import reading_order

NAMESPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
}
XHTML = f"{{{NAMESPACES['h']}}}"
SVG = "{http://www.w3.org/2000/svg}"
# A stand-in for a page break that no text contains.
BREAK = "\ue000"


def plain(text: str) -> str:
    """Return what two renderings of one text have in common: neither marks nor numbers."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = re.sub(r"\(\d+ページ\)", "", text)
    return re.sub(r"[●○→・\d]", "", text)


def printed_pages(pdf: bytes) -> list[str]:
    """Return the words of each page in reading order, pictures and numbers that stand alone out."""
    texts = marked_text(pdf)
    pages = [""] * len(texts)
    for piece in reading_order(pdf, as_written=True):
        if piece.number >= 0:
            words = texts[piece.page].get(piece.number, "")
            pages[piece.page] += "" if re.fullmatch(r"\d+\.\s*", words) else words
    return [plain(page) for page in pages]


def epub_stream(archive: zipfile.ZipFile) -> str:
    """Return the words of the book in the order of the spine, with each break marked."""
    package = etree.fromstring(archive.read("item/content.opf"))
    hrefs = dict(
        zip(
            package.xpath("//o:item/@id", namespaces=NAMESPACES),
            package.xpath("//o:item/@href", namespaces=NAMESPACES),
            strict=True,
        )
    )
    words: list[str] = []
    for name in package.xpath("//o:itemref/@idref", namespaces=NAMESPACES):
        body = etree.fromstring(archive.read(f"item/{hrefs[name]}")).find(f"{XHTML}body")
        _read(body, words)
    return "".join(words)


def _read(element, words: list[str]) -> None:
    if element.get("role") == "doc-pagebreak":
        words.append(f"{BREAK}{element.get('aria-label')}{BREAK}")
        return
    hidden = element.get("aria-hidden") == "true" or element.get("hidden")
    if hidden or element.tag in (f"{SVG}svg", f"{XHTML}rp"):
        return
    words.append(element.text or "")
    for child in element:
        _read(child, words)
        words.append(child.tail or "")


@pytest.fixture(scope="module")
def archive(built):
    with zipfile.ZipFile(io.BytesIO(built.epub)) as opened:
        yield opened


@pytest.fixture(scope="module")
def navigation(archive):
    return etree.fromstring(archive.read("item/xhtml/nav.xhtml"))


def test_for_every_break_the_last_words_before_it_are_the_same_in_print_and_in_the_epub(
    built, archive
):
    assert_same_breaks(built.pdf, archive)


@pytest.mark.parametrize("edition", ["large", "furigana"])
def test_an_edition_has_the_pages_of_its_own_print(tmp_path, edition):
    build(FULL_EXAMPLE, tmp_path, editions=[edition], formats=["reading", "epub"])
    pdf = (tmp_path / f"hoshi-annainin-{edition}.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / f"hoshi-annainin-{edition}.epub") as archive:
        assert_same_breaks(pdf, archive)


def assert_same_breaks(pdf: bytes, archive: zipfile.ZipFile) -> None:
    pages = printed_pages(pdf)
    parts = re.split(f"{BREAK}(\\d+){BREAK}", epub_stream(archive))
    labels = [int(label) for label in parts[1::2]]
    assert labels == list(range(1, len(pages) + 1))
    before = [plain(part) for part in parts[0::2]]
    contents_end = max(
        piece.page + 1 for piece in reading_order(pdf, as_written=True) if piece.in_contents
    )
    # The pages to ask and write on are in print only.
    only_print = next(n for n, words in enumerate(pages, 1) if re.match("聞き?いてみよう", words))
    proved = 0
    for page in range(contents_end + 2, only_print):
        so_far = "".join(before[:page])
        last, first = pages[page - 2][-12:], pages[page - 1][:8]
        after = "".join(before[page:])
        if last:
            assert so_far.endswith(last), f"page {page} begins elsewhere: {so_far[-30:]} / {last}"
        if first:
            assert after.startswith(first), f"page {page} begins with {after[:20]}, not {first}"
        proved += bool(last)
    assert proved >= only_print - contents_end - 4


def test_the_page_list_names_every_page_in_order_and_leads_to_its_break(archive, navigation, pages):
    links = navigation.xpath(
        "//h:nav[@e:type='page-list' and @role='doc-pagelist']//h:a", namespaces=NAMESPACES
    )
    assert [link.text for link in links] == [str(number) for number in range(1, len(pages) + 1)]
    for link in links:
        document, place = link.get("href").split("#")
        tree = etree.fromstring(archive.read(f"item/xhtml/{document}"))
        [target] = tree.xpath(f"//*[@id='{place}']")
        assert target.get("role") == "doc-pagebreak"
        assert target.get(f"{{{NAMESPACES['e']}}}type") == "pagebreak"
        assert target.get("aria-label") == link.text
        assert len(target) == 0
        assert not target.text


def test_cover_contents_and_back_cover_have_their_places(navigation, pages):
    links = navigation.xpath("//h:nav[@e:type='page-list']//h:a/@href", namespaces=NAMESPACES)
    assert links[0] == "cover.xhtml#page-1"
    assert links[1] == "nav.xhtml#page-2"
    assert links[2] == "glance.xhtml#page-3"
    # Pages to write on, of which an e-book has none, and then the back cover.
    assert links[-1] == f"back-cover.xhtml#page-{len(pages)}"
    questions = next(n for n, words in enumerate(pages) if words.startswith("聞いてみよう"))
    assert links[questions] == f"questions.xhtml#page-{questions + 1}"
    memo = links[questions + 1 : -1]
    assert memo == [f"questions.xhtml#page-{n}" for n in range(questions + 2, len(pages))]


def test_the_ncx_lists_the_same_pages(archive, navigation):
    ncx = etree.fromstring(archive.read("item/toc.ncx"))
    targets = ncx.xpath("//n:pageTarget/n:content/@src", namespaces=NAMESPACES)
    links = navigation.xpath("//h:nav[@e:type='page-list']//h:a/@href", namespaces=NAMESPACES)
    assert targets == [f"xhtml/{link}" for link in links]
    values = ncx.xpath("//n:pageTarget/@value", namespaces=NAMESPACES)
    assert ncx.xpath("//n:meta[@name='dtb:maxPageNumber']/@content", namespaces=NAMESPACES) == [
        values[-1]
    ]


def test_a_page_that_ends_in_the_middle_of_a_sentence_does_so_in_the_epub(tmp_path):
    sentence = "疲れた日の帰り道に、少しだけ上を向いてみてください。"
    project = project_with(tmp_path, sentence, sentence * 40)
    build(project, tmp_path, slugs=["hoshi-annainin"])
    pdf = (tmp_path / "hoshi-annainin.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "hoshi-annainin.epub") as archive:
        stream = epub_stream(archive)
    breaks = re.findall(f"([^{BREAK}]{{8}}){BREAK}(\\d+){BREAK}(.{{8}})", stream)
    inside = [
        (int(page), before, after)
        for before, page, after in breaks
        if re.fullmatch("[ぁ-ん一-龠、。]{16}", before + after) and not before.endswith("。")
    ]
    assert inside
    pages = printed_pages(pdf)
    for page, before, after in inside:
        assert pages[page - 2].endswith(before)
        assert pages[page - 1].startswith(after)


def test_taking_the_breaks_out_gives_the_documents_back():
    book = [("cover.xhtml", PAGE.format("<p>表紙</p>")), ("a.xhtml", PAGE.format(SECTION))]
    printed = [
        PrintedWords(2, "もくじ", in_contents=True),
        PrintedWords(3, "1 "),
        PrintedWords(3, "星の話"),
        PrintedWords(3, "● "),
        PrintedWords(3, "明るい星を"),
        PrintedWords(4, "見上げる人"),
        PrintedWords(4, "（4ページ）"),
        PrintedWords(6, "夜と朝 & 昼"),
    ]
    changed, targets = with_page_breaks(book, printed, 7, cover="cover.xhtml", contents="nav.xhtml")
    assert [target.document for target in targets] == [
        *("cover.xhtml", "nav.xhtml"),
        *("a.xhtml",) * 5,
    ]
    whole = changed[1]
    assert f'<section id="s">{page_break("3", "page-3")}' in whole
    assert f"明るい星を{page_break('4', 'page-4')}見上げる人" in whole
    # The fifth page has no words of its own: it begins where the sixth does.
    assert f"{page_break('5', 'page-5')}{page_break('6', 'page-6')}<p>夜と" in whole
    assert f"{page_break('7', 'page-7')}</section>" in whole
    assert [re.sub(r'<span epub:type="pagebreak.*?</span>', "", one) for one in changed] == [
        content for _, content in book
    ]


PAGE = "<html><head><title>題</title></head><body>{}</body></html>"
SECTION = (
    '<section id="s"><header><h1><svg><title>印</title></svg>1 星の話</h1></header>'
    "<ul><li>明るい星を見上げる人</li></ul><p>夜と朝 &amp; 昼</p></section>"
)


@pytest.mark.parametrize(
    ("body", "words", "wanted"),
    [
        ("<ul><li>今日は晴れ</li></ul>", "今日は晴れ", "<ul><li>|今日は晴れ"),
        ("<dl><div><dt>今日は</dt><dd>晴れのち雨</dd></div></dl>", "今日は", "<div><dt>|今日は"),
        ("<p>今日は<ruby>晴<rt>は</rt></ruby>れの日</p>", "晴は", "今日は|<ruby>晴"),
        ("<p>今日は<ruby>晴天<rt>せいてん</rt></ruby></p>", "天せいてん", "今日は|<ruby>晴天"),
        ("<table><tr><td>今日は晴れ</td></tr></table>", "今日は晴れ", "<td>|今日は晴れ"),
        ("<div><p>今日は<b>晴れの日</b></p></div>", "晴れの日", "今日は|<b>晴れの日"),
        ("<div><div><h2>今日は晴れ</h2></div></div>", "今日は晴れ", "|<div><div><h2>"),
    ],
)
def test_a_break_stands_only_where_a_span_may(body, words, wanted):
    book = [
        ("cover.xhtml", PAGE.format("<p>表紙</p>")),
        ("a.xhtml", PAGE.format(f"<section><p>前の文章です</p>{body}</section>")),
    ]
    printed = [PrintedWords(2, "前の文章です"), PrintedWords(2, "今日は"), PrintedWords(3, words)]
    printed = printed if not words.startswith("今日は") else [printed[0], printed[2]]
    changed, _ = with_page_breaks(book, printed, 3, cover="cover.xhtml", contents="nav.xhtml")
    assert wanted in changed[1].replace(page_break("3", "page-3"), "|")


def test_the_text_under_a_number_is_what_pdfium_shows_on_the_page(built):
    document = pypdfium2.PdfDocument(built.pdf)
    for page, texts in zip(document, marked_text(built.pdf), strict=True):
        whole = "".join(page.get_textpage().get_text_bounded().split())
        for text in texts.values():
            assert set("".join(text.split())) <= set(whole)
    document.close()

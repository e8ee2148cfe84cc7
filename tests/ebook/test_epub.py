"""What someone who opens the EPUB gets."""

import datetime
import io
import re
import shutil
import zipfile
from collections.abc import Iterator

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from tests.building import build
from tests.projects import project_with

from booklet.assembly.questions import visitor_questions
from booklet.checks.epub.lint import check_epub
from booklet.checks.validators.epubcheck import run_epubcheck, why_not_run
from booklet.ebook.container import Item, write_epub
from booklet.ebook.package import accessibility_metadata
from booklet.html.contrast import contrast
from booklet.html.theme import DEFAULT_STYLES
from booklet.model.guide import pictures
from booklet.model.section import AbsentSection

NAMESPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/2000/svg",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
EPUB_TYPE = f"{{{NAMESPACES['e']}}}type"


@pytest.fixture(scope="module")
def archive(built) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(io.BytesIO(built.epub)) as opened:
        yield opened


@pytest.fixture(scope="module")
def documents(archive) -> dict[str, etree._Element]:
    return {
        name: etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith((".xhtml", ".opf", ".ncx"))
    }


def select(tree: etree._Element, path: str) -> list:
    return tree.xpath(path, namespaces=NAMESPACES)


def numbered(guide) -> list:
    sections = [section for section in guide.sections if not isinstance(section, AbsentSection)]
    return [section for section in sections if not section.in_glance]


def test_epubcheck_finds_nothing_at_all(built, tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    book = tmp_path / "book.epub"
    book.write_bytes(built.epub)
    assert run_epubcheck([book]) == [[]]


def test_every_section_has_a_document_of_its_own_in_order(documents, built):
    spine = select(documents["item/content.opf"], "//o:itemref/@idref")
    sections = [name for name in spine if name.startswith("s-")]
    assert len(sections) == len(numbered(built.guide))
    assert spine[:4] == ["cover-xhtml", "titlepage-xhtml", "nav-xhtml", "glance-xhtml"]
    assert spine[-3:] == ["colophon-xhtml", "questions-xhtml", "back-cover-xhtml"]
    headings = [
        "".join(
            select(documents[f"item/xhtml/{name.removesuffix('-xhtml')}.xhtml"], "//h:h1")[
                0
            ].itertext()
        )
        for name in sections
    ]
    for number, (section, heading) in enumerate(
        zip(numbered(built.guide), headings, strict=True), 1
    ):
        assert "".join(heading.split()) == f"{number}{section.title or section.default_title}"


def test_contents_are_nested_and_the_ncx_says_the_same(documents):
    nav = documents["item/xhtml/nav.xhtml"]
    toc = select(nav, "//h:nav[@e:type='toc']")[0]
    entries = [(a.get("href"), a.text) for a in toc.iter(f"{{{NAMESPACES['h']}}}a")]
    assert select(toc, "./h:ol/h:li/h:ol/h:li")
    ncx = documents["item/toc.ncx"]
    points = [
        (
            select(point, "./n:content/@src")[0].removeprefix("xhtml/"),
            select(point, "./n:navLabel/n:text")[0].text,
        )
        for point in select(ncx, "//n:navPoint")
    ]
    assert points == entries
    assert select(ncx, "//n:meta[@name='dtb:depth']/@content") == ["2"]
    orders = [int(value) for value in select(ncx, "//n:navPoint/@playOrder")]
    assert orders == list(range(1, len(orders) + 1))


def test_landmarks_name_cover_contents_text_and_colophon(documents):
    nav = documents["item/xhtml/nav.xhtml"]
    kinds = [a.get(EPUB_TYPE) for a in select(nav, "//h:nav[@e:type='landmarks']//h:a")]
    assert kinds == ["cover", "toc", "bodymatter", "colophon"]


def test_the_cover_is_a_tall_jpeg_and_named_in_both_ways(archive, documents):
    with Image.open(io.BytesIO(archive.read("item/image/cover.jpg"))) as cover:
        assert cover.format == "JPEG"
        assert cover.mode == "RGB"
        assert cover.size == (1560, 2496)
        # The upper half is the coloured block with the name on it, not an empty page.
        assert len(cover.crop((0, 0, 1560, 1000)).getcolors(1 << 24) or []) > 20
    package = documents["item/content.opf"]
    assert select(package, "//o:item[@properties='cover-image']/@href") == ["image/cover.jpg"]
    named = select(package, "//o:meta[@name='cover']/@content")
    assert named == select(package, "//o:item[@properties='cover-image']/@id")


def test_drawings_keep_their_view_box_and_have_a_name_or_are_hidden(documents):
    drawings = [svg for tree in documents.values() for svg in select(tree, "//s:svg")]
    assert drawings
    for svg in drawings:
        assert svg.get("viewBox")
        title = svg.findtext(f"{{{NAMESPACES['s']}}}title")
        assert title or svg.get("aria-hidden") == "true"
        assert "fill=" not in etree.tostring(svg).decode().replace('fill="none"', "").replace(
            'fill="currentColor"', ""
        ), "a drawing has a colour of its own, and would vanish in dark mode"


def test_ratings_say_their_figures_in_words_and_beside_the_drawing(documents, first_guide, built):
    if built is not first_guide:
        pytest.skip("figures of the first guide")
    glance = documents["item/xhtml/glance.xhtml"]
    titles = [title.text for title in select(glance, "//s:svg/s:title")]
    for expected in (
        "将来性 5段階中4",
        "年収可能性 5段階中3",
        "やりがい 5段階中5",
        "AI代替リスク 5パーセント（低い）",
        "5段階中2",
        "月10〜20時間程度（0から40までの目盛り）",
    ):
        assert expected in titles
    values = ["".join(v.itertext()) for v in select(glance, "//h:span[@class='value']")]
    assert values[:4] == ["4／5", "3／5", "5／5", "5％"]


def test_no_white_space_opens_gaps_between_japanese_characters(documents):
    # A label is a box of its own, so the space that ends it takes no room.
    words = ".//text()[not(ancestor::s:svg or ancestor::h:span[@class='label' or @class='letter'])]"
    gap = re.compile(r"[\u3040-\u9fff][ \t\n]+[\u3040-\u9fff]")
    for name, tree in documents.items():
        for paragraph in select(tree, "//h:p | //h:li[not(.//h:p or h:ol or .//h:h2)] | //h:dd"):
            text = "".join(select(paragraph, words))
            assert not gap.search(text.strip()), (name, text)


def test_links_between_sections_lead_to_their_documents(documents, full_guide, built):
    if built is not full_guide:
        pytest.skip("the first guide has no cross references")
    references = [a for t in documents.values() for a in select(t, "//h:a[@class='reference']")]
    assert len(references) >= 4
    assert {"s-faq.xhtml", "s-work-conditions.xhtml"} <= {a.get("href") for a in references}


def test_pictures_and_their_alternatives_are_in_the_book(archive, documents, built):
    for picture in pictures(built.guide):
        if picture is built.guide.cover_picture:
            continue
        images = [
            image
            for tree in documents.values()
            for image in select(tree, "//h:img")
            if image.get("alt") == picture.alt
        ]
        assert len(images) == 1
        name = images[0].get("src").removeprefix("../")
        original = (built.project / "content" / picture.file).read_bytes()
        assert archive.read(f"item/{name}") == original


def test_metadata_say_what_the_book_is(documents, built):
    package = documents["item/content.opf"]
    assert select(package, "//dc:title")[0].text == built.guide.title
    assert select(package, "//dc:language")[0].text == "ja"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", select(package, "//dc:identifier")[0].text)
    modified = select(package, "//o:meta[@property='dcterms:modified']")[0].text
    assert modified == f"{built.guide.provenance.revised_on.isoformat()}T00:00:00Z"
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_nobody_is_named_as_maker_when_the_publication_names_nobody(documents, first_guide, built):
    names = select(documents["item/content.opf"], "//dc:creator | //dc:publisher")
    assert bool(names) == (built is not first_guide)


def test_the_archive_starts_with_its_type_and_every_entry_has_the_content_date(archive, built):
    first, *others = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    day = built.guide.provenance.revised_on
    assert {entry.date_time[:3] for entry in archive.infolist()} == {(day.year, day.month, day.day)}
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", entry.filename) for entry in others)


def test_no_empty_line_of_an_author_becomes_a_gap(documents):
    for name in ("item/xhtml/colophon.xhtml", "item/xhtml/s-insider.xhtml"):
        for row in select(documents[name], "//h:dd"):
            assert not re.search(r"\S\n+\S", "".join(row.itertext()).strip()), name


def words(tree: etree._Element) -> str:
    return "".join(select(tree, "string(//h:body)").split())


def test_a_reader_without_ruby_sees_each_reading_in_brackets(documents, full_guide, built):
    if built is not full_guide:
        pytest.skip("the first guide has no readings of its own")
    rubies = [one for tree in documents.values() for one in select(tree, "//h:ruby")]
    assert rubies
    for ruby in rubies:
        assert re.fullmatch(r"(.+?（.+?）)+", "".join(ruby.itertext()))
    assert "甲板（かんぱん）で" in words(documents["item/xhtml/s-overview.xhtml"])


def test_the_number_of_a_duty_is_a_word_of_the_text(documents):
    headings = select(documents["item/xhtml/s-duties.xhtml"], "//h:li//h:h2")
    said = ["".join(heading.itertext()) for heading in headings]
    assert said
    for number, text in enumerate(said, 1):
        assert text.startswith(f"{number} ")


def test_the_book_the_pages_are_of_is_found_in_its_pdf(documents, built):
    package = documents["item/content.opf"]
    (source,) = select(package, "//o:meta[@property='pageBreakSource']/text()")
    assert select(package, "//dc:source/text()") == [source]
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode()
        assert f"<dc:identifier>{source}</dc:identifier>" in said
        assert str(pdf.trailer.ID[0]) == source


def test_the_summary_names_pictures_only_where_there_are_some(documents, full_guide, built):
    path = "//o:meta[@property='schema:accessibilitySummary']/text()"
    (summary,) = select(documents["item/content.opf"], path)
    assert "写真" not in summary
    assert ("画像" in summary) == (built is full_guide)
    assert "図" in summary


def test_readings_above_all_kanji_are_called_so():
    page = "<body><p><ruby>星<rp>（</rp><rt>ほし</rt><rp>）</rp></ruby>を見</p></body>"
    some = [one.text for one in accessibility_metadata([page.replace("見", "見て一つ")], "ja")]
    every = [one.text for one in accessibility_metadata([page.replace("見", "みる")], "ja")]
    assert "fullRubyAnnotations" in every
    assert any("総ルビ" in text for text in every)
    assert "fullRubyAnnotations" not in some
    assert any("一部" in text for text in some)


def test_the_same_facts_stand_in_every_format(documents, built, pages):
    page_words, text = "".join(pages), "".join(built.text.split())
    epub_words = "".join(words(tree) for name, tree in documents.items() if name.endswith(".xhtml"))
    questions = visitor_questions(built.guide)
    for fact in (*built.guide.occupation.alt_names, *questions):
        fact = "".join(fact.split())
        assert fact in epub_words, fact
        assert fact in text, fact
        assert fact in page_words, fact


def test_the_simplest_reader_understands_every_rule_of_the_styles(archive):
    css = archive.read("item/style/booklet.css").decode()
    assert "var(" not in css
    assert set(re.findall(r"@media[^{]*", css)) <= {"@media (max-width: 34em) "}
    assert ":root" not in css
    assert "counter(" not in css
    assert not re.search(r"calc\((?![^)]*%)", css)


def test_lines_and_icons_stand_out_on_white_sepia_and_black_paper():
    css = (DEFAULT_STYLES / "epub.css").read_text("utf-8")
    colours = re.findall(r"--[a-z]+-line: (#[0-9A-F]{6});", css)
    assert len(colours) == 2
    for colour in colours:
        for paper in ("#FFFFFF", "#F4ECD8", "#000000", "#1E1E1E"):
            assert contrast(colour, paper) >= 3, (colour, paper)


def test_black_and_white_has_no_colour_in_the_e_book_either(tmp_path, full_guide):
    build(full_guide.project, tmp_path, editions=["mono"], formats=["epub"])
    (epub,) = tmp_path.glob("*.epub")
    css = zipfile.ZipFile(epub).read("item/style/booklet.css").decode()
    assert {one for one in re.findall(r"#[0-9a-fA-F]{3,6}\b", css) if one != "#fff"} == set()


def test_a_picture_of_the_cover_alone_is_in_the_cover_and_not_beside_it(tmp_path):
    before = "cover_picture:\n  file: images/hoshizora.png"
    project = project_with(tmp_path, before, "cover_picture:\n  file: images/hyoshi.png")
    images = project / "content" / "images"
    shutil.copy(images / "hoshizora.png", images / "hyoshi.png")
    build(project, tmp_path / "out", editions=["standard"], formats=["epub"])
    (epub,) = (tmp_path / "out").glob("*.epub")
    names = zipfile.ZipFile(epub).namelist()
    assert [name for name in names if "hyoshi" in name] == []
    assert any("hoshizora" in name for name in names)
    assert check_epub(epub.read_bytes()) == []


def test_files_whose_names_differ_in_a_dot_alone_are_two_items():
    day = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
    items = [Item("image/a.b.png", b"1", "image/png"), Item("image/a-b.png", b"2", "image/png")]
    packed = write_epub(items, [], identifier="urn:x", language="ja", modified=day, ncx="<ncx/>")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        opf = etree.fromstring(archive.read("item/content.opf"))
    ids = select(opf, "//o:manifest/o:item/@id")
    assert len(ids) == len(set(ids)) == 3

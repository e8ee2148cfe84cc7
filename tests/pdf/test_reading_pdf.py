"""What someone who opens the reading PDF gets."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from booklet.diagnostics import Severity
from booklet.model.guide import Guide
from booklet.model.parts import Part, Picture
from booklet.model.section import AbsentSection

POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def document(built) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(built.pdf)) as opened:
        yield opened


def plain(text: str) -> str:
    """Return what two renderings of one text have in common."""
    return "".join(text.split()).replace("{{", "{").replace("}}", "}")


def printed_texts(part: Part) -> Iterator[str]:
    """Yield every sentence an author wrote for readers, without marks."""
    hidden = {
        "id",
        "source",
        "kind",
        "slug",
        "file",
        "alt",
        "url",
        "status",
        "use",
        "language",
        "watch",
    }
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in hidden or isinstance(value, AbsentSection):
            continue
        for member in value if isinstance(value, list) else [value]:
            if isinstance(member, Part):
                if not isinstance(member, AbsentSection):
                    yield from printed_texts(member)
            elif type(member) is str:
                for line in re.split(r"\{→[^}]*\}|\n", member):
                    if line.strip():
                        yield line


def test_every_page_is_a5_and_the_book_is_bound_left(document):
    for page in document.pages:
        left, bottom, right, top = (float(value) for value in page.mediabox)
        assert (right - left) / POINTS_PER_MM == pytest.approx(148, abs=0.1)
        assert (top - bottom) / POINTS_PER_MM == pytest.approx(210, abs=0.1)
    assert "/Direction" not in document.Root.get("/ViewerPreferences", {})


def test_title_language_and_tags_are_there_for_a_screen_reader(document, built):
    assert str(document.docinfo["/Title"]) == built.guide.title
    assert str(document.Root.Lang) == "ja"
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    kinds = {str(element.S) for element in _structure(document)}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Figure", "/Link"} <= kinds


def test_every_figure_in_the_tags_has_words_unless_it_only_decorates(document):
    alternatives = [
        str(element.Alt)
        for element in _structure(document)
        if element.S == "/Figure" and "/Alt" in element
    ]
    assert any("将来性 5段階中4" in alternative for alternative in alternatives)
    assert any("パーセント" in alternative for alternative in alternatives)


def _structure(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(item)
        elif isinstance(item, pikepdf.Dictionary):
            if "/S" in item:
                yield item
            if "/K" in item:
                waiting.append(item.K)


def test_every_font_is_a_subset_of_noto_sans_cjk(document):
    names = set()
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            names.add(str(font.BaseFont))
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto-Sans-CJK-JP.*", name) for name in names), names


def test_the_contents_name_the_page_on_which_each_section_starts(pages, built, document):
    bookmarks = _bookmarks(document)
    contents = {plain(line) for line in _page_lines(built.pdf, 1)}
    for number, section in enumerate(_numbered(built.guide), 1):
        title = section.title or section.default_title
        page = bookmarks[f"{number}{plain(title)}"]
        assert plain(title) in pages[page - 1]
        wanted = re.compile(rf"{number}{re.escape(plain(title))}・+{page}")
        assert any(wanted.fullmatch(line) for line in contents), title


def _numbered(guide: Guide):
    return [
        section
        for section in guide.sections
        if not isinstance(section, AbsentSection) and not section.in_glance
    ]


def _bookmarks(document: pikepdf.Pdf) -> dict[str, int]:
    """Return the page, from 1, of each first-level bookmark."""
    with document.open_outline() as outline:
        places = {}
        for item in outline.root:
            target = item.destination[0]
            page = next(n for n, p in enumerate(document.pages, 1) if p.objgen == target.objgen)
            places[plain(item.title)] = page
    return places


def test_links_in_the_contents_lead_to_their_sections(document, built):
    links = list(document.pages[1].get("/Annots", []))
    assert len(links) >= len(_numbered(built.guide))
    assert all(annotation.Subtype == "/Link" for annotation in links)


def test_every_page_but_the_covers_has_its_folio_and_the_version_stands_in_the_colophon(
    pages, built
):
    version = f"v{built.guide.provenance.edition.version}"
    for number, page in enumerate(pages[1:-1], start=2):
        assert str(number) in page
        assert version not in page


def test_every_sentence_of_the_guide_is_printed(pages, built):
    whole = "".join(pages)
    # A sentence that runs over a page has a folio and a running head in its middle.
    # A reading stands behind its word, so a sentence is looked for up to there.
    missing = [
        text
        for text in printed_texts(built.guide)
        if plain(re.split("[{][^{}→]+[|]", text)[0])[:12] not in whole
    ]
    assert [text for text in missing if not _is_label(built.guide, text)] == []


def _is_label(guide: Guide, text: str) -> bool:
    """Return whether a text is shown in other words: dates, schemes, what the press never sees."""
    classification = guide.classification
    hidden = [classification.subfield, *guide.occupation.alt_names]
    hidden += [text for code in classification.codes for text in (code.scheme, code.code)]
    return text in hidden or bool(re.fullmatch(r"[0-9.]+|\d{4}-\d\d-\d\d", text))


def test_sections_the_guide_leaves_empty_have_no_heading(pages, first_guide, built):
    if built is not first_guide:
        pytest.skip("the full example leaves nothing empty")
    whole = "".join(pages)
    for title in ("1日のスケジュール", "求められる特性", "この職業が登場する作品", "収入"):
        assert title not in whole


def test_the_colophon_says_version_dates_sources_and_rights(pages, built, document):
    first = _bookmarks(document)["奥付"]
    colophon = "".join(pages[first - 1 : first + 1])
    provenance = built.guide.provenance
    assert "奥付" in colophon
    assert f"バージョン{provenance.edition.version}" in colophon
    day = provenance.revised_on
    assert f"{day.year}年{day.month}月{day.day}日" in colophon
    assert all(plain(source.title) in colophon for source in provenance.sources)
    assert "権利" in colophon


def test_without_a_contact_the_back_cover_keeps_a_box_for_a_stamp_and_no_code(first_guide):
    back = _page_text(first_guide.pdf, -1)
    assert "配布者印" in back
    assert "http" not in back


def test_with_an_address_the_back_cover_shows_it_in_words_and_as_a_code(full_guide):
    back = _page_text(full_guide.pdf, -1)
    assert "https://example.org/hoshinagi/annai" in back
    assert "配布者印" not in back
    with pikepdf.open(io.BytesIO(full_guide.pdf)) as document:
        figures = [str(e.Alt) for e in _structure(document) if e.S == "/Figure" and "/Alt" in e]
    assert any(figure.startswith("二次元コード https://") for figure in figures)


def _page_text(pdf: bytes, index: int) -> str:
    return plain("".join(_page_lines(pdf, index)))


def _page_lines(pdf: bytes, index: int) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[index % len(document)].get_textpage().get_text_bounded()
    document.close()
    return text.splitlines()


def test_the_typesetting_engine_has_nothing_to_complain_about(built):
    complaints = [p for p in built.report.problems if p.severity >= Severity.WARNING]
    assert complaints == []
    assert all(file.problems == () for file in built.report.files)


def test_no_text_comes_nearer_than_5_mm_to_the_edge(built):
    document = pypdfium2.PdfDocument(built.pdf)
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        width, height = page.get_size()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            edge = min(left, bottom, width - right, height - top)
            assert edge >= 5 * POINTS_PER_MM, f"page {number}"
    document.close()


def test_no_heading_stands_at_the_foot_of_a_page_without_its_text(built):
    with pikepdf.open(io.BytesIO(built.pdf)) as document:
        heights = _last_lines(built.pdf)
        with document.open_outline() as outline:
            titles = {plain(item.title) for item in _all_items(outline.root)}
    for number, line in heights.items():
        assert line not in titles, f"page {number} ends with the heading {line}"


def _all_items(items) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _all_items(item.children)


def _last_lines(pdf: bytes) -> dict[int, str]:
    """Return the last line of text on each page, folio and version left out."""
    document = pypdfium2.PdfDocument(pdf)
    lines = {}
    for number, page in enumerate(document, 1):
        foot = 15 * POINTS_PER_MM
        width, _ = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        lowest = min((bottom for _, bottom, _, _ in boxes if bottom > foot), default=foot)
        lines[number] = plain(text.get_text_bounded(0, lowest - 1, width, lowest + 6))
    document.close()
    return lines


def test_no_page_inside_is_nearly_empty(built):
    document = pypdfium2.PdfDocument(built.pdf)
    for number in range(2, len(document)):
        page = document[number - 1]
        picture = page.render(scale=0.5).to_pil().convert("L")
        margin = int(15 * POINTS_PER_MM * 0.5)
        inside = picture.crop((0, margin, picture.width, picture.height - margin))
        box = ImageChops.invert(inside).getbbox()
        assert box is not None, f"page {number} is empty"
        assert box[3] - box[1] >= inside.height * 0.25, f"page {number} is nearly empty"
    document.close()


def test_pictures_of_the_author_are_in_the_pdf(full_guide):
    assert _pictures(full_guide.guide)
    with pikepdf.open(io.BytesIO(full_guide.pdf)) as document:
        images = [image for page in document.pages for image in page.get_images()]
    assert len(images) >= 2


def _pictures(part: Part) -> list[Picture]:
    from booklet.model.guide import pictures

    return pictures(part)

"""What a screen reader, an archive and their validators get from the reading PDF."""

import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from booklet.checks.validators.verapdf import PROFILES, run_verapdf, why_not_run
from booklet.pdf.page_text import marked_text
from booklet.pdf.reading import reading_pdf
from booklet.pdf.reading_order import reading_order
from booklet.pdf.tag_tree import Annotation, Element, read_tags


@pytest.fixture(scope="module")
def document(built) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(built.pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(document) -> Element:
    return read_tags(document)


@pytest.mark.parametrize("profile", PROFILES)
def test_verapdf_finds_nothing(built, tmp_path, in_ci, profile):
    if reason := why_not_run():
        assert not in_ci, reason
        pytest.skip(reason)
    file = tmp_path / "reading.pdf"
    file.write_bytes(built.pdf)
    assert run_verapdf([file], profile) == [[]]


def test_the_words_in_reading_order_are_those_of_the_text_file(built):
    """What differs is stated here and nothing else: what only one of the two has.

    The PDF has covers, a contents list, and pages to ask and write on, and names the page in a
    reference. The text has a title page, ends with the address of the back cover, and puts a
    reading in brackets. Each has its own marks and numbers before headings and
    list items. Print has no comma before a year on a line of its own.
    """
    printed, written = words_of_pdf(built), words_of_text(built)
    assert printed == written


def words_of_pdf(built) -> list[str]:
    texts = marked_text(built.pdf)
    pieces = reading_order(built.pdf, as_written=True)
    first = 1 + max(index for index, piece in enumerate(pieces) if piece.in_contents)
    last_page = len(texts) - 1
    spoken = [
        piece.alternative if piece.number < 0 else unnumbered(texts[piece.page][piece.number])
        for piece in pieces[first:]
        if piece.page != last_page
    ]
    text = "".join(spoken)
    return normal(text[text.index("ひと目でわかる") : text.rindex("聞いてみよう")])


def words_of_text(built) -> list[str]:
    # What is asked and written on stands behind the colophon in both.
    start, end = built.text.index("ひと目でわかる"), built.text.rindex("聞いてみよう")
    text = built.text[start:end]
    return normal(re.sub(r"(?m)^\d+(?:\. | )", "", text))


def unnumbered(mark: str) -> str:
    return "" if re.fullmatch(r"\d+\.?\s*", mark) else mark


def normal(text: str) -> list[str]:
    """Return the words with what differs by intent left out, in pieces that are easy to compare."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = re.sub(r"\(\d+ページ\)|、(?=\d{4}年)", "", text)
    text = re.sub("[●○→・()]", "", text)
    return re.split("(?<=。)", text)


def test_folios_running_heads_and_icons_are_read_by_nobody(built):
    read = {(piece.page, piece.number) for piece in reading_order(built.pdf)}
    for page, texts in enumerate(marked_text(built.pdf)):
        spoken = {number for number in texts if (page, number) in read}
        figures = set(texts) - spoken - {-1}
        unread = texts.get(-1, "")
        if 0 < page < len(marked_text(built.pdf)) - 1:
            assert str(page + 1) in unread
        assert len(figures) < len(texts)


def test_page_labels_are_the_folios_in_print(document, pages):
    labels = pypdfium2.PdfDocument(io_bytes(document))
    for number, text in enumerate(pages[1:-1], 2):
        assert labels.get_page_label(number - 1) == str(number)
        assert str(number) in text
    labels.close()


def io_bytes(document: pikepdf.Pdf) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_headings_go_down_one_level_at_a_time(tags):
    levels = [
        int(part.kind[1]) for part in tags.walk() if part.kind[0] == "H" and part.kind[1:].isdigit()
    ]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_picture_has_words_and_its_box_where_it_is_drawn(tags, document):
    pictures = [part for part in tags.walk() if part.kind == "Figure"]
    assert pictures
    for picture in pictures:
        assert picture.alternative
        page = document.pages[next(picture.marks()).page]
        left, bottom, right, top = (float(value) for value in picture.attributes.BBox)
        page_left, page_bottom, page_right, page_top = (float(v) for v in page.mediabox)
        assert page_left <= left < right <= page_right
        assert page_bottom <= bottom < top <= page_top


def test_a_photograph_is_where_its_box_says(full_guide):
    document = pypdfium2.PdfDocument(full_guide.pdf)
    with pikepdf.open(io.BytesIO(full_guide.pdf)) as opened:
        boxes = [
            (next(part.marks()).page, [float(value) for value in part.attributes.BBox])
            for part in read_tags(opened).walk()
            if part.kind == "Figure"
        ]
    found = 0
    for number, page in enumerate(document):
        for piece in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            drawn = piece.get_bounds()
            # A picture may be cut by its frame and by the edge of the page, but is not elsewhere.
            assert any(place == number and lies_in(box, drawn) for place, box in boxes)
            found += 1
    document.close()
    assert found >= 2


def lies_in(inner, outer) -> bool:
    slack = [outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3]]
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return max(slack) < 1 and area > 0.3 * (outer[2] - outer[0]) * (outer[3] - outer[1])


def test_a_link_is_met_once_a_line_and_says_its_words(tags, document):
    links = [part for part in tags.walk() if part.kind == "Link"]
    assert links
    for link in links:
        annotations = [kid for kid in link.kids if isinstance(kid, Annotation)]
        assert annotations
        tops = [(one.page, round(float(one.target.Rect[3]))) for one in annotations]
        assert len(set(tops)) == len(tops)
        assert all(str(one.target.Contents) for one in annotations)
        assert all(int(one.target.F) == 4 for one in annotations)
    held = sum(isinstance(kid, Annotation) for link in links for kid in link.kids)
    assert held == sum(len(page.obj.get("/Annots", [])) for page in document.pages)


def test_header_cells_say_which_way_they_look_and_are_found_by_name(full_guide):
    with pikepdf.open(io.BytesIO(full_guide.pdf)) as document:
        names = [bytes(name) for name in list(document.Root.StructTreeRoot.IDTree.Names)[::2]]
        headers = [part for part in read_tags(document).walk() if part.kind == "TH"]
        cells = [part for part in read_tags(document).walk() if part.kind == "TD"]
        assert names == sorted(names)
        assert {header.identifier for header in headers} == set(names)
        assert {str(header.attributes.Scope) for header in headers} == {"/Row", "/Column"}
        for cell in cells:
            assert {bytes(name) for name in cell.attributes.get("/Headers", [])} <= set(names)


def test_the_contents_list_and_every_list_are_tagged_as_such(tags):
    kinds = {part.kind for part in tags.walk()}
    assert {"TOC", "TOCI", "Reference", "L", "LI", "LBody", "Lbl"} <= kinds
    assert "NonStruct" not in kinds
    spans = [part for part in tags.walk() if part.kind == "Span"]
    assert spans == [reference.kids[0].kids[-1] for reference in contents(tags)]
    for part in tags.walk():
        if part.kind == "L":
            assert {kid.kind for kid in part.kids} <= {"LI", "L", "Caption"}
        if part.kind == "LI":
            assert {kid.kind for kid in part.kids} <= {"Lbl", "LBody"}


def contents(tags: Element) -> list[Element]:
    """Return the links of the list of contents, each in its reference and line."""
    return [line.kids[0] for line in tags.walk() if line.kind == "TOCI"]


def test_the_contents_are_read_with_a_pause_before_the_page(tags, built):
    for reference in contents(tags):
        [link] = reference.kids
        title, page = link.kids[-2:]
        assert not isinstance(title, Element)
        assert re.fullmatch(r"、\d+", page.actual)


def test_bullets_are_silent_and_an_answer_begins_with_its_letter(built):
    texts = marked_text(built.pdf)
    pieces = [
        (piece, piece.alternative or texts[piece.page][piece.number])
        for piece in reading_order(built.pdf)
    ]
    assert [
        text for _, text in pieces if text.strip("、") and not any(map(str.isalnum, text))
    ] == []
    answers = [place for place, (_, text) in enumerate(pieces) if text.strip() == "A."]
    assert answers
    assert all(pieces[place][0].starts and not pieces[place + 1][0].starts for place in answers)


def test_it_is_said_where_the_ways_in_arrive(built):
    routes = next(one.routes for one in built.guide.sections if one.kind == "entry")
    texts = marked_text(built.pdf)
    said = [
        piece.alternative or texts[piece.page].get(piece.number, "")
        for piece in reading_order(built.pdf)
    ]
    goals = [text for text in said if text.strip() == built.guide.occupation.name]
    assert len(goals) >= len(routes)


def test_fonts_say_nothing_that_their_kind_may_not_say(document):
    fonts = [
        font.DescendantFonts[0]
        for page in document.pages
        for font in page.resources.get("/Font", {}).values()
    ]
    assert fonts
    assert all(font.Subtype == "/CIDFontType0" and "/CIDToGIDMap" not in font for font in fonts)
    assert all(
        not {"/CIDToGIDMap", "/FontFamily"} & set(font.FontDescriptor.keys()) for font in fonts
    )


def test_dates_are_in_utc_with_a_z(document):
    for name in ("/CreationDate", "/ModDate"):
        assert re.fullmatch(r"D:\d{14}Z", str(document.docinfo[name]))


def test_the_file_says_that_it_is_pdf_ua_and_pdf_a_and_what_it_is(document, built):
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == built.guide.title
        assert metadata.pdfa_status == "2A"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_no_note_of_the_layout_is_left_in_the_file(built):
    with pikepdf.open(io.BytesIO(built.pdf)) as document:
        plain = io.BytesIO()
        document.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
        )
    assert b"/BookletName" not in plain.getvalue()


def test_pages_with_bleed_are_cut_to_their_trim(built):
    wide = io.BytesIO()
    with pikepdf.open(io.BytesIO(built.pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(value) for value in page.mediabox)
            page.obj.TrimBox = pikepdf.Array([left, bottom, right, top])
            page.obj.MediaBox = pikepdf.Array([left - 9, bottom - 9, right + 9, top + 9])
        document.save(wide)
    with pikepdf.open(io.BytesIO(reading_pdf(wide.getvalue(), b"profile", "ja"))) as cut:
        for page in cut.pages:
            assert "/TrimBox" not in page.obj
            width = float(page.mediabox[2]) - float(page.mediabox[0])
            assert width == pytest.approx(148 * 72 / 25.4, abs=0.1)


def test_a_pdf_without_tags_is_refused():
    plain = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(plain)
    with pytest.raises(ValueError, match="no tags"):
        reading_pdf(plain.getvalue(), b"profile", "ja")

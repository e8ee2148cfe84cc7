"""Whether the pages keep the rules of docs/design.md, read from the real PDF."""

import collections
import ctypes
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.building import files_of, job, typeset_html
from tests.conftest import ROOT

from booklet.build.markup import print_markup
from booklet.html.geometry import MM_PER_POINT, page_geometry
from booklet.model.edition import Edition
from booklet.model.publication import GuideEntry, Publication

A5 = page_geometry(Publication(title="星", guides=[GuideEntry(slug="hoshi")]), Edition.STANDARD)
# The engine writes a size of type in CSS pixels under a scale of three quarters.
PX_PER_POINT = 4 / 3


@dataclass(frozen=True)
class Row:
    """Characters of one size on one baseline, in points from the upper left corner of the page."""

    text: str
    size: float
    bold: bool
    baseline: float
    left: float
    right: float
    top: float
    bottom: float


def rows(page: pypdfium2.PdfPage) -> list[Row]:
    """Return the rows of a page with the box of their ink."""
    found: list[Row] = []
    text, height = page.get_textpage(), page.get_height()
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if not character.strip() or character in ("\ufffe", "\x02"):
            continue
        left, bottom, right, top = text.get_charbox(index)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        size = pdfium.FPDFText_GetFontSize(text.raw, index) / PX_PER_POINT
        bold = pdfium.FPDFText_GetFontWeight(text.raw, index) >= 600
        row = Row(
            character, size, bold, height - y.value, left, right, height - top, height - bottom
        )
        last = found[-1] if found else None
        if (
            last
            and abs(last.baseline - row.baseline) < 0.3
            and abs(last.size - row.size) < 0.05
            and -1 < row.left - last.right < 3 * size
        ):
            found[-1] = Row(
                last.text + character,
                size,
                last.bold,
                last.baseline,
                min(last.left, left),
                max(last.right, right),
                min(last.top, row.top),
                max(last.bottom, row.bottom),
            )
        else:
            found.append(row)
    return found


@pytest.fixture(scope="module")
def rows_of_pages(built) -> Iterator[list[list[Row]]]:
    document = pypdfium2.PdfDocument(built.pdf)
    yield [rows(page) for page in document]
    document.close()


@pytest.fixture(scope="module")
def places(built) -> dict[str, int]:
    """The page, from 1, on which each bookmarked heading stands, by its text without spaces."""
    with pikepdf.open(io.BytesIO(built.pdf)) as document, document.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        return {
            "".join(item.title.split()): numbers[item.destination[0].objgen]
            for item in outline.root
        }


def running_text(rows: list[Row]) -> list[Row]:
    """Return the lines of paragraphs: body size, regular, not a folio or a running head."""
    top, foot = A5.top_mm / MM_PER_POINT, (A5.height_mm - A5.foot_mm) / MM_PER_POINT
    return [
        row
        for row in rows
        if abs(row.size - A5.em_pt) < 0.05
        and not row.bold
        and len(row.text) > 8
        and top < row.baseline < foot
    ]


def test_the_page_count_is_one_a_stapled_booklet_can_have(rows_of_pages):
    assert len(rows_of_pages) % 4 == 0


def test_lines_of_running_text_stand_on_a_grid_that_facing_pages_share(rows_of_pages, places):
    half = A5.line_pt / 2
    last = places["奥付"]
    phases = [
        row.baseline % half
        for number, page in enumerate(rows_of_pages, 1)
        if 4 <= number < last
        for row in running_text(page)
    ]
    assert len(phases) > 100
    # A ruled table has a quarter of a line above and below its words: the grid's other half.
    grid = collections.Counter(round(phase, 1) for phase in phases).most_common(1)[0][0]
    off = [abs((phase - grid + half / 4) % (half / 2) - half / 4) for phase in phases]
    assert max(off) <= 0.5
    on_grid = [abs((phase - grid + half / 2) % half - half / 2) <= 0.5 for phase in phases]
    assert sum(on_grid) / len(on_grid) > 0.85


def test_no_two_lines_come_nearer_than_a_point(rows_of_pages):
    for number, page in enumerate(rows_of_pages, 1):
        for one, other in itertools.combinations(page, 2):
            upper, lower = sorted((one, other), key=lambda row: row.baseline)
            if lower.baseline - upper.baseline < 0.5:
                continue
            if upper.size < lower.size * 0.6:  # a reading above its word
                continue
            if min(one.right, other.right) - max(one.left, other.left) > 1:
                assert lower.top - upper.bottom >= 1, (number, upper.text, lower.text)


def test_words_on_one_line_do_not_run_into_each_other(rows_of_pages):
    for number, page in enumerate(rows_of_pages, 1):
        for one, other in itertools.combinations(page, 2):
            if abs(one.baseline - other.baseline) < 0.5:
                overlap = min(one.right, other.right) - max(one.left, other.left)
                assert overlap < 1, (number, one.text, other.text)


def test_every_page_is_a_quarter_full_but_those_that_are_short_by_plan(rows_of_pages, places):
    # The cover, the closing (it stands before the colophon), the back cover and pages to write on.
    by_plan = {1, places["奥付"] - 1, len(rows_of_pages)}
    by_plan |= {n for n, page in enumerate(rows_of_pages, 1) if any(r.text == "メモ" for r in page)}
    height = A5.lines * A5.line_pt
    top = A5.top_mm / MM_PER_POINT
    for number, page in enumerate(rows_of_pages, 1):
        inside = [row.bottom - top for row in page if row.bottom - top < height]
        if number not in by_plan:
            assert max(inside) > height / 4, f"page {number} is nearly empty"


def test_questions_and_memo_pages_lie_inside_the_back_cover(rows_of_pages, places):
    texts = ["".join(row.text for row in page) for page in rows_of_pages]
    first = places["聞いてみよう"]
    assert first > places["奥付"]
    assert 1 <= len(texts[first:-1]) <= 4
    assert all("聞いたこと" in text for text in texts[first:-1])


def test_memo_lines_are_7_mm_apart(built):
    document = pypdfium2.PdfDocument(built.pdf)
    page = document[len(document) - 2]
    picture = page.render(scale=4).to_pil().convert("L")
    document.close()
    column = picture.crop((picture.width // 2, 0, picture.width // 2 + 1, picture.height))
    dark = [y for y, shade in enumerate(column.tobytes()) if shade < 200]
    rules = [y for y in dark if y - 1 not in dark]
    gaps = [(b - a) * MM_PER_POINT / 4 for a, b in itertools.pairwise(rules)]
    assert sum(abs(gap - 7) < 0.15 for gap in gaps) >= 14


def test_the_2d_code_is_large_enough_for_a_telephone(full_guide):
    segno = pytest.importorskip("segno")
    cells = len(segno.make("https://example.org/hoshinagi/annai", error="m", micro=False).matrix)
    document = pypdfium2.PdfDocument(full_guide.pdf)
    scale = 8
    picture = document[len(document) - 1].render(scale=scale).to_pil().convert("L")
    document.close()
    upper = picture.crop((0, 0, picture.width, int(picture.height * 0.65)))
    at = int(16 / MM_PER_POINT * scale)
    column = upper.crop((at, 0, at + 1, upper.height))
    white = [y for y, shade in enumerate(column.tobytes()) if shade > 250]
    side_mm = (max(white) - min(white)) / scale * MM_PER_POINT
    assert side_mm / (cells + 8) >= 0.4


@pytest.mark.parametrize("inner", range(1, 9))
def test_surplus_memo_pages_are_left_out_and_no_others(inner):
    pages = [f"<p>text {number}" for number in range(inner)]
    pages += [f'<p style="page: spare">memo {number}' for number in range(3)]
    html = "<html lang=ja><style>p, div { break-before: page }</style><title>a</title>"
    found = typeset_html(html + "".join(pages) + "<div>back")
    assert found.page_count % 4 == 0
    document = pypdfium2.PdfDocument(found.pdf)
    texts = [page.get_textpage().get_text_bounded().strip() for page in document]
    document.close()
    assert texts[:inner] == [f"text {number}" for number in range(inner)]
    assert texts[-1] == "back"
    assert texts[inner:-1] == [f"memo {number}" for number in range(len(texts) - inner - 1)]


def test_grounds_and_lines_at_an_edge_reach_3_mm_beyond_the_trim():
    one = job(ROOT, "shuro-shienin")
    html, _ = print_markup(one)
    with_bleed = html.replace("</head>", "<style>@page { bleed: 3mm }</style></head>")
    found = typeset_html(with_bleed, files_of(one))
    document = pypdfium2.PdfDocument(found.pdf)
    pages = [document[index].render(scale=2).to_pil().convert("RGB") for index in range(8)]
    document.close()
    pine, mist, peach = (11, 92, 88), (230, 240, 238), (251, 237, 227)
    cover, glance, checklist, opener = pages[0], pages[2], pages[6], pages[7]
    right, foot = cover.width - 2, cover.height - 2
    assert {cover.getpixel(at) for at in ((1, 1), (1, 400), (right, 1), (right, 600))} == {pine}
    assert {glance.getpixel(at) for at in ((1, 1), (right, 1), (1, foot), (right, foot))} == {mist}
    middle = foot // 2
    assert (checklist.getpixel((1, middle)), checklist.getpixel((right, middle))) == (mist, peach)
    assert pine in {opener.getpixel((1, y)) for y in range(foot)}

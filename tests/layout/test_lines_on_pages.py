"""How lines are set on every page of both booklets, read from the places of their characters."""

import itertools
import re

import pypdfium2
import pytest
from tests.lines import Glyph, glyphs, lines
from tests.pdf.test_reading_pdf import plain, printed_texts

# Written out here, not taken from the code that is tested (JLREQ 3.1.7 and 3.1.8).
NEVER_FIRST = set(
    "」』）］｝〉》】〕、。，．・：；？！ー々ゝゞっゃゅょぁぃぅぇぉッャュョァィゥェォ％〜"
)
NEVER_LAST = set("「『（［｛〈《【〔〜")
BOUND = [
    re.compile(r"[0-9][年月日時分秒週ヶか歳代名人円万回件つ％]"),
    re.compile(r"[0-9][0-9]"),
    re.compile(r"[A-Z]型"),
    re.compile(r"……"),
    re.compile(r"[0-9]〜|〜[0-9]"),
    re.compile(r"[A-Za-z][A-Za-z]"),
]
BODY_PT = 9.5
MOST_OPENED_EM = 0.125
TOLERANCE_PT = 0.3


@pytest.fixture(scope="module")
def page_lines(built) -> list[list[list[Glyph]]]:
    """The lines of each page, one after another as they are drawn."""
    document = pypdfium2.PdfDocument(built.pdf)
    found = [list(lines(glyphs(page))) for page in document]
    document.close()
    return found


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in line)


def followers(page: list[list[Glyph]]):
    """Yield each line of a text with the line below it."""
    for above, below in itertools.pairwise(page):
        size = above[0].top - above[0].bottom
        step = above[0].bottom - below[0].bottom
        if 0.5 * size < step < 2 * size and abs(above[0].left - below[0].left) < 1.2 * size:
            yield above, below


def test_no_line_starts_with_what_may_not_start_one_or_ends_with_what_may_not_end_one(page_lines):
    count = 0
    for number, page in enumerate(page_lines, 1):
        for above, below in followers(page):
            count += 1
            place = f"page {number}: {text_of(above)} / {text_of(below)}"
            assert below[0].character not in NEVER_FIRST, place
            assert above[-1].character not in NEVER_LAST, place
    assert count > 100


def test_nothing_that_belongs_together_is_parted_by_the_end_of_a_line(page_lines):
    for number, page in enumerate(page_lines, 1):
        for above, below in followers(page):
            pair = above[-1].character + below[0].character
            # Two entries of a list are two lines, and not one broken: they end in a figure alone.
            broken = any(bound.fullmatch(pair) for bound in BOUND) and len(above) > 12
            assert not broken or re.search("・・・|@|//", text_of(above)), (
                number,
                text_of(above),
                text_of(below),
            )


def test_every_full_line_of_running_text_ends_at_the_measure(built, page_lines):
    columns: dict[tuple[int, int, int], list[list[Glyph]]] = {}
    for number, page in enumerate(page_lines, 1):
        for paragraph in paragraphs(built, page):
            # The indent of a paragraph's first line is not the left edge of its column.
            for line in paragraph[1:-1] or paragraph[:-1]:
                # A list in half the measure and one below it in all of it have one left edge.
                width = round((max(end[-1].right for end in paragraph) - line[0].left) / 80)
                columns.setdefault((number, round(line[0].left), width), []).append(line)
    checked = 0
    for (number, _, _), full in columns.items():
        plain_ends = [line[-1].right for line in full if line[-1].character not in "、。」）"]
        for line in full if plain_ends else []:
            last = line[-1]
            # The white half of a stop or bracket lies beyond the measure, or all of a stop hangs.
            ends = {
                "、。": (last.right, last.left + BODY_PT / 2, last.left),
                "」）": (last.right, last.left + BODY_PT / 2),
            }.get(next((k for k in ("、。", "」）") if last.character in k), ""), (last.right,))
            off = min(abs(end - max(plain_ends)) for end in ends)
            if off / max(1, len(line) - 1) > BODY_PT * MOST_OPENED_EM:
                continue  # It is ragged: to be flush it would have to be torn apart.
            assert off <= TOLERANCE_PT, (number, text_of(line))
            checked += 1
    assert checked >= 15


def paragraphs(built, page: list[list[Glyph]]):
    """Yield the lines of each paragraph of running text that stands whole on a page."""
    stream = [glyph for line in page for glyph in line]
    written = "".join(glyph.character for glyph in stream)
    for text in {plain(text) for text in printed_texts(built.guide) if "{" not in text}:
        at = written.find(text) if len(text) > 20 else -1
        if at >= 0 and abs(stream[at].right - stream[at].left - BODY_PT) < 0.2:
            yield list(lines(stream[at : at + len(text)]))


def test_no_paragraph_ends_in_one_widowed_character(built, page_lines):
    for number, page in enumerate(page_lines, 1):
        for *full, last in paragraphs(built, page):
            # A narrow column has no characters to spare.
            narrow = any(len(line) < 22 for line in full)
            assert not full or narrow or len(last) >= 3, (number, text_of(last))

"""What someone holds who prints the sheets on both sides, folds the pile and staples it."""

import io
from itertools import pairwise

import pikepdf
import pytest

from booklet.pdf.imposition import (
    Side,
    creep_mm,
    impose,
    sheet_sides,
    sheet_size_mm,
)
from booklet.pdf.press import cover_pairs


def folded(sides: list[Side], right_bound: bool) -> list[int | None]:
    """Return the pages in the order in which a reader meets them in the folded pile.

    Each sheet is printed, turned on its short edge, laid on the one before, and the pile is folded
    in the middle, so that the outermost sheet's front is outside. What is at the left of a front is
    behind what is at the right of the back: they are two faces of one leaf.
    """
    leaves: list[tuple[int | None, int | None]] = []
    sheets = [(sides[at], sides[at + 1]) for at in range(0, len(sides), 2)]
    # Seen from the front cover, a left-bound booklet has its first leaf in the right half.
    first, second = (1, 0) if not right_bound else (0, 1)
    for front, back in sheets:  # from the outside to the middle: the first halves
        leaves.append((front[first], back[second]))
    for front, back in reversed(sheets):  # and back to the outside: the second halves
        leaves.append((back[first], front[second]))
    return [page for leaf in leaves for page in leaf]


@pytest.mark.parametrize("right_bound", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("pages", [4, 5, 6, 7, 8, 9, 16, 20, 63, 64])
def test_folding_the_sheets_gives_the_pages_in_reading_order(pages, right_bound):
    order = folded(sheet_sides(pages, right_bound), right_bound)
    assert len(order) % 4 == 0
    assert [page for page in order if page is not None] == list(range(pages))


@pytest.mark.parametrize("pages", [4, 5, 6, 7, 8, 9, 16, 20, 63, 64])
def test_the_back_cover_stays_outside_and_blanks_lie_before_it(pages):
    sides = sheet_sides(pages)
    assert sides[0] == (pages - 1, 0)
    order = folded(sides, right_bound=False)
    blanks = [place for place, page in enumerate(order) if page is None]
    assert blanks == list(range(pages - 1, len(order) - 1))


def test_sixteen_pages_lie_as_every_handbook_shows_them():
    assert sheet_sides(16)[:4] == [(15, 0), (1, 14), (13, 2), (3, 12)]
    assert sheet_sides(16, right_bound=True)[:4] == [(0, 15), (14, 1), (2, 13), (12, 3)]


def test_a_booklet_without_pages_is_refused():
    with pytest.raises(ValueError, match="needs a page"):
        sheet_sides(0)


def test_inner_sheets_move_towards_the_spine_and_the_outermost_stays():
    moves = [creep_mm(sheet, 10, 0.09) for sheet in range(10)]
    assert moves[0] == 0
    assert all(after - before == pytest.approx(0.09) for before, after in pairwise(moves))
    with pytest.raises(ValueError, match="no sheet"):
        creep_mm(10, 10, 0.09)


@pytest.mark.parametrize(
    ("page", "sheet"),
    [((148, 210), (297, 210)), ((182, 257), (364, 257)), ((210, 297), (420, 297))],
)
def test_two_pages_lie_on_the_sheet_of_the_next_size(page, sheet):
    assert sheet_size_mm(*page) == sheet


def test_a_page_of_its_own_size_gets_a_sheet_of_just_two_pages():
    assert sheet_size_mm(120, 120) == (240, 120)


def test_a_cover_has_its_back_at_the_left_of_its_front_and_the_other_way_round():
    assert cover_pairs(20) == [(19, 0), (1, 18)]
    assert cover_pairs(20, right_bound=True) == [(0, 19), (18, 1)]
    with pytest.raises(ValueError, match="four pages"):
        cover_pairs(3)


def test_pages_keep_to_the_fold_and_move_by_the_paper(laid_out):
    with pikepdf.open(io.BytesIO(laid_out.pdf)) as document:
        sides = sheet_sides(len(document.pages))
        impose(document, sides, leaf_mm=0.1, scale=1)
        assert len(document.pages) == len(sides)
        shifts = []
        for page in document.pages:
            assert [float(value) for value in page.mediabox] == pytest.approx(
                [0, 0, 841.89, 595.28], abs=0.01
            )
            moved = [
                float(instruction.operands[4])
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) == "cm"
            ]
            shifts.append(moved)
    fold, width = 297 / 2 * 72 / 25.4, 148 * 72 / 25.4
    for index, (pair, shift) in enumerate(zip(sides, shifts, strict=True)):
        creep = index // 2 * 0.1 * 72 / 25.4
        wanted = (fold - width + creep, fold - creep)
        there = [x for page, x in zip(pair, wanted, strict=True) if page is not None]
        assert shift == pytest.approx(there, abs=0.01)

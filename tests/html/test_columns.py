"""How tables and figures are divided, and when they are set in another form."""

import pytest

from booklet.html.columns import ems, lines_of, plain, route_columns, table_columns
from booklet.html.fitting import Fitting
from booklet.html.geometry import contents_plan, page_geometry
from booklet.html.titles import cover_reading, running_head
from booklet.model.edition import Edition
from booklet.model.publication import GuideEntry, Publication
from booklet.typography.phrases import phrase_ends

PUBLICATION = Publication(title="星", guides=[GuideEntry(slug="hoshi")])
A5 = page_geometry(PUBLICATION, Edition.STANDARD)


def widths(head, *rows, measure=35):
    return table_columns(head, rows, measure, phrase_ends).widths


def test_a_column_of_labels_is_as_wide_as_its_longest_one():
    found = widths(["項目", "内容"], ["申しこみ方法", "電話かメールで、いつでも申しこめます。" * 3])
    assert found[0] >= ems("申しこみ方法")


def test_the_columns_fill_the_measure_with_their_white():
    for count in range(1, 9):
        row = [f"升目{n}" for n in range(count)]
        found = widths(row, row)
        assert sum(found) + count - 0.5 == pytest.approx(35)


def test_a_table_of_fourteen_columns_and_a_narrow_one_of_addresses_are_cards():
    many = [f"第{n}回の記録" for n in range(14)]
    assert widths(many, many) == ()
    address = "https://example.org/" + "a" * 40
    assert widths(["名前", "電話", "宛先"], ["相談所", "000-0000-0000", address], measure=28) == ()


def test_no_column_is_narrower_than_three_characters():
    found = widths(["年", "月", "日", "こと"], ["一", "二", "三", "長い説明の文" * 20])
    assert min(found) >= 3


def test_marks_are_not_measured_but_what_they_print_is():
    assert plain("{星空|ほしぞら}を見る") == "星空を見る"
    assert ems(plain("{→faq}")) == 15


def test_lines_are_counted_by_phrases():
    assert lines_of("灯台や港で働いてきた人", 9, phrase_ends) == 2
    assert lines_of("星", 9, phrase_ends) == 1
    assert lines_of("あ" * 20, 9, lambda text: [len(text)]) == 3


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3)])
def test_short_ways_in_stand_side_by_side(count, columns):
    assert route_columns(lambda width: [10.0] * count, count, 35, 22) == columns


def test_ways_in_that_would_not_fit_a_page_side_by_side_stand_one_below_the_other():
    assert route_columns(lambda width: [300 / width] * 3, 3, 35, 22) == 2
    assert route_columns(lambda width: [40.0] * 3, 3, 35, 22) == 1


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("entries", range(4, 40))
def test_the_contents_stand_on_one_page_or_in_equal_parts_on_two(entries, edition):
    page = page_geometry(PUBLICATION, edition)
    plan = contents_plan(page, entries)
    room = (page.lines - 3) * page.line_pt
    assert plan.first_page * plan.pitch_pt <= room
    assert plan.first_page == entries or entries - plan.first_page >= entries // 2
    assert plan.pitch_pt >= page.em_pt * 1.2


def test_a_long_list_is_not_put_beside_another():
    fitting = Fitting(A5, phrase_ends, in_print=True)
    assert not fitting.are_tall(["短い人"] * 8, ["短い人"])
    assert fitting.are_tall(["短い人"] * 20, ["短い人"])
    assert not Fitting(A5, phrase_ends, in_print=False).are_tall(["短い人"] * 20)


def test_a_title_too_long_for_a_running_head_is_cut():
    assert running_head("よくある質問") == "よくある質問"
    cut = running_head("とても長い題名の仕事" * 6)
    assert cut.endswith("…")
    assert ems(cut) <= 36


def test_a_long_reading_on_the_cover_is_closed_up_before_it_takes_two_lines():
    assert "letter-spacing: 0.3em" in cover_reading("ししょ", 31)
    assert "letter-spacing: 0" in cover_reading("こ" * 30, 31)
    size = float(cover_reading("こ" * 30, 31).split(":")[1].split("em")[0])
    assert size * 30 <= 31

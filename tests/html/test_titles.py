"""How large a title on the cover becomes."""

import pytest

from booklet.html.titles import largest_type


def test_a_short_name_gets_the_largest_type():
    assert largest_type(["司書"], 31, 15, 6.3) == 6.3


def test_a_name_of_one_phrase_fills_the_width():
    assert largest_type(["就労支援員"], 31, 15, 9) == pytest.approx(31 / 5 * 0.97)


def test_a_long_title_takes_several_lines_and_stays_inside_its_place():
    phrases = ["嵐の夜に", "帰れなくなった", "旅の", "お客さまへ", "星の話を", "お届けする", "仕事"]
    size = largest_type(phrases, 31, 15, 6.3)
    assert 2.5 < size < 31 / 7 + 0.01
    lines, used = 1, 0
    for phrase in phrases:
        if used + len(phrase) > 31 / size + 0.01:
            lines, used = lines + 1, 0
        used += len(phrase)
    assert lines * size * 1.15 <= 15


def test_a_latin_letter_counts_for_less_than_a_full_width_one():
    assert largest_type(["ABCDEFGH"], 31, 15, 9) > largest_type(["一二三四五六七八"], 31, 15, 9)

"""What becomes of an author's text on the page."""

import re

from booklet.model.inline import Plain, Reference, Unknown, parse_inline
from booklet.typography.marking import mark_up, paragraphs
from booklet.typography.ruby import ruby_for_print, ruby_for_readers


def test_a_cross_reference_is_found_and_the_text_around_it_kept():
    assert parse_inline("前{→faq}後") == (Plain("前"), Reference("faq"), Plain("後"))


def test_two_braces_stand_for_one():
    assert parse_inline("{{→faq}}") == (Plain("{→faq}"),)


def test_a_mark_nobody_knows_is_kept_as_written():
    assert parse_inline("a{b}c{") == (Plain("a"), Unknown("{b}"), Plain("c"), Unknown("{"))


def test_markup_is_shown_and_not_obeyed():
    assert mark_up("<b>&amp;", str, ruby_for_print) == "&lt;b&gt;&amp;amp;"


def test_a_reference_becomes_what_the_medium_says():
    assert mark_up("前{→faq}", lambda name: f"<a>{name}</a>", ruby_for_print) == "前<a>faq</a>"


def test_empty_lines_part_paragraphs_and_line_ends_leave_no_gap_in_japanese():
    assert paragraphs("一行目\n二行目\n\n次\n") == ["一行目二行目", "次"]


def test_latin_words_at_a_line_end_keep_their_space():
    assert paragraphs("two\nwords\n日本") == ["two words日本"]


def test_a_reading_stands_once_behind_its_word_in_print():
    marked = mark_up("前{伴走者|ばんそうしゃ}後", str, ruby_for_print)
    assert re.sub(r"<[^>]+>", "", marked) == "前伴走者ばんそうしゃ後"


def test_an_e_reader_gets_plain_ruby():
    assert mark_up("{伴走|ばん|そう}", str, ruby_for_readers) == (
        "<ruby>伴<rp>（</rp><rt>ばん</rt><rp>）</rp>走<rp>（</rp><rt>そう</rt><rp>）</rp></ruby>"
    )


def test_a_reading_longer_than_its_word_and_kana_beside_it_gets_room():
    wide = mark_up("星{志|こころざし}星", str, ruby_for_print)
    narrow = mark_up("の{志|こころざし}を", str, ruby_for_print)
    assert 'style="letter-spacing: 1.500em; padding: 0 0.750em"' in wide
    assert 'style="letter-spacing: 0.800em; padding: 0 0.400em"' in narrow
    assert "padding" not in mark_up("{星空|ほしぞら}", str, ruby_for_print)

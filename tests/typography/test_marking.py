"""What becomes of an author's text on the page."""

from booklet.model.inline import Plain, Reference, Unknown, parse_inline
from booklet.typography.marking import mark_up, paragraphs


def test_a_cross_reference_is_found_and_the_text_around_it_kept():
    assert parse_inline("前{→faq}後") == (Plain("前"), Reference("faq"), Plain("後"))


def test_two_braces_stand_for_one():
    assert parse_inline("{{→faq}}") == (Plain("{→faq}"),)


def test_a_mark_nobody_knows_is_kept_as_written():
    assert parse_inline("a{b}c{") == (Plain("a"), Unknown("{b}"), Plain("c"), Unknown("{"))


def test_markup_is_shown_and_not_obeyed():
    assert mark_up("<b>&amp;", str) == "&lt;b&gt;&amp;amp;"


def test_a_reference_becomes_what_the_medium_says():
    assert mark_up("前{→faq}", lambda name: f"<a>{name}</a>") == "前<a>faq</a>"


def test_empty_lines_part_paragraphs_and_line_ends_leave_no_gap_in_japanese():
    assert paragraphs("一行目\n二行目\n\n次\n") == ["一行目二行目", "次"]


def test_latin_words_at_a_line_end_keep_their_space():
    assert paragraphs("two\nwords\n日本") == ["two words日本"]

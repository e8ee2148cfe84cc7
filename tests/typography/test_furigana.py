"""Which readings words get, and which of them a person has to look at."""

import re
import time

import pytest

from booklet.model.inline import Ruby
from booklet.typography.furigana import read_text
from booklet.typography.reading_markup import add_readings
from booklet.typography.ruby import ruby_for_readers


def written(text: str, confirmed: dict[str, str] | None = None) -> str:
    parts = read_text(text, confirmed or {}).parts
    return "".join(
        f"{part.base}({part.readings[0]})" if isinstance(part, Ruby) else part.text
        for part in parts
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人に寄り添い、支えます。", "人(ひと)に寄(よ)り添(そ)い、支(ささ)えます。"),
        ("就労を支援する", "就労(しゅうろう)を支援(しえん)する"),
        ("引きこもりの課題", "引(ひ)きこもりの課題(かだい)"),
        ("ハローワークへ行く", "ハローワークへ行(い)く"),
        ("かなだけの文です。", "かなだけの文(ぶん)です。"),
        ("かなだけ", "かなだけ"),
    ],
)
def test_readings_stand_above_kanji_and_leave_kana_alone(text, expected):
    assert written(text) == expected


def test_what_a_person_confirmed_wins_over_the_dictionary():
    assert written("何が妨げか").startswith("何(なん)")
    assert written("何が妨げか", {"何が": "なにが"}).startswith("何(なに)が妨")
    assert written("3歩進む", {"3歩": "3ぽ"}).startswith("3歩(ぽ)")


def test_a_confirmed_word_is_not_found_inside_another():
    assert written("人生", {"人": "ひと"}) == "人生(じんせい)"


@pytest.mark.parametrize(
    ("text", "word", "doubt"),
    [
        ("何が妨げか", "何", "also いずれ, なに"),
        ("3歩進む", "歩", "after a figure"),
        ("山田さんの話", "山田", "a name"),
    ],
)
def test_a_doubtful_reading_says_why(text, word, doubt):
    doubts = {guess.word: guess.doubt for guess in read_text(text, {}).guesses}
    assert doubts[word] == doubt


def test_a_reading_that_is_clear_is_told_without_doubt_until_it_is_confirmed():
    (guess,) = read_text("就労", {}).guesses
    assert (guess.reading, guess.doubt) == ("しゅうろう", "")
    assert read_text("就労", {"就労": "しゅうろう"}).guesses == ()


def test_markup_keeps_its_tags_drawings_and_the_readings_it_has():
    kept = "<svg><title>星</title></svg><ruby>星<rt>ほし</rt></ruby>&lt;"
    markup = f'<p title="仕事">仕事</p>{kept}'
    found = add_readings(markup, {"仕事": "しごと"}, ruby_for_readers).markup
    assert (
        found == f'<p title="仕事"><ruby>仕事<rp>（</rp><rt>しごと</rt><rp>）</rp></ruby></p>{kept}'
    )


def test_once_gives_only_the_first_of_a_word_its_reading():
    found = add_readings("<p>仕事の仕事</p>", {}, ruby_for_readers, once=True).markup
    assert found == "<p><ruby>仕事<rp>（</rp><rt>しごと</rt><rp>）</rp></ruby>の仕事</p>"


def test_a_heading_breaks_between_phrases_though_its_words_have_readings():
    found = add_readings("<h2>向いている人・職場</h2><p>人</p>", {}, ruby_for_readers).markup
    phrases = re.findall('<span class="phrase">(.*?)</span>', found)
    assert [re.sub("<r[tp]>.*?</r[tp]>|<[^>]+>", "", one) for one in phrases] == [
        "向いている",
        "人・",
        "職場",
    ]
    assert found.endswith("<p><ruby>人<rp>（</rp><rt>ひと</rt><rp>）</rp></ruby></p>")


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("髙橋", "たかはし"),
        ("葛\U000e0100飾", "かつしか"),
        ("神\ufa19田", None),
        ("𠮟る", "しか"),
        ("﨑山", "さきやま"),
    ],
)
def test_a_form_in_a_name_is_read_like_the_usual_one_and_has_to_be_confirmed(written, reading):
    text = read_text(f"{written}さん", {})
    assert "".join(getattr(one, "base", None) or one.text for one in text.parts) == f"{written}さん"
    readings = "".join("".join(one.readings) for one in text.parts if isinstance(one, Ruby))
    assert readings
    assert reading is None or reading in readings
    assert all(guess.doubt for guess in text.guesses)


def test_a_long_word_is_shared_out_at_once():
    word, reading = "漢あ" * 25, "あ" * 120 + "い"
    started = time.perf_counter()
    read_text(word, {word: reading})
    assert time.perf_counter() - started < 2

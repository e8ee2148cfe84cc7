"""A plain word means what YAML 1.2 says, and an editor's words stay words."""

import math

import pytest

from booklet.content.yaml_reader import read_yaml


def meaning(word: str):
    document = read_yaml("guide.yaml", f"value: {word}\n".encode())
    assert document.problems == []
    return document.value["value"]


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "No", "YES", "y", "n", "いいえ", "nULL", "tRue"]
)
def test_words_that_yaml_1_1_took_for_true_or_false_stay_words(word):
    assert meaning(word) == word


@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_true_is_true(word):
    assert meaning(word) is True


@pytest.mark.parametrize("word", ["false", "False", "FALSE"])
def test_false_is_false(word):
    assert meaning(word) is False


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(word):
    assert meaning(word) is None


@pytest.mark.parametrize(
    ("word", "number"),
    [("0", 0), ("12", 12), ("-3", -3), ("+3", 3), ("012", 12), ("0o17", 15), ("0x1F", 31)],
)
def test_a_whole_number_has_its_value_and_a_leading_zero_makes_no_octal(word, number):
    assert meaning(word) == number
    assert type(meaning(word)) is int


@pytest.mark.parametrize(
    ("word", "number"),
    [("1e3", 1000.0), ("1.50", 1.5), (".5", 0.5), ("2.", 2.0), ("-1.5e-2", -0.015)],
)
def test_a_decimal_has_its_value(word, number):
    assert math.isclose(meaning(word), number)
    assert type(meaning(word)) is float


@pytest.mark.parametrize(
    "word",
    ["1_000", "12:30", "1:30:00", "2026-04-01", "0b11", "0o18", "1,000", "3年", "１２", "1e", "."],
)
def test_what_only_looks_like_a_number_stays_text(word):
    assert meaning(word) == word


@pytest.mark.parametrize("word", ["10", "true", "null", "~", "1.0", "", "no"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_stands_in_quotes_is_text(word, quote):
    assert meaning(f"{quote}{word}{quote}") == word


def test_a_block_of_text_keeps_its_lines_and_is_text_even_when_it_looks_like_a_number():
    assert meaning("|\n  10\n") == "10\n"
    assert meaning("|-\n  星\n\n  月") == "星\n\n月"
    assert meaning(">-\n  星と\n  月") == "星と 月"


def test_a_number_of_absurd_length_stays_text_instead_of_stopping_python():
    assert meaning("9" * 1000) == 10**1000 - 1
    assert meaning("9" * 1001) == "9" * 1001
    assert meaning("0x" + "f" * 5000) == "0x" + "f" * 5000


def test_no_in_a_guide_stays_the_word_no(editor):
    assert editor.changes(("title: 星の案内人という仕事", "title: no")) == []
    assert editor.guide().title == "no"


def test_every_value_and_every_key_knows_its_place():
    document = read_yaml("guide.yaml", "a:\n  - {b: 星, c: [1, '二']}\n".encode())
    places = {path: (s.where.line, s.where.column) for path, s in document.values.items()}
    assert places == {
        (): (1, 1),
        ("a",): (2, 3),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 9),
        ("a", 0, "c"): (2, 15),
        ("a", 0, "c", 0): (2, 16),
        ("a", 0, "c", 1): (2, 19),
    }
    assert document.keys[("a", 0, "c")].where.column == 12
    assert document.written(("a", 0, "c", 1)) == "'二'"

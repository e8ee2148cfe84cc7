"""Where a Japanese line may break, and how far its characters stand apart."""

import itertools

import pytest

from booklet.typography import japanese
from booklet.typography.phrases import phrase_ends


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in itertools.pairwise([0, *japanese.groups(text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("勤務は25年で、", ["勤", "務", "は", "25年", "で、"]),
        ("月10〜20時間程度", ["月", "10〜20時間", "程", "度"]),
        ("（A型・B型）です。", ["（A型・", "B型）", "で", "す。"]),
        ("「年間◯名以上」の", ["「年", "間", "◯名", "以", "上」", "の"]),
        ("ちょっと", ["ちょっ", "と"]),
        ("メーカー々", ["メー", "カー々"]),
        ("PC操作 and IT", ["PC", "操", "作 ", "and ", "IT"]),
        ("待つ……。", ["待", "つ", "……。"]),
        ("3,500円で", ["3,500円", "で"]),
        ("東京〜大阪", ["東", "京〜大", "阪"]),
        ("https://example.org/ab", ["https://", "example.org/", "ab"]),
    ],
)
def test_a_line_breaks_only_between_groups(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize("pair", ["5年", "あ。", "「あ", "A型", "あっ", "ー ", "5％", "1〜", "〜2"])
def test_these_neighbours_stay_on_one_line(pair):
    assert not japanese.may_break(pair[0], pair[1])


@pytest.mark.parametrize("pair", ["ああ", "。「", "あ「", "」あ", "あ5", "あA"])
def test_between_these_a_line_may_break(pair):
    assert japanese.may_break(pair[0], pair[1])


@pytest.mark.parametrize(
    ("pair", "thousandths"),
    [
        ("」「", -500),
        ("。」", -500),
        ("・「", -500),
        ("」・", -500),
        ("「（", -500),
        ("ああ", 0),
        ("あ「", 0),
        ("あA", 250),
        ("5年", 250),
        ("A5", 0),
        ("。A", 0),
    ],
)
def test_white_is_shared_between_marks_and_added_beside_latin(pair, thousandths):
    assert japanese.gap(*pair) == thousandths


@pytest.mark.parametrize(
    ("pair", "opens"),
    [(pair, True) for pair in ("星空", "Cで", " b", "、空", "」と")]
    + [(pair, False) for pair in ("PC", "……", "「星", "空」", "空、")],
)
def test_a_flush_line_opens_up_where_jlreq_allows_it(pair, opens):
    assert japanese.may_open(*pair) is opens


def test_phrases_cover_the_whole_text_and_keep_words_together():
    text = "個別支援計画づくりとモニタリング"
    ends = phrase_ends(text)
    assert ends[-1] == len(text)
    assert "モニタリング" in [text[a:b] for a, b in itertools.pairwise([0, *ends])]

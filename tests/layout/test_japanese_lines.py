"""How Japanese lines are set, read from the places of their characters."""

import itertools

import pypdfium2
import pytest
from tests.building import typeset_html
from tests.lines import Glyph, glyphs, lines

from booklet.build.line_rules import line_rules
from booklet.layout.japanese_lines import set_japanese_lines
from booklet.model.inline import Ruby
from booklet.typography.reading_markup import add_readings
from booklet.typography.ruby import ruby_for_print

RUBY_CSS = (
    "ruby { white-space: nowrap } rt { display: inline-block; font-size: 50%; line-height: 0;"
    "letter-spacing: 0; vertical-align: 1.9em; white-space: nowrap }"
)
SIZE_PT = 10.0
MEASURE_PT = 300.0
LEFT_PT = 50.0
RIGHT_PT = LEFT_PT + MEASURE_PT
TOLERANCE_PT = 0.1
SENTENCE = (
    "星の案内人は、島をたずねた人に<b>夜空</b>を紹介します。晴れた夜は、甲板で「本物の星」を見上げ、"
    "くもりの夜はPCで20時から<a href='#a'>プラネタリウム</a>を使います。"
)


def lines_of(body: str, css: str = "", width_pt: float = MEASURE_PT) -> list[list[Glyph]]:
    """Return the lines of a page set in 10 pt on a measure of `width_pt`."""
    html = (
        '<html lang="ja"><title>t</title><style>@page { size: 400pt 600pt; margin: 50pt }'
        'body { margin: 0; font: 10pt/18pt "Noto Sans CJK JP"; font-kerning: none;'
        f"text-align: justify; width: {width_pt}pt }} p {{ margin: 0 }} {css}</style>"
        f'<body id="a">{body}'
    )
    made = typeset_html(html)
    assert made.problems == ()
    document = pypdfium2.PdfDocument(made.pdf)
    found = list(lines(glyphs(document[0])))
    document.close()
    return found


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in line)


def test_every_full_line_ends_at_the_measure_and_the_last_line_is_natural():
    *full, last = lines_of(f"<p>{SENTENCE * 5}</p>")
    assert len(full) >= 8
    for line in full:
        end = line[-1]
        if end.character in "、。" and end.left > RIGHT_PT - TOLERANCE_PT:
            end = line[-2]
        if end.character in "、。」":
            # The white half of the bracket or stop lies beyond the measure.
            assert end.left + SIZE_PT / 2 == pytest.approx(RIGHT_PT, abs=TOLERANCE_PT), text_of(
                line
            )
        else:
            assert end.right == pytest.approx(RIGHT_PT, abs=TOLERANCE_PT), text_of(line)
        indent = SIZE_PT / 2 if line[0].character == "「" else 0
        assert line[0].left + indent == pytest.approx(LEFT_PT, abs=TOLERANCE_PT), text_of(line)
    assert last[-1].right < RIGHT_PT


def test_without_justification_lines_are_ragged_so_the_test_above_can_fail():
    ragged = lines_of(f"<p>{SENTENCE * 5}</p>", "p { text-align: left }")
    assert any(abs(line[-1].right - RIGHT_PT) > 1 for line in ragged[:-1])


def test_characters_of_a_flush_line_stand_evenly_apart():
    line = lines_of(f"<p>{'星' * 10}第10回{'星' * 40}</p>", width_pt=195)[0]
    steps = [b.left - a.left for a, b in itertools.pairwise(line)][:9]
    assert max(steps) - min(steps) < 0.05


def test_a_stop_that_would_start_a_line_hangs_beyond_the_measure():
    for stop in "。、":
        first, _ = lines_of(f"<p>{'星' * 20}{stop}{'空' * 10}</p>", width_pt=200)
        assert text_of(first) == "星" * 20 + stop
        assert first[-2].right == pytest.approx(LEFT_PT + 200, abs=TOLERANCE_PT)
        assert first[-1].left == pytest.approx(LEFT_PT + 200, abs=TOLERANCE_PT)


def test_a_closing_bracket_that_would_start_a_line_takes_its_neighbour_along():
    first, second = lines_of(f"<p>{'星' * 20}」{'空' * 10}</p>", width_pt=200)
    assert text_of(first) == "星" * 19
    assert text_of(second).startswith("星」")
    assert first[-1].right == pytest.approx(LEFT_PT + 200, abs=TOLERANCE_PT)


def test_an_opening_bracket_never_ends_a_line_and_starts_one_without_its_white():
    first, second = lines_of(f"<p>{'星' * 19}「{'空' * 10}</p>", width_pt=200)
    assert text_of(first) == "星" * 19
    assert second[0].left + SIZE_PT / 2 == pytest.approx(LEFT_PT, abs=TOLERANCE_PT)
    assert second[1].left == pytest.approx(LEFT_PT + SIZE_PT / 2, abs=TOLERANCE_PT)


@pytest.mark.parametrize(
    "bound",
    [
        "25年",
        "10〜20時間",
        "3ヶ月",
        "5％",
        "A型",
        "B型",
        "第1版",
        "30代〜50代",
        "◯名",
        "200万円",
        "……",
        "PC",
    ],
)
def test_what_belongs_together_is_never_parted(bound):
    for before in range(6, 12):
        found = lines_of(f"<p>{'星' * before}{bound}{'空' * 20}</p>", width_pt=110)
        assert any(bound in text_of(line) for line in found), [text_of(line) for line in found]


def test_a_bold_word_does_not_open_the_way_to_a_forbidden_break():
    for before in range(7, 11):
        found = lines_of(f"<p>{'星' * before}<b>25</b>年<i>「</i>空」{'空' * 9}</p>", width_pt=100)
        starts = {line[0].character for line in found}
        ends = {line[-1].character for line in found}
        assert not starts & set("年」")
        assert "「" not in ends


@pytest.mark.parametrize(
    ("text", "step_em"),
    [
        ("」「", 0.5),
        ("、「", 0.5),
        ("。」", 0.5),
        ("（「", 0.5),
        ("」、", 0.5),
        ("空、", 1.0),
        ("空5", 1.25),
    ],
)
def test_two_marks_that_meet_share_their_white_and_latin_keeps_a_quarter(text, step_em):
    (line,) = lines_of(f"<p>空{text}空</p>")
    step = line[2].left - line[1].left
    assert step == pytest.approx(step_em * SIZE_PT, abs=TOLERANCE_PT)


def test_the_quarter_also_stands_where_a_link_or_bold_word_begins_and_ends():
    (line,) = lines_of("<p>空<b>5</b>空</p>")
    assert line[1].left - line[0].right == pytest.approx(SIZE_PT / 4, abs=TOLERANCE_PT)
    assert line[2].left - line[1].right == pytest.approx(SIZE_PT / 4, abs=TOLERANCE_PT)


def test_no_quarter_is_left_over_at_the_end_of_a_line():
    for markup in ("PC", "<span>PC</span>"):
        first, _ = lines_of(f"<p>{'星' * 8}{markup}{'空' * 8}</p>", width_pt=95.5)
        assert text_of(first).endswith("PC")
        assert first[-1].right == pytest.approx(LEFT_PT + 95.5, abs=TOLERANCE_PT)


def test_a_paragraph_does_not_end_in_one_widowed_character():
    found = lines_of(f"<p>{'星' * 61}</p>", width_pt=300)
    assert [len(line) for line in found] == [30, 28, 3]


def test_headings_break_between_phrases_into_lines_of_like_length():
    found = lines_of(
        "<h1>嵐の夜に帰れなくなった旅のお客さまへ、灯台のふもとで温かい星の話をお届けすること</h1>",
        "h1 { font-size: 10pt; text-align: left; --phrases: 1 }",
        width_pt=160,
    )
    assert [text_of(line) for line in found] == [
        "嵐の夜に帰れなくなった旅の",
        "お客さまへ、灯台のふもとで",
        "温かい星の話をお届けすること",
    ]


def test_a_long_address_is_broken_rather_than_running_off_the_page():
    found = lines_of(f"<p>空https://example.org/{'a' * 60}</p>", width_pt=150)
    assert max(line[-1].right for line in found) <= LEFT_PT + 150 + TOLERANCE_PT


def test_the_words_stay_the_same_and_in_order():
    flush = lines_of(f"<p>{SENTENCE * 3}</p>")
    ragged = lines_of(f"<p>{SENTENCE * 3}</p>", "p { text-align: left }")
    assert "".join(map(text_of, flush)) == "".join(map(text_of, ragged))


def test_letter_spacing_of_a_title_is_kept():
    (line,) = lines_of("<p>星空</p>", "p { letter-spacing: 2pt }")
    assert line[1].left - line[0].left == pytest.approx(SIZE_PT + 2, abs=TOLERANCE_PT)


def test_another_version_is_told_and_left_alone(monkeypatch, first_guide):
    # Imported after a build: the first import has to find the private fonts.
    import weasyprint

    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    problem = set_japanese_lines(weasyprint, line_rules())
    assert problem is not None
    assert problem.code == "typesetting-version"


def test_a_reading_stands_centred_above_its_word_and_lines_keep_their_distance():
    ruby = ruby_for_print(Ruby("伴走者", ("ばんそうしゃ",)), "星", "空")
    found = lines_of(f"<p>{'星' * 40}{ruby}{'空' * 40}</p>", RUBY_CSS)
    reading = next(line for line in found if "ばん" in text_of(line))
    base = next(line for line in found if "伴" in text_of(line))
    word = [glyph for glyph in base if glyph.character in "伴走者"]
    assert sum(g.right - g.left for g in reading) == pytest.approx(3 * SIZE_PT, abs=0.5)
    middle = (word[0].left + word[-1].right) / 2
    assert (reading[0].left + reading[-1].right) / 2 == pytest.approx(middle, abs=0.3)
    assert reading[0].bottom > word[0].bottom + SIZE_PT * 0.7
    lines_of_text = sorted(
        {round(line[0].bottom, 1) for line in found if "ばん" not in text_of(line)}
    )
    steps = [b - a for a, b in itertools.pairwise(lines_of_text)]
    assert max(steps) - min(steps) < 0.2


def test_a_word_with_a_reading_keeps_stops_and_brackets_beside_it():
    ruby = ruby_for_print(Ruby("星空", ("ほしぞら",)), "「", "」")
    for before in range(6, 12):
        found = lines_of(f"<p>{'空' * before}「{ruby}」、{'空' * 12}</p>", RUBY_CSS, width_pt=100)
        heights = {line[0].bottom for line in found if "ほ" not in text_of(line)}
        main = [
            [g for line in found if line[0].bottom == height for g in line] for height in heights
        ]
        assert not {line[0].character for line in main} & set("」、")
        assert not {line[-1].character for line in main} & set("「")


def test_words_with_readings_stand_in_flush_lines_that_still_end_at_the_measure():
    ruby = ruby_for_print(Ruby("志", ("こころざし",)), "星", "空")
    found = lines_of(f"<p>{'星' * 15}{ruby}{'空' * 13}第100回{'星' * 9}</p>", RUBY_CSS)
    first = next(line for line in found if "志" in text_of(line) or "空" in text_of(line))
    rows = sorted(found, key=lambda line: -line[0].bottom)
    ends = [max(g.right for g in line) for line in rows if "空" in text_of(line)]
    assert first
    assert ends[0] == pytest.approx(RIGHT_PT, abs=0.2)


def test_a_paragraph_in_a_narrow_column_ends_in_three_characters_and_no_line_is_torn_apart():
    found = lines_of(f"<p>{'星' * 25}</p>", width_pt=120)
    assert [len(line) for line in found] == [12, 10, 3]
    steps = [b.left - a.left for line in found for a, b in itertools.pairwise(line)]
    assert max(steps) < SIZE_PT * 1.01


def steps_of(line: list[Glyph]) -> list[float]:
    return [b.left - a.left for a, b in itertools.pairwise(line)]


def test_what_nearly_fits_is_taken_in_by_setting_commas_closer_and_not_moved_down():
    text = f"{'星' * 5}、{'空' * 5}、{'星' * 9}{'空' * 9}"
    first, second = lines_of(f"<p>{text}</p>", "p { --within: 1 }", width_pt=208)
    assert text_of(first) == text[:21]
    assert first[-1].right == pytest.approx(LEFT_PT + 208, abs=TOLERANCE_PT)
    commas = [
        step for glyph, step in zip(first, steps_of(first), strict=False) if glyph.character == "、"
    ]
    others = [
        step for glyph, step in zip(first, steps_of(first), strict=False) if glyph.character != "、"
    ]
    assert all(0.85 * SIZE_PT <= step < 0.95 * SIZE_PT for step in commas)
    assert others == pytest.approx([SIZE_PT] * len(others), abs=0.03)
    assert text_of(second) == text[21:]


def test_a_full_stop_inside_a_line_keeps_its_white():
    text = f"{'星' * 5}。{'空' * 5}。{'星' * 9}{'空' * 9}"
    first, _ = lines_of(f"<p>{text}</p>", "p { --within: 1 }", width_pt=205)
    assert len(first) == 20
    assert min(steps_of(first)) >= SIZE_PT - 0.03


def test_a_line_that_would_be_torn_apart_stays_ragged():
    first, second = lines_of(f"<p>空と{'a' * 15}</p>", width_pt=100)
    assert text_of(first) == "空と"
    assert max(steps_of(first)) == pytest.approx(SIZE_PT, abs=0.05)
    assert text_of(second) == "a" * 15


def test_nothing_hangs_where_something_stands_beside_the_line():
    text = f"{'星' * 20}。{'空' * 10}"
    first, _ = lines_of(f"<p>{text}</p>", "p { --within: 1 }", width_pt=200)
    assert first[-1].right <= LEFT_PT + 200 + TOLERANCE_PT
    hanging, _ = lines_of(f"<p>{text}</p>", width_pt=200)
    assert hanging[-1].left == pytest.approx(LEFT_PT + 200, abs=TOLERANCE_PT)


def test_two_marks_that_ask_and_exclaim_share_the_space_of_one():
    (line,) = lines_of("<p>星空！？空</p>")
    assert line[4].left - line[1].right == pytest.approx(SIZE_PT, abs=TOLERANCE_PT)


def readings_of(found: list[list[Glyph]]) -> list[list[Glyph]]:
    return [line for line in found if line[0].top - line[0].bottom < SIZE_PT]


def test_a_reading_longer_than_its_word_does_not_stand_out_at_the_head_of_a_line():
    ruby = ruby_for_print(Ruby("志", ("こころざし",)), "の", "を")
    found = lines_of(f"<p>{'空' * 28}の{ruby}をもつ</p>", RUBY_CSS)
    (reading,) = readings_of(found)
    assert reading[0].left >= LEFT_PT - TOLERANCE_PT
    alone = lines_of(f"<p>{ruby}をもつ</p>", RUBY_CSS)
    (reading,) = readings_of(alone)
    assert reading[0].left >= LEFT_PT - TOLERANCE_PT


def test_readings_of_neighbours_share_the_room_above_their_words():
    words = [("就労", "しゅうろう"), ("支援", "しえん"), ("員", "いん")]
    text = add_readings(
        "<p>就労支援員です</p>",
        {"就労支援員": "しゅうろうしえんいん", **dict(words)},
        ruby_for_print,
    )
    assert text.markup.count("<ruby") >= 1
    one = ruby_for_print(Ruby(*pair(words[0])), "", "ー")
    rest = "".join(ruby_for_print(Ruby(*pair(word)), "", "") for word in words[1:])
    found = lines_of(f"<p>{one}{rest}です</p>", RUBY_CSS)
    base = next(line for line in found if "就" in text_of(line))
    assert max(steps_of(base)[:4]) < SIZE_PT * 1.3
    kana = sorted((g for line in readings_of(found) for g in line), key=lambda g: g.left)
    assert "".join(g.character for g in kana) == "しゅうろうしえんいん"
    assert all(b.left >= a.right - 0.2 for a, b in itertools.pairwise(kana))


def pair(word: tuple[str, str]) -> tuple[str, tuple[str, ...]]:
    return word[0], (word[1],)

"""How Japanese lines end, read from the places of their characters."""

import datetime

import pypdfium2
import pytest
from tests.conftest import ROOT

from booklet.html.theme import find_theme
from booklet.output.fonts import find_typeface
from booklet.output.japanese_lines import set_lines_flush, stretchable_places
from booklet.output.pdf import typeset

MEASURE_PT = 300.0
TOLERANCE_PT = 0.3
SENTENCE = (
    "星の案内人は、島をたずねた人に<b>夜空</b>を紹介します。晴れた夜は、甲板で「本物の星」を見上げ、"
    "くもりの夜はPCで20時から<a href='#a'>プラネタリウム</a>を使います。"
)


def lines_of(align: str) -> list[tuple[str, float, float]]:
    """Return text, left edge and right edge in points of each line of a paragraph."""
    html = (
        '<html lang="ja"><title>t</title><style>@page { size: 400pt 600pt; margin: 50pt }'
        'body { margin: 0; font: 10pt/18pt "Noto Sans CJK JP" }'
        f"body {{ text-align: {align}; font-kerning: none }}"
        ""
        f'p {{ margin: 0 }}</style><body><p id="a">{SENTENCE * 5}</p>'
    )
    made = typeset(
        html,
        project=ROOT,
        find_style=find_theme(ROOT).find,
        typeface=find_typeface("Noto Sans CJK JP"),
        identifier="test",
        modified=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC),
    )
    assert made.problems == ()
    document = pypdfium2.PdfDocument(made.pdf)
    text = document[0].get_textpage()
    rows: dict[int, list[tuple[str, float, float]]] = {}
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index, loose=True)
            row = round((600 - 50 - (bottom + top) / 2) // 18)
            rows.setdefault(row, []).append((character, left, right))
    document.close()
    return [
        ("".join(c for c, _, _ in row), min(x for _, x, _ in row), max(x for _, _, x in row))
        for _, row in sorted(rows.items())
    ]


def test_every_full_line_ends_at_the_measure_and_the_last_line_is_natural():
    *full, last = lines_of("justify")
    assert len(full) >= 8
    for text, left, right in full:
        assert abs(left - 50) <= TOLERANCE_PT, text
        assert abs(right - 50 - MEASURE_PT) <= TOLERANCE_PT, (text, right - 50)
    assert last[2] < 50 + MEASURE_PT - TOLERANCE_PT


def test_without_justification_lines_are_ragged_so_the_test_above_can_fail():
    assert any(abs(right - 350) > TOLERANCE_PT for _, _, right in lines_of("left")[:-1])


def test_the_words_stay_the_same_and_in_order():
    assert [line for line, _, _ in lines_of("justify")] == [line for line, _, _ in lines_of("left")]


@pytest.mark.parametrize(
    ("text", "following", "places"),
    [
        ("星空", "", (0,)),
        ("星空", "へ", (0, 1)),
        ("PC", "", ()),
        ("PCで", "", (1,)),
        ("a b", "", (1,)),
        ("星……", "", (0,)),
        ("20時", "", (1,)),
    ],
)
def test_space_opens_between_japanese_characters_and_at_spaces(text, following, places):
    assert stretchable_places(text, following) == places


def test_another_version_is_told_and_left_alone(monkeypatch, first_guide):
    # Imported after a build: the first import has to find the private fonts.
    import weasyprint

    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    problem = set_lines_flush(weasyprint)
    assert problem is not None
    assert problem.code == "typesetting-version"

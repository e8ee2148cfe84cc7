"""What the look at laid-out pages finds: each fault seeded once, and nothing where all is well."""

import pytest
from tests.building import typeset_html
from tests.conftest import ROOT

from booklet.diagnostics import Severity

STYLE = (
    "<style>@page { size: 300pt 400pt; margin: 40pt; @top-right { content: string(head); "
    'font: 7pt/9pt "Noto Sans CJK JP" } } html { font-kerning: none }'
    'body { margin: 0; font: 10pt/16pt "Noto Sans CJK JP"; text-align: justify }'
    "p, h2, table { margin: 0; font-size: 10pt } h2 { string-set: head content() }</style>"
)
TEXT = "島をたずねた人に、夜空を紹介する仕事です。晴れた夜は外で、くもりの夜は船のなかで話します。"


def looks_of(body: str) -> list[tuple[str, Severity, str]]:
    """Return code, severity and message of what is found on pages of 22 characters × 20 lines."""
    made = typeset_html(f'<html lang="ja"><title>t</title>{STYLE}<body>{body}')
    return [(found.code, found.severity, found.message) for found in made.problems]


def codes(body: str) -> set[str]:
    return {code for code, severity, _ in looks_of(body) if severity is Severity.WARNING}


def section(lines: int) -> str:
    return f'<section class="section"><h2>見出し</h2>{"<p>星の一行</p>" * (lines - 1)}</section>'


def test_a_page_that_is_well_set_has_nothing_to_say():
    table = "<table><tr><th>項目<td>内容<tr><th>星の名<td>いちばん明るいもの</table>"
    assert looks_of(f"{section(9)}<p>{TEXT}</p>{table}<p>https://example.org/</p>") == []


SEEDED = {
    "looks-overlap": f'<p>{TEXT}</p><p style="margin-top: -13pt">{TEXT}</p>',
    "looks-safe-area": '<p style="margin-left: -38pt">左へ出た言葉</p>',
    "looks-out-of-box": '<p style="width: 60pt; white-space: nowrap">切れずに箱を出ていく言葉</p>',
    "looks-column": '<table style="width: 22pt"><tr><td>見習いの<td>人たち</table>',
    "looks-stretched": (
        '<p lang="en" style="width: 100pt">one two '
        '<span style="white-space: nowrap">incomprehensibilities</span></p>'
    ),
    "looks-lone-heading": (
        f"{section(19)}<h2 style='break-after: auto'>下に何もない見出し</h2><p>本文</p>"
    ),
    "looks-running-head": f"<h2>{'とても長くて柱には入らない見出し' * 3}</h2><p>{TEXT}</p>",
    "looks-tail": section(21),
    "looks-fill": f'{section(8)}<div style="break-before: page">{section(2)}</div>',
}


@pytest.mark.parametrize("code", SEEDED)
def test_a_seeded_fault_is_found_and_no_other(code):
    expected = {code, "looks-fill"} if code == "looks-tail" else {code}
    assert codes(SEEDED[code]) == expected


def test_what_is_found_names_the_page_and_the_words():
    ((_, _, message),) = looks_of(
        f'<p>{TEXT}</p><p style="break-before: page; width: 30pt; '
        'white-space: nowrap">はみ出す言葉</p>'
    )
    assert message == "page 2: a line leaves its box: はみ出す言葉"


def test_a_short_tail_is_a_note_and_a_very_short_one_a_warning():
    kinds = [
        {severity for code, severity, _ in looks_of(section(20 + tail)) if code == "looks-tail"}
        for tail in (1, 4, 8)
    ]
    assert kinds == [{Severity.WARNING}, {Severity.NOTE}, set()]


def test_a_reading_above_its_word_is_no_overlap():
    ruby = (
        "<style>ruby { white-space: nowrap } rt { display: inline-block; font-size: 50%; "
        "line-height: 0; vertical-align: 1.9em; white-space: nowrap }</style>"
        '<p style="line-height: 20pt">夜の<ruby>星空<rt style="margin: 0 0 0 -4em">ほしぞら</rt>'
        "</ruby>を見る</p>"
    )
    assert codes(ruby * 3) == set()


def test_no_page_of_either_guide_looks_wrong(built):
    found = [p for p in built.report.problems if p.code.startswith("looks-")]
    assert [p for p in found if p.severity is not Severity.NOTE] == []


def test_every_look_is_explained_to_editors():
    text = (ROOT / "docs" / "editing.md").read_text("utf-8")
    assert [code for code in SEEDED if f"| `{code}` |" not in text] == []

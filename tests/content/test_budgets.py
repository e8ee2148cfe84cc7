"""Files no editor would write are answered as fast as those they do write."""

import time

import pytest
from tests.content.conftest import GUIDE

from booklet.content.furigana_list import load_readings
from booklet.diagnostics import BookletError

SECONDS = 2.0


def long_guides() -> dict[str, str]:
    lead = "lead: 架空の仕事です。"
    return {
        "marks": GUIDE.replace(lead, f"lead: '{'{x}' * 150_000}'"),
        "references": GUIDE.replace(lead, f"lead: '{'{→x}' * 1_900}'"),
        "keys": GUIDE + "".join(f"k{n}: 1\n" for n in range(150_000)),
        "one key": f"{GUIDE}{'k' * 1_000_000}: 1\n",
        "sections": GUIDE.replace("sections:\n", "sections:\n" + "  - {kind: x}\n" * 90_000),
        "aliases": "a: &a [x]\n" + "".join(f"b{n}: [*a, *a, *a]\n" for n in range(50_000)),
        "lists in lists": "[" * 900_000,
        "groups in groups": "{a: " * 400_000,
        "digits": GUIDE.replace("slug: hoshi", f"slug: {'9' * 1_000_000}"),
        "tabs": "\tx\n" * 400_000,
        "strange letters": GUIDE.replace(
            lead, f"lead: '{''.join(chr(0x13000 + n) for n in range(1000)) * 100}'"
        ),
        "stops": GUIDE.replace(lead, f"lead: '{'。 ' * 300_000}'"),
        "half-width kana": GUIDE.replace(lead, f"lead: '{'ｱﾞ' * 200_000}'"),
    }


@pytest.mark.parametrize("name", long_guides())
def test_a_guide_beyond_measure_is_answered_at_once(editor, name):
    editor.write("content/guides/hoshi.yaml", long_guides()[name])
    started = time.process_time()
    problems = editor.guide_problems()
    assert time.process_time() - started < SECONDS
    assert problems
    assert all(len(problem.message) <= 300 for problem in problems)


@pytest.mark.parametrize(
    "line",
    [
        f"{'漢あ' * 14}: {'あ' * 45}い",
        f"{'漢あ' * 30}: {'あ' * 100}い",
        f"{'漢' * 100_000}: あ",
        f"漢: {'あ' * 100_000}",
    ],
)
def test_a_reading_beyond_measure_is_answered_at_once(tmp_path, line):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "readings.yaml").write_text(line + "\n", "utf-8")
    started = time.process_time()
    with pytest.raises(BookletError):
        load_readings(tmp_path)
    assert time.process_time() - started < SECONDS


def test_readings_that_cannot_be_read_are_told_and_not_left_out(tmp_path):
    (tmp_path / "content" / "readings.yaml").mkdir(parents=True)
    with pytest.raises(BookletError) as caught:
        load_readings(tmp_path)
    assert [(one.code, str(one.where)) for one in caught.value.problems] == [
        ("file-unreadable", "content/readings.yaml")
    ]


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("取り扱い", "とりあつかい"),
        ("Ｂ型", "びーがた"),
        ("葛\U000e0100飾", "かつしか"),
        ("𠮟る", "しかる"),
    ],
)
def test_a_reading_that_covers_its_word_is_kept(tmp_path, word, reading):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "readings.yaml").write_text(f"{word}: {reading}\n", "utf-8")
    assert load_readings(tmp_path) == {word: reading}

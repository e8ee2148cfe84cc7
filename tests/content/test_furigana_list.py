"""What an editor hears about `content/readings.yaml`."""

from pathlib import Path

import pytest

from booklet.content.furigana_list import load_readings
from booklet.diagnostics import BookletError


def project(folder: Path, text: str) -> Path:
    (folder / "content").mkdir()
    (folder / "content" / "readings.yaml").write_text(text, "utf-8")
    return folder


def test_readings_are_taken_by_word(tmp_path):
    text = "# 確認ずみ\n何が: なにが\n3歩: 3ぽ\nB型: ビーがた\n"
    assert load_readings(project(tmp_path, text)) == {
        "何が": "なにが",
        "3歩": "3ぽ",
        "B型": "ビーがた",
    }


def test_without_the_file_nothing_is_confirmed(tmp_path):
    assert load_readings(tmp_path) == {}


@pytest.mark.parametrize(
    ("entry", "place", "code"),
    [
        ("寄り添う: よそう", "1:7", "reading-cover"),
        ("寄り添う: yorisou", "1:7", "reading-kana"),
        ("寄り添う:", "1:6", "reading-missing"),
        ("かな: かな", "1:5", "reading-word"),
        ("- 寄り添う", "1:1", "readings-form"),
        ("星: ほし\n星: せい", "2:1", "key-twice"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(tmp_path, entry, place, code):
    with pytest.raises(BookletError) as caught:
        load_readings(project(tmp_path, entry + "\n"))
    (problem,) = caught.value.problems
    assert f"{problem.where.line}:{problem.where.column}" == place
    assert problem.code == code


def test_every_wrong_entry_is_told_at_once(tmp_path):
    with pytest.raises(BookletError) as caught:
        load_readings(project(tmp_path, "星: x\n空: y\n海: うみ\n"))
    assert len(caught.value.problems) == 2

"""`booklet sheet`: guides in a workbook and back, nothing lost, each mistake at its cell."""

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from tests.building import check

from booklet.build.sheets import export_sheet, import_sheet
from booklet.build.starting import start_project
from booklet.cli.sheet import sheet
from booklet.content.loading import guide_file
from booklet.content.occupation_list import slug_of
from booklet.content.sheet_layout import tables
from booklet.content.yaml_reader import read_yaml
from booklet.diagnostics import BookletError

ROOT = Path(__file__).parents[2]
PROJECTS = ((ROOT, "shuro-shienin"), (ROOT / "tests/examples/full", "hoshi-annainin"))


def values(file: Path) -> Any:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "where"}
        return [plain(one) for one in value] if isinstance(value, list) else value

    return plain(read_yaml(file.name, file.read_bytes()).value)


@pytest.fixture(params=PROJECTS, ids=lambda one: one[1])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    folder, slug = request.param
    shutil.copytree(folder / "content", tmp_path / "content")
    return tmp_path, slug


@pytest.fixture
def started(tmp_path: Path) -> Path:
    start_project(tmp_path)
    export_sheet(tmp_path, [], tmp_path / "g.xlsx")
    return tmp_path


def change(project: Path, title: str, cell: str, value: Any) -> None:
    book = openpyxl.load_workbook(project / "g.xlsx")
    book[title][cell] = value
    book.save(project / "g.xlsx")


def test_a_guide_comes_back_from_its_workbook_with_nothing_lost(project: tuple[Path, str]) -> None:
    folder, slug = project
    file = folder / guide_file(slug)
    before = values(file)
    export_sheet(folder, [slug], folder / "g.xlsx")
    file.unlink()
    (done,) = import_sheet(folder, folder / "g.xlsx")
    assert done.state == "new"
    assert values(file) == before


def test_a_guide_that_was_not_changed_stays_as_it_was_to_the_byte(
    project: tuple[Path, str],
) -> None:
    folder, slug = project
    before = (folder / guide_file(slug)).read_bytes()
    export_sheet(folder, [], folder / "g.xlsx")
    (done,) = import_sheet(folder, folder / "g.xlsx")
    assert done.state == "same"
    assert (folder / guide_file(slug)).read_bytes() == before


def test_a_changed_cell_changes_its_text_and_keeps_every_comment(started: Path) -> None:
    file = started / guide_file("hajimete")
    comments = [line for line in file.read_text("utf-8").splitlines() if "#" in line]
    change(started, "仕事内容", "I4", "木を植える")
    (done,) = import_sheet(started, started / "g.xlsx")
    assert done.state == "changed"
    text = file.read_text("utf-8")
    assert "- title: 木を植える\n" in text
    assert [line for line in text.splitlines() if "#" in line] == comments
    assert check(started).guides


def test_a_row_more_is_an_item_more_and_words_are_those_of_the_readers(started: Path) -> None:
    book = openpyxl.load_workbook(started / "g.xlsx")
    work = book["ワークライフバランス"]
    heads = {str(cell.value): cell.column for cell in work[2]}
    for name, value in (
        ("status", None),
        ("remote", "不可"),
        ("overtime_hours_per_month", "10〜20時間程度"),
        ("flexibility", "★★★"),
    ):
        work.cell(3, heads[name], value)
        work.cell(3, heads[name]).value = value
    book["よくある質問"]["I4"] = "朝は早いですか？"
    book["よくある質問"]["J4"] = "はい。"
    book.save(started / "g.xlsx")
    import_sheet(started, started / "g.xlsx")
    (guide,) = check(started).guides
    found: dict[str, Any] = {section.kind: section for section in guide.sections}
    assert found["work_conditions"].remote.value == "not_possible"
    assert found["work_conditions"].overtime_hours_per_month.max == 20
    assert found["work_conditions"].flexibility.value == 3
    assert [one.question for one in found["faq"].items][1] == "朝は早いですか？"


def test_every_mistake_is_told_by_sheet_and_cell_and_nothing_is_written(started: Path) -> None:
    before = (started / guide_file("hajimete")).read_bytes()
    change(started, "ガイド", "C3", None)
    change(started, "仕事内容", "J3", None)
    change(started, "概要", "I3", "くわしくは{→nai}へ")
    with pytest.raises(BookletError) as caught:
        import_sheet(started, started / "g.xlsx")
    told = {(problem.code, str(problem.where)) for problem in caught.value.problems}
    assert ("missing-key", "g.xlsx 仕事内容!I3") in told
    assert ("reference-target", "g.xlsx 概要!I3") in told
    assert any(code == "missing-key" and where.startswith("g.xlsx") for code, where in told)
    assert (started / guide_file("hajimete")).read_bytes() == before


def test_required_columns_are_marked_and_choices_are_offered(started: Path) -> None:
    book = openpyxl.load_workbook(started / "g.xlsx")
    sheet = book["資格・学歴"]
    heads = {sheet.cell(2, n).value: sheet.cell(1, n) for n in range(1, sheet.max_column + 1)}
    assert str(heads["items.name"].value).endswith("＊")
    assert not str(heads["items.url"].value).endswith("＊")
    assert "アドレス" in heads["items.url"].comment.text
    offered = {str(rule.sqref).split(":")[0][:-1] for rule in sheet.data_validations.dataValidation}
    assert heads["items.status"].column_letter in offered
    choices = [cell.value for column in book["選択肢"].columns for cell in column]
    assert {"必須", "推奨", "シフト制", "福祉・介護", "はい"} <= set(choices)
    assert len(tables()) == len(book.sheetnames) - 2


def test_a_text_that_looks_like_a_formula_stays_a_text(started: Path) -> None:
    file = started / guide_file("hajimete")
    text = file.read_text("utf-8").replace("ここに、読者への", "=1+1 と、読者への")
    file.write_text(text, "utf-8")
    export_sheet(started, [], started / "g.xlsx")
    (done,) = import_sheet(started, started / "g.xlsx")
    assert done.state == "same"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a workbook", b"\xff" * 99])
def test_a_file_that_is_no_workbook_is_told(started: Path, content: bytes) -> None:
    (started / "g.xlsx").write_bytes(content)
    with pytest.raises(BookletError, match="sheet-file"):
        import_sheet(started, started / "g.xlsx")


def test_a_workbook_of_somebody_else_is_told(started: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].append([1, 2])
    stream = io.BytesIO()
    book.save(stream)
    (started / "g.xlsx").write_bytes(stream.getvalue())
    with pytest.raises(BookletError, match="sheet-unknown"):
        import_sheet(started, started / "g.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_list_of_occupations_becomes_drafts_that_build(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    start_project(tmp_path)
    rows = [
        ("職業", "よみ", "分野", "slug"),
        ("庭師", "にわし", "農林水産", ""),
        ("石工", "イシク", "", ""),
        ("プログラマー", "", "it", "programmer"),
    ]
    (tmp_path / "list.csv").write_bytes("\r\n".join(map(sign.join, rows)).encode(encoding))
    result = CliRunner().invoke(
        sheet, ["import", str(tmp_path / "list.csv"), "--project", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output
    guides = check(tmp_path).guides
    names = [(guide.slug, guide.occupation.name) for guide in guides][1:]
    assert names == [("niwashi", "庭師"), ("ishiku", "石工"), ("programmer", "プログラマー")]
    assert guides[1].classification.field.value == "agriculture"


def test_a_row_of_a_list_that_is_not_clear_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    start_project(tmp_path)
    (tmp_path / "l.csv").write_text(
        "職業,よみ,分野\n庭師,,\n石工,いしく,宇宙\n,あ,\n木工,いしく,\n", "utf-8"
    )
    with pytest.raises(BookletError) as caught:
        import_sheet(tmp_path, tmp_path / "l.csv")
    lines = [problem.where.line for problem in caught.value.problems if problem.where]
    assert lines == [2, 3, 4]
    assert len(list((tmp_path / "content/guides").iterdir())) == 1


@pytest.mark.parametrize(
    ("kana", "slug"),
    [
        ("ほいくし", "hoikushi"),
        ("プログラマー", "purogurama"),
        ("Web デザイナー", "web-dezaina"),
        ("庭師", ""),
    ],
)
def test_a_file_name_is_made_from_the_reading(kana: str, slug: str) -> None:
    assert slug_of(kana).rstrip("-") == slug

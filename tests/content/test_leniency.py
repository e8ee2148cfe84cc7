"""What people write in the place of what the format wants, where it can mean one thing only."""

from pathlib import Path
from typing import Any

import pytest
from tests.building import check

from booklet.build.starting import start_project
from booklet.content.leniency import accept
from booklet.content.loading import guide_file
from booklet.model.guide import KINDS, Guide
from booklet.model.publication import Publication


def section(kind: str, **fields: Any) -> Any:
    """Return what becomes of a section: validated, without what nobody wrote."""
    guide = accept({"sections": [{"kind": kind, **fields}]}, Guide)
    (value,) = guide["sections"]
    model = KINDS[value["kind"]].model_validate(value)
    return model.model_dump(exclude_unset=True, mode="json")


@pytest.mark.parametrize(
    ("written", "value", "maximum"),
    [
        (4, 4, 5),
        ("4", 4, 5),
        ("４", 4, 5),
        ("4/5", 4, 5),
        ("７／１０", 7, 10),
        ("★★★★☆", 4, 5),
        ("★★★", 3, 5),
        ("☆☆☆☆☆", 0, 5),
        ("★★★★★★★☆☆☆", 7, 10),
    ],
)
def test_stars_may_be_drawn_or_counted(written: Any, value: int, maximum: int) -> None:
    assert section("ratings", outlook=written)["outlook"] == {"value": value, "max": maximum}


@pytest.mark.parametrize("written", [5, "5%", "５％", "5 %", "5パーセント"])
def test_a_share_may_have_its_sign(written: Any) -> None:
    made = section("ratings", ai_replacement_risk=written)
    assert made["ai_replacement_risk"] == {"percent": 5}


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (10, (10, 10, None)),
        ("10時間", (10, 10, None)),
        ("１０〜２０時間", (10, 20, None)),
        ("10～20", (10, 20, None)),
        ("10-20時間", (10, 20, None)),
        ("月10〜20時間程度", (10, 20, True)),
        ("約10時間", (10, 10, True)),
    ],
)
def test_hours_may_be_written_as_people_say_them(
    written: Any, hours: tuple[int, int, bool | None]
) -> None:
    made = section("work_conditions", overtime_hours_per_month=written)["overtime_hours_per_month"]
    assert (made["min"], made["max"], made.get("approximate")) == hours


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("18歳以上", {"kind": "min", "min": 18}),
        ("１８歳から", {"kind": "min", "min": 18}),
        ("65歳まで", {"kind": "max", "max": 65}),
        ("18〜65歳", {"kind": "range", "min": 18, "max": 65}),
        ("なし", {"kind": "none"}),
        ({"kind": "下限あり", "min": "１８歳"}, {"kind": "min", "min": 18}),
    ],
)
def test_an_age_limit_may_be_written_as_people_say_it(written: Any, limit: Any) -> None:
    routes = [{"from": "a", "steps": ["b"]}]
    assert section("entry", routes=routes, age_limit=written)["age_limit"] == limit


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [("3ヶ月", 3, "month"), ("3か月", 3, "month"), ("1年", 1, "year"), ("2週間", 2, "week")],
)
def test_a_length_of_time_may_be_written_in_one(written: str, value: int, unit: str) -> None:
    made = section("entry", routes=[{"from": "a", "steps": "b"}], shortest_duration=written)
    assert made["shortest_duration"] == {"value": value, "unit": unit}
    assert made["routes"][0]["steps"] == ["b"]


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        ("200,000", 200000),
        ("２００，０００", 200000),
        ("200000円", 200000),
        ("20万円", 200000),
        ("20万", 200000),
    ],
)
def test_a_sum_may_have_commas_and_a_unit(written: str, yen: int) -> None:
    evidence = {"confidence": "編集部による目安"}
    span = {"basis": "a", "min": written, "unit": "円／月", "year": "２０２６年"}
    (made,) = section("pay", spans=[{**span, "evidence": evidence}])["spans"]
    assert (made["min"], made["unit"], made["year"]) == (yen, "JPY/month", 2026)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("7:00", "07:00"),
        ("７：３０", "07:30"),
        ("7時", "07:00"),
        ("7時半", "07:30"),
        ("19時5分", "19:05"),
    ],
)
def test_a_time_may_be_written_as_people_say_it(written: str, time: str) -> None:
    entries = [{"start": written, "activity": "a"}]
    made = section("day_schedule", schedules=[{"variant": "a", "entries": entries}])
    assert made["schedules"][0]["entries"][0]["start"] == time


def test_a_readers_word_may_stand_for_a_choice() -> None:
    made = section("ワークライフバランス", remote="不可", holidays="シフト制", flexibility="２／５")
    assert made["kind"] == "work_conditions"
    assert made["remote"] == "not_possible"
    assert made["holidays"] == {"pattern": "shift"}
    education = {"typical": "高校卒、専門学校卒", "or_higher": "はい", "requirement": "一般的"}
    made = section("qualifications", education=education)
    assert made["education"]["typical"] == ["high_school", "vocational"]
    assert made["education"]["or_higher"] is True


@pytest.mark.parametrize("word", ["はい", "yes", "Yes", "あり", "○"])
def test_yes_may_be_said_in_several_words(word: str) -> None:
    made = section("prose", title="a", blocks=[{"list": ["b"], "numbered": word}])
    assert made["blocks"][0]["numbered"] is True


@pytest.mark.parametrize(
    "written",
    ["2026/4/1", "2026年4月1日", "２０２６年４月１日", "2026-4-1", "2026.4.1", "令和8年4月1日"],
)
def test_a_day_may_be_written_as_people_say_it(written: str) -> None:
    made = accept({"provenance": {"revised_on": written}}, Guide)
    assert made["provenance"]["revised_on"] == "2026-04-01"


@pytest.mark.parametrize(
    "value",
    ["2026年4月", "2026-02-30", "春", "26/4/1", "4月1日", "令和元年2月30日"],
)
def test_a_day_that_is_not_clear_is_left_for_its_author(value: str) -> None:
    made = accept({"provenance": {"revised_on": value}}, Guide)
    assert made["provenance"]["revised_on"] == value


@pytest.mark.parametrize("value", ["よい", "6", "4/5/6", "4〜5", True, 4.5, -1, [4]])
def test_a_rating_that_is_not_clear_is_left_for_its_author(value: Any) -> None:
    made = accept({"sections": [{"kind": "ratings", "outlook": value}]}, Guide)
    assert made["sections"][0]["outlook"] == value


@pytest.mark.parametrize("entry", ["niwashi", "niwashi.yaml", "niwashi.yml", {"slug": "niwashi"}])
def test_a_guide_may_be_listed_by_its_name_alone(entry: Any) -> None:
    made = accept({"title": "a", "guides": [entry]}, Publication)
    assert made["guides"] == [{"slug": "niwashi"}]


def test_a_group_of_fields_may_be_its_main_field_alone() -> None:
    value = {"publisher": "文庫", "contact": "係", "series": "叢書", "page": "B5", "guides": "a"}
    made = accept(value, Publication)
    assert made == {
        "publisher": {"name": "文庫"},
        "contact": {"organisation": "係"},
        "series": {"title": "叢書"},
        "page": {"size": "B5"},
        "guides": [{"slug": "a"}],
    }


@pytest.mark.parametrize(
    "written",
    ["images/niwa.jpg", "niwa.jpg", "content/images/niwa.jpg", "images\\niwa.jpg", "./NIWA.JPG"],
)
def test_a_picture_may_be_named_by_the_way_that_leads_to_it_alone(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/niwa.jpg").write_bytes(b"x")
    made = accept({"cover_picture": {"file": written, "alt": "a"}}, Guide, tmp_path)
    assert made["cover_picture"]["file"] == "images/niwa.jpg"


def test_a_picture_is_found_though_macos_wrote_its_name_in_pieces(tmp_path: Path) -> None:
    import unicodedata

    name = unicodedata.normalize("NFD", "がま.jpg")
    (tmp_path / name).write_bytes(b"x")
    made = accept({"cover_picture": {"file": "がま.jpg", "alt": "a"}}, Guide, tmp_path)
    assert made["cover_picture"]["file"] == name


def test_of_two_pictures_of_one_name_none_is_chosen(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "niwa.jpg").write_bytes(b"x")
    made = accept({"cover_picture": {"file": "niwa.jpg", "alt": "a"}}, Guide, tmp_path)
    assert made["cover_picture"]["file"] == "niwa.jpg"


@pytest.mark.parametrize("ending", [".yml", ".yaml.txt"])
def test_a_guide_saved_under_another_ending_is_found(tmp_path: Path, ending: str) -> None:
    start_project(tmp_path)
    file = tmp_path / guide_file("hajimete")
    file.rename(file.with_name(f"hajimete{ending}"))
    publication = tmp_path / "content/booklet.yaml"
    publication.rename(publication.with_name(f"booklet{ending}"))
    assert [guide.slug for guide in check(tmp_path).guides] == ["hajimete"]


def test_what_is_right_already_is_not_changed() -> None:
    from booklet.content.yaml_reader import read_yaml

    root = Path(__file__).parents[2]
    for file in (root / "tests/examples/full/content/guides").glob("*.yaml"):
        value = read_yaml(file.name, file.read_bytes()).value
        assert accept(value, Guide) == value


def test_the_given_value_itself_is_not_changed() -> None:
    value: Any = {"sections": [{"kind": "ratings", "outlook": 4}]}
    accept(value, Guide)
    assert value == {"sections": [{"kind": "ratings", "outlook": 4}]}


def test_a_mistake_inside_a_shorthand_is_told_at_its_place(tmp_path: Path) -> None:
    from booklet.diagnostics import BookletError

    start_project(tmp_path)
    file = tmp_path / guide_file("hajimete")
    old = "  - kind: work_conditions\n    status: not_provided\n"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    line = text.partition(old)[0].count("\n") + 2
    new = "  - kind: work_conditions\n    overtime_hours_per_month: 20〜10時間\n"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BookletError, match="range-order") as caught:
        check(tmp_path)
    (problem,) = caught.value.problems
    assert problem.where is not None
    assert (problem.where.line, problem.where.column) == (line, 31)

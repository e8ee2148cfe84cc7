"""The schemas: what a program such as VS Code offers and marks while an author types."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from booklet.build.schemas import schemas
from booklet.content.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
GUIDES = (
    ROOT / "content/guides/shuro-shienin.yaml",
    ROOT / "tests/examples/full/content/guides/hoshi-annainin.yaml",
)
PUBLICATIONS = (ROOT / "content/booklet.yaml", ROOT / "tests/examples/full/content/booklet.yaml")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return {name: json.loads(text) for name, text in schemas().items()}


def plain(file: Path) -> Any:
    def without_places(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_places(one) for key, one in value.items() if key != "where"}
        return [without_places(one) for one in value] if isinstance(value, list) else value

    return without_places(read_yaml(file.name, file.read_bytes()).value)


def faults(schema: Any, value: Any) -> list[str]:
    return [error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


def fields(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field an author can write, with its path; conditions are no fields."""
    if isinstance(schema, list):
        for index, one in enumerate(schema):
            yield from fields(one, f"{path}/{index}")
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                yield from ((f"{path}/{name}", field) for name, field in value.items())
            if key != "if":
                yield from fields(value, f"{path}/{key}")


def test_the_schemas_are_right_by_the_standard_of_2020_12(made: dict[str, Any]) -> None:
    assert sorted(made) == ["booklet.schema.json", "guide.schema.json", "readings.schema.json"]
    for schema in made.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_field_has_a_description_in_japanese_and_an_example(made: dict[str, Any]) -> None:
    found = [one for schema in made.values() for one in fields(schema)]
    assert len(found) > 300
    assert [path for path, field in found if not field.get("description")] == []
    assert [path for path, field in found if not field.get("examples")] == []
    assert all(any("ぁ" <= sign <= "鿿" for sign in field["description"]) for _, field in found)


def test_every_example_fits_its_own_field(made: dict[str, Any]) -> None:
    wrong = []
    for schema in made.values():
        for path, field in fields(schema):
            whole = {**field, "$defs": schema.get("$defs", {})}
            wrong += [(path, one) for one in field["examples"] if faults(whole, one)]
    assert wrong == [], wrong


def test_what_is_ours_alone_is_not_offered(made: dict[str, Any]) -> None:
    assert [path for s in made.values() for path, _ in fields(s) if path.endswith("/where")] == []


def test_both_guides_and_their_publications_fit(made: dict[str, Any]) -> None:
    for guide in GUIDES:
        assert faults(made["guide.schema.json"], plain(guide)) == []
    for publication in PUBLICATIONS:
        assert faults(made["booklet.schema.json"], plain(publication)) == []


def test_a_text_may_be_given_in_several_languages(made: dict[str, Any]) -> None:
    guide = plain(GUIDES[0])
    guide["title"] = {"ja": "題", "en": "Title"}
    assert faults(made["guide.schema.json"], guide) == []
    guide["title"] = {"日本語": "題"}
    assert faults(made["guide.schema.json"], guide) == ["$.title"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("title",), None),
        (("classification", "field"), "fishing"),
        (("titel",), "x"),
        (("sections", 0, "outlook"), {"value": 4}),
        (("sections", 0, "kind"), "rating"),
        (("sections", 3, "items", 0, "title"), ["x"]),
        (("sections", 9, "routes", 0, "from"), 3),
        (("provenance", "revised_on"), "last spring"),
        (("provenance", "edition", "number"), "one"),
    ],
)
def test_a_mistake_is_marked_where_it_is(
    made: dict[str, Any], place: tuple[Any, ...], value: Any
) -> None:
    guide = copy.deepcopy(plain(GUIDES[0]))
    inner = guide
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    (fault,) = faults(made["guide.schema.json"], guide)
    path = "$" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in place)
    assert path.startswith(fault)


def test_words_to_choose_from_come_with_what_readers_see(made: dict[str, Any]) -> None:
    text = json.dumps(made["guide.schema.json"], ensure_ascii=False)
    assert '"welfare"' in text
    assert '"福祉・介護"' in text
    field = made["guide.schema.json"]["$defs"]["Field"]["anyOf"][0]
    assert len(field["enum"]) == len(field["enumDescriptions"]) > 10


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("sections", 0, "outlook"), "★★★★☆"),
        (("sections", 0, "outlook"), "４／５"),
        (("sections", 0, "ai_replacement_risk"), "5%"),
        (("sections", 9, "age_limit"), "18歳以上"),
        (("sections", 9, "shortest_duration"), "3ヶ月"),
        (("sections", 10, "overtime_hours_per_month"), "10〜20時間"),
        (("sections", 10, "holidays"), "シフト制"),
        (("sections", 10, "remote"), "不可"),
        (("provenance", "revised_on"), "2026年4月1日"),
        (("provenance", "edition", "number"), "１"),
    ],
)
def test_what_the_check_accepts_is_not_marked_as_wrong(
    made: dict[str, Any], place: tuple[Any, ...], value: Any
) -> None:
    guide = plain(GUIDES[0])
    inner = guide
    for step in place[:-1]:
        inner = inner[step]
    assert place[-1] in inner
    inner[place[-1]] = value
    assert faults(made["guide.schema.json"], guide) == []


def test_readings_are_words_with_kanji_and_their_kana(made: dict[str, Any]) -> None:
    schema = made["readings.schema.json"]
    assert faults(schema, {"寄り添う": "よりそう"}) == []
    assert faults(schema, {"そば": "そば"}) != []
    assert faults(schema, {"寄り添う": "yorisou"}) != []

"""What stands in a model is complete, typed and stays as it is."""

import datetime
import typing

import pytest
from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError

from booklet.model.choices import Icon
from booklet.model.guide import KINDS, Guide, Occupation, pictures, section_name
from booklet.model.parts import Choice, HoursPerMonth, Part, Percentage, Stars
from booklet.model.provenance import Provenance
from booklet.model.publication import PageSize, Publication
from booklet.model.section import SectionBase
from booklet.model.stories import BLOCKS, TextBlock, block_key

PROVENANCE = {
    "edition": {"number": 1, "version": "1.0", "status": "draft"},
    "first_published": "2026-04-01",
    "revised_on": "2026-04-01",
    "rights": {"status": "own"},
}


def parts(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Return a model and every model below it."""
    found = {model}
    waiting = [field.annotation for field in model.model_fields.values()]
    while waiting:
        annotation = waiting.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in found:
                found |= {annotation} | parts(annotation)
        else:
            waiting += typing.get_args(annotation)
    return found


ALL = sorted(parts(Guide) | parts(Publication), key=lambda model: model.__name__)


def test_every_part_an_editor_writes_is_found():
    assert {"Guide", "Publication", "Stars", "TableBlock", "AbsentSection"} <= {
        model.__name__ for model in ALL
    }


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_a_part_is_frozen_refuses_unknown_fields_and_knows_its_place(model):
    assert issubclass(model, Part)
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"
    assert "where" in model.model_fields


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_every_number_has_a_least_and_a_greatest_value(model):
    for name, field in model.model_fields.items():
        limits = numbers(field.annotation, list(field.metadata))
        for found in limits:
            assert any(isinstance(limit, Ge) for limit in found), f"{model.__name__}.{name}"
            assert any(isinstance(limit, Le) for limit in found), f"{model.__name__}.{name}"


def numbers(annotation, metadata: list) -> list[list]:
    """Return the constraints of every whole number in an annotation."""
    if annotation is int:
        return [[limit for item in metadata for limit in getattr(item, "metadata", [item])]]
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return numbers(inner, metadata + more)
    return [found for inner in typing.get_args(annotation) for found in numbers(inner, metadata)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_section_has_a_title_and_an_icon_of_its_own(kind):
    section = KINDS[kind]
    assert issubclass(section, SectionBase)
    assert section.default_title
    assert section.default_icon in Icon
    assert set(section.needs_one_of) <= section.model_fields.keys()


def test_no_two_kinds_share_a_title():
    titles = [section.default_title for section in KINDS.values()]
    assert len(set(titles)) == len(titles)


def test_a_section_is_called_by_its_id_or_else_by_its_kind():
    closing = KINDS["closing"]
    assert section_name(closing(kind="closing", text="星")) == "closing"
    assert section_name(closing(kind="closing", text="星", id="owari")) == "owari"
    day = {"variant": "昼", "entries": [{"start": "10:00", "activity": "星"}]}
    assert section_name(KINDS["day_schedule"](kind="day_schedule", schedules=[day])) == (
        "day-schedule"
    )


def test_a_block_is_known_by_the_field_it_starts_with_as_written_and_as_read():
    assert block_key({"text": "星"}) == "text"
    assert block_key({"numbered": True, "list": ["星"]}) == "list"
    assert block_key(TextBlock(text="星")) == "text"
    assert [block_key(block) for block in ("text", None, 3, ["text"], {"items": []})] == [None] * 5
    assert list(BLOCKS) == ["heading", "text", "list", "picture", "table"]


def test_every_picture_of_a_guide_is_found_in_reading_order():
    guide = Guide.model_validate(
        {
            "slug": "hoshi",
            "title": "星",
            "occupation": {"name": "星"},
            "classification": {"field": "other", "subfield": "星"},
            "lead": "星",
            "cover_picture": {"file": "a.png", "alt": "a"},
            "sections": [
                {"kind": "overview", "text": "星", "picture": {"file": "b.png", "alt": "b"}},
                {
                    "kind": "prose",
                    "title": "星",
                    "blocks": [{"picture": {"file": "c.png", "alt": "c"}}, {"text": "星"}],
                },
            ],
            "provenance": PROVENANCE,
        }
    )
    assert [picture.file for picture in pictures(guide)] == ["a.png", "b.png", "c.png"]


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (Stars, {"value": 0, "max": 1}),
        (Stars, {"value": 10, "max": 10}),
        (Percentage, {"percent": 0}),
        (Percentage, {"percent": 100}),
        (HoursPerMonth, {"min": 0, "max": 0}),
        (HoursPerMonth, {"min": 100, "max": 100}),
    ],
)
def test_the_limits_themselves_are_allowed(model, given):
    assert model.model_validate(given)


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (Stars, {"value": 3}),
        (Stars, {"value": 6, "max": 5}),
        (Stars, {"value": 3.0, "max": 5}),
        (Stars, {"value": "3", "max": 5}),
        (Stars, {"value": True, "max": 5}),
        (Stars, {"value": 0, "max": 0}),
        (Percentage, {"percent": 101}),
        (HoursPerMonth, {"min": 20, "max": 10}),
        (HoursPerMonth, {"min": 1, "max": 10, "approximate": 1}),
    ],
)
def test_what_lies_beyond_them_is_refused(model, given):
    with pytest.raises(ValidationError):
        model.model_validate(given)


def test_a_day_is_a_day_and_the_first_edition_may_be_revised_on_its_own_day():
    provenance = Provenance.model_validate(PROVENANCE)
    assert provenance.revised_on == datetime.date(2026, 4, 1)


def test_what_was_read_cannot_be_changed():
    stars = Stars(value=3, max=5)
    with pytest.raises(ValidationError):
        stars.value = 4


def test_a_word_to_choose_has_words_for_readers():
    choices = [choice for model in Choice.__subclasses__() for choice in model]
    assert len(choices) > 100
    assert all(choice.label and choice.value == str(choice) for choice in choices)


def test_a_page_size_knows_its_millimetres():
    assert {size.value: size.millimetres for size in PageSize} == {
        "A5": (148, 210),
        "B5": (182, 257),
        "A4": (210, 297),
    }


def test_a_name_that_no_cover_can_hold_is_refused():
    with pytest.raises(ValidationError, match="at most 60"):
        Occupation.model_validate({"name": "星" * 61})

"""What someone who writes a new guide or a new kind of section can start from."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.conftest import FULL_EXAMPLE, ROOT

from booklet.content.yaml_reader import read_yaml
from booklet.model.choices import Icon
from booklet.model.guide import KINDS
from booklet.model.section import AbsentSection

EXAMPLES = ROOT / "tests" / "examples"
PLACES = {
    "example": EXAMPLES / "{kind}.yaml",
    "template": ROOT / "src" / "booklet" / "html" / "templates" / "sections" / "{kind}.html",
    "stylesheet": ROOT / "styles" / "sections" / "{kind}.css",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_section_has_its_files(kind, place):
    file = Path(str(PLACES[place]).format(kind=kind))
    assert file.is_file(), f"{kind} lacks its {place}: {file.relative_to(ROOT)}"


@pytest.mark.parametrize("sheet", ["print.css", "epub.css"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_section_is_styled_in_print_and_in_the_epub(kind, sheet):
    assert f'@import "sections/{kind}.css";' in (ROOT / "styles" / sheet).read_text("utf-8")


def section(kind: str) -> dict[str, object]:
    document = read_yaml(f"{kind}.yaml", (EXAMPLES / f"{kind}.yaml").read_bytes())
    assert document.problems == []
    return document.value


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_valid(kind):
    assert TypeAdapter(KINDS[kind]).validate_python(section(kind)).kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_the_smallest(kind):
    whole = section(kind)
    for name in whole.keys() - {"where"}:
        smaller = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(ValidationError):
            TypeAdapter(KINDS[kind]).validate_python(smaller)


def test_the_full_example_fills_every_kind_and_says_that_it_is_made_up(full_guide):
    present = {s.kind for s in full_guide.guide.sections if not isinstance(s, AbsentSection)}
    assert present == set(KINDS)
    assert "架空" in full_guide.text


def test_the_full_example_lies_in_the_tests_and_not_in_the_content():
    assert not (ROOT / "content" / "guides" / "hoshi-annainin.yaml").exists()
    assert (FULL_EXAMPLE / "content" / "guides" / "hoshi-annainin.yaml").is_file()


@pytest.mark.parametrize("icon", [icon.value for icon in Icon])
def test_every_icon_an_editor_may_name_is_drawn_in_one_stroke_weight(icon):
    drawing = (ROOT / "styles" / "icons" / f"{icon}.svg").read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke-width="1.5"' in drawing
    assert drawing.count("stroke-width") == 1


def test_no_icon_is_drawn_that_nobody_can_name():
    drawn = {path.stem for path in (ROOT / "styles" / "icons").glob("*.svg")}
    assert drawn == {icon.value for icon in Icon}

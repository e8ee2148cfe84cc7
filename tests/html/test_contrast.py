"""Which colours of a theme readers can tell apart, and what a designer hears about the others."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from tests.projects import FULL_EXAMPLE

from booklet.cli import main
from booklet.html.contrast import DRAWN, PAIRS, contrast, contrast_problems
from booklet.html.palette import palette_file
from booklet.html.theme import DEFAULT_STYLES, load_theme
from booklet.model.choices import Field
from booklet.model.theme import FIELD_PALETTES, Theme


def test_black_on_white_has_the_highest_contrast_and_a_colour_on_itself_the_lowest():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#0B5C58", "#0B5C58") == pytest.approx(1)
    # The example of the W3C: this grey is the lightest that may stand on white.
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_default_theme_can_be_read(tmp_path):
    assert contrast_problems(load_theme(tmp_path)) == []


def test_every_colour_of_the_default_theme_is_in_a_pair():
    named = set(re.findall(r"--([a-z-]+):\s*#", (DEFAULT_STYLES / "tokens.css").read_text("utf-8")))
    assert named - {name for pair in PAIRS for name in pair} - DRAWN == set()


def test_a_pair_that_is_too_light_is_told_with_its_place_and_nothing_is_made(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(FULL_EXAMPLE, project)
    tokens = (DEFAULT_STYLES / "tokens.css").read_text("utf-8")
    lighter = re.sub(r"--persimmon: #[0-9A-F]{6}", "--persimmon: #E8834F", tokens)
    assert lighter != tokens
    (project / "styles").mkdir()
    (project / "styles" / "tokens.css").write_text(lighter, "utf-8")
    line = 1 + lighter[: lighter.index("--persimmon:")].count("\n")
    output = tmp_path / "out"
    result = CliRunner().invoke(main, ["build", "--project", str(project), "--output", str(output)])
    assert result.exit_code == 1
    assert f"styles/tokens.css:{line}:3: persimmon on paper has a contrast of 2.7" in result.output
    assert "[contrast-low]" in result.output
    assert "try: a darker --persimmon or a lighter --paper" in result.output
    assert [path.name for path in output.iterdir()] == ["report.json"]
    problems = json.loads((output / "report.json").read_text("utf-8"))["problems"]
    assert {problem["line"] for problem in problems if problem["code"] == "contrast-low"} == {line}


def test_a_name_that_a_theme_lacks_is_in_no_pair():
    theme = Theme({"tokens.css": b":root {\n  --ink: #000000;\n}\n"})
    assert contrast_problems(theme) == []


@pytest.mark.parametrize("name", FIELD_PALETTES)
def test_the_colours_of_every_field_can_be_read_and_printed(name, tmp_path):
    theme = load_theme(tmp_path)
    colours = theme.colours("standard", f"palettes/{name}.css")
    assert set(colours) == set(theme.colours())
    for ground, words in PAIRS:
        assert contrast(colours[ground], colours[words]) >= 4.5, (ground, words)
    inks = theme.inks()
    for colour in colours.values():
        assert sum(inks[colour.lower()]) <= 238


def test_in_grey_no_panel_becomes_as_dark_as_what_stands_on_it(tmp_path):
    theme = load_theme(tmp_path)
    for name in FIELD_PALETTES:
        colours = theme.colours("standard", f"palettes/{name}.css")
        assert contrast(colours["apricot"], colours["pine"]) >= 3
        assert contrast(colours["mist"], colours["paper"]) < 1.25


def test_every_field_has_a_palette_and_a_project_with_its_own_colours_keeps_them(tmp_path):
    theme = load_theme(tmp_path)
    files = {palette_file(theme, field) for field in Field}
    assert files == {None, *(f"palettes/{name}.css" for name in FIELD_PALETTES)}
    own = tmp_path / "styles"
    own.mkdir()
    (own / "tokens.css").write_text((DEFAULT_STYLES / "tokens.css").read_text("utf-8"), "utf-8")
    assert {palette_file(load_theme(tmp_path), field) for field in Field} == {None}

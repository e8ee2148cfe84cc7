"""What someone at the command line gets: files, words and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from booklet.cli import main
from booklet.cli.main import COMMANDS
from booklet.cli.options import EDITIONS, FORMATS
from booklet.model.edition import Edition
from booklet.model.publication import Format
from tests.conftest import FULL_EXAMPLE, ROOT
from tests.projects import project_with


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_help_shows_what_to_type():
    for command in ([], ["build"], ["check"], ["pages"]):
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert "booklet build --format epub" in result.output


def test_the_list_of_commands_says_of_each_what_it_says_itself():
    for name, words in COMMANDS.items():
        command = main.get_command(click.Context(main), name)
        assert (command.help or "").split("\n\n")[0].replace("\n", " ") == words


def test_the_options_offer_every_format_and_edition_of_the_model():
    assert tuple(one.value for one in Format) == FORMATS
    assert tuple(one.value for one in Edition) == EDITIONS


def test_a_good_guide_is_checked_with_exit_code_0():
    result = run("check", "--project", ROOT)
    assert result.exit_code == 0
    assert "1 guide checked: no problems" in result.output


def test_a_bad_guide_is_told_with_its_place_and_exit_code_1(tmp_path):
    project = project_with(tmp_path, "outlook: {value: 4, max: 5}", "outlook: {value: 6, max: 5}")
    result = run("check", "--project", project)
    assert result.exit_code == 1
    assert "content/guides/hoshi-annainin.yaml:33:22: " in result.output
    assert "[stars-over-max]" in result.output
    assert "    try: " in result.output
    assert "1 guide checked: 1 problem" in result.output
    assert "Traceback" not in result.output


def test_all_problems_of_a_guide_are_told_at_once(tmp_path):
    project = project_with(tmp_path, "outlook: {value: 4, max: 5}", "outlok: {value: 6, max: 5}")
    listed = project / "content" / "booklet.yaml"
    assert run("check", "--project", project).output.count("    try: ") == 1
    guide = project / "content" / "guides" / "hoshi-annainin.yaml"
    guide.write_text(guide.read_text("utf-8").replace("percent: 12", "percent: 112"), "utf-8")
    result = run("check", "hoshi-annainin", "--project", project)
    assert result.exit_code == 1
    assert result.output.count("    try: ") == 2
    assert "1 guide checked: 2 problems" in result.output
    listed.write_text("title: [", "utf-8")
    assert run("check", "--project", project).exit_code == 1


def test_a_warning_fails_a_check_only_when_it_is_strict(tmp_path):
    project = project_with(tmp_path, "date: 2099-10-01", "date: 2026-10-20")
    result = run("check", "--project", project)
    assert result.exit_code == 0
    assert "warning: 架空の「星あかり条例」の改正 changed on 2026-10-20" in result.output
    assert "1 guide checked: see the warnings above" in result.output
    assert run("check", "--strict", "--project", project).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--format", "docx"),
        ("build", "--edition", "gold"),
        ("build", "--no-such-option"),
        ("build", "--project", "/no/such/folder"),
        ("check", "no-such-guide", "--project", str(ROOT)),
        ("no-such-command",),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert "Traceback" not in result.output


def test_an_unknown_guide_is_answered_with_those_there_are():
    result = run("build", "no-such-guide", "--project", ROOT)
    assert "there are: shuro-shienin" in result.output


def test_a_folder_without_content_is_a_problem_and_not_a_traceback(tmp_path):
    result = run("build", "--project", tmp_path, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "content/booklet.yaml: there is no such file [file-missing]" in result.output


def test_a_build_ends_with_a_table_and_leaves_a_report(tmp_path):
    result = run("build", "--project", FULL_EXAMPLE, "--output", tmp_path, "--strict")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("file "))
    table = lines[start : start + 6]
    assert table[0].split() == ["file", "pages", "size", "seconds", "verdict"]
    assert [line.split()[0] for line in table[1:]] == [
        "hoshi-annainin.pdf",
        "hoshi-annainin.epub",
        "hoshi-annainin.txt",
        "hoshi-annainin-press.pdf",
        "hoshi-annainin-office.pdf",
    ]
    assert all(line.endswith("passed") for line in table[1:])
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [file["format"] for file in report["files"]] == [
        "reading",
        "epub",
        "text",
        "press",
        "office",
    ]
    sizes = {file["name"]: file["bytes"] for file in report["files"]}
    assert all((tmp_path / name).stat().st_size == size for name, size in sizes.items())


@pytest.mark.parametrize(
    ("format_", "ending"), [("reading", "pdf"), ("epub", "epub"), ("text", "txt")]
)
def test_one_format_alone_gives_the_same_file_as_all_together(
    tmp_path, full_guide, format_, ending
):
    run("build", "--project", FULL_EXAMPLE, "--output", tmp_path, "--format", format_)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted([f"hoshi-annainin.{ending}", "report.json"])
    whole = full_guide.text.encode() if ending == "txt" else getattr(full_guide, ending)
    assert (tmp_path / f"hoshi-annainin.{ending}").read_bytes() == whole


def test_progress_is_one_plain_line_a_step_where_there_is_no_terminal(tmp_path):
    result = run(
        "build", "--project", FULL_EXAMPLE, "--output", tmp_path, "--format", "text", "--no-cache"
    )
    lines = result.output.splitlines()
    assert lines[:2] == [
        "reading the content",
        "[1/1] 星の案内人という仕事: written",
    ]
    assert "\x1b" not in result.output


def test_the_pages_of_a_build_become_pictures(tmp_path, first_guide):
    (tmp_path / "a.pdf").write_bytes(first_guide.pdf)
    result = run("pages", "--output", tmp_path, "--dpi", "40")
    assert result.exit_code == 0
    pictures = sorted(path.name for path in (tmp_path / "pages" / "a").iterdir())
    count = next(file.pages for file in first_guide.report.files if file.format == "reading")
    assert pictures == [f"{number:02}.png" for number in range(1, count + 1)] + ["spreads.png"]


def test_pictures_of_a_build_that_was_not_made_are_a_problem(tmp_path):
    result = run("pages", "--output", tmp_path)
    assert result.exit_code == 1
    assert "[pdf-missing]" in result.output


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["build", "--help"]])
def test_quick_commands_do_not_wait_for_the_libraries_of_a_build(arguments):
    script = (
        "import sys\n"
        "from booklet.cli import main\n"
        f"try: main({arguments!r}, prog_name='booklet')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "slow = {'weasyprint', 'jinja2', 'lxml', 'ebooklib', 'pikepdf', 'pypdfium2', 'PIL'}\n"
        "assert not slow & set(sys.modules), slow & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr

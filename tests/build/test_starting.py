"""`booklet new`: what someone finds who starts in an empty folder."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.building import build, check

from booklet.build.starting import SIZES, add_guide, start_project
from booklet.cli.new import new
from booklet.content.guide_list import other_occupations, unlisted_guides, with_guide_listed
from booklet.content.loading import guide_file
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError
from booklet.model.guide import KINDS

ROOT = Path(__file__).parents[2]


def read(project: Path, slug: str) -> Document:
    return read_yaml(guide_file(slug), (project / guide_file(slug)).read_bytes())


def test_a_newcomer_gets_a_project_that_builds_at_once_without_a_question(tmp_path: Path) -> None:
    result = CliRunner().invoke(new, [str(tmp_path / "hon"), "--yes"])
    assert result.exit_code == 0, result.output
    assert "作りました" in result.output
    report = build(tmp_path / "hon", tmp_path / "made")
    assert {file.name for file in report.files} == {
        "hajimete.pdf",
        "hajimete.epub",
        "hajimete.txt",
    }
    assert all(file.verdict == "passed" for file in report.files)


def test_a_newcomer_is_asked_for_title_publisher_size_and_language(tmp_path: Path) -> None:
    answers = '町の "本": 1\n文庫 #1\nB5\nja\n'
    result = CliRunner().invoke(new, [str(tmp_path / "hon")], input=answers)
    assert result.exit_code == 0, result.output
    publication = check(tmp_path / "hon").publication
    assert publication.title == '町の "本": 1'
    assert publication.publisher is not None
    assert publication.publisher.name == "文庫 #1"
    assert publication.page.size.value == "B5"


@pytest.mark.parametrize("size", SIZES)
def test_every_page_size_that_is_offered_is_accepted(tmp_path: Path, size: str) -> None:
    start_project(tmp_path, size=size)
    assert check(tmp_path).publication.page.size.value == size


def test_a_new_guide_explains_every_kind_of_section_where_it_stands(tmp_path: Path) -> None:
    start_project(tmp_path)
    text = (tmp_path / guide_file("hajimete")).read_text("utf-8")
    for kind, section in KINDS.items():
        note, _, rest = text.partition(f"# ■ {section.default_title}（{kind}）")[2].partition(
            f"- kind: {kind}\n"
        )
        assert note.count("\n  # ") >= 2, kind
        assert rest, kind


def test_every_example_in_a_new_guide_counts_when_its_marks_are_taken_away(tmp_path: Path) -> None:
    start_project(tmp_path)
    file = tmp_path / guide_file("hajimete")
    text = file.read_text("utf-8")
    text, absent = re.subn(r"^  - kind: (\w+)\n    status: not_provided\n", "", text, flags=re.M)
    sections, end, record = text.partition("# 発行の記録")
    sections = re.sub(r"^  # (- kind: \w+\n)", r"  \1", sections, flags=re.M)
    text = re.sub(r"^  # (  +.*\n)", r"  \1", sections, flags=re.M) + end + record
    # What refers to a source or to a picture file needs those, too.
    text = re.sub(r"^ +source: .*\n", "", text, flags=re.M)
    text = re.sub(r"^ +- picture:\n(?: {10,}.*\n)+", "", text, flags=re.M)
    file.write_text(text, "utf-8")
    (guide,) = check(tmp_path).guides
    assert absent == 18
    assert {section.kind for section in guide.sections} == set(KINDS)
    assert not any(hasattr(section, "status") for section in guide.sections)


def test_nothing_that_is_there_already_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("mine")
    with pytest.raises(BookletError, match="project-exists"):
        start_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["Makefile"]
    assert (tmp_path / "Makefile").read_text() == "mine"


def test_a_second_project_does_not_go_into_the_folder_of_the_first(tmp_path: Path) -> None:
    start_project(tmp_path)
    with pytest.raises(BookletError, match="もう冊子の原稿があります"):
        start_project(tmp_path)


def test_a_new_guide_is_listed_and_the_comments_stay(tmp_path: Path) -> None:
    start_project(tmp_path)
    before = (tmp_path / "content/booklet.yaml").read_text("utf-8")
    runner = CliRunner()
    asked = ["guide", "pan-shokunin", "--name", "パン職人", "--project", str(tmp_path)]
    result = runner.invoke(new, asked)
    assert result.exit_code == 0, result.output
    after = (tmp_path / "content/booklet.yaml").read_text("utf-8")
    assert after == before + "  - slug: pan-shokunin\n"
    guides = check(tmp_path).guides
    assert [guide.occupation.name for guide in guides] == ["職業の名前", "パン職人"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "title: a\nguides:\n  - slug: a\n    volume: 1\n  # end\nlanguage: ja # why\n",
            "title: a\nguides:\n  - slug: a\n    volume: 1\n  - slug: neu\n"
            "  # end\nlanguage: ja # why\n",
        ),
        ("guides:\n- slug: a", "guides:\n- slug: a\n- slug: neu\n"),
        (
            "guides:\n  - slug: a # the first\ntitle: x\n",
            "guides:\n  - slug: a # the first\n  - slug: neu\ntitle: x\n",
        ),
        ("guides: [{slug: a}]\ntitle: x\n", "guides: [{slug: a}, {slug: neu}]\ntitle: x\n"),
        ("guides:\n  - neu\n", "guides:\n  - neu\n"),
        ("title: x\n", None),
        ("guides:\n\t- slug: a\n", None),
    ],
)
def test_a_guide_goes_to_the_end_of_the_list_and_nothing_else_changes(
    before: str, after: str | None
) -> None:
    assert with_guide_listed(before, "neu") == after


@pytest.mark.parametrize("name", ["パン", "Pan", "a_b", "../x", "con", "a" * 61, ""])
def test_a_name_that_cannot_be_a_files_is_refused(tmp_path: Path, name: str) -> None:
    start_project(tmp_path)
    with pytest.raises(BookletError, match="new-name"):
        add_guide(tmp_path, name)


def test_a_guide_nobody_listed_is_told(tmp_path: Path) -> None:
    start_project(tmp_path)
    (tmp_path / guide_file("niwashi")).write_text("slug: niwashi\n")
    (problem,) = unlisted_guides(tmp_path, ["hajimete"], "ja")
    assert (problem.code, "niwashi.yaml" in problem.message) == ("guide-unlisted", True)
    assert "slug: niwashi" in problem.hint


def test_a_copied_guide_that_still_speaks_of_the_other_occupation_is_told(tmp_path: Path) -> None:
    start_project(tmp_path)
    add_guide(tmp_path, "niwashi", name="庭師")
    file = tmp_path / guide_file("niwashi")
    text = file.read_text("utf-8").replace(
        "ここに、読者への結びの言葉を書きます。",
        "庭師は木と長くつきあいます。庭師の一年は冬の手入れから始まります。",
    )
    file.write_text(text, "utf-8")
    copied = text.replace("slug: niwashi", "slug: ishiku").replace("name: 庭師", "name: 石工")
    (tmp_path / guide_file("ishiku")).write_text(copied, "utf-8")
    documents = {slug: read(tmp_path, slug) for slug in ("niwashi", "ishiku")}
    problems = other_occupations(documents)
    assert {problem.where.file for problem in problems if problem.where} == {guide_file("ishiku")}
    lines = copied.splitlines()
    told = [lines[problem.where.line - 1] for problem in problems if problem.where]
    assert any("庭師は木と" in line for line in told)


def test_guides_that_only_mention_each_other_are_left_alone(tmp_path: Path) -> None:
    start_project(tmp_path)
    texts = {
        "niwashi": "庭師は、石工と一緒に庭を作ります。木を植えるのが庭師です。",
        "ishiku": "石工は、庭師のとなりで石を据えます。石を見立てるのが石工です。",
    }
    for slug, name in (("niwashi", "庭師"), ("ishiku", "石工")):
        add_guide(tmp_path, slug, name=name)
        file = tmp_path / guide_file(slug)
        text = file.read_text("utf-8").replace(
            "ここに、読者への結びの言葉を書きます。", texts[slug]
        )
        file.write_text(text, "utf-8")
    assert other_occupations({slug: read(tmp_path, slug) for slug in texts}) == []


def test_the_windows_file_is_cp932_with_no_byte_the_interpreter_takes_for_a_sign(
    tmp_path: Path,
) -> None:
    start_project(tmp_path)
    content = (tmp_path / "make-booklet.bat").read_bytes()
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"")
    for character in content.decode("cp932"):
        if len(encoded := character.encode("cp932")) == 2:
            assert encoded[1] not in b'|^&<>()%!"\\', character


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_double_click_file_for_macos_makes_the_booklet(tmp_path: Path) -> None:
    start_project(tmp_path)
    program = tmp_path / ".venv/bin/booklet"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "made with $*"\n')
    program.chmod(0o755)
    made = subprocess.run(
        [tmp_path / "make-booklet.command"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd="/",
    )
    assert made.returncode == 0
    assert "made with build" in made.stdout
    assert "できました" in made.stdout


def test_the_editors_program_finds_the_schemas_its_settings_name(tmp_path: Path) -> None:
    start_project(tmp_path)
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))
    assert len(settings["yaml.schemas"]) == 3
    for schema in settings["yaml.schemas"]:
        assert json.loads((tmp_path / schema).read_text("utf-8"))["$schema"]

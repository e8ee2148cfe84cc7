"""`booklet fix`: what is certain is mended, and nothing else is touched."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.building import check

from booklet.build.fixing import fix_project
from booklet.build.starting import start_project
from booklet.cli.fix import fix
from booklet.content.loading import guide_file
from booklet.diagnostics import BookletError
from booklet.model.sentences_en import ENGLISH, ENGLISH_PROBLEMS
from booklet.model.sentences_ja import JAPANESE, JAPANESE_PROBLEMS

GUIDE = guide_file("hajimete")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    start_project(tmp_path)
    return tmp_path


def change(project: Path, *changes: tuple[str, str]) -> str:
    text = (project / GUIDE).read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (project / GUIDE).write_text(text, "utf-8")
    return text


def test_a_broken_guide_can_be_built_after_it_was_mended_and_is_as_it_was(project: Path) -> None:
    whole = (project / GUIDE).read_text("utf-8")
    broken = change(
        project,
        ("  name: 職業の名前", "　name：職業の名前"),
        ('    version: "0.1"', "    version: “0.1”"),
        ("      - title: 次の仕事の名前", "        title: 次の仕事の名前"),
        ("      - おもな職場の名前", "      ・おもな職場の名前"),
    )
    with pytest.raises(BookletError):
        check(project)
    result = CliRunner().invoke(fix, ["--project", str(project)])
    assert result.exit_code == 0, result.output
    assert (project / GUIDE).read_text("utf-8") == whole
    assert (project / f"{GUIDE}.bak").read_text("utf-8") == broken
    assert "-　name：職業の名前\n+  name: 職業の名前\n" in result.output
    assert "もとのファイルは" in result.output
    assert check(project).guides


def test_a_second_mend_keeps_the_first_backup(project: Path) -> None:
    for old, new in (("\ntagline: ", "\ntagline："), ("\nlead: ", "\nlead：")):
        change(project, (old, new))
        fix_project(project)
    backups = sorted(path.name for path in (project / GUIDE).parent.glob("*.bak"))
    assert backups == ["hajimete.yaml.2.bak", "hajimete.yaml.bak"]


def test_on_a_dry_run_nothing_is_written(project: Path) -> None:
    broken = change(project, ("\ntagline: ", "\ntagline："))
    result = CliRunner().invoke(fix, ["--dry-run", "--project", str(project)])
    assert "+tagline: " in result.output
    assert (project / GUIDE).read_text("utf-8") == broken
    assert not list(project.rglob("*.bak"))


def test_a_right_project_is_left_alone(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    result = CliRunner().invoke(fix, ["--project", str(project)])
    assert "ありませんでした" in result.output
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_a_file_from_an_old_editor_becomes_utf_8(project: Path, encoding: str) -> None:
    text = (project / GUIDE).read_text("utf-8").replace("\n", "\r\n")
    (project / GUIDE).write_bytes(text.encode(encoding, "replace"))
    fix_project(project)
    assert (project / GUIDE).read_bytes().decode("utf-8").count("\r\n") == text.count("\r\n")
    assert check(project).guides


def test_what_only_the_author_can_mend_is_told(project: Path) -> None:
    change(project, ("tagline: ここに、", "tagline: <b>ここ</b>に、"))
    result = CliRunner().invoke(fix, ["hajimete", "--project", str(project)])
    assert "<b> は、そのまま印刷されます" in result.output


def test_a_guide_that_is_not_there_is_told(project: Path) -> None:
    result = CliRunner().invoke(fix, ["niwashi", "--project", str(project)])
    assert result.exit_code == 1
    assert "content/guides/niwashi.yaml" in result.output


def test_every_sentence_is_there_in_both_languages_with_the_same_figures() -> None:
    import string

    def places(text: str) -> set[str | None]:
        return {place for _, place, _, _ in string.Formatter().parse(text) if place}

    assert ENGLISH.keys() == JAPANESE.keys()
    for key, sentence in ENGLISH.items():
        assert places(sentence) == places(JAPANESE[key]), key
    assert ENGLISH_PROBLEMS.keys() == JAPANESE_PROBLEMS.keys()
    for code, variants in ENGLISH_PROBLEMS.items():
        assert variants.keys() == JAPANESE_PROBLEMS[code].keys(), code
        for variant, (message, hint) in variants.items():
            japanese, advice = JAPANESE_PROBLEMS[code][variant]
            # A language may say the field's name in its hint or in its message.
            assert places(message + hint) >= places(japanese + advice), (code, variant)

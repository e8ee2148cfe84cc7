"""What a publisher with many guides gets when some of them are wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.projects import project_with_guides
from tests.test_cli import run

SLUGS = [f"shigoto-{number:02}" for number in range(30)]
BROKEN, LONG, BLIND = "shigoto-03", "shigoto-11", "shigoto-20"


@pytest.fixture
def thirty(tmp_path) -> Path:
    """Thirty guides: one with a typing error, one that never ends, one whose picture is none."""
    project = project_with_guides(tmp_path, SLUGS)
    guides = project / "content" / "guides"
    text = (guides / f"{BROKEN}.yaml").read_text("utf-8")
    (guides / f"{BROKEN}.yaml").write_text(text.replace("subfield:", "subfeild:"), "utf-8")
    text = (guides / f"{LONG}.yaml").read_text("utf-8")
    endless = text.replace("架空の仕事です。\n", "夜空を案内します。" * 300_000 + "\n", 1)
    (guides / f"{LONG}.yaml").write_text(endless, "utf-8")
    text = (guides / f"{BLIND}.yaml").read_text("utf-8")
    picture = "cover_picture:\n  file: images/none.png\n  alt: 何もない絵\n\nsections:"
    (guides / f"{BLIND}.yaml").write_text(text.replace("sections:", picture, 1), "utf-8")
    return project


def build(project: Path, output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "booklet", "build", "--project", str(project)]
    command += ["--output", str(output), *arguments]
    given = {name: value for name, value in os.environ.items() if name != "BOOKLET_JOBS"}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_of_thirty_guides_three_are_told_and_twenty_seven_are_made(thirty, tmp_path):
    output = tmp_path / "out"
    made = build(thirty, output, "--format", "text", "--format", "reading", "--job-seconds", "20")
    assert made.returncode == 1, made.stderr
    assert "Traceback" not in made.stderr
    assert f"content/guides/{BROKEN}.yaml:" in made.stderr
    assert "subfeild" in made.stderr
    assert f"content/guides/{LONG}.yaml" in made.stderr
    assert f"content/guides/{BLIND}.yaml:" in made.stderr
    assert "images/none.png" in made.stderr
    report = json.loads((output / "report.json").read_text("utf-8"))
    assert report["state"] == "finished"
    assert report["guides"] == 30
    assert {one["guide"] for one in report["not_made"]} == {BROKEN, LONG, BLIND}
    assert all(one["problems"] for one in report["not_made"])
    assert len(report["files"]) == 2 * 27
    assert sorted(path.name for path in output.glob("*.pdf")) == [
        f"{slug}.pdf" for slug in SLUGS if slug not in (BROKEN, LONG, BLIND)
    ]
    assert all(len(line) <= 80 for line in made.stdout.splitlines())


def test_fail_fast_stops_at_the_first_that_cannot_be_made(thirty, tmp_path):
    output = tmp_path / "out"
    result = run(
        *("build", "--project", thirty, "--output", output, "--format", "text", "--fail-fast")
    )
    assert result.exit_code == 1
    report = json.loads((output / "report.json").read_text("utf-8"))
    assert report["state"] == "stopped"
    assert [one["guide"] for one in report["not_made"]] == [BROKEN]
    assert [file["guide"] for file in report["files"]] == SLUGS[:3]


def test_a_broken_guide_keeps_the_files_of_its_last_good_build(thirty, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    (output / f"{BROKEN}.txt").write_text("the last good one")
    arguments = ("--project", thirty, "--output", output, "--format", "text")
    result = run("build", SLUGS[2], BROKEN, *arguments)
    assert result.exit_code == 1
    assert (output / f"{BROKEN}.txt").read_text() == "the last good one"
    assert (output / f"{SLUGS[2]}.txt").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_report_of_a_build_that_was_stopped_is_of_that_build(tmp_path, number):
    project = project_with_guides(tmp_path, SLUGS)
    output = tmp_path / "out"
    output.mkdir()
    (output / "report.json").write_text('{"state": "finished", "files": ["of another build"]}')
    command = [sys.executable, "-m", "booklet", "build", "--project", str(project)]
    command += ["--output", str(output), "--format", "reading", "--no-cache"]
    given = {name: value for name, value in os.environ.items() if name != "BOOKLET_JOBS"}
    with subprocess.Popen(
        command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 120
        while len(list(output.glob("*.pdf"))) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(number)
        process.wait()
    report = json.loads((output / "report.json").read_text("utf-8"))
    assert report["state"] == ("unfinished" if number == signal.SIGKILL else "stopped")
    assert report["guides"] == 30
    told = {file["name"] for file in report["files"]}
    there = {path.name for path in output.glob("*.pdf")}
    assert told <= there
    assert len(there) < 30
    if number != signal.SIGKILL:
        assert told == there
        assert process.returncode == 130


def test_json_tells_a_build_and_a_check_to_machines(thirty, tmp_path):
    text = ("--format", "text", "--json")
    built = run("build", *SLUGS[2:5], "--project", thirty, "--output", tmp_path / "o", *text)
    assert built.exit_code == 1
    report = json.loads(built.stdout)
    assert [file["name"] for file in report["files"]] == [f"{SLUGS[2]}.txt", f"{SLUGS[4]}.txt"]
    assert report == json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))
    checked = run("check", BROKEN, "--project", thirty, "--json")
    assert checked.exit_code == 1
    (problem,) = [
        one for one in json.loads(checked.stdout)["problems"] if one["severity"] == "error"
    ][:1]
    assert problem["file"] == f"content/guides/{BROKEN}.yaml"
    assert problem["line"] > 1
    assert problem["try"]

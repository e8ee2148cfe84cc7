"""Which verdict a file gets, and what becomes of a validator that is missing."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from booklet.build.report import MadeFile, Report, State
from booklet.build.validation import validate_files, validators_of
from booklet.checks.validators import ace, epubcheck, tools, verapdf
from booklet.cli import main
from booklet.diagnostics import Problem, Severity
from booklet.model.artifact import Verdict

ROOT = Path(__file__).parents[2]
PROFILES = [f"veraPDF {standard}" for standard in verapdf.PROFILES.values()]


def made(name: str, format_: str) -> MadeFile:
    return MadeFile(name, "a-guide", format_, "standard", 0, 1, 0.0)


FILES = [made("a.pdf", "reading"), made("a.epub", "epub"), made("a.txt", "text")]


def test_validators_that_were_not_asked_are_named_once_however_many_files_there_are():
    many = [made(f"{number}.epub", "epub") for number in range(30)]
    assert validators_of([*FILES, *many]) == ["EPUBCheck", "Ace", *PROFILES]


def test_each_validator_has_a_line_that_counts_its_verdicts():
    verdicts = [
        Verdict("a.epub", "EPUBCheck"),
        Verdict("b.epub", "EPUBCheck"),
        Verdict("a.epub", "Ace", not_run="there is no browser"),
        Verdict("b.epub", "Ace", not_run="there is no browser"),
    ]
    assert Report(verdicts=verdicts).verdict_lines().splitlines() == [
        "EPUBCheck  2 passed",
        "Ace        2 not run",
        "    not run: there is no browser",
    ]


def test_a_failure_tells_its_file_and_the_first_three_problems():
    problems = tuple(Problem(f"rule-{number}", f"p.xhtml:{number}:1: bad") for number in range(5))
    told = Report(verdicts=[Verdict("a.epub", "EPUBCheck", problems)]).verdict_lines()
    assert "EPUBCheck  1 failed" in told
    assert told.count("a.epub: p.xhtml:") == 3
    assert "a.epub: … and 2 more" in told


def test_a_note_of_a_validator_is_shown_and_is_no_failure():
    note = Problem("acc-004", "a mention", severity=Severity.NOTE)
    verdict = Verdict("a.epub", "EPUBCheck", (note,))
    assert verdict.outcome == "passed"
    assert "a mention" in Report(verdicts=[verdict]).verdict_lines()


def test_a_validator_that_gives_no_answer_has_not_run_and_costs_no_file(tmp_path, monkeypatch):
    def late(*arguments, **options):
        raise subprocess.TimeoutExpired("java", 600)

    monkeypatch.setattr(epubcheck, "why_not_run", lambda: None)
    monkeypatch.setattr(epubcheck, "run_epubcheck", late)
    monkeypatch.setattr(ace, "why_not_run", lambda: None)
    monkeypatch.setattr(ace, "run_ace", late)
    (tmp_path / "a.epub").write_bytes(b"")
    verdicts = validate_files([made("a.epub", "epub")], tmp_path)
    assert {verdict.outcome for verdict in verdicts} == {"not run"}
    assert {verdict.not_run for verdict in verdicts} == {"it gave no answer within 600 s"}
    assert (tmp_path / "a.epub").exists()


@pytest.mark.parametrize(
    ("verdict", "strict", "every_validator", "failed"),
    [
        (Verdict("a", "j", (Problem("x", "bad"),)), False, False, False),
        (Verdict("a", "j", (Problem("x", "bad"),)), True, False, True),
        (Verdict("a", "j", not_run="missing"), True, False, False),
        (Verdict("a", "j", not_run="missing"), False, True, True),
        (Verdict("a", "j"), True, True, False),
    ],
)
def test_a_validator_fails_a_strict_build_and_ci_wants_every_validator(
    verdict, strict, every_validator, failed
):
    report = Report(state=State.FINISHED, verdicts=[verdict])
    assert report.failed(strict, every_validator) is failed


def test_a_missing_validator_has_not_run_and_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("BOOKLET_TOOLS", str(tmp_path))
    tools.browser_version.cache_clear()
    verdicts = validate_files([FILES[0]], tmp_path)
    assert "make tools" in (ace.why_not_run() or "")
    tools.browser_version.cache_clear()
    assert [verdict.outcome for verdict in verdicts] == ["not run", "not run"]
    assert all("make tools" in verdict.not_run for verdict in verdicts)


def test_a_validator_that_breaks_down_has_not_run(tmp_path):
    if verapdf.why_not_run():
        pytest.skip("needs veraPDF")
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    verdict, _ = validate_files([made("a.pdf", "reading")], tmp_path)
    assert verdict.outcome == "not run"
    assert "veraPDF" in verdict.not_run


def test_doctor_shows_every_tool_and_how_to_get_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("BOOKLET_TOOLS", str(tmp_path))
    tools.browser_version.cache_clear()
    told = CliRunner().invoke(main, ["doctor"]).output
    tools.browser_version.cache_clear()
    assert "veraPDF        missing; to get it: make tools" in told
    assert "Ace by DAISY   missing; to get it: make tools" in told
    assert told.splitlines()[-1].endswith("missing")


def test_the_pinned_versions_are_those_that_are_installed(in_ci):
    asked = json.loads((ROOT / "setup" / "tools" / "package.json").read_text("utf-8"))
    pinned = {tool.name: tool.wanted for tool in tools.all_tools()}
    assert pinned["Ace by DAISY"] == asked["dependencies"]["@daisy/ace"]
    assert pinned["epub.js"] == asked["dependencies"]["epubjs"]
    assert pinned["foliate-js"] == asked["dependencies"]["foliate-js"]
    assert f"VERAPDF={tools.VERAPDF_VERSION}\n" in (ROOT / "setup" / "tools.sh").read_text("utf-8")
    if in_ci:
        assert [tool.name for tool in tools.all_tools() if tool.version is None] == []


def test_no_registry_is_named_in_what_sets_the_validators_up():
    for file in (ROOT / "setup").rglob("*"):
        if file.is_file():
            assert '"resolved"' not in file.read_text("utf-8")


def test_forty_epubs_are_validated_in_one_java_machine(first_guide, full_guide, tmp_path, in_ci):
    if reason := epubcheck.why_not_run():
        assert not in_ci, reason
        pytest.skip(reason)
    books = []
    for number in range(40):
        book = tmp_path / f"{number}.epub"
        book.write_bytes((first_guide if number % 2 else full_guide).epub)
        books.append(book)
    assert epubcheck.run_epubcheck(books) == [[]] * 40


def test_ace_finds_nothing(built, tmp_path, in_ci):
    if reason := ace.why_not_run():
        assert not in_ci, reason
        pytest.skip(reason)
    book = tmp_path / "book.epub"
    book.write_bytes(built.epub)
    assert ace.run_ace(book) == []


def test_the_setup_scripts_are_valid_shell():
    for script in (ROOT / "setup").glob("*.sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv of util-linux")
def test_a_validator_ends_with_the_process_that_asked_it_however_that_dies():
    script = (
        "import subprocess\n"
        "from booklet.checks.validators.tools import ends_with_us\n"
        "asked = subprocess.Popen(ends_with_us(['sleep', '60']))\n"
        "print(asked.pid, flush=True)\n"
        "asked.wait()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.kill()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline and Path(f"/proc/{pid}/cmdline").exists():
        if not Path(f"/proc/{pid}/cmdline").read_bytes():
            break  # it is dead, and waits for somebody to hear of it
        time.sleep(0.05)
    state = Path(f"/proc/{pid}/cmdline")
    assert not state.exists() or not state.read_bytes()

"""What holds for every build: the same bytes twice, whole files always, nothing from outside."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.building import build, job, typeset_html
from tests.conftest import FULL_EXAMPLE, ROOT
from tests.projects import project_with

from booklet.assembly.book import assemble
from booklet.build.edition import make_edition
from booklet.build.files import write_files
from booklet.build.plan import read_pictures
from booklet.build.run import Conduct
from booklet.build.run import build as run_build
from booklet.diagnostics import BookletError, Severity
from booklet.model.edition import Edition
from booklet.model.publication import Format

SLUG = "hoshi-annainin"
WITHOUT_PRESS = [f"--format={one.value}" for one in Format if one is not Format.PRESS]


def start_build(output: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "booklet", "build", "--output", str(output), *arguments]
    given = {name: value for name, value in os.environ.items() if name != "BOOKLET_JOBS"}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**given, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def sums(folder: Path) -> dict[str, str]:
    """Return a digest of every file but the report, which tells times."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "report.json"
    }


def test_every_file_has_the_same_bytes_on_another_day_elsewhere_in_another_order(tmp_path):
    # Another folder, time zone, hash seed and locale; editions beside each other and one after the
    # other, so that each is laid out by a process with another history.
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(ROOT / "content", elsewhere / "content")
    one = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8"}
    other = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"}
    arguments = ["--no-cache", "--profile=convenience-store", *WITHOUT_PRESS]
    first = start_build(tmp_path / "a", *arguments, "--jobs=2", **one)
    assert first.wait() == 0
    there = ("--jobs=1", "--project", str(elsewhere))
    second = start_build(tmp_path / "b", *arguments, *there, **other)
    assert second.wait() == 0
    made = sums(tmp_path / "a")
    assert made == sums(tmp_path / "b")
    assert len(made) > 4 * 6
    # The press file of the standard edition; others have more pages than a shop binds.
    for name, how in (("c", one), ("d", other)):
        press = ["--no-cache", "--format=press", "--edition=standard"]
        assert start_build(tmp_path / name, *press, **how).wait() == 0
    assert sums(tmp_path / "c") == sums(tmp_path / "d") != {}


def test_the_files_of_an_edition_do_not_depend_on_what_was_laid_out_before():
    editions = [Edition.MONO, Edition.STANDARD, Edition.LARGE]
    jobs = [replace(job(FULL_EXAMPLE, SLUG, one), formats=(Format.READING,)) for one in editions]
    there = [make_edition(one).artifacts for one in jobs]
    back = [make_edition(one).artifacts for one in reversed(jobs)]
    for first, second in zip(there, reversed(back), strict=True):
        assert [one.content for one in first] == [one.content for one in second]


def test_an_identifier_stays_the_same_when_the_text_changes():
    one = job(ROOT, "shuro-shienin")
    changed = one.guide.model_copy(update={"title": "別の題"})
    before = assemble(one.guide, one.publication).identifier
    assert assemble(changed, one.publication).identifier == before
    assert assemble(changed, one.publication, Edition.LARGE).identifier != before


KILLS = 60


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> dict[str, bytes]:
    """The files of a whole build of one edition, by name."""
    folder = tmp_path_factory.mktemp("good")
    build(FULL_EXAMPLE, folder, editions=["standard"])
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "report.json"}


# Runs a build whose process is killed at the n-th open, write, flush to disk or rename in the
# output folder, before or after it: the instants at which something could be lost.
KILLER = """
import os, pathlib, signal, sys
at, output = int(sys.argv[1]), sys.argv[2]
count = 0
def instant(path):
    global count
    if str(path).startswith(output):
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
def watched(function, place):
    def call(*arguments, **options):
        instant(place(arguments))
        result = function(*arguments, **options)
        instant(place(arguments))
        return result
    return call
first = lambda arguments: arguments[0]
for name in ("replace", "open", "unlink", "mkdir", "exists", "stat", "glob"):
    setattr(pathlib.Path, name, watched(getattr(pathlib.Path, name), first))
os.fsync = watched(os.fsync, lambda _: output)
from booklet.cli import main
try:
    main(["build", "--project", sys.argv[3], "--output", output, "--edition", "standard"])
finally:
    print(count)
"""


def killed_build(output: Path, at: int) -> int:
    """Kill a build at an instant of its writing; return its exit code, or how many there are."""
    command = [sys.executable, "-c", KILLER, str(at), str(output), str(FULL_EXAMPLE)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.returncode if ended.returncode else int(ended.stdout.splitlines()[-1])


def test_a_build_killed_at_any_instant_of_its_writing_leaves_whole_files(tmp_path, good):
    old = {name: f"the last good {name}".encode() for name in good}
    instants = killed_build(tmp_path / "count", 10**9)
    assert instants >= KILLS
    seen_old = seen_new = 0
    for at in range(1, instants + 1, instants // KILLS):
        output = tmp_path / "out"
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir()
        for name, content in old.items():
            (output / name).write_bytes(content)
        assert killed_build(output, at) == -signal.SIGKILL
        for name in good:
            now = (output / name).read_bytes()
            assert now in (old[name], good[name]), f"{name}, killed at {at} of {instants}"
            seen_old += now == old[name]
            seen_new += now == good[name]
        report = output / "report.json"
        if report.exists():
            assert json.loads(report.read_text("utf-8"))["state"] in ("unfinished", "finished")
    assert seen_old
    assert seen_new


def test_a_build_killed_while_writing_leaves_old_files_and_the_next_one_cleans_up(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    script = (
        "import os, signal, pathlib, booklet.build.files as w\n"
        "pathlib.Path.replace = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"w.write_files(pathlib.Path({str(tmp_path)!r}), {{'a.txt': b'new' * 1000}})\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_files(tmp_path, {"a.txt": b"newer"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"newer"


def test_a_folder_that_cannot_be_written_to_is_a_problem_and_not_a_traceback(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(BookletError) as caught:
        write_files(blocked / "build", {"a.txt": b""})
    assert caught.value.problems[0].code == "output-unwritable"


def test_wrong_content_keeps_the_files_of_the_last_build_and_reports_itself(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "booklet.yaml").write_text("title: [")
    output = tmp_path / "build"
    output.mkdir()
    (output / "old.pdf").write_bytes(b"old")
    with pytest.raises(BookletError):
        run_build(tmp_path, output, conduct=Conduct(workers=0))
    assert (output / "old.pdf").read_bytes() == b"old"
    assert "yaml" in (output / "report.json").read_text("utf-8")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A picture outside the project, which no content may reach."""
    picture = tmp_path / "outside" / "secret.png"
    picture.parent.mkdir()
    source = FULL_EXAMPLE / "content" / "images" / "hoshizora.png"
    picture.write_bytes(source.read_bytes())
    return picture


@pytest.fixture
def project(tmp_path: Path, secret: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "content" / "images").mkdir(parents=True)
    (folder / "content" / "images" / "own.png").write_bytes(secret.read_bytes())
    (folder / "content" / "images" / "link.png").symlink_to(secret)
    return folder


def typeset_with(project: Path, body: str) -> tuple[bytes, list[str]]:
    files = {"content/images/own.png": (project / "content" / "images" / "own.png").read_bytes()}
    html = f'<html lang="ja"><title>t</title><body>{body}</body></html>'
    result = typeset_html(html, files)
    assert all(problem.severity is Severity.WARNING for problem in result.problems)
    return result.pdf, [problem.message for problem in result.problems]


def test_a_picture_of_the_project_is_drawn(project):
    pdf, complaints = typeset_with(project, '<img src="content/images/own.png" alt="a">')
    assert complaints == []
    assert b"/Image" in pdf


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
        "content/images/../../../outside/secret.png",
        "content/images/%2e%2e/%2e%2e/%2e%2e/outside/secret.png",
        "content/images/link.png",
        "styles/../../outside/secret.png",
        "http://127.0.0.1:9/a.png",
        "https://127.0.0.1:9/a.png",
        "ftp://127.0.0.1/a.png",
        "data:image/svg+xml,<svg/>",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}" alt="a">',
        '<object data="{}"></object>',
        '<link rel="attachment" href="{}">',
        '<link rel="stylesheet" href="{}">',
        '<style>p {{ background: url("{}") }}</style><p>a',
        '<style>@import "{}";</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>a',
        '<svg viewBox="0 0 9 9"><image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_nothing_outside_the_project_is_read(project, secret, address, markup):
    pdf, complaints = typeset_with(project, markup.format(address))
    assert b"/Image" not in pdf
    assert b"/EmbeddedFile" not in pdf
    assert b"root:" not in pdf
    if "svg" not in markup:
        assert complaints, "the refusal has to be told"


@pytest.mark.parametrize("medium", ["pdf", "epub", "text"])
def test_html_in_the_content_is_shown_as_text(tmp_path, medium):
    markup = '<img src="file:///etc/passwd"><script>alert(1)</script>&amp; {{%s}}'
    folder = project_with(
        tmp_path, "星の案内人は、この見本のためにつくった架空の仕事です。", markup
    )
    report = build(folder, tmp_path / "out", editions=["standard"])
    assert not report.failed(strict=True)
    if medium == "text":
        shown = (tmp_path / "out" / "hoshi-annainin.txt").read_text("utf-8")
        assert "<script>alert(1)</script>&amp; {%s}" in shown
    elif medium == "epub":
        import zipfile

        with zipfile.ZipFile(tmp_path / "out" / "hoshi-annainin.epub") as archive:
            page = archive.read("item/xhtml/glance.xhtml").decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp; {%s}" in page
        assert "<script" not in page
    else:
        import pypdfium2

        document = pypdfium2.PdfDocument(tmp_path / "out" / "hoshi-annainin.pdf")
        shown = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        assert "<script>alert(1)</script>&amp;" in "".join(shown.split()).replace("\ufffe", "")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("images/link.png", "picture-outside"),
        ("../outside/secret.png", "picture-outside"),
        ("images/none.png", "picture-missing"),
    ],
)
def test_a_picture_outside_the_content_is_not_taken_into_a_job(project, secret, name, code):
    with pytest.raises(BookletError) as caught:
        read_pictures(project, [name])
    assert caught.value.problems[0].code == code

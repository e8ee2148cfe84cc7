"""What holds for every build: the same bytes twice, whole files always, nothing from outside."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import FULL_EXAMPLE, ROOT

from booklet.build.files import write_files
from booklet.build.pipeline import build
from booklet.build.wiring import line_rules
from booklet.diagnostics import BookletError, Severity
from booklet.html.theme import find_theme
from booklet.layout.engine import typeset
from booklet.layout.fonts import find_typeface
from booklet.model.edition import Edition

NAMES = ("shuro-shienin.pdf", "shuro-shienin.epub", "shuro-shienin.txt")


def start_build(output: Path, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "booklet", "build", "--output", str(output)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def sums(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in NAMES}


def test_the_same_content_gives_the_same_bytes_on_another_day_in_another_time_zone(tmp_path):
    first = start_build(tmp_path / "a", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    assert first.wait() == 0
    second = start_build(tmp_path / "b", PYTHONHASHSEED="2", TZ="America/New_York")
    assert second.wait() == 0
    assert sums(tmp_path / "a") == sums(tmp_path / "b")


def test_an_identifier_stays_the_same_when_the_text_changes(first_guide, tmp_path):
    from booklet.assembly.book import assemble
    from booklet.build.pipeline import check

    contents = check(ROOT)
    changed = contents.guides[0].model_copy(update={"title": "別の題"})
    before = assemble(contents.guides[0], contents.publication).identifier
    assert assemble(changed, contents.publication).identifier == before
    assert assemble(changed, contents.publication, Edition.LARGE).identifier != before


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.3, 1.8])
def test_a_build_that_is_killed_leaves_the_last_good_files_whole(tmp_path, seconds):
    good = {name: f"the last good {name}".encode() for name in NAMES}
    for name, content in good.items():
        (tmp_path / name).write_bytes(content)
    process = start_build(tmp_path)
    time.sleep(seconds)
    was_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    for name, content in good.items():
        now = (tmp_path / name).read_bytes()
        # A fast machine may have finished; then the files are the new ones, as a whole.
        assert now == content or (not was_running and len(now) > 1000)


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
        build(tmp_path, output)
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
    import datetime

    result = typeset(
        f'<html lang="ja"><title>t</title><body>{body}</body></html>',
        project=project,
        find_style=find_theme(project).find,
        typeface=find_typeface("Noto Sans CJK JP"),
        line_rules=line_rules(),
        identifier="test",
        modified=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC),
    )
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
    from tests.projects import project_with

    markup = '<img src="file:///etc/passwd"><script>alert(1)</script>&amp; {{%s}}'
    folder = project_with(
        tmp_path, "星の案内人は、この見本のためにつくった架空の仕事です。", markup
    )
    report = build(folder, tmp_path / "out")
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

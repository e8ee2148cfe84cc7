"""What someone gets who builds a second time: the same bytes, sooner, whatever the cache holds."""

import os
import random
import shutil
import threading
from pathlib import Path

import pytest
from tests.conftest import FULL_EXAMPLE, ROOT

from booklet.build.cache import Cache, CachedSource, open_cache
from booklet.build.plan import Wanted
from booklet.build.run import Conduct, build
from booklet.build.watcher import Watcher
from booklet.diagnostics import Location, Problem, Severity
from booklet.model.artifact import Artifact
from booklet.model.edition import Edition
from booklet.model.job import EditionResult
from booklet.model.publication import Format

HERE = Conduct(workers=0)
UNCACHED = Conduct(workers=0, cache_mebibytes=0)
KEY = "ab" * 32
NOTE = Problem("a-note", "見て", Location("content/a.yaml", 3, 4), "so", Severity.NOTE)
RESULT = EditionResult(
    "hoshi",
    Edition.MONO,
    (Artifact("a.pdf", Format.READING, b"%PDF" * 99, 20, 1.5, (NOTE,)),),
    (NOTE,),
)


class Counting(Watcher):
    """Counts the editions that had to be laid out."""

    def __init__(self) -> None:
        self.made = 0

    def step(self, number: int, title: str, step: str) -> None:
        self.made += step == "laying out"


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name != "report.json"}


def test_what_is_remembered_comes_back_whole(tmp_path):
    cache = Cache(tmp_path)
    cache.keep_edition(KEY, RESULT)
    found = cache.edition(KEY)
    assert (found.slug, found.edition, found.problems) == ("hoshi", Edition.MONO, (NOTE,))
    (file,) = found.files
    assert file.artifact == Artifact("a.pdf", Format.READING, b"", 20, 1.5, (NOTE,))
    assert cache.content(file.digest) == b"%PDF" * 99
    cache.keep_source(KEY, CachedSource("星", {"a.png": "00"}, (NOTE,)))
    assert cache.source(KEY) == CachedSource("星", {"a.png": "00"}, (NOTE,))
    assert cache.edition("cd" * 32) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"a.pdf", b"b.pdf"),
        lambda content: os.urandom(len(content)),
        lambda content: b"\n".join([content.split(b"\n")[0], b"[]"]),
    ],
)
def test_a_damaged_entry_or_file_is_no_entry_and_no_file(tmp_path, damage):
    cache = Cache(tmp_path)
    cache.keep_edition(KEY, RESULT)
    (file,) = cache.edition(KEY).files
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))
    assert cache.edition(KEY) is None
    # Not every damage hits a file's bytes; what does is seen.
    assert cache.content(file.digest) in (None, b"%PDF" * 99)


@pytest.mark.parametrize("kind", ["a file", "read only", "gone", "full"])
def test_a_cache_that_cannot_be_used_is_no_error(tmp_path, monkeypatch, kind):
    folder = tmp_path / "cache"
    if kind == "a file":
        folder.write_text("no folder")
    elif kind == "read only":
        monkeypatch.setattr(Path, "mkdir", refuse)
    elif kind == "full":
        monkeypatch.setattr(Path, "write_bytes", refuse)
    cache = Cache(None if kind == "gone" else folder)
    cache.keep_edition(KEY, RESULT)
    cache.keep_source(KEY, CachedSource("", {}, ()))
    assert cache.edition(KEY) is None
    assert cache.source(KEY) is None
    cache.sweep()


def refuse(*arguments, **options):
    raise OSError(28, "No space left on device")


def test_past_its_limit_the_cache_lets_go_of_what_was_used_longest_ago(tmp_path):
    cache = Cache(tmp_path, mebibytes=1)
    keys = [f"{number:064x}" for number in range(20)]
    for number, key in enumerate(keys):
        content = bytes([number]) * 100_000
        artifact = Artifact("a.pdf", Format.READING, content)
        cache.keep_edition(key, EditionResult("a", Edition.MONO, (artifact,)))
        for path in tmp_path.rglob("*"):
            if path.is_file() and path.stat().st_mtime > 1e9:
                os.utime(path, (number + 1, number + 1))
    cache.sweep()
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 1 << 20
    assert cache.edition(keys[0]) is None
    assert cache.edition(keys[-1]) is not None


def test_two_that_write_at_once_leave_whole_entries(tmp_path):
    def work() -> None:
        for _ in range(50):
            Cache(tmp_path).keep_edition(KEY, RESULT)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (file,) = Cache(tmp_path).edition(KEY).files
    assert Cache(tmp_path).content(file.digest) == b"%PDF" * 99
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.parametrize("home", [None, "/nonexistent/home"])
def test_somebody_without_a_home_has_no_cache_and_no_error(monkeypatch, home):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    if home:
        monkeypatch.setenv("HOME", home)
    cache = open_cache()
    cache.keep_source("ff" * 32, CachedSource("", {}, ()))


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """The fictional example, with a style and a profile of its own, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    shutil.copytree(FULL_EXAMPLE, folder)
    (folder / "styles" / "sections").mkdir(parents=True)
    faq = (ROOT / "styles" / "sections" / "faq.css").read_text("utf-8")
    (folder / "styles" / "sections" / "faq.css").write_text(faq, "utf-8")
    (folder / "profiles").mkdir()
    profile = (ROOT / "src/booklet/profiles/office-a4-duplex.yaml").read_text("utf-8")
    (folder / "profiles" / "ours.yaml").write_text(profile, "utf-8")
    (folder / "content" / "readings.yaml").write_text("島: しま\n", "utf-8")
    return folder


WANTED = Wanted(
    formats=("reading", "office", "epub", "text"), editions=("standard",), profiles=("ours",)
)


def test_what_did_not_change_is_not_laid_out_again_and_a_missing_file_is_put_back(
    project, tmp_path
):
    output, first, second = tmp_path / "out", Counting(), Counting()
    build(project, output, WANTED, HERE, first)
    made = files(output)
    (output / "hoshi-annainin.epub").unlink()
    (output / "hoshi-annainin.txt").write_text("spoilt")
    report = build(project, output, WANTED, HERE, second)
    assert (first.made, second.made) == (1, 0)
    assert files(output) == made
    assert all(file.from_cache for file in report.files)


EDITS = {
    "a word": ("content/guides/hoshi-annainin.yaml", "夜空", "空"),
    "another word": ("content/guides/hoshi-annainin.yaml", "甲板", "広場"),
    "the publication": (
        "content/booklet.yaml",
        "波止場印刷",
        "波打ちぎわ印刷",
    ),
    "a style": ("styles/sections/faq.css", "}", "  letter-spacing: 0.01em; }"),
    "a profile": ("profiles/ours.yaml", "scale_percent: 9", "scale_percent: 8"),
    "a reading": ("content/readings.yaml", "しま", "とう"),
}


def test_twenty_random_edits_give_the_same_bytes_with_and_without_the_cache(project, tmp_path):
    """Content, style, profile, reading, picture: no edit goes unseen, and going back is known."""
    chance = random.Random(9)  # noqa: S311 - the same edits every time
    originals = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    picture = project / "content" / "images" / "hoshizora.png"
    other = project / "content" / "images" / "fune.png"
    known: dict[bytes, dict[str, bytes]] = {}
    laid_out = reused = 0
    for _ in range(20):
        name = chance.choice([*EDITS, "a picture", "back"])
        if name == "back":
            for path, content in originals.items():
                path.write_bytes(content)
        elif name == "a picture":
            picture.write_bytes(chance.choice([originals[picture], other.read_bytes()]))
        else:
            place, old, new = EDITS[name]
            path = project / place
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        counting = Counting()
        edition = chance.choice(["standard", "furigana"])
        wanted = Wanted(WANTED.slugs, ("reading", "office", "text"), (edition,), ("ours",))
        report = build(project, tmp_path / "cached", wanted, HERE, counting)
        if report.not_made:
            continue
        laid_out += counting.made
        reused += not counting.made
        state = edition.encode() + b"".join(path.read_bytes() for path in sorted(originals))
        if state not in known:
            build(project, tmp_path / "plain", wanted, UNCACHED)
            known[state] = files(tmp_path / "plain")
        made = files(tmp_path / "cached")
        assert {file: made[file] for file in known[state]} == known[state], name
    assert laid_out >= 5
    assert reused >= 2

"""What happens when someone opens the EPUB: two readers walk it in a real browser."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from booklet.checks.validators.tools import (
    browser_program,
    browser_version,
    node_version,
    tools_folder,
)

WALK = Path(__file__).parent / "walk.mjs"
READERS = ("foliate", "epubjs")
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3


def why_not() -> str | None:
    if node_version() is None or browser_version() is None:
        return "needs Node.js and Chromium: make tools"
    if not (tools_folder() / "node_modules" / "foliate-js").is_dir():
        return "the readers are not installed: make tools"
    return None


@pytest.fixture(scope="module")
def walks(built, tmp_path_factory):
    """What both readers found; screenshots stay in the folder that BOOKLET_ARTEFACTS names."""
    if reason := why_not():
        assert os.environ.get("CI", "").lower() not in ("1", "true"), reason
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("walk")
    book = folder / "book.epub"
    book.write_bytes(built.epub)
    kept = os.environ.get("BOOKLET_ARTEFACTS")
    screenshots = Path(kept, "readers", built.guide.slug) if kept else folder / "screenshots"
    screenshots.mkdir(parents=True, exist_ok=True)
    command = ["node", str(WALK), str(tools_folder()), str(browser_program())]
    run = subprocess.run(
        [*command, str(book), str(screenshots)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout), sorted(screenshots.glob("*.png"))


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_opens_every_section_without_a_fault(walks, reader):
    found, screenshots = walks
    walk = found[reader]
    assert walk["complaints"] == []
    assert walk["count"] >= 10
    assert len(walk["sections"]) == 2 * walk["count"]
    for section in walk["sections"]:
        assert section["errors"] == 0, section
        assert section["brokenImages"] == 0, section
        assert section["flatDrawings"] == 0, section
        assert section["writingMode"] == "horizontal-tb", section
    assert sum(section["drawings"] for section in walk["sections"]) > 20
    assert len(screenshots) >= 8


@pytest.mark.parametrize("reader", READERS)
def test_letters_of_twice_the_size_in_the_dark_can_be_read(walks, reader):
    sections = walks[0][reader]["sections"]
    dark = [section for section in sections if section["dark"]]
    light = {section["index"]: section for section in sections if not section["dark"]}
    assert dark
    for section in dark:
        assert section["lowestContrast"] >= LEGIBLE, section
        assert section["letterPixels"] == pytest.approx(
            2 * light[section["index"]]["letterPixels"], rel=0.05
        )
    if reader == "epubjs":  # it scrolls on 320 pixels: nothing may stick out (WCAG 2.2, 1.4.10)
        assert [section for section in dark if section["sideways"] > 320] == []


@pytest.mark.parametrize("reader", READERS)
def test_every_page_of_the_page_list_is_where_the_reader_lands(walks, pages, reader):
    jumps = walks[0][reader]["jumps"]
    assert [jump["wanted"] for jump in jumps] == [str(n) for n in range(1, len(pages) + 1)]
    assert [jump["landed"] for jump in jumps] == [jump["wanted"] for jump in jumps]


def test_the_first_reader_shows_the_contents(walks, built):
    assert walks[0]["foliate"]["toc"] >= 10

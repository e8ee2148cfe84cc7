"""What is left of the EPUB when calibre turns it into a Kindle file and back."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest


def converted(source: Path, target: Path) -> None:
    run = subprocess.run(
        ["ebook-convert", source, target], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-500:] + run.stderr[-500:]


def documents(epub: Path) -> str:
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".html"))]
        return "".join(archive.read(name).decode("utf-8") for name in names)


def test_readings_pictures_and_words_come_back_from_azw3(full_guide, tmp_path, in_ci):
    if shutil.which("ebook-convert") is None:
        assert not in_ci, "CI needs calibre: make tools"
        pytest.skip("calibre is not installed: make tools")
    first, kindle, back = (tmp_path / name for name in ("a.epub", "a.azw3", "b.epub"))
    first.write_bytes(full_guide.epub)
    converted(first, kindle)
    converted(kindle, back)
    before, after = documents(first), documents(back)
    readings = re.findall(r"<rt[^>]*>([^<]+)</rt>", before)
    assert readings
    assert re.findall(r"<rt[^>]*>([^<]+)</rt>", after) == readings
    # calibre turns drawings into pictures of their own; none may be lost.
    drawn = len(re.findall(r"<svg\b", before)) + len(re.findall(r"<img\b", before))
    kept = len(re.findall(r"<(?:svg|img|image)\b", after))
    assert kept >= drawn * 0.95, (kept, drawn)
    assert "晴れた夜は" in after

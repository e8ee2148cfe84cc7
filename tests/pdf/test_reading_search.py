"""Which words of the reading PDF are found and copied in the programs that people read it with."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from booklet.checks.validators.tools import node_version, tools_folder
from tests.building import build
from tests.conftest import FULL_EXAMPLE, Built
from tests.programs import program

READER = Path(__file__).with_name("pdfjs_text.mjs")
_JAPANESE = "[ぁ-んァ-ヶー一-龥]"
BESIDE_LATIN = re.compile(rf"{_JAPANESE}{{1,2}}[A-Za-z]+{_JAPANESE}{{1,2}}|[A-Za-z]+{_JAPANESE}+")


def in_pdfium(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def in_poppler(file: Path) -> str:
    command = [program("pdftotext"), "-raw", "-enc", "UTF-8", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def in_pdfjs(file: Path) -> str:
    if node_version() is None or not (tools_folder() / "node_modules" / "pdfjs-dist").is_dir():
        reason = "needs Node.js and PDF.js: make tools"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    command = ["node", str(READER), str(tools_folder()), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr[-1000:]
    return "".join(json.loads(run.stdout))


PROGRAMS = [in_pdfium, in_poppler, in_pdfjs]
Program = Callable[[Path], str]


def on_one_line(text: str) -> str:
    """Return the text without its line ends: where a line breaks is no matter of words."""
    return re.sub(r"[\r\n]+", "", text)


@pytest.fixture(scope="module")
def furigana(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("furigana")
    build(FULL_EXAMPLE, folder, editions=["furigana"], formats=["reading", "text"])
    return folder / "hoshi-annainin-furigana.pdf"


@pytest.mark.parametrize("read", PROGRAMS)
def test_words_of_latin_and_japanese_are_found_though_a_gap_parts_them(
    built: Built, tmp_path, read: Program
):
    file = tmp_path / "reading.pdf"
    file.write_bytes(built.pdf)
    words = {word for word in BESIDE_LATIN.findall(built.text) if "http" not in word}
    assert len(words) >= 3
    found = on_one_line(read(file))
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize("read", PROGRAMS)
def test_words_with_readings_above_them_are_found_whole_and_once(furigana, read: Program):
    text = furigana.with_suffix(".txt").read_text("utf-8")
    plain = re.sub("（[ぁ-んー]+）", "", text)
    sentences = re.findall("[一-龥ぁ-んァ-ヶー、]{8,}。", plain)
    assert len(sentences) >= 100
    found = on_one_line(read(furigana))
    torn = [sentence for sentence in sentences if sentence not in found]
    # A sentence on two pages has a folio in it; one in a narrow cell its neighbour. PDF.js tears
    # 11 of 100, the others fewer.
    assert len(torn) <= 0.12 * len(sentences), torn

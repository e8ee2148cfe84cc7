"""A file made to cost time, memory or depth costs no more than there is, and never passes."""

import io
import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from tests.checks.test_preflight_truth import pdf_of, saved
from tests.conftest import ROOT

from booklet.checks.preflight.bounded import Limits, judge, preflight_bounded
from booklet.checks.preflight.preflight import preflight
from booklet.diagnostics import Severity

# Twice what one look takes here at most, for a machine with other work.
MOST_SECONDS = 20


def calls_in_calls(width: int, depth: int) -> pikepdf.Pdf:
    """Return a page whose form paints a form so many times, and that one another, and so on."""
    document = pdf_of(b"/F Do")
    inner = document.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    for _ in range(depth):
        outer = document.make_stream(b"/F Do " * width)
        outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        outer.Resources = Dictionary(XObject=Dictionary(F=inner))
        inner = outer
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=inner))
    return document


def bomb(size: int) -> pikepdf.Pdf:
    document = pdf_of(b"")
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m\n" * 100_000) for _ in range(size // 600_000))
    stream = Stream(document, packed + packer.flush())
    stream.Filter = Name.FlateDecode
    document.pages[0].obj.Contents = document.make_indirect(stream)
    return document


def bomb_in_a_bomb() -> pikepdf.Pdf:
    document = pdf_of(b"")
    once = zlib.compress(b"0 0 m\n" * 20_000_000, 9)
    stream = Stream(document, zlib.compress(once, 9))
    stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    document.pages[0].obj.Contents = document.make_indirect(stream)
    return document


def space_in_itself() -> pikepdf.Pdf:
    document = pdf_of(b"/S cs 1 sc 0 0 9 9 re f")
    space = document.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0" * 6)]))
    space[1] = space
    document.pages[0].obj.Resources = Dictionary(ColorSpace=Dictionary(S=space))
    return document


def pages_without_end() -> pikepdf.Pdf:
    document = pdf_of(b"")
    leaf = document.pages[0].obj
    leaf.Parent = leaf
    del leaf["/MediaBox"]
    del leaf["/Resources"]
    return document


def deep_arrays() -> pikepdf.Pdf:
    return pdf_of(b"[" * 200_000 + b"]" * 200_000 + b" TJ")


def many_widths() -> pikepdf.Pdf:
    document = pdf_of(b"BT /F 9 Tf <00410042> Tj ET")
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        W=[0, 65535, 500] * 9000,
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=[inner]
    )
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    return document


def slow_xmp() -> pikepdf.Pdf:
    document = pdf_of(b"")
    document.Root.Metadata = document.make_stream(b"<dc:title>" * 20_000, Subtype=Name.XML)
    return document


def swelling_xmp() -> pikepdf.Pdf:
    """Return a file whose XMP stands for a billion words."""
    lines = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    text = b'<!DOCTYPE x [<!ENTITY e0 "ha">' + lines + b"]><x>&e9;</x>"
    document = pdf_of(b"")
    document.Root.Metadata = document.make_stream(text, Subtype=Name.XML)
    return document


def large_numbers() -> pikepdf.Pdf:
    return pdf_of(b"1e9 9" + b"9" * 400 + b" 0 0 0 0 cm 99999999999999999999 Tr 0 0 9 9 re f")


HOSTILE: dict[str, Any] = {
    "12 calls, 13 deep": lambda: calls_in_calls(12, 13),
    "60 MB in 60 kB": lambda: bomb(60_000_000),
    "a bomb in a bomb": bomb_in_a_bomb,
    "a colour space in itself": space_in_itself,
    "a page that is its own parent": pages_without_end,
    "200,000 arrays in each other": deep_arrays,
    "600 million widths": many_widths,
    "20,000 titles that begin": slow_xmp,
    "XMP that swells": swelling_xmp,
    "numbers without end": large_numbers,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_looked_at_in_time_and_never_passes(shop, make):
    content = saved(make())
    started = time.monotonic()
    problems = preflight(content, shop)
    assert time.monotonic() - started < MOST_SECONDS
    assert any(problem.severity is Severity.ERROR for problem in problems)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: calls_in_calls(12, 13), "preflight-not-judged"),
        (lambda: calls_in_calls(12, 13), "colour-rgb"),
        (lambda: bomb(60_000_000), "preflight-not-judged"),
        (space_in_itself, "colour-rgb"),
        (deep_arrays, "pdf-damaged"),
        (slow_xmp, "xmp-broken"),
        (large_numbers, "page-broken"),
    ],
)
def test_what_was_not_seen_is_told(shop, make, code):
    assert code in {problem.code for problem in preflight(saved(make()), shop)}


def test_a_bomb_that_nobody_weighs_ends_the_child_and_not_us(shop):
    document = pdf_of(b"")
    stream = Stream(document, zlib.compress(b"0 0 m\n" * 20_000_000, 9).hex().encode() + b">")
    stream.Filter = Array([Name.ASCIIHexDecode, Name.FlateDecode])
    document.pages[0].obj.Contents = document.make_indirect(stream)
    problems = preflight_bounded(saved(document), shop, mebibytes=256)
    assert "preflight-not-judged" in {problem.code for problem in problems}


def test_past_its_time_a_file_is_not_judged(shop):
    started = time.monotonic()
    problems = preflight_bounded(saved(calls_in_calls(12, 13)), shop, seconds=0.05)
    assert time.monotonic() - started < 5
    assert [problem.code for problem in problems] == ["preflight-not-judged"]
    assert "more than 0.05 seconds" in problems[0].message


def test_a_page_that_time_was_short_for_is_told_and_the_rest_of_the_file_is_looked_at(
    good_press_file, shop
):
    problems = {one.code: one.message for one in preflight(good_press_file, shop, seconds=1e-6)}
    assert "preflight-not-judged" in problems


def test_a_good_file_is_good_in_the_child_too(good_press_file, shop):
    assert preflight_bounded(good_press_file, shop, seconds=60) == []


def test_a_child_says_what_we_would_say(shop):
    content = saved(space_in_itself())
    assert preflight_bounded(content, shop, seconds=60) == preflight(content, shop)


def test_a_child_without_memory_does_not_pass_a_file(good_press_file, shop):
    problems = preflight_bounded(good_press_file, shop, mebibytes=40)
    assert [problem.code for problem in problems] == ["preflight-not-judged"]


ASKS = """
import sys, pathlib
from booklet.checks.preflight.bounded import preflight_bounded
from booklet.content.print_profiles import load_print_profile
profile, _ = load_print_profile(pathlib.Path("."), "saddle-stitch")
print("asking", flush=True)
preflight_bounded(pathlib.Path(sys.argv[1]).read_bytes(), profile, seconds=600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_child_ends_with_the_process_that_asked(tmp_path):
    hostile = tmp_path / "hostile.pdf"
    hostile.write_bytes(saved(calls_in_calls(12, 13)))
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS, str(hostile)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert asking.stdout is not None
    assert asking.stdout.readline() == b"asking\n"
    children = _wait_for(lambda: _children(asking.pid))
    assert children
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    asking.stdout.close()
    assert _wait_for(lambda: not any(Path("/proc", one).exists() for one in children))


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()


def _wait_for(what: Any) -> Any:
    for _ in range(100):
        if found := what():
            return found
        time.sleep(0.1)
    return what()


def test_an_epub_a_reading_pdf_and_a_press_pdf_are_told_apart(full_guide, good_press_file, shop):
    found = {
        name: judge(content, "", shop, Limits(60))
        for name, content in (
            ("epub", full_guide.epub),
            ("reading", full_guide.pdf),
            ("press", good_press_file),
        )
    }
    assert {name: one.kind for name, one in found.items()} == {name: name for name in found}
    assert [one.problems for one in found.values()] == [(), (), ()]


def test_a_reading_pdf_can_be_asked_for_the_press(full_guide, shop):
    found = judge(full_guide.pdf, "press", shop, Limits(60))
    assert found.kind == "press"
    assert {"pdfx-version", "colour-rgb"} <= {one.code for one in found.problems}


@pytest.mark.parametrize("kind", ["press", "reading", "epub", ""])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\0" * 99, b"text"])
def test_no_bytes_pass_as_any_kind_and_none_is_a_traceback(shop, kind, content):
    problems = judge(content, kind, shop, Limits(30)).problems
    assert any(problem.severity is Severity.ERROR for problem in problems)


def test_nothing_is_written_beside_the_file(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    preflight_bounded(saved(space_in_itself()), shop)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_many_pages_is_looked_at_in_time(shop):
    document = pikepdf.new()
    page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 400, 600])
    kids = [document.make_indirect(page) for _ in range(6_000)]
    for kid in kids:
        kid.Parent = document.Root.Pages
    document.Root.Pages.Kids, document.Root.Pages.Count = Array(kids), len(kids)
    content = io.BytesIO()
    document.save(content)
    started = time.monotonic()
    problems = preflight_bounded(content.getvalue(), shop)
    assert time.monotonic() - started < MOST_SECONDS + 2
    assert "preflight-not-judged" in {problem.code for problem in problems}

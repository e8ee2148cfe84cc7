"""Good PDFs go in, damaged at random; whether preflight stays calm comes out.

`python -m tests.fuzz.pdf --runs 2000` runs as many mutations as asked, each in a process of its own
with limits of time and memory. A run fails by a traceback or by going
past its limits. `--seed` and a run's number bring the same bytes back.
"""

import argparse
import io
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.checks.preflight.preflight import preflight
from booklet.content.print_profiles import load_print_profile
from booklet.model.print_profile import PrintProfile

ROOT = Path(__file__).parents[2]
SECONDS = 20
MEBIBYTES = 512
# What this process has already, before a file is looked at.
_OWN_MEBIBYTES = 400

_NUMBERS = (
    b"0",
    b"-1",
    b"1e9",
    b"99999999999999999999",
    b"2147483648",
    b"0.00001",
    b"nan",
    b"65536",
)
_WORDS = (
    b"/DeviceRGB", b"/Pattern", b"/Indexed", b"/Separation", b"/ICCBased", b"/Lab", b"null",
    b"[]", b"<<>>", b"()", b"/LZWDecode", b"/DCTDecode", b"/Form", b"/Image", b"/Type3",
)  # fmt: skip
_OPERATORS = (
    b" Q Q Q ", b" q ", b" BT ", b" ET ", b" f* ", b" /X Do ", b" /P scn ", b" 1 0 0 rg ", b" sh ",
    b" (\\", b" [ ", b" << ", b" BI ", b" ID ", b" EI ", b" 1 Tr ", b" W n ", b" cm ", b" 9 w S ",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+\.?\d*")
_NAME = re.compile(rb"/[A-Za-z]\w*")
_REFERENCE = re.compile(rb"\d+ 0 R")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def plain(document: pikepdf.Pdf) -> bytes:
    """Return a document with nothing packed, so that a changed byte changes a meaning."""
    saved = io.BytesIO()
    document.save(
        saved,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return saved.getvalue()


def small_pdf() -> bytes:
    """Return a page that has a little of everything a preflight reads."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(400, 600))
    page = document.pages[0].obj
    picture = document.make_stream(bytes(range(64)) * 4)
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 8, 8
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceCMYK
    form = document.make_stream(b"0 0 0 1 k 0 0 9 9 re f /I Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(I=picture))
    tile = document.make_stream(b"0 1 0 0 k 0 0 5 5 re f")
    tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 9, 9]), 9, 9
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=function
    )
    spot = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])
    table = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(b"\0\0\0\0\0\0\0\xff")])
    glyph = document.make_stream(b"500 0 d0 0 0 400 400 re f")
    type_3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FirstChar=65, LastChar=65,
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], Widths=[500], CharProcs=Dictionary(A=glyph),
        Encoding=Dictionary(Differences=[65, Name.A]),
    )  # fmt: skip
    page.Resources = Dictionary(
        XObject=Dictionary(F=form, I=picture),
        Pattern=Dictionary(P=tile),
        Shading=Dictionary(S=shading),
        ColorSpace=Dictionary(C=spot, T=table),
        Font=Dictionary(F=type_3),
        ExtGState=Dictionary(G=Dictionary(OP=True, op=True, OPM=1, LW=2)),
    )
    page.Contents = document.make_stream(
        b"q /G gs 1 0 0 1 50 50 cm /F Do Q /C cs 1 scn 9 9 99 99 re f /T cs 1 sc 9 9 9 9 re B "
        b"/Pattern cs /P scn 99 99 50 50 re f q 9 0 0 9 9 9 cm /I Do Q BT /F 9 Tf 50 50 Td (A) Tj "
        b"[(A) -9 (A)] TJ ET 200 200 50 50 re W n /S sh 0.5 w 1 1 m 9 9 l 1 2 3 4 5 6 c S"
    )
    page.TrimBox, page.BleedBox = Array([10, 10, 390, 590]), Array([0, 0, 400, 600])
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[9, 9, 99, 99], AP=Dictionary(N=form)
    )
    page.Annots = Array([document.make_indirect(link)])
    return plain(document)


def first_pages(press_file: bytes, count: int = 2) -> bytes:
    """Return the first pages of a press file, with nothing packed."""
    with pikepdf.open(io.BytesIO(press_file)) as document:
        del document.pages[count:]
        document.remove_unreferenced_resources()
        return plain(document)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one to eight things changed in it."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        content = chance.choice(_MUTATIONS)(content, chance)
    return content


def _at_one(pattern: re.Pattern[bytes], choices: Sequence[bytes]) -> Callable[..., bytes]:
    def change(content: bytes, chance: random.Random) -> bytes:
        # A look from a random place on, for a file has a hundred thousand numbers.
        start = chance.randrange(max(len(content), 1))
        match = pattern.search(content, start) or pattern.search(content)
        if match is None:
            return content
        return content[: match.start()] + chance.choice(choices) + content[match.end() :]

    return change


def _other_reference(content: bytes, chance: random.Random) -> bytes:
    return _at_one(_REFERENCE, [b"%d 0 R" % chance.randrange(1, 40)])(content, chance)


def _flip(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(max(len(content), 1))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(max(len(content), 1))
    return content[:start] + content[start + chance.randrange(1, 2000) :]


def _cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(max(len(content), 1))]


def _double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(max(len(content), 1))
    piece = content[start : start + chance.randrange(1, 2000)]
    return content[:start] + piece * chance.choice((2, 20)) + content[start:]


def _operator(content: bytes, chance: random.Random) -> bytes:
    streams = list(_STREAM.finditer(content))
    if not streams:
        return content
    chosen = chance.choice(streams)
    at = chosen.start(1) + chance.randrange(max(len(chosen[1]), 1))
    return content[:at] + chance.choice(_OPERATORS) + content[at:]


def _packed(content: bytes, chance: random.Random) -> bytes:
    """Pack a stream, or say so of one that is not."""
    match = _STREAM.search(content, chance.randrange(max(len(content), 1)))
    if match is None:
        return content
    packed = zlib.compress(match[1])[: chance.randrange(1, 2000)]
    told = content[: match.start()].rstrip()
    return (
        told[:-2]
        + b"/Filter /FlateDecode >>\nstream\n"
        + packed
        + b"\nendstream"
        + content[match.end() :]
    )


_MUTATIONS: tuple[Callable[..., bytes], ...] = (
    _at_one(_NUMBER, _NUMBERS), _at_one(_NUMBER, _NUMBERS), _at_one(_NAME, _WORDS),
    _at_one(_NAME, _WORDS), _at_one(_REFERENCE, (*_WORDS, b"1 0 R")), _other_reference,
    _other_reference, _flip, _cut, _cut_off, _double, _operator, _operator, _packed,
)  # fmt: skip


@dataclass(slots=True)
class Figures:
    """What came of a number of runs.

    Attributes:
        runs: How many there were.
        failures: Those that failed: their numbers and why.
        passed: How many files were found good, unharmed by their mutation.
        codes: How often each rule was broken.
        slowest: The longest run, in seconds.
        largest: The most memory of a run, in MiB.
    """

    runs: int = 0
    failures: list[tuple[int, str]] = field(default_factory=list)
    passed: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: float = 0.0


def fuzz(files: Sequence[bytes], profile: PrintProfile, runs: int, seed: int) -> Figures:
    """Mutate files and look at each, one process a file."""
    figures = Figures()
    for number in range(runs):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311  # the same damage again
        content = mutated(chance.choice(files), chance)
        _run(content, profile, number, figures)
    return figures


def _run(content: bytes, profile: PrintProfile, number: int, figures: Figures) -> None:
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _look(content, profile, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        answer = said.read().decode("utf-8", "replace")
    _, status, used = os.wait4(child, 0)
    figures.runs += 1
    figures.slowest = max(figures.slowest, time.monotonic() - started)
    figures.largest = max(figures.largest, used.ru_maxrss / 1024)
    if os.WIFSIGNALED(status):
        figures.failures.append((number, f"ended by signal {os.WTERMSIG(status)}"))
    elif os.WEXITSTATUS(status):
        figures.failures.append((number, answer))
    else:
        codes = answer.split()
        figures.codes.update(codes)
        figures.passed += not codes


def _look(content: bytes, profile: PrintProfile, writing: int) -> None:
    code = 1
    try:
        memory = (MEBIBYTES + _OWN_MEBIBYTES) << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        signal.alarm(SECONDS)
        answer = " ".join(problem.code for problem in preflight(content, profile))
        code = 0
    except BaseException:
        answer = traceback.format_exc()
    os.write(writing, answer[-4000:].encode("utf-8", "replace"))
    os._exit(code)


def corpus(press_file: bytes | None) -> list[bytes]:
    """Return what is mutated."""
    small = small_pdf()
    return [small, small, first_pages(press_file)] if press_file else [small]


def main() -> None:
    """Run from a command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--press", type=Path, help="a press file to mutate beside the small one")
    given = asked.parse_args()
    profile, _ = load_print_profile(ROOT, "saddle-stitch")
    files = corpus(given.press.read_bytes() if given.press else None)
    figures = fuzz(files, profile, given.runs, given.seed)
    for number, why in figures.failures:
        print(f"run {number} of seed {given.seed}: {why}", file=sys.stderr)
    print(
        f"{figures.runs} runs, {len(figures.failures)} failures, {figures.passed} passed, "
        f"{figures.codes['preflight-not-judged']} not judged; the slowest took "
        f"{figures.slowest:.1f} s, the largest {figures.largest:.0f} MiB"
    )
    print(dict(figures.codes.most_common()))
    sys.exit(1 if figures.failures else 0)


if __name__ == "__main__":
    main()

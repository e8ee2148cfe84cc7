"""Both guides, booklet.yaml and readings.yaml go in, mutated; tracebacks and slow answers come out.

`python -m tests.fuzz.content --runs 10000 --seed 1` mutates and checks. With `--build` a mutation
that `check` accepts is built, and a verdict that is not "passed" is a finding, too.
"""

import argparse
import contextlib
import copy
import dataclasses
import datetime
import io
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from booklet.diagnostics import LONGEST_MESSAGE, BookletError, Severity, visible
from tests.building import build, check

ROOT = Path(__file__).parents[2]
PROJECTS = (ROOT, ROOT / "tests" / "examples" / "full")
# The promise is two seconds; a busy machine is not a fault.
SECONDS, BUILD_SECONDS = 6.0, 240
FORMATS = ("reading", "epub", "text")

TEXTS = (
    *(
        "",
        " ",
        "　",
        "\n",
        "\n\n",
        "。",
        "、、、",
        "。。",
        "！！！",
        "…" * 40,
        "A" * 300,
        "あ" * 10_000,
    ),
    *(
        "אבגד",
        "\u202eevil",
        "\x1b[31m",
        "\u200b",
        "ｶﾞｷﾞ",
        "か\u3099",
        "葛\U000e0100",
        "髙﨑",
        "♪♂✓",
        "📋",
    ),
    *("{", "}", "{{}}", "{x}", "{→faq}", "{→}", "{伴走者|ばんそうしゃ}", "{|}", "<b>&amp;</b>"),
    *("]]>", "<!--", "'", '"', "a" * 61, "00:00", "翌9:00", "24:00", "2026-02-30", "0", "-1"),
    *("https://example.org/" + "a" * 1500, "http://[", "http://a:99999/", "https://例え.jp/あ"),
    *("images/fune.png", "../booklet.yaml", "/dev/zero", "images", "ja", "en-GB", "x-a", "draft"),
)
VALUES = (None, True, False, 0, 1, -1, 10**9, 10**30, 1.5, float("1e300"), [], {}, [[]], [{}])


@dataclasses.dataclass(frozen=True)
class Finding:
    """An answer that must not be given, and the run that gave it."""

    run: int
    what: str


def mutated(text: str, chance: random.Random) -> bytes:
    """Return a file with a few changes: of its values, of its text, or of its bytes."""
    way = chance.random()
    if way < 0.6:
        value = yaml.load(text, Loader=yaml.CSafeLoader)
        for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
            value = _changed(value, chance)
        dumped = yaml.dump(
            _plain(value),
            Dumper=yaml.CSafeDumper,
            allow_unicode=chance.random() < 0.7,
            sort_keys=False,
            width=chance.choice((60, 10**6)),
            default_flow_style=chance.choice((False, None, True)),
        )
        return dumped.encode("utf-8", "surrogatepass")
    if way < 0.8:
        lines = text.split("\n")
        for _ in range(chance.randint(1, 4)):
            _change_lines(lines, chance)
        return "\n".join(lines).encode("utf-8", "surrogatepass")
    content = bytearray(text.encode("utf-8"))
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(content))
        content[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(content)


def _changed(value: Any, chance: random.Random) -> Any:
    """Return a value with one place in it changed."""
    places = list(_places(value))
    if not places:
        return chance.choice(VALUES)
    owner, key = chance.choice(places)
    old = owner[key]
    way = chance.random()
    if way < 0.45:
        owner[key] = chance.choice(TEXTS)
    elif way < 0.6:
        owner[key] = chance.choice(VALUES)
    elif way < 0.7 and isinstance(old, str):
        place = chance.randint(0, len(old))
        owner[key] = old[:place] + chance.choice(TEXTS) + old[place:]
    elif way < 0.8 and isinstance(old, list):
        owner[key] = (old * 40)[: chance.choice((0, 2, 20, 40))]
    elif way < 0.9:
        del owner[key]
    else:
        other, name = chance.choice(places)
        with contextlib.suppress(KeyError, IndexError):
            owner[key] = copy.deepcopy(other[name])
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a value, as its owner and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value or ()))
    if not isinstance(value, dict | list):
        return
    for key in keys:
        yield value, key
        yield from _places(value[key]) if isinstance(value[key], dict | list) else ()


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value without dates and without one list in two places."""
    if isinstance(value, dict):
        return {str(key): _plain(one, depth + 1) for key, one in value.items() if depth < 30}
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value if depth < 30]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _change_lines(lines: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        lines[place] = " " * chance.randint(0, 5) + lines[place].strip()
    elif way == 1:
        lines.insert(place, chance.choice(lines))
    elif way == 2 and len(lines) > 1:
        del lines[place]
    elif way == 3:
        middle = chance.randint(0, len(lines[place]))
        text = chance.choice((*TEXTS, ":", "- ", "#", "&a ", "*a", "!!int ", "\t", "|", "%"))
        lines[place] = lines[place][:middle] + text + lines[place][middle:]
    else:
        lines[place : place + chance.randint(1, 30)] = []
        lines.append("")


def run(number: int, seed: int, folder: Path, *, with_build: bool) -> Iterator[Finding]:
    """Mutate one file of one project, check it, and yield what must not be."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - for the same runs again
    source = chance.choice(PROJECTS)
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(source / "content", project / "content")
    guides = sorted((project / "content" / "guides").glob("*.yaml"))
    others = [project / "content" / name for name in ("booklet.yaml", "readings.yaml")]
    file = chance.choice([*guides * 4, *(one for one in others if one.is_file())])
    file.write_bytes(mutated(file.read_text("utf-8"), chance))
    started = time.perf_counter()
    try:
        with _at_most(60):
            told = check(project).problems
        accepted = True
    except BookletError as error:
        told, accepted = error.problems, False
    except Exception:
        yield Finding(number, traceback.format_exc(limit=-3))
        return
    seconds = time.perf_counter() - started
    if seconds > SECONDS:
        yield Finding(number, f"check took {seconds:.1f} s")
    for problem in told:
        if len(problem.message) > LONGEST_MESSAGE or visible(problem.message) != problem.message:
            yield Finding(number, f"a message cannot be shown: {problem.message!r}")
    if with_build and accepted:
        yield from _built(number, project, chance)


def _built(number: int, project: Path, chance: random.Random) -> Iterator[Finding]:
    edition = chance.choice(("standard", "standard", "furigana", "large", "mono"))
    try:
        with _at_most(BUILD_SECONDS):
            report = build(project, None, formats=FORMATS, editions=[edition])
    except BookletError as error:
        yield Finding(number, f"{edition}: {error}")
        return
    except Exception:
        yield Finding(number, f"{edition}: {traceback.format_exc(limit=-4)}")
        return
    for file in report.files:
        for problem in file.problems:
            if problem.severity is Severity.ERROR:
                yield Finding(number, f"{edition} {file.name}: {problem}")


@contextlib.contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    """Run as often as asked; return 1 when there is a finding."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--first", type=int, default=0, help="number of the first run")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--build", action="store_true", help="build what check accepts")
    asked = arguments.parse_args()
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "backslashreplace", line_buffering=True)
    findings, started = 0, time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="booklet-fuzz-") as folder:
        for number in range(asked.first, asked.first + asked.runs):
            for finding in run(number, asked.seed, Path(folder), with_build=asked.build):
                findings += 1
                out.write(f"run {finding.run}: {finding.what}\n")
    seconds = time.perf_counter() - started
    out.write(f"{asked.runs} runs in {seconds:.0f} s, {findings} findings\n")
    out.flush()
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())

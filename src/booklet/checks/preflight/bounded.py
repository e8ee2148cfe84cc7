"""A file from anywhere goes in; what a check says of it comes out, within time and memory.

The check runs in a process of its own. Whatever the bytes lead a library to, that process ends: by
its own clock, by the system's limits, or with the process that started it. What it did not say is
"not judged", and never "passed".
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.checks.preflight.budget import DEFAULT_SECONDS
from booklet.checks.preflight.preflight import NOT_JUDGED
from booklet.diagnostics import Location, Problem, Severity
from booklet.model.print_profile import PrintProfile

DEFAULT_MEBIBYTES = 512

_CHILD = "booklet.checks.preflight.child"
_HINT = "ask the print shop to look at it, make it simpler, or give it more time"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one look at a file may cost.

    Attributes:
        seconds: Time by the clock on the wall.
        mebibytes: Memory of the process that looks.
    """

    seconds: float = DEFAULT_SECONDS
    mebibytes: int = DEFAULT_MEBIBYTES


@dataclass(frozen=True, slots=True)
class Judged:
    """What a check said of a file.

    Attributes:
        kind: What it was taken for: press, reading or epub; "" where nobody came so far.
        problems: What is wrong with it.
    """

    kind: str
    problems: tuple[Problem, ...]


def preflight_bounded(
    content: bytes,
    profile: PrintProfile,
    *,
    seconds: float = DEFAULT_SECONDS,
    mebibytes: int = DEFAULT_MEBIBYTES,
) -> list[Problem]:
    """Look at a PDF from anywhere as a print shop does, within limits (see `preflight`).

    Args:
        content: The bytes of the file.
        profile: The rules.
        seconds: How long to look.
        mebibytes: How much memory to take.

    Returns:
        One problem for each rule that is broken. Past a limit, what was found by then where it is
        known, and one of the code `preflight-not-judged`.
    """
    return list(judge(content, "press", profile, Limits(seconds, mebibytes)).problems)


def judge(content: bytes, kind: str, profile: PrintProfile, limits: Limits) -> Judged:
    """Look at a file in a process of its own.

    Args:
        content: The bytes of the file.
        kind: press, reading or epub; "" lets the file tell.
        profile: The print profile a press file is held against.
        limits: What it may cost.

    Returns:
        What was said, or that nobody came to a judgement, and why.
    """
    asked = {
        "kind": kind,
        "profile": profile.model_dump_json(exclude={"where"}, exclude_none=True),
        "seconds": limits.seconds,
        "mebibytes": limits.mebibytes,
        "parent": os.getpid(),
    }
    # Many small areas of memory of many threads would count against the limit.
    path = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    surroundings = {**os.environ, "MALLOC_ARENA_MAX": "1", "PYTHONPATH": path}
    question = json.dumps(asked).encode()
    process = subprocess.Popen(
        # -P: a module that happens to lie in the folder of the file is not ours.
        [sys.executable, "-P", "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
    )
    try:
        said, _ = process.communicate(
            b"%08d" % len(question) + question + content, timeout=limits.seconds
        )
    except subprocess.TimeoutExpired:
        return _not_judged(f"it would take more than {limits.seconds:g} seconds")
    finally:
        process.kill()
        process.communicate()
    if process.returncode != 0:
        return _not_judged(
            f"looking at it takes more than {limits.mebibytes} MiB or {limits.seconds:g} seconds, "
            "or it breaks what reads it"
        )
    try:
        return _read(said)
    except (ValueError, KeyError, TypeError):
        return _not_judged("it breaks what reads it")


def told(judged: Judged) -> bytes:
    """Return a judgement as bytes, for the way from one process to another."""
    problems = [
        {
            "code": one.code,
            "message": one.message,
            "where": [one.where.file, one.where.line, one.where.column] if one.where else None,
            "hint": one.hint,
            "severity": int(one.severity),
        }
        for one in judged.problems
    ]
    return json.dumps({"kind": judged.kind, "problems": problems}).encode()


def _read(said: bytes) -> Judged:
    answer: dict[str, Any] = json.loads(said)
    problems = [
        Problem(
            one["code"],
            one["message"],
            Location(*one["where"]) if one["where"] else None,
            one["hint"],
            Severity(one["severity"]),
        )
        for one in answer["problems"]
    ]
    return Judged(answer["kind"], tuple(problems))


def _not_judged(why: str) -> Judged:
    message = f"the file was not judged: {why}"
    return Judged("", (Problem(NOT_JUDGED, message, None, _HINT),))

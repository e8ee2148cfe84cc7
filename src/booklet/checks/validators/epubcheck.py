"""EPUB files go in; what EPUBCheck, the reference validator of the W3C, says of them comes out."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from booklet.checks.validators.tools import ends_with_us, epubcheck_jar, java_version
from booklet.diagnostics import Problem, Severity

NAME = "EPUBCheck"

# What EPUBCheck only mentions, or leaves out, and what this project wants as errors: unknown or
# lower-cased markup, files that the manifest does not name or nothing uses, a fixed position, names
# that are not plain, tables without header cells. Its advice against rp in ruby is not wanted: see
# typography/ruby.py.
PROMOTED = Path(__file__).parent / "promoted.txt"
_RUNNER = Path(__file__).parent / "ManyEpubs.java"

_SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "USAGE": Severity.NOTE,
}


def why_not_run() -> str | None:
    """Return what is missing to run EPUBCheck, or None when nothing is."""
    if epubcheck_jar() is None:
        return "EPUBCheck is not installed: make setup"
    if java_version() is None:
        return "EPUBCheck needs a Java compiler, version 11 or later: make tools"
    return None


def run_epubcheck(epubs: Sequence[Path]) -> list[list[Problem]]:
    """Run EPUBCheck on any number of files in one Java machine.

    Args:
        epubs: The files.

    Returns:
        Its messages for each file, USAGE as notes; [] is 0 fatal, 0 errors, 0 warnings and 0 notes.

    Raises:
        ValueError: EPUBCheck cannot run here, or said nothing that can be read (see `why_not_run`).
            A check that did not happen must not look like one that passed.
    """
    jar = epubcheck_jar()
    if jar is None:
        raise ValueError(why_not_run())
    # Two flags that halve the start of a short-lived Java machine: measured 12 s without, 5 s with.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en"]
    command += ["-cp", str(jar), str(_RUNNER), str(PROMOTED), *map(str, epubs)]
    run = subprocess.run(
        ends_with_us(command), capture_output=True, text=True, timeout=600, check=False
    )
    lines = [line for line in run.stdout.splitlines() if line.startswith('{"file":')]
    if run.returncode != 0 or len(lines) != len(epubs):
        raise ValueError(f"EPUBCheck did not run: {run.stderr.strip()[:300]}")
    return [_messages(line) for line in lines]


def _messages(line: str) -> list[Problem]:
    said = json.loads(line)
    if said["failure"] is not None:
        raise ValueError(f"EPUBCheck did not run: {said['failure']}")
    problems = []
    for message in said["messages"]:
        severity = _SEVERITIES.get(message["severity"])
        if severity is None:
            continue
        where = f"{message['path']}:{message['line']}:{message['column']}"
        code = message["id"].lower().replace("_", "-")
        problems.append(Problem(code, f"{where}: {message['message']}", None, "", severity))
    return problems

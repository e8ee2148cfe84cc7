"""An EPUB goes in; what Ace by DAISY, the accessibility checker for EPUB, says comes out."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from booklet.checks.validators.tools import (
    ace_program,
    browser_program,
    browser_version,
    ends_with_us,
    node_version,
)
from booklet.diagnostics import Problem, Severity

NAME = "Ace"

_START_MS = "60000"


def why_not_run() -> str | None:
    """Return what is missing to run Ace, or None when nothing is."""
    if not ace_program().exists():
        return "Ace is not installed: make tools"
    if node_version() is None:
        return "Ace needs Node.js: make tools"
    if browser_version() is None:
        return "Ace needs Chromium: make tools"
    return None


def run_ace(epub: Path) -> list[Problem]:
    """Run Ace on one file; every run starts a browser of its own, so there is nothing to share.

    Args:
        epub: The file.

    Returns:
        A problem for each violation: a minor one is a warning, any other an error.

    Raises:
        ValueError: Ace cannot run here, or ended without a report.
    """
    if reason := why_not_run():
        raise ValueError(reason)
    with tempfile.TemporaryDirectory(prefix="booklet-ace-") as folder:
        command = [str(ace_program()), "--force", "--silent", "--outdir", f"{folder}/report"]
        surroundings = {
            **os.environ,
            "PUPPETEER_EXECUTABLE_PATH": str(browser_program()),
            # Its own limit of 5 s is too short for a browser that starts on a busy machine.
            "ACE_TIMEOUT_INITIAL": _START_MS,
            # Ace keeps a log and its settings at home; two runs at once shall not meet there.
            "HOME": folder,
            "XDG_CONFIG_HOME": folder,
        }
        run = subprocess.run(
            ends_with_us([*command, str(epub)]),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env=surroundings,
        )
        try:
            report = json.loads(Path(folder, "report", "report.json").read_text("utf-8"))
        except (OSError, ValueError):
            said = (run.stderr or run.stdout).strip()[-300:]
            raise ValueError(f"Ace ended without a report: {said}") from None
    problems = list(_violations(report))
    if report["earl:result"]["earl:outcome"] != "pass" and not problems:
        raise ValueError("Ace found the book wrong and named no rule")
    return problems


def _violations(report: dict[str, Any]) -> Iterator[Problem]:
    for subject in report["assertions"]:
        where = subject["earl:testSubject"]["url"]
        for assertion in subject["assertions"]:
            test, result = assertion["earl:test"], assertion["earl:result"]
            words = " ".join(str(result["dct:description"]).split())
            minor = test.get("earl:impact") == "minor"
            yield Problem(
                f"ace-{test['dct:title']}",
                f"{where}: {words[:300]}",
                None,
                "",
                Severity.WARNING if minor else Severity.ERROR,
            )

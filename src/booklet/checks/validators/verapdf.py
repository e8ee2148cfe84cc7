"""PDF files go in; what veraPDF, the reference validator of PDF/A and PDF/UA, says comes out."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from booklet.checks.validators.tools import ends_with_us, java_version, verapdf_jar
from booklet.diagnostics import Problem

NAME = "veraPDF"
PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}

_SHOWN_A_RULE = 3


def why_not_run() -> str | None:
    """Return what is missing to run veraPDF, or None when nothing is."""
    if java_version() is None:
        return "veraPDF needs Java: make tools"
    if not verapdf_jar().is_file():
        return "veraPDF is not installed: make tools"
    return None


def run_verapdf(pdfs: Sequence[Path], profile: str) -> list[list[Problem]]:
    """Run veraPDF on any number of files in one Java machine.

    Args:
        pdfs: The files; their names end in `.pdf`.
        profile: A key of PROFILES.

    Returns:
        For each file a problem for each rule it breaks, with how often and the first place.

    Raises:
        ValueError: veraPDF cannot run here, or could not read a file.
    """
    if reason := why_not_run():
        raise ValueError(reason)
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", str(verapdf_jar())]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "--flavour", profile, "--format", "json"]
    command += ["--loglevel", "0", "--maxfailuresdisplayed", str(_SHOWN_A_RULE), *map(str, pdfs)]
    run = subprocess.run(
        ends_with_us(command), capture_output=True, text=True, timeout=600, check=False
    )
    try:
        jobs = json.loads(run.stdout[run.stdout.index("{") :])["report"]["jobs"]
    except (ValueError, KeyError):
        raise ValueError(f"veraPDF did not run: {run.stderr.strip()[:300]}") from None
    by_name = {Path(job["itemDetails"]["name"]).resolve(): job for job in jobs}
    try:
        return [_broken_rules(by_name[pdf.resolve()]) for pdf in pdfs]
    except KeyError as missing:
        raise ValueError(f"veraPDF said nothing of {missing}") from None


def _broken_rules(job: dict[str, Any]) -> list[Problem]:
    results = job.get("validationResult")
    if not results:
        trouble = job.get("taskException", {}).get("exceptionMessage", "no reason given")
        raise ValueError(f"veraPDF could not validator a file: {trouble}")
    problems = []
    for result in results:
        for rule in result["details"]["ruleSummaries"]:
            first = rule["checks"][0] if rule.get("checks") else {}
            times = rule["failedChecks"]
            problems.append(
                Problem(
                    f"{rule['clause']}-{rule['testNumber']}",
                    f"{rule['specification']}: {first.get('errorMessage') or rule['description']} "
                    f"({times} time{'s' if times != 1 else ''}, first at {_place(first)})",
                )
            )
        if not result.get("compliant", not problems) and not problems:
            raise ValueError("veraPDF found a file wrong and named no rule")
    # veraPDF names the rules in an order that changes from run to run.
    return sorted(problems, key=lambda problem: problem.code)


def _place(check: dict[str, Any]) -> str:
    """Return the end of the path to an object: what it is, and in what it stands."""
    return "/".join(str(check.get("context", "")).split("/")[-3:])

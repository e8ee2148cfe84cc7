"""Finished files go in; the verdict of every reference validator on each of them comes out."""

import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from booklet.build.report import MadeFile
from booklet.checks.validators import ace, epubcheck, verapdf
from booklet.checks.validators.tools import all_tools
from booklet.diagnostics import Problem
from booklet.model.artifact import Verdict

__all__ = ["all_tools", "validate_files", "validators_of"]

_AT_ONCE = 2
# So many files a Java machine: their time has a limit, and a fault costs only these a verdict.
_TOGETHER = 40

Findings = list[list[Problem]]
# Asked only when a validator is wanted: the answer starts a program to learn its version.
WhyNot = Callable[[], str | None]


def validate_files(files: Sequence[MadeFile], folder: Path) -> list[Verdict]:
    """Ask every validator about the files of its kind.

    EPUBCheck and veraPDF take many files in one Java machine; Ace takes one book at a time. Two
    validators work at once.

    Args:
        files: The files; reading PDFs and EPUBs have validators.
        folder: Where they lie.

    Returns:
        One verdict for each file and validator, in the order of the files. A validator that is
        missing, that could not do its work or took too long has not run; its verdict says why.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        started = [
            (names, validator, _start(pool, why(), partial(run, [folder / one for one in names])))
            for names, validator, why, run in _runs(files)
        ]
        verdicts = [
            verdict
            for names, validator, outcome in started
            for verdict in _verdicts(names, validator, outcome)
        ]
    order = {file.name: place for place, file in enumerate(files)}
    return sorted(verdicts, key=lambda verdict: order[verdict.file])


def validators_of(files: Sequence[MadeFile]) -> list[str]:
    """Return the names of the validators that have something to say about these files."""
    return list(dict.fromkeys(validator for _, validator, _, _ in _runs(files)))


def _runs(
    files: Sequence[MadeFile],
) -> list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Findings]]]:
    """Return which files go to which validator together, why it cannot run, and how it is asked."""
    pdfs = [file.name for file in files if file.format == "reading"]
    epubs = [file.name for file in files if file.format == "epub"]
    runs: list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Findings]]] = []
    for name in epubs:
        runs.append(([name], ace.NAME, ace.why_not_run, lambda paths: [ace.run_ace(paths[0])]))
    for names in _batches(epubs):
        first = (names, epubcheck.NAME, epubcheck.why_not_run, epubcheck.run_epubcheck)
        runs.insert(0, first)
    for names in _batches(pdfs):
        for profile, standard in verapdf.PROFILES.items():
            run = partial(verapdf.run_verapdf, profile=profile)
            runs.append((names, f"{verapdf.NAME} {standard}", verapdf.why_not_run, run))
    return runs


def _batches(names: Sequence[str]) -> list[list[str]]:
    return [list(names[start : start + _TOGETHER]) for start in range(0, len(names), _TOGETHER)]


def _start(
    pool: ThreadPoolExecutor, why_not: str | None, run: Callable[[], Findings]
) -> "str | Future[Findings]":
    return why_not or pool.submit(run)


def _verdicts(
    names: Sequence[str], validator: str, outcome: "str | Future[Findings]"
) -> list[Verdict]:
    if isinstance(outcome, str):
        return [Verdict(name, validator, not_run=outcome) for name in names]
    try:
        found = outcome.result()
    except subprocess.TimeoutExpired as error:
        late = f"it gave no answer within {error.timeout:g} s"
        return [Verdict(name, validator, not_run=late) for name in names]
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        return [Verdict(name, validator, not_run=str(error)) for name in names]
    return [
        Verdict(name, validator, tuple(problems))
        for name, problems in zip(names, found, strict=True)
    ]

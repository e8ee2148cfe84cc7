"""Finished files go in; the verdict of every reference validator on each of them comes out."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from booklet.build.report import MadeFile, Verdict
from booklet.checks.validators import ace, epubcheck, verapdf
from booklet.checks.validators.tools import all_tools
from booklet.diagnostics import Problem

__all__ = ["all_tools", "not_asked", "validate_files"]

NOT_ASKED = "booklet check --full or booklet build --full asks it"

_AT_ONCE = 2

Findings = list[list[Problem]]
# Asked only when a validator is wanted: the answer starts a program to learn its version.
WhyNot = Callable[[], str | None]


def validate_files(files: Iterable[MadeFile], contents: Mapping[str, bytes]) -> list[Verdict]:
    """Ask every validator about the files of its kind.

    EPUBCheck and veraPDF take all files in one Java machine; Ace takes one book at a time. Two
    validators work at once.

    Args:
        files: The files; reading PDFs and EPUBs have validators.
        contents: Their bytes by name.

    Returns:
        One verdict for each file and validator, in the order of the files. A validator that is
        missing, or that could not do its work, has not run; its verdict says why.
    """
    made = list(files)
    with (
        tempfile.TemporaryDirectory(prefix="booklet-validators-") as folder,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        paths = {file.name: Path(folder, file.name) for file in made}
        for file in made:
            paths[file.name].write_bytes(contents[file.name])
        started = [
            (names, validator, _start(pool, why(), partial(run, [paths[name] for name in names])))
            for names, validator, why, run in _runs(made)
        ]
        verdicts = [
            verdict
            for names, validator, outcome in started
            for verdict in _verdicts(names, validator, outcome)
        ]
    order = {file.name: place for place, file in enumerate(made)}
    return sorted(verdicts, key=lambda verdict: order[verdict.file])


def not_asked(files: Iterable[MadeFile]) -> list[Verdict]:
    """Return the verdicts of a build that asks no validator: not run, and why."""
    return [
        Verdict(name, validator, not_run=NOT_ASKED)
        for file in files
        for names, validator, _, _ in _runs([file])
        for name in names
    ]


def _runs(
    files: Sequence[MadeFile],
) -> list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Findings]]]:
    """Return which files go to which validator together, why it cannot run, and how it is asked."""
    pdfs = [file.name for file in files if file.format == "reading"]
    epubs = [file.name for file in files if file.format == "epub"]
    runs: list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Findings]]] = []
    for name in epubs:
        runs.append(([name], ace.NAME, ace.why_not_run, lambda paths: [ace.run_ace(paths[0])]))
    if epubs:
        first = (epubs, epubcheck.NAME, epubcheck.why_not_run, epubcheck.run_epubcheck)
        runs.insert(0, first)
    if pdfs:
        for profile, standard in verapdf.PROFILES.items():
            run = partial(verapdf.run_verapdf, profile=profile)
            runs.append((pdfs, f"{verapdf.NAME} {standard}", verapdf.why_not_run, run))
    return runs


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
    except ValueError as error:
        return [Verdict(name, validator, not_run=str(error)) for name in names]
    return [
        Verdict(name, validator, tuple(problems))
        for name, problems in zip(names, found, strict=True)
    ]

"""Finished files go in; the verdict of every reference validator on each of them comes out."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from booklet.checks import ace, epubcheck, verapdf
from booklet.checks.tools import all_tools
from booklet.diagnostics import Problem
from booklet.report import MadeFile, Verdict

__all__ = ["all_tools", "judge_files", "not_asked"]

NOT_ASKED = "booklet check --full or booklet build --full asks it"

_AT_ONCE = 2

Judged = list[list[Problem]]
# Asked only when a judge is wanted: the answer starts a program to learn its version.
WhyNot = Callable[[], str | None]


def judge_files(files: Iterable[MadeFile], contents: Mapping[str, bytes]) -> list[Verdict]:
    """Ask every judge about the files of its kind.

    EPUBCheck and veraPDF take all files in one Java machine; Ace takes one book at a time. Two
    judges work at once.

    Args:
        files: The files; reading PDFs and EPUBs have judges.
        contents: Their bytes by name.

    Returns:
        One verdict for each file and judge, in the order of the files. A judge that is missing, or
        that could not do its work, has not run; its verdict says why.
    """
    made = list(files)
    with (
        tempfile.TemporaryDirectory(prefix="booklet-judges-") as folder,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        paths = {file.name: Path(folder, file.name) for file in made}
        for file in made:
            paths[file.name].write_bytes(contents[file.name])
        started = [
            (names, judge, _start(pool, why(), partial(run, [paths[name] for name in names])))
            for names, judge, why, run in _sittings(made)
        ]
        verdicts = [
            verdict
            for names, judge, outcome in started
            for verdict in _heard(names, judge, outcome)
        ]
    order = {file.name: place for place, file in enumerate(made)}
    return sorted(verdicts, key=lambda verdict: order[verdict.file])


def not_asked(files: Iterable[MadeFile]) -> list[Verdict]:
    """Return the verdicts of a build that asks no judge: each says that it has not run, and why."""
    return [
        Verdict(name, judge, not_run=NOT_ASKED)
        for file in files
        for names, judge, _, _ in _sittings([file])
        for name in names
    ]


def _sittings(
    files: Sequence[MadeFile],
) -> list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Judged]]]:
    """Return which files go to which judge together, why it cannot run, and how it is asked."""
    pdfs = [file.name for file in files if file.format == "reading"]
    epubs = [file.name for file in files if file.format == "epub"]
    sittings: list[tuple[list[str], str, WhyNot, Callable[[list[Path]], Judged]]] = []
    for name in epubs:
        sittings.append(([name], ace.NAME, ace.why_not_run, lambda paths: [ace.run_ace(paths[0])]))
    if epubs:
        sitting = (epubs, epubcheck.NAME, epubcheck.why_not_run, epubcheck.run_epubcheck)
        sittings.insert(0, sitting)
    if pdfs:
        for profile, standard in verapdf.PROFILES.items():
            run = partial(verapdf.run_verapdf, profile=profile)
            sittings.append((pdfs, f"{verapdf.NAME} {standard}", verapdf.why_not_run, run))
    return sittings


def _start(
    pool: ThreadPoolExecutor, why_not: str | None, run: Callable[[], Judged]
) -> "str | Future[Judged]":
    return why_not or pool.submit(run)


def _heard(names: Sequence[str], judge: str, outcome: "str | Future[Judged]") -> list[Verdict]:
    if isinstance(outcome, str):
        return [Verdict(name, judge, not_run=outcome) for name in names]
    try:
        found = outcome.result()
    except ValueError as error:
        return [Verdict(name, judge, not_run=str(error)) for name in names]
    return [
        Verdict(name, judge, tuple(problems)) for name, problems in zip(names, found, strict=True)
    ]

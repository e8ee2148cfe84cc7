"""`booklet build`: the project's booklets, with a report."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from booklet.build.plan import Wanted
from booklet.build.project import UnknownGuideError
from booklet.build.run import Conduct
from booklet.build.run import build as run_build
from booklet.build.watcher import Watcher
from booklet.build.workers import Limits
from booklet.cli import options
from booklet.cli.messages import end, fail, fail_as_json, tell_json, tell_report
from booklet.cli.progress import Progress
from booklet.diagnostics import BookletError


@click.command(epilog=options.EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@options.formats
@options.editions
@options.output
@options.strict
@click.option("--full", is_flag=True, help="Ask the validators about every file: see doctor.")
@options.as_json
@options.profiles
@options.how_to_build
@options.project
def build(
    guides: Sequence[str],
    formats: Sequence[str],
    editions: Sequence[str],
    profiles: Sequence[str],
    output: Path,
    strict: bool,
    full: bool,
    as_json: bool,
    root: Path,
    **how: Any,
) -> None:
    """Make the booklets of GUIDEs, or of every guide.

    The files and report.json go to the output folder. A guide that cannot be made is told, and the
    others are made. Files of an earlier build stay as they were until new ones are ready.
    """
    signal.signal(signal.SIGTERM, _terminated)
    progress = Watcher() if as_json else Progress()
    try:
        report = run_build(
            root,
            output,
            Wanted(guides, formats, editions, profiles),
            conduct_of(how, full),
            progress,
        )
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        interrupted()
    except BookletError as error:
        if isinstance(progress, Progress):
            progress.end()
            fail(error.problems)
        fail_as_json(error.problems)
    if isinstance(progress, Progress):
        progress.end()
        from booklet.build.validation import validators_of

        tell_report(report, full, () if full else validators_of(report.files))
    else:
        tell_json(report.plain())
    end(report, strict, full)


def conduct_of(how: dict[str, Any], full: bool) -> Conduct:
    """Return what the options of `how_to_build` say."""
    return Conduct(
        workers=how["jobs"],
        scheduler=how["scheduler"],
        limits=Limits(how["job_seconds"], how["job_memory"]),
        cache_mebibytes=0 if how["no_cache"] else how["cache_size"],
        fail_fast=how["fail_fast"],
        full=full,
    )


def _terminated(*_: object) -> None:
    """End as after Ctrl-C: the report is written, the workers are ended."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def interrupted() -> NoReturn:
    """End after Ctrl-C."""
    click.echo("\nstopped; report.json says how far it came", err=True)
    sys.exit(130)

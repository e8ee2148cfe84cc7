"""`booklet build`: the project's booklets, with a report."""

import signal
import sys
from typing import Any, NoReturn

import click

from booklet.build.early import start_early
from booklet.build.workers import Limits
from booklet.cli import options


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
def build(**given: Any) -> None:
    """Make the booklets of GUIDEs, or of every guide.

    The files and report.json go to the output folder. A guide that cannot be made is told, and the
    others are made. Files of an earlier build stay as they were until new ones are ready.
    """
    signal.signal(signal.SIGTERM, _terminated)
    limits = Limits(given["job_seconds"], given["job_memory"])
    # Before anything else: the engine starts beside all that follows, the imports first of all.
    started = start_early(given["jobs"], given["scheduler"], limits)
    from booklet.cli.build_run import run

    try:
        run(given, limits, started)
    except KeyboardInterrupt:
        _interrupted()


def _terminated(*_: object) -> None:
    """End as after Ctrl-C: the report is written, the workers are ended."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _interrupted() -> NoReturn:
    """End after Ctrl-C."""
    click.echo("\nstopped; report.json says how far it came", err=True)
    sys.exit(130)

"""`booklet check`: what is wrong with the content, and with the files made of it."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from booklet import __version__
from booklet.build.checking import check as run_check
from booklet.build.project import UnknownGuideError
from booklet.build.report import listed
from booklet.cli import options
from booklet.cli.messages import (
    counted,
    end,
    fail,
    fail_as_json,
    tell_json,
    tell_problems,
    tell_report,
)
from booklet.diagnostics import BookletError, Problem, Severity


@click.command(epilog=options.EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@options.strict
@click.option("--full", is_flag=True, help="Make every file, too, and ask every validator.")
@click.option("--press", is_flag=True, help="Make the press files too and look at them.")
@options.as_json
@options.profiles
@options.project
def check(
    guides: Sequence[str],
    strict: bool,
    full: bool,
    press: bool,
    as_json: bool,
    profiles: Sequence[str],
    root: Path,
) -> None:
    """Check the content of GUIDEs, or of every guide, without writing anything.

    With --full the files are made in a folder that is thrown away, and a validator's failure fails;
    with --press too, the press files are among them.
    """
    if full or press:
        _check_files(root, guides, profiles, full, press, strict)
    try:
        project, problems = run_check(root, guides)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        if as_json:
            fail_as_json(error.problems)
        fail(error.problems)
    worst = max((problem.severity for problem in problems), default=Severity.NOTE)
    failed = worst is Severity.ERROR or (strict and worst is Severity.WARNING)
    if as_json:
        content = {"booklet": __version__, "guides": list(project.slugs)}
        tell_json({**content, "problems": listed(problems)})
    else:
        tell_problems(problems)
        _conclude(len(project.slugs), problems)
    sys.exit(1 if failed else 0)


def _conclude(count: int, problems: Sequence[Problem]) -> None:
    guides = f"{count} guide{'s' if count != 1 else ''} checked"
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors:
        click.echo(f"{guides}: {counted(errors)}", err=True)
    elif any(problem.severity is Severity.WARNING for problem in problems):
        click.echo(f"{guides}: see the warnings above")
    else:
        click.echo(f"{guides}: no problems")


def _check_files(
    root: Path,
    guides: Sequence[str],
    profiles: Sequence[str],
    full: bool,
    press: bool,
    strict: bool,
) -> NoReturn:
    """Make the files and look at them: all, or those for the press alone."""
    from booklet.build.plan import Wanted
    from booklet.build.run import Conduct
    from booklet.build.run import build as run_build
    from booklet.cli.progress import Progress
    from booklet.model.publication import Format

    formats: tuple[str, ...] = ()
    if press:
        formats = (Format.PRESS.value,)
    if full and press:
        formats = tuple(one.value for one in Format)
    progress = Progress()
    try:
        with tempfile.TemporaryDirectory(prefix="booklet-check-") as folder:
            report = run_build(
                root,
                Path(folder),
                Wanted(guides, formats, (), profiles),
                Conduct(full=full),
                progress,
            )
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        progress.end()
        fail(error.problems)
    progress.end()
    tell_report(report, full, ())
    if any(verdict.outcome == "failed" for verdict in report.verdicts):
        sys.exit(1)
    end(report, strict, full)

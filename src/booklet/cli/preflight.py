"""`booklet preflight`: any PDF, looked at as a print shop does."""

import sys
from pathlib import Path

import click

from booklet.build.print_files import preflight_file
from booklet.cli import options
from booklet.cli.messages import counted, fail, tell_problems
from booklet.diagnostics import BookletError, Severity


@click.command(epilog=options.EPILOG)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    "profile",
    default="saddle-stitch",
    show_default=True,
    metavar="NAME",
    help="The print profile to hold it against.",
)
@options.strict
@options.project
def preflight(file: Path, profile: str, strict: bool, root: Path) -> None:
    """Look at FILE, a PDF from whatever program, as a print shop does."""
    try:
        problems = preflight_file(root, file, profile)
    except BookletError as error:
        fail(error.problems, "; the file was not looked at")
    tell_problems(problems, f"{file.name}: ")
    worst = max((problem.severity for problem in problems), default=Severity.NOTE)
    click.echo(f"{file.name}: {counted(len(problems))} for {profile}")
    sys.exit(1 if worst is Severity.ERROR or (strict and worst is Severity.WARNING) else 0)

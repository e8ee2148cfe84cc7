"""`booklet preflight`: a finished file goes in; what is wrong with it and an exit code come out."""

import sys
from pathlib import Path

import click

from booklet.build.inspection import KINDS, inspect_file
from booklet.cli import options
from booklet.cli.messages import counted, fail, tell_problems
from booklet.diagnostics import BookletError, Severity


@click.command(epilog=options.EPILOG)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(("press", "reading", "epub")),
    help="What the file was made for.  [default: what it says of itself]",
)
@click.option(
    "--profile",
    default="saddle-stitch",
    show_default=True,
    metavar="NAME",
    help="The print profile to hold a press PDF against.",
)
@click.option(
    "--limit",
    "seconds",
    type=click.FloatRange(min=1, max=86400),
    default=20,
    show_default=True,
    metavar="SECONDS",
    help="How long to look; what was not seen by then is told.",
)
@options.strict
@options.project
def preflight(
    file: Path, kind: str | None, profile: str, seconds: float, strict: bool, root: Path
) -> None:
    """Look at FILE, a press PDF, a reading PDF or an EPUB from whatever program.

    A press PDF is looked at as a print shop does. Exit code 1 says that something is wrong, or that
    FILE was not judged: it needs more time or memory than there is.
    """
    try:
        found = inspect_file(root, file, profile, kind or "", seconds)
    except BookletError as error:
        fail(error.problems, "; the file was not looked at")
    tell_problems(found.problems, f"{file.name}: ")
    taken_for = f"as {KINDS[found.kind]}" if found.kind in KINDS else ""
    if found.kind in ("press", ""):
        taken_for = f"for {profile}"
    elif kind is None:
        taken_for += "; --as press looks at it as a print shop does"
    click.echo(f"{file.name}: {counted(len(found.problems))} {taken_for}")
    worst = max((problem.severity for problem in found.problems), default=Severity.NOTE)
    sys.exit(1 if worst is Severity.ERROR or (strict and worst is Severity.WARNING) else 0)

"""Arguments go in; the pipeline runs; messages and an exit code come out."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from booklet import __version__
from booklet.diagnostics import BookletError, Problem, Severity

if TYPE_CHECKING:
    from booklet.build.report import Report

FORMATS = ("reading", "press", "office", "epub", "text", "cover", "pages")
EDITIONS = ("standard", "large", "furigana", "mono")

EPILOG = """\b
Examples:
  booklet build                        every guide, every format, into build/
  booklet build shuro-shienin          one guide
  booklet build --format epub          only the EPUBs
  booklet build --edition large        only the edition in large type
  booklet build --strict               fail on warnings too, as CI does
  booklet build --format press         the files for the print shop
  booklet build --profile NAME         by the rules of another shop or office printer
  booklet check                        only read and check the content
  booklet check --full                 make every file and ask every validator about it
  booklet doctor                       show which validators are there and which are missing
  booklet check --press                make the press files too, look at them, write nothing
  booklet preflight FILE.pdf           look at any PDF as a print shop does
  booklet readings                     list the readings nobody has confirmed
  booklet pages                        turn the pages of the last build into pictures

\b
Exit codes: 0 good, 1 problems for the author, 2 wrong usage.
"""

_PROJECT = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/.  [default: this folder]",
)

_PROFILES = click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="A print profile; one for the press and one for the office may be given."
    "  [default: saddle-stitch, office-a4-duplex]",
)


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="booklet")
def main() -> None:
    """Turn structured guides to occupations into booklets and e-books."""


@main.command(epilog=EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="A format to make; give it several times for several.  [default: booklet.yaml's]",
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    help="An edition to make; give it several times for several.  [default: booklet.yaml's]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="build",
    show_default=True,
    help="The folder the files go to.",
)
@click.option("--strict", is_flag=True, help="Let warnings and validators fail the build.")
@click.option("--full", is_flag=True, help="Ask the validators about every file: see doctor.")
@_PROFILES
@_PROJECT
def build(
    guides: Sequence[str],
    formats: Sequence[str],
    editions: Sequence[str],
    profiles: Sequence[str],
    output: Path,
    strict: bool,
    full: bool,
    project: Path,
) -> None:
    """Make the booklets of GUIDEs, or of every guide.

    The files and report.json go to the output folder. Files of an earlier build stay as they were
    until all new ones are ready.
    """
    from booklet.build.typesetting import Typesetter

    # Before anything else: the engine starts beside all that follows.
    typesetter = Typesetter()
    from booklet.build.pipeline import UnknownGuideError
    from booklet.build.pipeline import build as run_build

    progress = _Progress()
    try:
        report = run_build(
            project,
            output,
            slugs=guides,
            formats=formats,
            editions=editions,
            full=full,
            profiles=profiles,
            typeset=typesetter.typeset,
            tell=progress.step,
        )
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        progress.end()
        _fail(error.problems)
    progress.end()
    _tell_report(report)
    _exit(report, strict, full)


@main.command(epilog=EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@click.option("--full", is_flag=True, help="Make every file, too, and ask every validator.")
@click.option("--press", is_flag=True, help="Make the press files too and look at them.")
@_PROFILES
@_PROJECT
def check(
    guides: Sequence[str],
    strict: bool,
    full: bool,
    press: bool,
    profiles: Sequence[str],
    project: Path,
) -> None:
    """Check the content of GUIDEs, or of every guide, without writing anything.

    With --full the files are made in a folder that is thrown away, and a validator's failure fails.
    """
    if full:
        _check_files(guides, strict, project)
    if press:
        _check_press(guides, strict, profiles, project)
    from booklet.build.pipeline import UnknownGuideError
    from booklet.build.pipeline import check as run_check

    if press:
        _check_press(guides, strict, profiles, project)
    try:
        contents = run_check(project, guides)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        _fail(error.problems)
    _tell_problems(contents.problems)
    warned = any(problem.severity >= Severity.WARNING for problem in contents.problems)
    count = len(contents.guides)
    click.echo(
        f"{count} guide{'s' if count != 1 else ''} checked: "
        f"{'see the warnings above' if warned else 'no problems'}"
    )
    sys.exit(1 if warned and strict else 0)


@main.command(epilog=EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@_PROJECT
def readings(guides: Sequence[str], project: Path) -> None:
    """List the readings of GUIDEs that nobody has confirmed, for content/readings.yaml.

    Doubtful ones come first, each with its reason. Check a line, mend it, add it to the file.
    """
    from booklet.build.pipeline import UnknownGuideError, unconfirmed_readings

    try:
        click.echo(unconfirmed_readings(project, guides), nl=False)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        _fail(error.problems)


@main.command(epilog=EPILOG)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    "profile",
    default="saddle-stitch",
    show_default=True,
    metavar="NAME",
    help="The print profile to hold it against.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@_PROJECT
def preflight(file: Path, profile: str, strict: bool, project: Path) -> None:
    """Look at FILE, a PDF from whatever program, as a print shop does."""
    from booklet.build.print_files import preflight_file

    try:
        problems = preflight_file(project, file, profile)
    except BookletError as error:
        _fail(error.problems, "; the file was not looked at")
    _tell_problems(problems, f"{file.name}: ")
    worst = max((problem.severity for problem in problems), default=Severity.NOTE)
    click.echo(f"{file.name}: {_counted(len(problems))} for {profile}")
    sys.exit(1 if worst is Severity.ERROR or (strict and worst is Severity.WARNING) else 0)


@main.command(epilog=EPILOG)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="build",
    show_default=True,
    help="The folder of the build.",
)
@click.option(
    "--dpi",
    type=click.IntRange(30, 600),
    default=150,
    show_default=True,
    help="Resolution of a page, in dots per inch.",
)
def pages(output: Path, dpi: int) -> None:
    """Turn the pages of a build into pictures, to be looked at one by one and side by side."""
    from booklet.build.page_views import picture_pages

    try:
        sheets = picture_pages(output, dpi)
    except BookletError as error:
        _fail(error.problems)
    for sheet in sheets:
        click.echo(str(sheet))


@main.command(epilog=EPILOG)
def doctor() -> None:
    """Show which validators of finished files are there, and how to get those that are missing."""
    from booklet.build.validation import all_tools

    there = all_tools()
    width = max(len(tool.name) for tool in there)
    for tool in there:
        state = tool.version or f"missing; to get it: {tool.hint}"
        if tool.version and tool.wanted[0].isdigit() and " " not in tool.wanted:
            state += "" if tool.version == tool.wanted else f"; tested with {tool.wanted}"
        click.echo(f"{tool.name:<{width}}  {state}")
    missing = sum(tool.version is None for tool in there)
    click.echo(f"{missing} missing" if missing else "nothing is missing")


def _check_files(guides: Sequence[str], strict: bool, project: Path) -> NoReturn:
    from booklet.build.pipeline import UnknownGuideError
    from booklet.build.pipeline import build as run_build

    progress = _Progress()
    try:
        with tempfile.TemporaryDirectory(prefix="booklet-check-") as folder:
            report = run_build(project, Path(folder), slugs=guides, full=True, tell=progress.step)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        progress.end()
        _fail(error.problems)
    progress.end()
    _tell_report(report)
    failed = any(verdict.outcome == "failed" for verdict in report.verdicts)
    sys.exit(1 if failed or report.failed(strict, _in_ci()) else 0)


class _Progress:
    """Says what is being done: on a terminal in one line that changes, elsewhere line by line."""

    def __init__(self) -> None:
        self.on_terminal = sys.stderr.isatty()

    def step(self, line: str) -> None:
        """Show what begins now."""
        if self.on_terminal:
            click.echo(f"\r\x1b[2K{line} …", err=True, nl=False)
        else:
            click.echo(line, err=True)

    def end(self) -> None:
        """Clear the line."""
        if self.on_terminal:
            click.echo("\r\x1b[2K", err=True, nl=False)


def _check_press(
    guides: Sequence[str], strict: bool, profiles: Sequence[str], project: Path
) -> NoReturn:
    from booklet.build.pipeline import UnknownGuideError, build

    progress = _Progress()
    try:
        report = build(
            project, None, slugs=guides, formats=("press",), profiles=profiles, tell=progress.step
        )
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        progress.end()
        _fail(error.problems)
    progress.end()
    _tell_problems(report.problems)
    _tell_files(report)
    for file in report.files:
        click.echo(f"{file.name}: {file.verdict}")
    _exit(report, strict, full=False)


def _tell_files(report: "Report") -> None:
    for file in report.files:
        _tell_problems(file.problems, f"{file.name}: ")


def _tell_problems(problems: Sequence[Problem], prefix: str = "") -> None:
    for problem in problems:
        click.echo(f"{prefix}{problem}", err=True)


def _fail(problems: Sequence[Problem], so: str = "; nothing was made") -> NoReturn:
    _tell_problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    click.echo(f"{_counted(errors)}{so}", err=True)
    sys.exit(1)


def _counted(problems: int) -> str:
    return f"{problems} problem{'s' if problems != 1 else ''}" if problems else "no problems"


def _tell_report(report: "Report") -> None:
    _tell_problems(report.problems)
    _tell_files(report)
    click.echo(report.table())
    click.echo()
    click.echo(report.verdict_lines())


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def _exit(report: "Report", strict: bool, full: bool) -> NoReturn:
    sys.exit(1 if report.failed(strict, every_validator=full and _in_ci()) else 0)


from booklet.cli.fix import fix  # noqa: E402
from booklet.cli.new import new  # noqa: E402
from booklet.cli.proof import proof  # noqa: E402
from booklet.cli.schema import schema  # noqa: E402
from booklet.cli.sheet import sheet as sheet_commands  # noqa: E402

main.add_command(fix)
main.add_command(new)
main.add_command(proof)
main.add_command(schema)
main.add_command(sheet_commands)

"""Problems and reports go in; lines for a person, or JSON, and an exit code come out."""

import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from booklet import __version__
from booklet.build.report import Report, listed
from booklet.diagnostics import Problem, Severity


def tell_problems(problems: Sequence[Problem], prefix: str = "") -> None:
    """Write problems to standard error, one below the other."""
    for problem in problems:
        click.echo(f"{prefix}{problem}", err=True)


def fail(problems: Sequence[Problem], so: str = "; nothing was made") -> NoReturn:
    """Write problems and end with exit code 1."""
    tell_problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    click.echo(f"{counted(errors)}{so}", err=True)
    sys.exit(1)


def fail_as_json(problems: Sequence[Problem]) -> NoReturn:
    """Write problems as JSON to standard output and end with exit code 1."""
    tell_json({"booklet": __version__, "problems": listed(problems)})
    sys.exit(1)


def tell_json(content: object) -> None:
    """Write JSON to standard output."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def counted(problems: int) -> str:
    """Return `no problems`, `1 problem` or `2 problems`."""
    return f"{problems} problem{'s' if problems != 1 else ''}" if problems else "no problems"


def tell_report(report: Report, full: bool, validators: Sequence[str]) -> None:
    """Write what a build made: faults of files, the table, verdicts.

    Args:
        report: The report; its problems have been told as they came.
        full: Whether validators were asked.
        validators: Those that could have been asked.
    """
    for file in report.files:
        tell_problems(file.problems, f"{file.name}: ")
    if report.files or report.not_made:
        click.echo(report.table())
    if full:
        click.echo()
        click.echo(report.verdict_lines())
    elif validators and report.files:
        click.echo(f"\nnot asked: {', '.join(validators)}; booklet build --full asks them")
    if report.not_made:
        guides = dict.fromkeys(one.guide for one in report.not_made)
        click.echo(f"not made: {', '.join(guides)}", err=True)


def in_ci() -> bool:
    """Return whether this runs in continuous integration, by the usual variable."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def end(report: Report, strict: bool, full: bool) -> NoReturn:
    """End with the exit code of a build."""
    sys.exit(1 if report.failed(strict, every_validator=full and in_ci()) else 0)

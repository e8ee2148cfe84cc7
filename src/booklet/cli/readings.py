"""`booklet readings`: what a person has to confirm for the furigana edition."""

from collections.abc import Sequence
from pathlib import Path

import click

from booklet.build.furigana import unconfirmed_readings
from booklet.build.project import UnknownGuideError
from booklet.cli import options
from booklet.cli.messages import fail
from booklet.diagnostics import BookletError


@click.command(epilog=options.EPILOG)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@options.project
def readings(guides: Sequence[str], root: Path) -> None:
    """List the readings of GUIDEs that nobody has confirmed.

    Doubtful ones come first, each with its reason. Check a line, mend it, add it to
    content/readings.yaml.
    """
    try:
        click.echo(unconfirmed_readings(root, guides), nl=False)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        fail(error.problems)

"""`booklet pages`: the pages of a build as pictures."""

from pathlib import Path

import click

from booklet.build.page_views import picture_pages
from booklet.cli import options
from booklet.cli.messages import fail
from booklet.diagnostics import BookletError


@click.command(epilog=options.EPILOG)
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
    """Turn the pages of a build into pictures, to be looked at."""
    try:
        sheets = picture_pages(output, dpi)
    except BookletError as error:
        fail(error.problems)
    for sheet in sheets:
        click.echo(str(sheet))

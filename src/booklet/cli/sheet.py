"""`booklet sheet`: guides as a workbook for Excel, and back."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from booklet.build.sheets import export_sheet, import_sheet
from booklet.build.starting import project_language
from booklet.diagnostics import BookletError
from booklet.model.sentences import say

_PROJECT = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/.  [default: this folder]",
)


@click.group()
def sheet() -> None:
    """Write guides into a workbook for Excel, and read them back."""


@sheet.command("export")
@click.argument("words", nargs=-1, required=True, metavar="[GUIDE]... FILE.xlsx")
@_PROJECT
def export_(words: Sequence[str], project: Path) -> None:
    """Write GUIDEs, or every guide, into FILE.xlsx: a sheet a kind of section, a row an item."""
    *slugs, name = words
    file = Path(name)
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"the last word has to be the file, such as guides.xlsx, not {name}")
    try:
        written = export_sheet(project, [Path(slug).stem for slug in slugs], file)
    except BookletError as error:
        _fail(error)
    language = project_language(project)
    click.echo(say(language, "sheet.exported", file=name, guides=", ".join(written)))


@sheet.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@_PROJECT
def import_(file: Path, project: Path) -> None:
    """Read FILE.xlsx into the guides, or make first drafts from FILE.csv, a list of occupations.

    Comments in a guide stay. A list needs a column 職業 (name), and よみ (reading) or slug.
    """
    try:
        done = import_sheet(project, file)
    except BookletError as error:
        _fail(error)
    language = project_language(project)
    for one in done:
        click.echo(say(language, f"sheet.{one.state}", file=one.file))
        if not one.listed:
            slug = Path(one.file).stem
            click.echo(say(language, "new.guide-not-listed", name=one.file, slug=slug))


def _fail(error: BookletError) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    sys.exit(1)

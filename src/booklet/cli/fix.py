"""`booklet fix`: mends slips of the hand that have one right form."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from booklet.build.fixing import fix_project
from booklet.build.starting import project_language
from booklet.diagnostics import BookletError
from booklet.model.sentences import say


@click.command()
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/.  [default: this folder]",
)
def fix(guides: Sequence[str], dry_run: bool, project: Path) -> None:
    """Mend what is certain in GUIDEs, or in every file, and show what was changed.

    Full-width colons and spaces, other dashes and quotes, missing hyphens and the like. Comments
    stay; the file as it was is kept beside it, ending in .bak.
    """
    language = project_language(project)
    try:
        files = fix_project(project, [Path(one).stem for one in guides], write=not dry_run)
    except BookletError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    changed = [file for file in files if file.diff]
    for file in changed:
        click.echo(file.diff, nl=not file.diff.endswith("\n"))
        if file.backup:
            click.echo(say(language, "fix.backup", name=file.name, backup=file.backup))
    for problem in (problem for file in files for problem in file.left):
        click.echo(str(problem), err=True)
    key = "fix.nothing" if not changed else "fix.would" if dry_run else "fix.done"
    click.echo(say(language, key, count=len(changed)))

"""`booklet proof`: a Word file for colleagues to correct, and what they changed in it."""

import sys
from pathlib import Path

import click

from booklet.build.proofs import make_proof, proof_changes
from booklet.build.starting import project_language
from booklet.diagnostics import BookletError
from booklet.model.sentences import say


@click.command()
@click.argument("guide", metavar="GUIDE")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The Word file to write.  [default: GUIDE-proof.docx]",
)
@click.option(
    "--read",
    "back",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A proof that came back: list what was changed or commented.",
)
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/.  [default: this folder]",
)
def proof(guide: str, output: Path | None, back: Path | None, project: Path) -> None:
    """Write GUIDE as a Word file to correct: numbered texts, sources, boxes to tick.

    With --read a corrected file is compared with the guide.
    """
    slug, language = Path(guide).stem, project_language(project)
    try:
        if back is None:
            file = output or Path(f"{slug}-proof.docx")
            count = make_proof(project, slug, file)
            click.echo(say(language, "proof.made", file=str(file), count=count))
            return
        changes = proof_changes(project, slug, back)
    except BookletError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    for one in changes:
        click.echo(f"{one.place} ({one.number})")
        if one.before != one.after:
            click.echo(f"  - {one.before}\n  + {one.after}")
        for comment in one.comments:
            click.echo(f"  * {comment}")
    click.echo(say(language, "proof.read", count=len(changes)))

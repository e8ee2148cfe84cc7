"""`booklet schema`: writes the schemas by which an editor's program helps while one types."""

from pathlib import Path

import click

from booklet.build.schemas import schemas


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=".vscode",
    show_default=True,
    help="The folder the schemas go to.",
)
def schema(output: Path) -> None:
    """Write the JSON Schemas by which VS Code and other programs help while you type."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (output / name).write_text(text, "utf-8")
        click.echo(str(output / name))

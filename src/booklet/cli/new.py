"""`booklet new`: a new project, or one more guide."""

import locale
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from booklet.build.starting import SIZES, add_guide, project_language, start_project
from booklet.diagnostics import BookletError
from booklet.model.languages import LANGUAGE_TAG, language_exists
from booklet.model.sentences import say

_USAGE = "FOLDER | guide NAME"


@click.command()
@click.argument("words", nargs=-1, required=True, metavar=_USAGE)
@click.option("--title", help="The name of the booklet.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--size", help="The page size, such as A5.")
@click.option("--language", help="The language, such as ja.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the usual answers.")
@click.option("--name", default="", help="For a guide: the occupation, such as パン職人.")
@click.option("--reading", default="", help="For a guide: its reading in kana.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="For a guide: the folder that holds content/.  [default: this folder]",
)
def new(
    words: tuple[str, ...],
    title: str | None,
    publisher: str | None,
    size: str | None,
    language: str | None,
    yes: bool,
    name: str,
    reading: str,
    project: Path,
) -> None:
    """Start a project in FOLDER that can be built at once, or add a guide to a project.

    booklet new FOLDER asks for title, publisher, page size and language. booklet new guide NAME
    writes content/guides/NAME.yaml and lists it in content/booklet.yaml.
    """
    if len(words) == 2 and words[0] == "guide":
        _new_guide(words[1], name, reading, project)
        return
    if len(words) != 1 or words[0] == "guide":
        raise click.UsageError(f"write  booklet new {_USAGE}  (./guide for a folder called guide)")
    said = _language_of_terminal()
    sizes = click.Choice(SIZES)
    if not yes:
        usual = say(said, "new.default-title")
        title = title or click.prompt(say(said, "new.ask-title"), default=usual)
        if publisher is None:
            publisher = click.prompt(say(said, "new.ask-publisher"), default="", show_default=False)
        size = size or click.prompt(say(said, "new.ask-size"), type=sizes, default=SIZES[0])
        language = language or click.prompt(say(said, "new.ask-language"), default="ja")
    if size and size not in SIZES:
        raise click.BadParameter(f"{size}: one of {', '.join(SIZES)}", param_hint="--size")
    folder, language = Path(words[0]), _known_language(language or "ja")
    try:
        made = start_project(
            folder,
            title=title or "",
            publisher=publisher or "",
            size=size or "",
            language=language,
        )
    except BookletError as error:
        _fail(error)
    for file in made:
        click.echo(say(language, "new.made", name=str(folder / file)))
    guide = next(file for file in made if file.startswith("content/guides/"))
    click.echo(say(language, "new.next", guide=str(folder / guide), folder=str(folder)))


def _new_guide(slug: str, name: str, reading: str, project: Path) -> None:
    try:
        file, listed = add_guide(project, slug, name=name, reading=reading)
    except BookletError as error:
        _fail(error)
    key = "new.guide-made" if listed else "new.guide-not-listed"
    click.echo(say(project_language(project), key, name=file, slug=Path(file).stem))


def _known_language(tag: str) -> str:
    if not LANGUAGE_TAG.match(tag) or not language_exists(tag):
        raise click.BadParameter(f"{tag}: such as ja or en", param_hint="--language")
    return tag


def _language_of_terminal() -> str:
    """Return ja where the system speaks Japanese, as told by its environment; else en."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if given := os.environ.get(variable):
            return "ja" if given.startswith("ja") else "en"
    return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else "en"


def _fail(error: BookletError) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    sys.exit(1)

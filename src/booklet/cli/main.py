"""The command `booklet`: the group of all commands."""

import importlib

import click

from booklet import __version__
from booklet.cli.options import EPILOG

# What each is for. A command's module is imported when the command is wanted; a test holds that it
# says the same.
COMMANDS = {
    "build": "Make the booklets of GUIDEs, or of every guide.",
    "check": "Check the content of GUIDEs, or of every guide, without writing anything.",
    "fix": "Mend what is certain in GUIDEs, or in every file, and show what was changed.",
    "new": "Start a project in FOLDER that can be built at once, or add a guide to a project.",
    "proof": "Write GUIDE as a Word file to correct: numbered texts, sources, boxes to tick.",
    "schema": "Write the JSON Schemas by which VS Code and other programs help while you type.",
    "sheet": "Write guides into a workbook for Excel, and read them back.",
    "doctor": "Show which validators of finished files are there, and how to get the rest.",
    "pages": "Turn the pages of a build into pictures, to be looked at.",
    "preflight": "Look at FILE, a press PDF, a reading PDF or an EPUB from whatever program.",
    "readings": "List the readings of GUIDEs that nobody has confirmed.",
}


class _Commands(click.Group):
    """The commands by name, each from its own module."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"booklet.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="booklet")
def main() -> None:
    """Turn structured guides to occupations into booklets and e-books."""

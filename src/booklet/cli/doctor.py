"""`booklet doctor`: which validators are there."""

import click

from booklet.build.validation import all_tools
from booklet.cli import options


@click.command(epilog=options.EPILOG)
def doctor() -> None:
    """Show which validators of finished files are there, and how to get the rest."""
    there = all_tools()
    width = max(len(tool.name) for tool in there)
    for tool in there:
        state = tool.version or f"missing; to get it: {tool.hint}"
        if tool.version and tool.wanted[0].isdigit() and " " not in tool.wanted:
            state += "" if tool.version == tool.wanted else f"; tested with {tool.wanted}"
        click.echo(f"{tool.name:<{width}}  {state}")
    missing = sum(tool.version is None for tool in there)
    click.echo(f"{missing} missing" if missing else "nothing is missing")

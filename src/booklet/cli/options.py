"""The options that several commands share, and what stands below every help text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

# The model's own words, written out so that `booklet --help` need not load it; a test holds that
# they are the same.
FORMATS = ("reading", "press", "office", "epub", "text", "cover", "pages")
EDITIONS = ("standard", "large", "furigana", "mono")

EPILOG = """\b
Examples:
  booklet build                        every guide, every format, into build/
  booklet build shuro-shienin          one guide
  booklet build --format epub          only the EPUBs
  booklet build --edition large        only the edition in large type
  booklet build --strict               fail on warnings too, as CI does
  booklet build --format press         the files for the print shop
  booklet build --profile NAME         by the rules of another shop or office printer
  booklet build --jobs 1               one edition after the other
  booklet check                        only read and check the content
  booklet check --full                 make every file and ask every validator about it
  booklet check --press                make the press files too, look at them, write nothing
  booklet doctor                       show which validators are there and which are missing
  booklet preflight FILE.pdf           look at any PDF as a print shop does
  booklet readings                     list the readings nobody has confirmed
  booklet pages                        turn the pages of the last build into pictures

\b
Exit codes: 0 good, 1 problems for the author, 2 wrong usage.
"""

Command = Callable[..., Any]

project = click.option(
    "--project",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/.  [default: this folder]",
)

profiles = click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="A print profile; one for the press and one for the office may be given."
    "  [default: saddle-stitch, office-a4-duplex]",
)

editions = click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    help="An edition to make; give it several times for several.  [default: booklet.yaml's]",
)

formats = click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="A format to make; give it several times for several.  [default: booklet.yaml's]",
)

strict = click.option("--strict", is_flag=True, help="Let warnings and validators fail it.")

as_json = click.option("--json", "as_json", is_flag=True, help="Tell everything as JSON.")

output = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="build",
    show_default=True,
    help="The folder the files go to.",
)


def how_to_build(command: Command) -> Command:
    """Add the options that say how a build goes about it."""
    for option in reversed(_HOW):
        command = option(command)
    return command


_HOW = (
    click.option(
        "--jobs",
        type=click.IntRange(0, 256),
        envvar="BOOKLET_JOBS",
        help="How many editions are made at once; 0 makes them in this process, without limits."
        "  [default: the cores of this machine]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Let a Dask cluster make them: tcp://HOST:PORT of its scheduler.",
    ),
    click.option(
        "--job-seconds",
        type=click.FloatRange(0.1, 86_400),
        default=600.0,
        show_default=True,
        help="The most time for one edition.",
    ),
    click.option(
        "--job-memory",
        type=click.IntRange(256, 1_000_000),
        default=6144,
        show_default=True,
        metavar="MIB",
        help="The most memory for one edition.",
    ),
    click.option("--no-cache", is_flag=True, help="Make everything anew, and remember nothing."),
    click.option(
        "--cache-size",
        type=click.IntRange(1, 10_000_000),
        default=2048,
        show_default=True,
        metavar="MIB",
        help="How much the cache keeps.",
    ),
    click.option("--fail-fast", is_flag=True, help="Stop at the first edition that fails."),
)

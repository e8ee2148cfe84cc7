"""What happens in a build goes in; a bar on a terminal, plain lines elsewhere, come out."""

import shutil
import sys
import time
from collections.abc import Sequence

import click

from booklet.build.report import MadeFile
from booklet.build.watcher import Watcher
from booklet.cli.messages import tell_problems
from booklet.diagnostics import Problem

_BAR = 12
_CLEAR = "\r\x1b[2K"


class Progress(Watcher):
    """Tells on standard error how far a build has come, and problems as they are found.

    On a terminal it is one line that changes: `[3/30] ━━──── 保育士: laying out, 2:10 left`.
    """

    def __init__(self) -> None:
        """Start the clock."""
        self._on_terminal = sys.stderr.isatty()
        self._total = 0
        self._ended = 0
        self._from_cache = 0
        self._started = time.monotonic()
        self._shown = ""

    def reading(self) -> None:
        """Say that the content is being read."""
        self._show("reading the content")

    def planned(self, editions: int) -> None:
        """Learn how many editions there are."""
        self._total = editions

    def step(self, number: int, title: str, step: str) -> None:
        """Say what begins."""
        self._show(f"{title}: {step}", number)

    def found(self, problems: Sequence[Problem]) -> None:
        """Tell what was found."""
        self._tell(problems)

    def failed(self, numbers: Sequence[int], name: str, problems: Sequence[Problem]) -> None:
        """Tell what cannot be made, and why."""
        self._ended += len(numbers)
        self._tell(problems)
        self._clear()
        click.echo(f"{name} is not made", err=True)

    def ended(self, number: int, title: str, files: Sequence[MadeFile]) -> None:
        """Count an edition that is written."""
        self._ended += 1
        if files and all(file.from_cache for file in files):
            self._from_cache += 1
            if self._on_terminal:
                self._show(f"{title}: unchanged", number)
        elif not self._on_terminal:
            self._show(f"{title}: written", number)

    def validating(self) -> None:
        """Say that the validators are asked."""
        self._show("asking the validators")

    def end(self) -> None:
        """Clear the line, and say how much was unchanged."""
        self._clear()
        if self._from_cache:
            one = self._from_cache == 1
            click.echo(
                f"{self._from_cache} edition{' was' if one else 's were'} unchanged", err=True
            )

    def _tell(self, problems: Sequence[Problem]) -> None:
        if problems:
            self._clear()
            tell_problems(problems)

    def _show(self, text: str, number: int = 0) -> None:
        place = f"[{number}/{self._total}] " if number else ""
        if not self._on_terminal:
            click.echo(f"{place}{text}", err=True)
            return
        bar = self._bar() if number else ""
        line = _cut(f"{place}{bar}{text} …{self._left()}", shutil.get_terminal_size().columns - 1)
        click.echo(f"{_CLEAR}{line}", err=True, nl=False)

    def _bar(self) -> str:
        if self._total < 2:
            return ""
        full = _BAR * self._ended // self._total
        return "━" * full + "─" * (_BAR - full) + " "

    def _left(self) -> str:
        made = self._ended - self._from_cache
        if made < 2 or self._ended >= self._total:
            return ""
        passed = time.monotonic() - self._started
        seconds = round(passed / made * (self._total - self._ended))
        return f" {seconds // 60}:{seconds % 60:02} left"

    def _clear(self) -> None:
        if self._on_terminal:
            click.echo(_CLEAR, err=True, nl=False)


def _cut(line: str, columns: int) -> str:
    """Return as much of a line as fits: Japanese characters take two columns."""
    import unicodedata

    used = 0
    for index, character in enumerate(line):
        used += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if used > columns:
            return line[:index]
    return line

"""What happens in a build, told as it happens: the methods that the command line fills in."""

from collections.abc import Sequence

from booklet.build.report import MadeFile
from booklet.diagnostics import Problem


class Watcher:
    """Is told what happens. This one keeps silent."""

    def reading(self) -> None:
        """What all guides share is being read."""

    def planned(self, editions: int) -> None:
        """So many editions will be made."""

    def step(self, number: int, title: str, step: str) -> None:
        """A step of an edition begins.

        Args:
            number: Its place in the plan, from 1.
            title: The title of its guide.
            step: What begins, such as `laying out`.
        """

    def found(self, problems: Sequence[Problem]) -> None:
        """Something was found that keeps nothing from being made."""

    def failed(self, numbers: Sequence[int], name: str, problems: Sequence[Problem]) -> None:
        """Editions cannot be made.

        Args:
            numbers: Their places in the plan, from 1.
            name: What they are called: a slug, or slug and edition.
            problems: Why.
        """

    def ended(self, number: int, title: str, files: Sequence[MadeFile]) -> None:
        """An edition is written: these files."""

    def validating(self) -> None:
        """The validators are being asked."""

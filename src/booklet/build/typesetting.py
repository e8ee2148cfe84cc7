"""Print HTML goes in; laid-out pages come out of an engine that starts while the content is read.

A part of the pipeline. The engine's import takes as long as reading and checking the content.
"""

from typing import TYPE_CHECKING, Any

from booklet.build.workers import Aside

if TYPE_CHECKING:
    from booklet.layout.engine import Typeset


class Typesetter:
    """The typesetting engine in a process of its own, for as many documents as there are."""

    def __init__(self) -> None:
        """Start the engine."""
        self._aside: Aside[tuple[str, dict[str, Any]], Typeset] = Aside(_typeset, _load)

    def typeset(self, html: str, **options: Any) -> "Typeset":
        """Lay out print HTML; arguments, result and errors are those of `output.pdf.typeset`."""
        self._aside.give((html, options))
        _load_what_comes_after()
        return self._aside.result()


def _typeset(job: tuple[str, dict[str, Any]]) -> "Typeset":
    from booklet.layout.engine import typeset

    html, options = job
    return typeset(html, **options)


def _load_what_comes_after() -> None:
    """Import what finishes the pages, while they are laid out beside us."""


def _load() -> None:
    from booklet.diagnostics import BookletError
    from booklet.layout.engine import load_engine
    from booklet.layout.fonts import find_typeface

    try:
        load_engine(find_typeface("Noto Sans CJK JP"))
    except (BookletError, ValueError):
        return  # told when there is something to set

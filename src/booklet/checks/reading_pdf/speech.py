"""Tags and pages go in; the words that a listener hears come out."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from booklet.checks.reading_pdf.page_content import Marked, PageContent
from booklet.checks.reading_pdf.structure import Mark, Node, Structure

READINGS = frozenset(("RT", "RP"))


def letters(text: str) -> str:
    """Return the letters and figures of a text, in the one form that all writings of it share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


@dataclass(frozen=True, slots=True)
class Speech:
    """The tags of a file with what is drawn on its pages."""

    structure: Structure
    pages: Sequence[PageContent]

    def content(self, mark: Mark) -> Marked | None:
        """Return what is drawn under a mark; None where there is nothing of that number."""
        if not 0 <= mark.page < len(self.pages):
            return None
        return self.pages[mark.page].marks.get(mark.number)

    def written(self, node: Node, without: frozenset[str] = frozenset()) -> str:
        """Return what the content of an element says, whatever its tags say instead."""
        found = (self.content(mark) for mark in node.marks(without))
        return "".join(one.text for one in found if one is not None)

    def said(self, node: Node) -> str:
        """Return what is heard of an element and all below it."""
        words: list[str] = []
        waiting: list[object] = [node]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Mark):
                content = self.content(kid)
                words.append(content.text if content else "")
            elif isinstance(kid, Node):
                if kid.alternative or kid.actual is not None:
                    words.append(kid.alternative or kid.actual or "")
                else:
                    waiting += reversed(kid.kids)
        return "".join(words)

    def is_whole(self, node: Node) -> bool:
        """Return whether all content that the element names is there."""
        return all(self.content(mark) is not None for mark in node.marks())

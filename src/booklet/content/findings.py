"""What a pass over the bare text of a file finds: a place, what is wrong, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from booklet.content.structure import place_of
from booklet.diagnostics import Problem, Severity
from booklet.model.sentences import told


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters of a text, from `start` up to `end`, and what is to stand in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the text of a file.

    Attributes:
        code: The code of the problem.
        variant: Which sentence of the code tells it.
        at: The character it is told at.
        values: What goes into the sentence.
        edits: What mends it for certain; empty when only its author knows.
        severity: See Severity.
    """

    code: str
    variant: str
    at: int
    values: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    severity: Severity = Severity.ERROR

    def problem(self, file: str, text: str, language: str) -> Problem:
        """Return the finding as a problem of `file`, whose text is `text`."""
        where = place_of(file, text, self.at)
        return told(language, self.code, self.variant, where, self.severity, **self.values)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; of two that overlap the first one wins."""
    made = []
    position = 0
    for edit in sorted(set(edits), key=lambda one: (one.start, one.end)):
        if edit.start >= position:
            made += [text[position : edit.start], edit.new]
            position = edit.end
    return "".join((*made, text[position:]))

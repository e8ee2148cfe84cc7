"""A page's instructions go in; they come out with the readings above words behind their paragraph.

Viewers search and copy in the order in which a page is drawn: a reading drawn between two words of
a sentence tears `就労支援員` apart. The order of speech is that of the tags and stays as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import ContentStreamInstruction, Operator

from booklet.pdf.tag_tree import Element, Mark

_SAVE = ContentStreamInstruction([], Operator("q"))
_RESTORE = ContentStreamInstruction([], Operator("Q"))
# What stays in force after the content that sets it (ISO 32000-1, tables 57 and 74).
_SETTING = frozenset(
    ("gs", "w", "J", "j", "M", "d", "rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "scn")
)
# What may not stand in a reading that is moved.
_NO_MERE_TEXT = frozenset(("q", "Q", "BDC", "BMC", "cm"))
_BLOCKS = frozenset(("P", "Lbl", "LBody", "TH", "TD", "Caption", "TOCI", "LI"))


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What the tags say of one page's marked content.

    Attributes:
        blocks: For each number the paragraph, heading, cell or label it stands in, as a number.
        readings: What is a reading above a word.
    """

    blocks: dict[int, int] = field(default_factory=dict)
    readings: set[int] = field(default_factory=set)


def page_marks(tags: Element, pages: int) -> list[PageMarks]:
    """Return what the mended tags say of the marked content of each page."""
    found = [PageMarks() for _ in range(pages)]
    blocks = 0

    def note(element: Element, block: int, reading: bool) -> None:
        nonlocal blocks
        if element.kind in _BLOCKS or element.kind.startswith("H"):
            blocks += 1
            block = blocks
        for kid in element.kids:
            if isinstance(kid, Mark):
                found[kid.page].blocks[kid.number] = block
                if reading:
                    found[kid.page].readings.add(kid.number)
            elif isinstance(kid, Element):
                note(kid, block, reading or kid.kind == "RT")

    note(tags, 0, reading=False)
    return found


def readings_behind(instructions: Sequence[Any], marks: PageMarks) -> list[Any]:
    """Return the instructions with each reading behind the paragraph it stands in.

    Args:
        instructions: What draws a page: operands and operator. Marked content is not nested.
        marks: What the tags say of it.

    Returns:
        Instructions that draw the same, because text does not overlap.
    """
    if not marks.readings:
        return list(instructions)
    return _Order(marks).ordered(instructions)


@dataclass(slots=True)
class _State:
    """What is set in a state of graphics, and how it moved the origin since it was saved."""

    settings: dict[str, Any] = field(default_factory=dict)
    moves: list[Any] = field(default_factory=list)


class _Order:
    """The page so far, the readings that wait, and the states of graphics, the innermost last."""

    def __init__(self, marks: PageMarks) -> None:
        self.marks = marks
        self.written: list[Any] = []
        self.waiting: list[Any] = []
        self.block = -1  # the paragraph that is being drawn, and how many states there were then
        self.level = 1
        self.inside = 0  # of marked content
        self.states: list[_State] = [_State()]

    def ordered(self, instructions: Sequence[Any]) -> list[Any]:
        coming = self._coming(instructions)
        index = 0
        while index < len(instructions):
            number = _number(instructions[index])
            if coming[index] != self.block and not self.inside and len(self.states) == self.level:
                self._release()
            if number >= 0:
                self._enter(self.marks.blocks.get(number, -1))
            end = _end(instructions, index) if number in self.marks.readings else index
            if end > index:
                self._take(instructions[index : end + 1])
                index = end + 1
                continue
            self._write(instructions[index])
            index += 1
        self._release()
        return self.written

    def _coming(self, instructions: Sequence[Any]) -> list[int]:
        """Return for each instruction the paragraph of the next marked content."""
        coming: list[int] = []
        block = -1
        for instruction in reversed(instructions):
            number = _number(instruction)
            block = self.marks.blocks.get(number, -1) if number >= 0 else block
            coming.append(block)
        return coming[::-1]

    def _enter(self, block: int) -> None:
        if block != self.block:
            self._release()
            self.block, self.level = block, len(self.states)

    def _take(self, content: Sequence[Any]) -> None:
        state = self.states[-1]
        moves = [move for inner in self.states[self.level :] for move in inner.moves]
        self.waiting += [_SAVE, *moves, *state.settings.values(), *content, _RESTORE]
        # What follows is drawn in the state that the reading leaves behind.
        for instruction in content:
            if str(instruction.operator) in _SETTING:
                self._write(instruction)

    def _write(self, instruction: Any) -> None:
        operator = str(instruction.operator)
        if len(self.states) <= self.level and operator in ("Q", "cm"):
            self._release()
        if operator in ("BDC", "BMC"):
            self.inside += 1
        elif operator == "EMC":
            self.inside -= 1
        elif operator == "q":
            self.states.append(_State(dict(self.states[-1].settings)))
        elif operator == "Q" and len(self.states) > 1:
            self.states.pop()
            self.level = min(self.level, len(self.states))
        elif operator == "cm":
            self.states[-1].moves.append(instruction)
        elif operator in _SETTING:
            self.states[-1].settings[operator] = instruction
        self.written.append(instruction)

    def _release(self) -> None:
        self.written += self.waiting
        self.waiting = []


def _number(instruction: Any) -> int:
    if str(instruction.operator) != "BDC" or len(instruction.operands) < 2:
        return -1
    properties: Mapping[str, Any] = instruction.operands[1]
    return int(properties.get("/MCID", -1)) if hasattr(properties, "get") else -1


def _end(instructions: Sequence[Any], start: int) -> int:
    """Return where the content that begins at `start` ends; `start` if it is not mere text."""
    for index in range(start + 1, len(instructions)):
        operator = str(instructions[index].operator)
        if operator == "EMC":
            return index
        if operator in _NO_MERE_TEXT:
            return start
    return start

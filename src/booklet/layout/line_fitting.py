"""A measured Japanese text and a width go in; how much of it stands on the next line comes out.

Nothing here knows the typesetting engine. Widths are in ems of the text's own size, the spaces
added between characters in thousandths of an em, which is the unit a PDF writes them in.
"""

import bisect
import itertools
from collections.abc import Callable
from dataclasses import dataclass

HALF_EM = 0.5
# A heading, a label or a card has so many lines; what has more is text, and fills its lines.
_MOST_BALANCED_LINES = 3
# Rounding differences of a sum of advances and of the engine's own coordinates.
_TOLERANCE_EM = 1e-4
# A paragraph does not end in a line of one or two characters where the line above can spare some.
_SHORTEST_LAST_LINE = 3
_LEAST_FILL_TO_GIVE = 0.6
# A line opened up by so much a character is as bad as one that uses all it may shrink.
_WORST_OPENED_EM = 1 / 16


@dataclass(frozen=True, slots=True)
class LineRules:
    """The rules of Japanese lines; the typography room provides the functions.

    Attributes:
        groups: Where each unbreakable group of a text ends.
        phrase_ends: Where each phrase of a text ends.
        may_break: Whether a line may break between two characters.
        gap: Thousandths of an em to add between two characters.
        may_open: Whether a line may be opened up between two characters.
        may_shrink: Thousandths of an em by which two characters may come nearer: what marks give,
            and what the space beside Latin gives.
        is_double_mark: Whether two characters share the space of one, as ！？ do.
        has_white_before: Whether the left half of a character is white.
        has_white_behind: Whether the right half of a character is white.
        may_hang: Whether a character may stand beyond the end of the line.
        is_japanese: Whether a text has Japanese characters.
    """

    groups: Callable[[str], list[int]]
    phrase_ends: Callable[[str], list[int]]
    may_break: Callable[[str, str], bool]
    gap: Callable[[str, str], int]
    may_open: Callable[[str, str], bool]
    may_shrink: Callable[[str, str], tuple[int, int]]
    is_double_mark: Callable[[str, str], bool]
    has_white_before: Callable[[str], bool]
    has_white_behind: Callable[[str], bool]
    may_hang: Callable[[str], bool]
    is_japanese: Callable[[str], bool]


class MeasuredText:
    """A text with the width of its characters, the gaps between them and where it may break."""

    __slots__ = ("advances", "ends", "gaps", "phrases", "shrinks", "spare", "starts", "text")

    def __init__(
        self, text: str, advances: list[float], letter_spacing: float, rules: LineRules
    ) -> None:
        """Measure `text`.

        Args:
            text: The text; one character has one glyph.
            advances: The width of each character, in em.
            letter_spacing: Space wanted after each character, in em.
            rules: The rules of Japanese lines.
        """
        wanted = round(letter_spacing * 1000)
        self.text = text
        self.advances = advances
        self.gaps = [rules.gap(a, b) + wanted for a, b in itertools.pairwise(text)] + [wanted]
        _close_double_marks(text, self.gaps, rules)
        self.shrinks = [rules.may_shrink(a, b) for a, b in itertools.pairwise(text)]
        # How much all gaps before each character give together.
        self.spare = list(itertools.accumulate((sum(s) for s in self.shrinks), initial=0))
        self.starts = list(
            itertools.accumulate(
                (a + g / 1000 for a, g in zip(advances, self.gaps, strict=True)), initial=0.0
            )
        )
        self.ends = rules.groups(text)
        self.phrases: list[int] | None = None

    def shrunk(self, start: int, end: int, by: float) -> list[int]:
        """Return the gaps between the characters of a line that is to lose `by` ems.

        Commas and brackets give first, and only what they cannot give is taken beside Latin.
        """
        gaps, left = self.gaps[start : end - 1], round(by * 1000)
        for kind in (0, 1):
            gives = [pair[kind] for pair in self.shrinks[start : end - 1]]
            total = sum(gives)
            taken = min(left, total)
            if taken <= 0:
                continue
            so_far = 0
            for index, give in enumerate(gives):
                upto = round(taken * (so_far + give) / total) - round(taken * so_far / total)
                gaps[index] -= upto
                so_far += give
            left -= taken
        return gaps

    def visible_end(self, end: int) -> int:
        """Return `end` without the spaces before it: they vanish at the end of a line."""
        while end > 0 and self.text[end - 1] == " ":
            end -= 1
        return end

    def width(self, start: int, end: int) -> float:
        """Return the width of the characters from `start` up to `end`, in em."""
        if end <= start:
            return 0.0
        return self.starts[end] - self.starts[start] - self.gaps[end - 1] / 1000


@dataclass(frozen=True, slots=True)
class FittedLine:
    """What of a text stands on one line.

    Attributes:
        end: Index behind its last visible character.
        resume: Index at which the next line starts, or None when nothing is left.
        width: Width that counts for the measure, in em.
        drawn_back: How far the line starts left of its place, in em: an opening bracket's white.
        hangs: Whether its last character stands beyond the measure.
        shrunk: By how much its characters have to come nearer, in em; its width counts that in.
    """

    end: int
    resume: int | None
    width: float
    drawn_back: float
    hangs: bool
    shrunk: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is to be set.

    Attributes:
        width: The room there is, in em.
        starts_line: Whether the text stands at the start of its line.
        ends_block: Whether nothing follows the text in its block.
        flush: Whether the line will be set flush, so that it may shrink.
        by_phrases: Whether it breaks at the ends of phrases, in lines of like length.
        hanging: Whether stops may hang: not where something stands beside the line.
        before: How much of the line is filled already, in em.
    """

    width: float
    starts_line: bool
    ends_block: bool
    flush: bool
    by_phrases: bool
    hanging: bool = False
    before: float = 0.0


def fit_line(text: MeasuredText, start: int, place: Place, rules: LineRules) -> FittedLine:
    """Return the line that starts at `start`.

    Args:
        text: The text.
        start: Index of the line's first character.
        place: Where it is to be set.
        rules: The rules of Japanese lines.

    Returns:
        The longest line that fits; a closing bracket or stop at its end may lose its white, and in
        flush text a stop may hang (JLREQ 3.1.9, 3.8.2). At least one group, even if it is too wide.
    """
    back = HALF_EM if place.starts_line and rules.has_white_before(text.text[start]) else 0.0
    room = place.width + back + _TOLERANCE_EM
    length = len(text.text)

    def line(end: int) -> FittedLine | None:
        return _line(text, start, end, (room, back), place, rules)

    whole = line(length)
    if whole is not None:
        return whole
    fitted = _balanced(text, start, room, line, rules) if place.by_phrases else None
    fitted = fitted or _longest(text, start, room, line)
    if fitted is None:
        return _forced(text, start, room, back, place)
    if place.flush and not place.by_phrases:
        fitted = _nearer(text, start, fitted, place, rules) or fitted
    return _without_a_widow(text, start, fitted, line, place) if place.ends_block else fitted


def _nearer(
    text: MeasuredText,
    start: int,
    natural: FittedLine,
    place: Place,
    rules: LineRules,
) -> FittedLine | None:
    """Return a line with one more group, its marks set closer, where that is the better line.

    JLREQ 3.8.2: what does not quite fit is taken in by reducing spaces, before it is moved to the
    next line and this one is opened up.
    """
    length, back = len(text.text), natural.drawn_back
    room = place.width + back
    index = bisect.bisect_right(text.ends, natural.end)
    while index < len(text.ends) and text.visible_end(text.ends[index]) <= natural.end:
        index += 1
    if index >= len(text.ends):
        return None
    end = text.ends[index]
    visible = text.visible_end(end)
    last = text.text[visible - 1]
    width = text.width(start, visible)
    ends_line = end < length or place.ends_block
    if ends_line and rules.has_white_behind(last):
        width -= HALF_EM
    over = width - room
    spare = (text.spare[visible - 1] - text.spare[start]) / 1000
    if not 0 < over <= spare:
        return None
    opened = max(0.0, place.width - natural.width) / max(1, natural.end - start - 1)
    leaves_a_widow = place.ends_block and 0 < length - end < _SHORTEST_LAST_LINE
    if leaves_a_widow or (opened / _WORST_OPENED_EM) ** 2 < (over / spare) ** 2:
        return None
    rest = end if end < length else None
    return FittedLine(visible, rest, place.width, back, False, over)


def _close_double_marks(text: str, gaps: list[int], rules: LineRules) -> None:
    """Set ！？ in the space of one character: half an em each, in place of a whole one."""
    for index, (one, other) in enumerate(itertools.pairwise(text)):
        if rules.is_double_mark(one, other):
            gaps[index] -= 500
            for beside in (index - 1, index + 1):
                if 0 <= beside < len(text) - 1 and gaps[beside] >= 0:
                    gaps[beside] -= 250


def _line(
    text: MeasuredText,
    start: int,
    end: int,
    space: tuple[float, float],
    place: Place,
    rules: LineRules,
) -> FittedLine | None:
    """Return the line from `start` to `end`, or None when there is no room for it.

    `space` is the room, and how far the line starts left of it, in em.
    """
    room, back = space
    length = len(text.text)
    visible = text.visible_end(end)
    width = text.width(start, visible)
    if end == length and width <= room:
        # Spaces at the end stay: more text may follow. The engine takes them off the line.
        return FittedLine(end, None, text.width(start, end) - back, back, False)
    last = text.text[visible - 1] if visible > start else ""
    rest = end if end < length else None
    if last and (rest or place.ends_block) and rules.has_white_behind(last):
        if width - HALF_EM <= room:
            return FittedLine(visible, rest, width - HALF_EM - back, back, False)
        if place.hanging and rules.may_hang(last):
            measured = width - text.advances[visible - 1] - _gap_before(text, start, visible)
            if measured <= room:
                return FittedLine(visible, rest, measured - back, back, True)
    elif width <= room:
        return FittedLine(visible, rest, width - back, back, False)
    return None


def _rest(end: int, length: int) -> int | None:
    return end if end < length else None


def _gap_before(text: MeasuredText, start: int, visible: int) -> float:
    return text.gaps[visible - 2] / 1000 if visible - 2 >= start else 0.0


def _longest(
    text: MeasuredText, start: int, room: float, line: Callable[[int], FittedLine | None]
) -> FittedLine | None:
    first = bisect.bisect_right(text.ends, start)
    # One em more than there is room for: what may hang or lose its white is decided by `line`.
    beyond = bisect.bisect_right(text.starts, text.starts[start] + room + 1.5) - 1
    index = min(bisect.bisect_right(text.ends, beyond), len(text.ends) - 1)
    for candidate in range(index, first - 1, -1):
        fitted = line(text.ends[candidate])
        if fitted is not None:
            return fitted
    return None


def _balanced(
    text: MeasuredText,
    start: int,
    room: float,
    line: Callable[[int], FittedLine | None],
    rules: LineRules,
) -> FittedLine | None:
    """Return the line that leaves lines of like length, each a row of whole phrases."""
    if text.phrases is None:
        solid = set(text.ends)
        text.phrases = [end for end in rules.phrase_ends(text.text) if end in solid]
    length = len(text.text)
    total = text.width(start, length)
    count = max(2, -int(-total // max(room, 1)))
    if count > _MOST_BALANCED_LINES:
        return None
    target = total / count
    best: FittedLine | None = None
    for end in text.phrases[bisect.bisect_right(text.phrases, start) :]:
        fitted = line(end)
        if fitted is None:
            break
        # While what is left would need one more line, the longer line is the better one.
        too_short = text.width(end, length) > room * (count - 1)
        if best is None or too_short or abs(fitted.width - target) < abs(best.width - target):
            best = fitted
        else:
            break
    return best


def _forced(text: MeasuredText, start: int, room: float, back: float, place: Place) -> FittedLine:
    """Return a line though not even its first group fits."""
    end = text.ends[bisect.bisect_right(text.ends, start)]
    length = len(text.text)
    if place.starts_line and room >= 1:
        # A long word or address: broken anywhere rather than running off the page.
        most = bisect.bisect_right(text.starts, text.starts[start] + room) - 1
        end = min(end, max(most, start + 1))
    visible = text.visible_end(end)
    return FittedLine(visible, _rest(end, length), text.width(start, visible) - back, back, False)


def _without_a_widow(
    text: MeasuredText,
    start: int,
    fitted: FittedLine,
    line: Callable[[int], FittedLine | None],
    place: Place,
) -> FittedLine:
    """Return an earlier break where the paragraph would end in a line of one or two characters."""
    length = len(text.text)
    if fitted.resume is None or length - fitted.resume >= _SHORTEST_LAST_LINE:
        return fitted
    least = (place.before + place.width) * _LEAST_FILL_TO_GIVE
    for end in reversed(text.ends[: bisect.bisect_left(text.ends, fitted.resume)]):
        if end <= start or place.before + text.width(start, end) < least:
            break
        if length - end >= _SHORTEST_LAST_LINE:
            return line(end) or fitted
    return fitted

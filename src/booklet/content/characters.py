"""A text goes in; the characters that cannot be set, shown or heard come out, one by one."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator

from booklet.content.yaml_reader import Document, Path, character_name
from booklet.diagnostics import Problem

CanDraw = Callable[[str], bool]

# A character with what changes its form: selectors (UTS 37, Unicode 23.4) and combining marks.
_CLUSTER = re.compile(
    "[\\s\\S][\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# They steer scripts from right to left, or hide; the first is the soft hyphen, which is harmless.
_HARMLESS_FORMAT = "\u00ad"
# Emoji_Presentation of Unicode 16 (emoji-data.txt) below the emoji planes: drawn in colour by most
# readers, and by some not at all. ♪, ♂, ✓ and all of JIS X 0208 are text.
_EMOJI = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f000-\U0001faff]"
)
# A text in a script that the font does not know is told by its first characters.
_MOST_TOLD = 100
_STOP_TWICE = re.compile(r"(?<!。)。\s*。(?!\s*。)|(?<!、)、\s*、(?!\s*、)|(?<!，)，\s*，(?!\s*，)")
_STOP_FIRST = re.compile(r"(?:^|\n)[ \t\u3000]*([、。，．])")
_INSTEAD = {
    "≒": "約, or ≈",
    "☑": "✓",
    "➡": "→",
    "⬅": "←",
    "⬆": "↑",
    "⬇": "↓",
    "⇨": "⇒",
    "❌": "×",
    "⭕": "○",
    "❓": "？",
    "❗": "！",
    "⭐": "★",
    "✅": "✓",
    "➕": "＋",
    "➖": "－",
    "⚫": "●",
    "⚪": "○",
}


def character_problems(
    document: Document, path: Path, text: str, can_draw: CanDraw
) -> Iterator[Problem]:
    """Check the characters of one text.

    Args:
        document: The file, read.
        path: Where the text stands in it.
        text: The text.
        can_draw: Whether the embedded font has a character, or a character and its selector.

    Yields:
        A problem for each character, with all that belongs to it, that the font cannot draw, that
        cannot be seen, or that many readers lack; and for stops that stand where none can.
    """
    # Most texts hold a few dozen different characters, all of which the font has.
    if not all(map(_is_plain, letters := set(text))) or not all(map(can_draw, letters - {"\n"})):
        counts: dict[str, int] = {}
        for found in _CLUSTER.finditer(text):
            counts[found[0]] = counts.get(found[0], 0) + 1
        problems = (
            _cluster_problem(document, path, cluster, times, can_draw)
            for cluster, times in counts.items()
        )
        yield from itertools.islice(filter(None, problems), _MOST_TOLD)
    yield from _stops(document, path, text)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return True
    is_format = unicodedata.category(character) in ("Cf", "Mn")
    return not is_format and not _EMOJI.match(character)


def _cluster_problem(
    document: Document, path: Path, cluster: str, times: int, can_draw: CanDraw
) -> Problem | None:
    if cluster == "\n":
        return None
    base, rest = cluster[0], cluster[1:]
    where = document.find(path, cluster)
    often = f", which stands {times} times in this text" if times > 1 else ""
    missing = [one for one in cluster if not can_draw(one)]
    if unicodedata.category(base) == "Cf" and base not in _HARMLESS_FORMAT and not missing:
        return Problem(
            "control-character",
            f"there is a character here that cannot be seen ({character_name(base)}){often}",
            where,
            "delete it and type the text around it again",
        )
    if _EMOJI.match(base) and not missing:
        return Problem(
            "emoji",
            f"{base} ({character_name(base)}) is an emoji, which many readers lack{often}",
            where,
            _instead(base) or "a word, or the section's icon field",
        )
    if len(rest) == 1 and _SELECTOR.match(rest) and missing in ([], [rest]):
        if can_draw(cluster):
            return None
        return Problem(
            "font-character",
            f"the font has no such form of {base} ({character_name(base)}, "
            f"U+{ord(rest):04X}){often}",
            where,
            f"{base} without the invisible character behind it, or another form",
        )
    if not missing:
        return None
    return Problem(
        "font-character",
        f"the font cannot draw {_named(cluster, missing[0])}{often}",
        where,
        _hint(missing[0]),
    )


def _named(cluster: str, missing: str) -> str:
    name = character_name(missing)
    if unicodedata.category(missing)[0] in "CM" or missing == "\t":
        return name
    return f"{cluster} ({name})"


def _hint(missing: str) -> str:
    category = unicodedata.category(missing)
    if category == "Co":
        return "use an ordinary character; this one (外字) exists only on some computers"
    if category[0] in "CM" or missing == "\t":
        return "delete it and type the text around it again; it cannot be seen"
    if _EMOJI.match(missing):
        return _instead(missing) or "use the section's icon field or another character"
    return _instead(missing) or "use another character, or a word"


def _instead(character: str) -> str:
    """Return what may be written instead, or nothing where nobody knows."""
    if character in _INSTEAD:
        return f"{_INSTEAD[character]} instead"
    plain = unicodedata.normalize("NFKC", character)
    return f"{plain} instead" if plain != character and plain.isprintable() else ""


def _stops(document: Document, path: Path, text: str) -> Iterator[Problem]:
    if found := _STOP_TWICE.search(text):
        stop = found[0][0]
        yield Problem(
            "stop-twice",
            f"{stop} stands twice",
            document.find(path, found[0]),
            f"{stop} once, or …… for a pause",
        )
    if found := _STOP_FIRST.search(text):
        yield Problem(
            "stop-first",
            f"a text or a line of it cannot start with {found[1]}",
            document.find(path, found[1]),
            "delete it, or put it behind the text before",
        )

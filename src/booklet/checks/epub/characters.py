"""The words of a page go in; characters that readers cannot show or hear come out."""

import re
from collections.abc import Iterator

# What no font draws and no voice says, or what stands for something only one font knows.
_INVISIBLE = re.compile(
    "[\ufeff\u200b\ue000-\uf8ff\ufff0-\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
# They steer scripts written from right to left, or the joining of letters; elsewhere they hide.
_STEERING = re.compile("[\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_STEERED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefe]")
_NEARBY = 40
# Emoji_Presentation of Unicode 16, emoji-data.txt: drawn in colour unless told otherwise. Signs
# such as ♪, ♂ and ✓ are text, and most of them stand in JIS X 0208 or 0213.
_EMOJI = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f1e6-\U0001f201\U0001f21a"
    "\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001faff]"
    "(?!\ufe0e)|[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff#*0-9]\ufe0f"
)
_PUNCTUATION = re.compile("(?<!。)。。(?!。)|(?<!、)、、(?!、)|(?<!，)，，(?!，)|[ｦ-ﾟ]+")

Found = Iterator[tuple[str, str]]


def character_faults(text: str) -> Found:
    """Yield a code and a message for each kind of fault in a text: rules 39 to 41.

    Args:
        text: The words of a page.
    """
    for one in dict.fromkeys(match[0] for match in _INVISIBLE.finditer(text)):
        yield "epub-character", f"the character U+{ord(one):04X}, which says nothing to a reader"
    for one in dict.fromkeys(_hiding(text)):
        yield "epub-character", f"the invisible character U+{ord(one):04X}"
    for one in dict.fromkeys(match[0] for match in _EMOJI.finditer(text)):
        yield "epub-emoji", f"the emoji {one}, which e-ink readers lack"
    seen: set[str] = set()
    for match in _PUNCTUATION.finditer(text):
        if match[0] not in seen:
            seen.add(match[0])
            yield (
                "epub-punctuation",
                f"{match[0]} in {text[max(0, match.start() - 6) : match.end()]}",
            )


def _hiding(text: str) -> Iterator[str]:
    """Yield each steering character with no letter nearby that it could steer."""
    for match in _STEERING.finditer(text):
        around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
        joins_emoji = match[0] == "\u200d" and _EMOJI.search(around)
        if not _STEERED.search(around) and not joins_emoji:
            yield match[0]

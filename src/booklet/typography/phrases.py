"""A Japanese text goes in; the ends of its phrases come out, where a heading may best break."""

import functools
import re
from typing import Any

from booklet.typography.furigana import ReadingsMissingError, word_ends

# A phrase longer than this, in characters, may break between its words, too: a card is that wide.
_LONGEST_WHOLE_PHRASE = 7
# What stays with the word before it: スキルアップ, 案内人.
_SHORTEST_PART = 2
_SHORTEST_KATAKANA_PART = 3
_STAY_WITH_WORD_BEFORE = frozenset(("アップ", "ダウン", "オフ", "オン", "アウト", "イン"))
_KATAKANA = re.compile("[ァ-ヺー]+")
_CONTENT_WORD = re.compile("(?=.*[ァ-ヺ一-鿿A-Za-z])[ぁ-んァ-ヺー一-鿿々A-Za-z]{2,}")


def phrase_ends(text: str) -> list[int]:
    """Return where each phrase of a text ends.

    BudouX finds them with a small model trained by its makers. Where the dictionary is installed,
    an end inside one of its words (くもり｜空) is dropped, and a long compound may break between
    its words (コミュニケーション｜スキルアップ).

    Args:
        text: A heading, a title, a cell.

    Returns:
        Ascending indexes behind the last character of each phrase; the last one is the length of
        the text.
    """
    return list(_phrase_ends(text))


@functools.lru_cache(maxsize=4096)
def _phrase_ends(text: str) -> tuple[int, ...]:
    ends, position = set(), 0
    for phrase in _parser().parse(text):
        position += len(phrase)
        ends.add(position)
    words = _words(text)
    if words:
        ends &= set(words)
        ends |= _compound_ends(text, sorted(ends), words)
    # The model sees one phrase in 就職・転職; a reader sees two.
    ends |= {index for index, character in enumerate(text, 1) if character in "・／"}
    return tuple(sorted(ends | ({len(text)} if text else set())))


def _words(text: str) -> list[int]:
    try:
        return word_ends(text)
    except ReadingsMissingError:
        return []


def _compound_ends(text: str, ends: list[int], words: list[int]) -> set[int]:
    """Return where long phrases may break between two words that both say something."""
    found, start = set(), 0
    for end in ends:
        if end - start > _LONGEST_WHOLE_PHRASE:
            inside = [start, *(word for word in words if start < word < end), end]
            for before, at, after in zip(inside, inside[1:], inside[2:], strict=False):
                if _may_part(text[before:at], text[at:after]):
                    found.add(at)
        start = end
    return found


def _may_part(one: str, other: str) -> bool:
    if other in _STAY_WITH_WORD_BEFORE:
        return False
    if not (_CONTENT_WORD.fullmatch(one) and _CONTENT_WORD.fullmatch(other)):
        return False
    both = _KATAKANA.fullmatch(one) and _KATAKANA.fullmatch(other)
    return min(len(one), len(other)) >= (_SHORTEST_KATAKANA_PART if both else _SHORTEST_PART)


@functools.cache
def _parser() -> Any:
    # Imported late: `booklet check` needs no phrases.
    import budoux

    return budoux.load_default_japanese_parser()

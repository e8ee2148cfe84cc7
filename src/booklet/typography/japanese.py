"""A Japanese text goes in; where lines may break and how far characters stand apart come out.

The rules are those of JLREQ (W3C, Requirements for Japanese Text Layout): kinsoku (3.1.7, 3.1.8),
inseparable characters (3.1.10), spacing of brackets and punctuation (3.1.2 to 3.1.6), space between
Japanese and Latin (3.2.6), and where a line may be opened up (3.8.4). A browser knows most of them;
the typesetting engine does not.
"""

import functools
import re

HALF_EM = 500
QUARTER_EM = 250
EIGHTH_EM = 125

_OPENERS = "「『（［｛〈《【〔‘“〝"
_CLOSERS = "」』）］｝〉》】〕’”〟"
_STOPS = "、。，．"
_MIDDLE = "・：；"
# They belong to what stands before them: small kana, sound marks, repetition marks, ends of
# sentences, units that are signs, dashes and the wave between two numbers (JLREQ cl-03 to cl-11).
_NEVER_FIRST = (
    _CLOSERS + _STOPS + _MIDDLE + "！？‼⁇⁈⁉ーゝゞヽヾ々〻"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "％‰℃°′″‐–〜～゠!?,.:;)]}%/=\u00a0\u2060"
)
# What belongs to the character before it: selectors of its form (UTS 37) and combining marks.
_ATTACHED = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JAPANESE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\ufe00-\ufe0f\U00020000-\U0003ffff\U000e0100-\U000e01ef"
)
_LATIN = "A-Za-z0-9À-ÖØ-öø-ÿ"
_UNITS = (
    "[ヶケかカ箇]月間?|ヵ月間?|週間|時間|分間|日間|年間|年度|万円|億円|千円|段階|種類"
    "|ページ|キロ|メートル|センチ|ポイント|パーセント|[A-Za-zµ℃Ω㎏㎜㎝㎞㎡]{1,3}(?![A-Za-z])"
    "|[\u3400-\u9fff々つ]"
)
_NUMBER = r"[0-9０-９◯○〇]+(?:[.,，．：:][0-9０-９]+)*"

# What is never torn apart. First the longest: 10〜20時間, 25年, 第1版, A型, a Latin word, …….
_SOLID = (
    rf"第?{_NUMBER}(?:[〜～–-]{_NUMBER})*(?:{_UNITS})?"
    rf"|[A-ZＡ-Ｚ][型級種判票]"
    rf"|[{_LATIN}][{_LATIN}’'_@#&+.-]*"
    r"|…+|‥+|―+|—+|─+"
)
_GROUP = re.compile(
    rf"[{re.escape(_OPENERS)}(\[{{]*"
    rf"(?:{_SOLID}|[^\n])"
    rf"(?:[{re.escape(_NEVER_FIRST)}{_ATTACHED}]|(?<=[〜～\u00a0\u2060])(?:{_SOLID}|[^\n ]))*"
    r" *"
)
_INSEPARABLE = frozenset(("……", "‥‥", "――", "——", "──"))
_IS_JAPANESE = re.compile(f"[{_JAPANESE}]")
_IS_LATIN = re.compile(f"[{_LATIN}]")
_IS_ATTACHED = re.compile(f"[{_ATTACHED}]")
# The places where two neighbours stand neither solid nor apart by chance.
_BEFORE_CLOSER = frozenset(_OPENERS + _CLOSERS + _STOPS + _MIDDLE)
_SPACES = " \u00a0"


def groups(text: str) -> list[int]:
    """Return where each unbreakable group of characters ends.

    Args:
        text: A run of text without line feeds.

    Returns:
        Ascending indexes behind the last character of each group; the last one is the length of
        the text. A line may break at any of them and nowhere else. A space belongs to the group
        before it.
    """
    return [match.end() for match in _GROUP.finditer(text)]


@functools.lru_cache(maxsize=4096)
def may_break(before: str, after: str) -> bool:
    """Return whether a line may end with the character `before` when `after` follows it.

    Args:
        before: A character; what stands for a picture counts as Japanese.
        after: The character behind it.
    """
    return groups(before + after)[0] == 1


@functools.lru_cache(maxsize=4096)
def gap(before: str, after: str) -> int:
    """Return what is added between two neighbours set solid.

    Args:
        before: A character.
        after: The character behind it.

    Returns:
        Thousandths of an em. Full-width brackets and punctuation carry half an em of white; where
        two of them meet, one half goes (JLREQ 3.1.4). Latin letters and digits keep a quarter of an
        em from Japanese ones (JLREQ 3.2.6).
    """
    closes = before in _CLOSERS or before in _STOPS
    if closes and after in _BEFORE_CLOSER:
        return -HALF_EM
    if after in _OPENERS and (before in _OPENERS or before in _MIDDLE or before == "\u3000"):
        return -HALF_EM
    if _IS_ATTACHED.match(after):
        return 0
    mixed = (_IS_JAPANESE.match(before) and _IS_LATIN.match(after)) or (
        _IS_LATIN.match(before) and _IS_JAPANESE.match(after)
    )
    return QUARTER_EM if mixed else 0


@functools.lru_cache(maxsize=4096)
def may_shrink(before: str, after: str) -> tuple[int, int]:
    """Return how much nearer two neighbours may come when a line is too long by a little.

    Args:
        before: A character.
        after: The character behind it.

    Returns:
        Thousandths of an em, first what commas and brackets give (half an em may become a quarter,
        JLREQ 3.8.3 and its table 5; full stops give nothing), then what the space between Japanese
        and Latin gives (a quarter may become an eighth).
    """
    between = gap(before, after)
    if between == QUARTER_EM:
        return 0, EIGHTH_EM
    if between or before == "。" or before == "．":
        return 0, 0
    if before in _CLOSERS or before in _STOPS or after in _OPENERS:
        return QUARTER_EM, 0
    if before == "・" or after == "・":
        return EIGHTH_EM, 0
    return 0, 0


def is_double_mark(before: str, after: str) -> bool:
    """Return whether two neighbours are ！？ and the like, which share the space of one character.

    Args:
        before: A character.
        after: The character behind it.
    """
    return before in "！？" and after in "！？"


@functools.lru_cache(maxsize=4096)
def may_open(before: str, after: str) -> bool:
    """Return whether a line set flush may be opened up between two neighbours (JLREQ 3.8.4).

    Args:
        before: A character.
        after: The character behind it.

    Returns:
        True at a space, and between two characters of which one is Japanese; not behind an opening
        bracket, before a closing one or a stop, nor inside an inseparable pair.
    """
    if before in _SPACES:
        return True
    if _IS_ATTACHED.match(after):
        return False
    if after in _SPACES or before + after in _INSEPARABLE:
        return False
    if before in _OPENERS or after in _CLOSERS or after in _STOPS:
        return False
    full_width = "\u3000" <= before <= "\u30ff" or "\uff01" <= before <= "\uff5e"
    return bool(_IS_JAPANESE.match(before) or _IS_JAPANESE.match(after) or full_width)


def has_white_before(character: str) -> bool:
    """Return whether the left half of a full-width character is white: an opening bracket."""
    return character in _OPENERS


def has_white_behind(character: str) -> bool:
    """Return whether the right half of a full-width character is white: a bracket or stop."""
    return character in _CLOSERS or character in _STOPS


def may_hang(character: str) -> bool:
    """Return whether a character may stand beyond the end of the line (JLREQ 3.8.2: 。、)."""
    return character in _STOPS


def is_japanese(text: str) -> bool:
    """Return whether a text has a Japanese character, so that these rules are meant for it."""
    return bool(_IS_JAPANESE.search(text))

"""A Japanese text and confirmed readings go in; its words with their readings come out.

SudachiPy cuts the text into words and reads them. What a person has confirmed wins. A reading is
doubtful, and has to be looked at by a person, where the dictionary knows several, where the word is
a name or unknown, and after a figure, where sounds change (1日, 3歩).
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.model.inline import Plain, Ruby

# Ideographs of all blocks, with the selectors of their forms.
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U000e0100-\U000e01ef々〆ヶ"
_KANJI = re.compile(f"[{_IDEOGRAPHS}]")
_KANJI_RUN = re.compile(f"[{_IDEOGRAPHS}]+|[^{_IDEOGRAPHS}]+")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Forms in names that the dictionary does not know, and the characters it knows them by.
_USUAL_FORMS = str.maketrans("髙﨑𠮷𠮟𡈽栁德瀨濵邉邊齋齊", "高崎吉叱土柳徳瀬浜辺辺斎斉")
_FIGURE = re.compile("[0-9０-９]")
_LONGEST_CONFIRMED_WORDS = 10
_CONTEXT_CHARACTERS = 10
_TO_HIRAGANA = {ord(c): ord(c) - 0x60 for c in map(chr, range(0x30A1, 0x30F7))}
_DAKUTEN = "\u3099\u309a"


class ReadingsMissingError(RuntimeError):
    """The library or its dictionary is not installed."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading nobody has confirmed.

    Attributes:
        word: The word as written.
        reading: Its reading in hiragana, with the kana of the word as they are.
        doubt: Why it is doubtful, or nothing when it is not.
        context: The word with what stands around it.
    """

    word: str
    reading: str
    doubt: str
    context: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with its readings.

    Attributes:
        parts: The text in order; words with kanji carry their reading.
        guesses: The readings that nobody has confirmed, in order, one for each word found.
    """

    parts: tuple[Plain | Ruby, ...]
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    reading: str
    kind: str
    unknown: bool


def read_text(text: str, confirmed: Mapping[str, str]) -> ReadText:
    """Give every word with kanji its reading.

    Args:
        text: Plain text, without marks.
        confirmed: Readings a person has confirmed, by word; a word may be a few words long, and its
            kana stand in the reading as they are (何が: なにが).

    Returns:
        The text with readings, and those that nobody has confirmed.

    Raises:
        ReadingsMissingError: SudachiPy or its dictionary is not installed.
    """
    if not _KANJI.search(text):
        return ReadText((Plain(text),), ())
    words = _words(text)
    parts: list[Plain | Ruby] = []
    guesses: list[Guess] = []
    index = position = 0
    while index < len(words):
        count, reading = _confirmed(words, index, confirmed)
        written = "".join(word.text for word in words[index : index + count])
        if reading is None and _KANJI.search(written):
            reading = words[index].reading
            doubt = _doubt(words[index], words[index - 1].text if index else "")
            context = text[max(0, position - _CONTEXT_CHARACTERS) :][: 3 * _CONTEXT_CHARACTERS]
            guesses.append(Guess(written, reading, doubt, context))
        parts += _aligned(written, reading) if reading is not None else [Plain(written)]
        index += count
        position += len(written)
    return ReadText(tuple(_joined(parts)), tuple(guesses))


def word_ends(text: str) -> list[int]:
    """Return where each word of the dictionary ends in `text`.

    Args:
        text: Plain text.

    Raises:
        ReadingsMissingError: SudachiPy or its dictionary is not installed.
    """
    library = _library()
    return [found.end() for found in _tokenizer().tokenize(text, library.SplitMode.B)]


def _confirmed(
    words: Sequence[_Word], index: int, confirmed: Mapping[str, str]
) -> tuple[int, str | None]:
    """Return how many words from `index` on have a confirmed reading together, and that reading."""
    most = min(_LONGEST_CONFIRMED_WORDS, len(words) - index)
    for count in range(most, 0, -1):
        written = "".join(word.text for word in words[index : index + count])
        if written in confirmed:
            return count, confirmed[written]
    return 1, None


def _aligned(written: str, reading: str) -> list[Plain | Ruby]:
    """Return the word with its reading above its kanji: 寄り添い has よ above 寄, そ above 添.

    Where kana and reading do not agree, the reading stands above the whole word.
    """
    runs = _KANJI_RUN.findall(written)
    known = [None if _KANJI.match(run) else _hiragana(run) for run in runs]
    kana = _share_out(known, _hiragana(reading))
    if kana is None:
        return [Ruby(written, (_hiragana(reading),))]
    return [
        Ruby(run, (above,)) if _KANJI.match(run) and run != above else Plain(run)
        for run, above in zip(runs, kana, strict=True)
    ]


def _share_out(runs: Sequence[str | None], reading: str) -> list[str] | None:
    """Return which part of a reading belongs to each run of a word, the earliest that fits.

    Args:
        runs: The kana of each run, or None for kanji, which are read as one kana or more.
        reading: The whole reading.

    Returns:
        The parts, or None where kana and reading do not agree.
    """
    # Places in the reading from which the runs that are left cannot follow.
    hopeless: set[tuple[int, int]] = set()

    def shared(index: int, place: int) -> list[str] | None:
        if index == len(runs):
            return [] if place == len(reading) else None
        if (index, place) in hopeless:
            return None
        run = runs[index]
        ends = range(place + 1, len(reading) + 1) if run is None else [place + len(run)]
        for end in ends:
            if run is not None and reading[place:end] != run:
                break
            if (rest := shared(index + 1, end)) is not None:
                return [reading[place:end], *rest]
        hopeless.add((index, place))
        return None

    return shared(0, 0)


def _joined(parts: Sequence[Plain | Ruby]) -> Iterator[Plain | Ruby]:
    text = ""
    for part in parts:
        if isinstance(part, Plain):
            text += part.text
            continue
        if text:
            yield Plain(text)
            text = ""
        yield part
    if text:
        yield Plain(text)


def _doubt(word: _Word, before: str) -> str:
    if word.unknown:
        return "not in the dictionary"
    if word.kind == "固有名詞":
        return "a name"
    if _FIGURE.search(before[-1:]):
        return "after a figure"
    others = _other_readings(word.text, word.reading)
    return "also " + ", ".join(others) if others else ""


def _words(text: str) -> list[_Word]:
    library = _library()
    usual, places = _in_usual_forms(text)
    words = []
    for found in _tokenizer().tokenize(usual, library.SplitMode.B):
        written = text[places[found.begin()] : places[found.end()]]
        reading = _OWN_READINGS.get(written) or _hiragana(found.reading_form())
        kind = "固有名詞" if written != found.surface() else found.part_of_speech()[1]
        words.append(_Word(written, reading, kind, found.is_oov()))
    return words


# Signs that the dictionary reads by what they are called.
_OWN_READINGS = {"〆": "しめ"}


def _in_usual_forms(text: str) -> tuple[str, list[int]]:
    """Return a text in the forms the dictionary knows, and where each character of it stands.

    A form in a name makes its word a name: its reading has to be looked at by a person.
    """
    usual, places = [], []
    for place, character in enumerate(text):
        if _SELECTOR.match(character):
            continue
        is_form = _KANJI.match(character)
        usual.append(unicodedata.normalize("NFKC", character) if is_form else character)
        places.append(place)
    return "".join(usual).translate(_USUAL_FORMS), [*places, len(text)]


@functools.lru_cache(maxsize=4096)
def _other_readings(word: str, reading: str) -> tuple[str, ...]:
    """Return the readings of `word` that are more than a voiced variant of `reading`."""
    others = {
        _hiragana(entry.reading_form())
        for entry in _dictionary().lookup(word)
        if entry.part_of_speech()[1] != "固有名詞"
    }
    return tuple(sorted(o for o in others if _unvoiced(o) != _unvoiced(reading)))


def _unvoiced(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading[:1])
    return "".join(c for c in decomposed if c not in _DAKUTEN) + reading[1:]


def _hiragana(text: str) -> str:
    return text.translate(_TO_HIRAGANA)


@functools.cache
def _library() -> Any:
    try:
        import sudachipy
    except ImportError as error:
        raise ReadingsMissingError(str(error)) from error
    return sudachipy


@functools.cache
def _dictionary() -> Any:
    try:
        return _library().Dictionary()
    except Exception as error:  # the library raises its own kinds of error for a missing file
        raise ReadingsMissingError(str(error)) from error


@functools.cache
def _tokenizer() -> Any:
    return _dictionary().tokenizer()

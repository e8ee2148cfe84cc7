"""`content/readings.yaml` goes in; the readings a person has confirmed come out, by word."""

import re
from pathlib import Path

from booklet.content.normalising import normalised
from booklet.content.wording import shown
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError, Location, Problem, Severity

READINGS_FILE = "content/readings.yaml"
LONGEST_WORD, LONGEST_READING = 60, 240

_KANJI_RUN = re.compile(
    "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U000e0100-\U000e01ef々〆ヶ]+"
)
_PIECE = re.compile("[^ぁ-ゔー・ゝゞ]+|[ぁ-ゔー・ゝゞ]+")
_NOT_KANA = re.compile("[^ぁ-ゔー・ゝゞ]+")
_KANA = re.compile("[ぁ-ゖァ-ヺー・ゝゞヽヾ]+")
_TO_HIRAGANA = {ord(c): ord(c) - 0x60 for c in map(chr, range(0x30A1, 0x30F7))}


def load_readings(project: Path) -> dict[str, str]:
    """Read the confirmed readings.

    The file maps words to readings, `寄り添う: よりそう`. A word may be longer, to tell two
    readings apart: `何が: なにが`. It need not exist.

    Args:
        project: The project's folder.

    Returns:
        Readings by word.

    Raises:
        BookletError: The file is wrong: every problem at once.
    """
    try:
        content = (project / READINGS_FILE).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BookletError(
            [
                Problem(
                    "file-unreadable",
                    f"the file cannot be read: {error.strerror}",
                    Location(READINGS_FILE),
                    "check that it is a file and that you may read it",
                )
            ]
        ) from None
    document = read_yaml(READINGS_FILE, content)
    problems = [*document.problems]
    readings: dict[str, str] = {}
    if document.value is not None and not isinstance(document.value, dict):
        problems.append(
            Problem(
                "readings-form",
                "this has to be a list of words, each with its reading",
                document.span(()).where,
                "寄り添う: よりそう",
            )
        )
    for word, reading in (document.value if isinstance(document.value, dict) else {}).items():
        if word == "where":
            continue
        if problem := _problem(document, str(word), reading):
            problems.append(problem)
        else:
            readings[normalised(str(word))] = normalised(str(reading))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise BookletError(problems)
    return readings


def _problem(document: Document, word: str, reading: object) -> Problem | None:
    """Return what is wrong with one entry: a reading in kana has to cover its word."""
    where = document.span((word,)).where
    if not _KANJI_RUN.search(word):
        message = f"{shown(word)} has no kanji to be read"
        return Problem("reading-word", message, where, "remove it")
    if not isinstance(reading, str) or not reading.strip():
        message = f"{shown(word)} has no reading"
        return Problem("reading-missing", message, where, f"{word}: …, in hiragana")
    if len(word) > LONGEST_WORD or len(reading) > LONGEST_READING:
        message = f"{shown(word)} is longer than a word or a phrase"
        hint = f"{LONGEST_WORD} characters at most, and {LONGEST_READING} of reading"
        return Problem("reading-length", message, where, hint)
    word, reading = normalised(word), normalised(reading)
    left = _KANJI_RUN.sub("", word)
    if not _KANA.fullmatch("".join(c for c in reading if c not in left) or "あ"):
        message = f"the reading {shown(reading)} is not in kana"
        return Problem("reading-kana", message, where, f"{word}: …, in hiragana")
    if not _covers(word.translate(_TO_HIRAGANA), reading.translate(_TO_HIRAGANA)):
        message = f"the reading {shown(reading)} does not cover {shown(word)}"
        hint = "write the kana of the word in the reading too: 寄り添う: よりそう"
        return Problem("reading-cover", message, where, hint)
    return None


def _covers(word: str, reading: str) -> bool:
    """Return whether a reading has the kana of its word in their order, and more between them.

    What is neither kanji nor kana, such as the B of B型, may be read or stay as it is.
    """
    # Where in the reading the word may have come to: the earliest place, or every one behind it.
    places = {0}
    for piece in _PIECE.findall(word):
        if _NOT_KANA.fullmatch(piece):
            places = set(range(min(places) + 1, len(reading) + 1))
        else:
            places = {at + len(piece) for at in places if reading.startswith(piece, at)}
        if not places:
            return False
    return len(reading) in places

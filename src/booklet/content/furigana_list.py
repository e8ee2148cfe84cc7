"""`content/readings.yaml` goes in; the readings a person has confirmed come out, by word."""

import re
from pathlib import Path

from booklet.content.wording import shown
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError, Problem, Severity

READINGS_FILE = "content/readings.yaml"

_KANJI_RUN = re.compile("[\u3400-\u9fff々〆ヶ]+")
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
    except OSError:
        return {}
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
            readings[str(word)] = str(reading)
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
    left = _KANJI_RUN.sub("", word)
    if not _KANA.fullmatch("".join(c for c in reading if c not in left) or "あ"):
        message = f"the reading {shown(reading)} is not in kana"
        return Problem("reading-kana", message, where, f"{word}: …, in hiragana")
    # What is neither kanji nor kana, such as the B of B型, may be read or stay as it is.
    pattern = _NOT_KANA.sub(".+", word.translate(_TO_HIRAGANA))
    if not re.fullmatch(pattern, reading.translate(_TO_HIRAGANA)):
        message = f"the reading {shown(reading)} does not cover {shown(word)}"
        hint = "write the kana of the word in the reading too: 寄り添う: よりそう"
        return Problem("reading-cover", message, where, hint)
    return None

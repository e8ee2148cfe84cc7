"""A key and a language go in; the sentence an editor reads comes out.

All sentences of the commands for editors stand in one file a language (sentences_en.py,
sentences_ja.py), with the same keys and the same places for figures.
"""

from booklet.diagnostics import Location, Problem, Severity
from booklet.model.sentences_en import ENGLISH, ENGLISH_PROBLEMS
from booklet.model.sentences_ja import JAPANESE, JAPANESE_PROBLEMS


def say(language: str, key: str, **values: object) -> str:
    """Return a sentence.

    Args:
        language: A language tag: Japanese for ja, English for any other.
        key: Its name in the files of sentences.
        values: What goes into its places.

    Raises:
        KeyError: There is no such sentence; our own fault.
    """
    return (JAPANESE if _is_japanese(language) else ENGLISH)[key].format(**values)


def told(
    language: str,
    code: str,
    variant: str,
    where: Location | None,
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Problem:
    """Return a problem in an editor's language.

    Args:
        language: A language tag: Japanese for ja, English for any other.
        code: The code of the problem.
        variant: Which of the code's sentences; empty for the only one.
        where: The place in the author's file.
        severity: See Severity.
        values: What goes into the places of its sentence and its hint.

    Raises:
        KeyError: There is no such sentence; our own fault.
    """
    sentences = JAPANESE_PROBLEMS if _is_japanese(language) else ENGLISH_PROBLEMS
    message, hint = sentences[code][variant]
    return Problem(code, message.format(**values), where, hint.format(**values), severity)


def _is_japanese(language: str) -> bool:
    return language.split("-")[0] == "ja"

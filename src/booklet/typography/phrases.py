"""A Japanese text goes in; the ends of its phrases come out, where a heading may best break."""

import functools
from typing import Any


def phrase_ends(text: str) -> list[int]:
    """Return where each phrase of a text ends.

    BudouX finds them with a small model trained by its makers; it is right far more often than a
    list of particles would be, and wrong without harm: a wrong end is a break inside a word.

    Args:
        text: A heading, a title, a cell.

    Returns:
        Ascending indexes behind the last character of each phrase; the last one is the length of
        the text.
    """
    ends, position = set(), 0
    for phrase in _parser().parse(text):
        position += len(phrase)
        ends.add(position)
    # The model sees one phrase in 就職・転職; a reader sees two.
    ends |= {index for index, character in enumerate(text, 1) if character in "・／"}
    return sorted(ends)


@functools.cache
def _parser() -> Any:
    # Imported late: `booklet check` needs no phrases.
    import budoux

    return budoux.load_default_japanese_parser()

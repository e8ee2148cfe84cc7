"""A theme's tokens.css goes in; colours that are missing or cannot be read come out."""

import re
from collections.abc import Iterable

from booklet.diagnostics import Location, Problem

# A declaration of a custom property (CSS Custom Properties 1, section 2), without its comment.
_DECLARATION = re.compile(r"--([A-Za-z0-9_-]+)\s*:([^;{}]*)(;|\}|$)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_COLOURS = ("ink", "pine", "persimmon", "apricot", "mist", "peach", "stone", "paper")
# A length in points, for what is drawn; the engine adds these up, so no calc() and no percentage.
_LENGTHS = ("thick", "between", "thin", "hairline")
_LENGTH = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:pt|mm|px|em|rem)|0")
_OTHERS = ("half-line", "station", "stop")


def token_problems(text: str, file: str = "styles/tokens.css") -> list[Problem]:
    """Return a problem for each token that a theme lacks or that cannot be read.

    Args:
        text: The stylesheet.
        file: Its name, for the places.
    """
    blank = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    found = {match[1]: match for match in _DECLARATION.finditer(blank)}
    problems = [_missing(name, file) for name in _lacking(found)]
    for name in (*_COLOURS, *_LENGTHS):
        match = found.get(name)
        if match is None:
            continue
        value = match[2].strip()
        form, example = (_COLOUR, "#0B5C58") if name in _COLOURS else (_LENGTH, "0.75pt")
        if not form.fullmatch(value):
            line = blank.count("\n", 0, match.start()) + 1
            column = match.start() - blank.rfind("\n", 0, match.start())
            kind = "a colour of six digits" if name in _COLOURS else "a length"
            problems.append(
                Problem(
                    "token-value",
                    f"--{name} has to be {kind}, not {value[:40] or 'nothing'}",
                    Location(file, line, column),
                    f"--{name}: {example};",
                )
            )
    return problems


def _lacking(found: Iterable[str]) -> list[str]:
    there = set(found)
    return [name for name in (*_COLOURS, *_LENGTHS, *_OTHERS) if name not in there]


def _missing(name: str, file: str) -> Problem:
    return Problem(
        "token-missing",
        f"--{name} is not in this theme",
        Location(file),
        "copy its line from the tokens.css that booklet brings along",
    )

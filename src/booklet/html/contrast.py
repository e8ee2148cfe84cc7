"""A theme's palette goes in; pairs of colours that some readers cannot tell apart come out.

WCAG 2.2, 1.4.3: text needs a contrast of 4.5 to 1 with what lies behind it. Booklets are read on
paper too, where nobody can choose other colours.
"""

import re

from booklet.diagnostics import Location, Problem
from booklet.model.theme import Theme

MINIMUM = 4.5

# What is printed on what; a name that a theme's own tokens.css leaves out is not printed.
PAIRS = (
    *(("paper", text) for text in ("ink", "pine", "persimmon", "stone")),
    *(("mist", text) for text in ("ink", "pine")),
    *(("peach", text) for text in ("ink", "persimmon")),
)
# Colours of lines, in which nothing is written.
DRAWN = frozenset(("apricot",))
_TOKEN = re.compile(r"^([ \t]*)--([a-z-]+):\s*(#[0-9A-Fa-f]{6});", re.MULTILINE)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio).

    Args:
        one: A colour as #rrggbb.
        other: The other one.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_problems(theme: Theme) -> list[Problem]:
    """Return a problem for each pair of tokens.css whose contrast is too low.

    Args:
        theme: The theme.
    """
    text = theme.read("tokens.css")
    tokens = {match[2]: match for match in _TOKEN.finditer(text)}
    problems = []
    for ground, print_on_it in PAIRS:
        if ground not in tokens or print_on_it not in tokens:
            continue
        ratio = contrast(tokens[ground][3], tokens[print_on_it][3])
        if ratio >= MINIMUM:
            continue
        token = tokens[print_on_it]
        line = text.count("\n", 0, token.start()) + 1
        problems.append(
            Problem(
                "contrast-low",
                f"{print_on_it} on {ground} has a contrast of {ratio:.1f} to 1, "
                f"and text needs {MINIMUM} to 1",
                Location("styles/tokens.css", line, len(token[1]) + 1),
                f"a darker --{print_on_it} or a lighter --{ground}",
            )
        )
    return problems


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""The text of a YAML file goes in; what its author meant otherwise than YAML reads it comes out.

The pass runs before the parser, line by line, so that each fault is told at its own line and all of
a file at once. The parser stops at the first, and often a line late. It looks for signs an input
method types in the place of others (full-width colons and spaces, other dashes, curly quotes), for
forgotten dashes, and for what YAML drops or joins in silence.
"""

from collections.abc import Iterator
from dataclasses import replace

from booklet.content.findings import Edit, Finding, edited
from booklet.content.lexical_scanner import MOST_FOUND, scan
from booklet.content.lexical_words import decomposed_edits
from booklet.diagnostics import Problem, Severity

_READINGS = "readings.yaml"
# Nobody mends more at a time, and each place has to be counted out.
_MOST_TOLD = 200


def lexical_problems(name: str, text: str, language: str = "en") -> list[Problem]:
    """Tell what is wrong with the bare text of a file.

    Args:
        name: The file's name, as it is shown.
        text: The whole file, with line feeds.
        language: The language to tell it in.

    Returns:
        The problems in the order of the file: errors where YAML would break or mean something else,
        warnings where a text would be lost, joined or printed with signs nobody wants.
    """
    return lexical_pass(name, text, language)[0]


def lexical_pass(name: str, text: str, language: str = "en") -> tuple[list[Problem], str, bool]:
    """Tell what is wrong with the bare text of a file, and return a text to go on with.

    Args:
        name: The file's name, as it is shown.
        text: The whole file, with line feeds.
        language: The language to tell it in.

    Returns:
        The problems, as `lexical_problems` does. The text with every certain mend of an error made,
        line for line, so that what stands behind it is checked, too. Whether all errors were
        mended: if not, what the parser says of the file's structure follows from them.
    """
    findings = lexical_findings(name, text)
    problems = [one.problem(name, text, language) for one in findings[:_MOST_TOLD]]
    errors = [one for one in findings if one.severity is Severity.ERROR]
    edits = [edit for one in errors for edit in one.edits]
    is_whole = len(findings) <= MOST_FOUND
    is_mended = is_whole and all(one.edits for one in errors if one.code.startswith("yaml"))
    return problems, edited(text, edits), is_mended


def lexical_findings(name: str, text: str) -> list[Finding]:
    """Return everything `lexical_problems` tells, with its mends."""
    everything = scan(text, name.endswith(_READINGS))
    # A text typed on one computer has separate marks all over: they are told once, mended together.
    apart = [one for one in everything if one.code == "text-decomposed"]
    found = [one for one in everything if one.code != "text-decomposed"]
    if apart:
        found.append(replace(apart[0], edits=tuple(decomposed_edits(text))))
    return sorted(found, key=lambda finding: finding.at)


def certain_edits(name: str, text: str) -> Iterator[tuple[Finding, tuple[Edit, ...]]]:
    """Yield each finding that can be mended for certain, with its edits."""
    for finding in lexical_findings(name, text):
        if finding.edits:
            yield finding, finding.edits

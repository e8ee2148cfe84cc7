"""What the YAML parser stumbled over goes in; place and cure in an editor's words come out.

The parser speaks of tokens and indicators; editors speak of colons, quotation marks, indentation.
"""

import bisect
import functools
import itertools
import re
from dataclasses import dataclass

import yaml

from booklet.diagnostics import Location, Problem

# More of them are not told: the first ones say what to do.
_MOST_TABS = 1000
_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
_NO_SPACE_AFTER_COLON = re.compile(r"\s*(?:- +)*[\w-]+:\S")
_CLOSED = re.compile(r"([\"'\]}]) *$")


@dataclass(frozen=True, slots=True)
class _Fault:
    """How a complaint of the parser is told, and whether its context is the better place for it."""

    code: str
    message: str
    hint: str
    at_context: bool = False


_NOT_A_START = _Fault(
    "yaml-quote", "a value cannot start with {sign}", "put the whole value in quotes", True
)
_UNCLOSED_QUOTE = _Fault(
    "yaml-quote",
    "this quotation mark is never closed",
    "close it, or write the text without quotes",
    True,
)
_BACKSLASH = _Fault(
    "yaml-quote",
    "a backslash has a meaning of its own between double quotes",
    "use single quotes, or write two backslashes for one",
)
_TAG = _Fault(
    "yaml-quote",
    "a value cannot start with an exclamation mark",
    "put the whole value in quotes",
    True,
)
_LIST_LINE = _Fault(
    "yaml-indent",
    "this line stands in a list but does not start with a hyphen",
    "start it with  - , or indent it like the fields it belongs to",
)
_STRAY_LINE = _Fault(
    "yaml-indent",
    "this line does not stand under the lines it belongs to",
    "indent it exactly like the other fields of its group",
)
_UNKNOWN = _Fault(
    "yaml-structure",
    "the structure of the file breaks here",
    "check the colon, the indentation and the quotes on this line and the one above it",
)

# The words are those of libyaml and, where they differ, of PyYAML's own parser.
_FAULTS: tuple[tuple[str, _Fault], ...] = (
    (
        "mapping values are not allowed",
        _Fault(
            "yaml-colon",
            "there is one colon too many here",
            "put the text in quotes, or check that the line is indented like the one above it",
        ),
    ),
    (
        "could not find expected ':'",
        _Fault(
            "yaml-colon",
            "this line has no field name with a colon",
            "write  name: value , or indent the line if it continues the text above",
            True,
        ),
    ),
    ("expected alphabetic or numeric character", _NOT_A_START),
    ("cannot start any token", _NOT_A_START),
    ("node content", _NOT_A_START),
    ("unexpected end of stream", _UNCLOSED_QUOTE),
    ("unexpected document", _UNCLOSED_QUOTE),
    ("escape", _BACKSLASH),
    ("hex", _BACKSLASH),
    ("undefined tag handle", _TAG),
    ("scanning a tag", _TAG),
    ("parsing a tag", _TAG),
    (
        "sequence entries are not allowed",
        _Fault(
            "yaml-indent",
            "a list cannot start on the line of its field",
            "start the list on the next line, indented by two spaces",
        ),
    ),
    (
        "line break",
        _Fault(
            "yaml-structure",
            "the text after | or > starts on the next line",
            "move it down a line and indent it by two spaces",
        ),
    ),
    ("'-' indicator", _LIST_LINE),
    ("expected key", _STRAY_LINE),
    ("<document start>", _STRAY_LINE),
    ("<block end>", _STRAY_LINE),
)


def structure_problems(
    file: str, text: str, error: yaml.MarkedYAMLError, last: tuple[int, int]
) -> list[Problem]:
    """Tell where and why a file stops being YAML.

    Args:
        file: The name to show.
        text: The whole file.
        error: What the parser says.
        last: Start and end of the last value that was read before.

    Returns:
        One problem; or, when the line is indented with a tab, one for each line that is.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return [Problem(_UNKNOWN.code, _UNKNOWN.message, Location(file), _UNKNOWN.hint)]
    found = itertools.islice(_LEADING_TAB.finditer(text), _MOST_TABS)
    tabs = [match.end() - 1 for match in found]
    places = [place_of(file, text, position) for position in tabs]
    if mark.line + 1 in {place.line for place in places}:
        return [
            Problem(
                "yaml-tab",
                "this line is indented with a tab",
                place,
                "use two spaces for each step",
            )
            for place in places
        ]
    said = f"{error.problem} {error.context}"
    start, end = last
    if text[start : start + 1] in ("'", '"') and "\n" in text[start:end]:
        return [
            Problem(
                "yaml-quote",
                f"this quotation mark is closed only on line {place_of(file, text, end).line}",
                place_of(file, text, start),
                "close it where the text ends, or write the text without quotes",
            )
        ]
    if "',' or '" in said:
        fault = _bracket_fault(error)
    else:
        fault = next((fault for words, fault in _FAULTS if words in said), _UNKNOWN)
        fault = _closer_look(fault, text, error)
    if fault.at_context and error.context_mark is not None:
        mark = error.context_mark
    sign = text[mark.index : mark.index + 1]
    where = Location(file, mark.line + 1, mark.column + 1)
    return [Problem(fault.code, fault.message.replace("{sign}", sign), where, fault.hint)]


def place_of(file: str, text: str, position: int) -> Location:
    """Return the line and column of the character at `position` in `text`."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, position)
    return Location(file, line, position - starts[line - 1] + 1)


@functools.lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    """Return where each line of a text starts; found once, however many places are asked for."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _bracket_fault(error: yaml.MarkedYAMLError) -> _Fault:
    opening, closing = ("[", "]") if "']'" in str(error.problem) else ("{", "}")
    start, end = error.context_mark, error.problem_mark
    if start is not None and end is not None and start.line == end.line:
        message = f"a comma or {closing} is missing here"
    else:
        message = f"{opening} is opened here and never closed"
    hint = f"part the entries with commas and end with {closing}; put text with : or , in quotes"
    return _Fault("yaml-bracket", message, hint, "never closed" in message)


def _closer_look(fault: _Fault, text: str, error: yaml.MarkedYAMLError) -> _Fault:
    """Return a better fault where the line itself tells what its writer meant."""
    mark = error.context_mark if fault.at_context else error.problem_mark
    if mark is None:
        return fault
    start = text.rfind("\n", 0, mark.index) + 1
    line = text[start : text.find("\n", start) if "\n" in text[start:] else len(text)]
    if fault.code == "yaml-colon" and fault.at_context:
        if "：" in line:
            return _Fault(fault.code, "this colon is full-width", "write  name: value", True)
        if _NO_SPACE_AFTER_COLON.match(line):
            return _Fault(
                fault.code, "there is no space after the colon", "write  name: value", True
            )
    if fault in (_STRAY_LINE, _LIST_LINE) and (closed := _CLOSED.search(text[start : mark.index])):
        sign = "quotation mark" if closed[1] in "\"'" else closed[1]
        return _Fault(
            "yaml-quote",
            f"the text goes on after its closing {sign}",
            "put the whole value in quotes, and quotes inside it in 「」",
        )
    if fault is _STRAY_LINE and "block collection" in str(error.context):
        return _LIST_LINE
    return fault

"""One error of the model goes in; the code, the sentence and the hint an editor reads come out."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """How an error is told."""

    code: str
    message: str
    hint: str = ""


_KINDS_OF_VALUE: tuple[tuple[type, str], ...] = (
    (bool, "yes or no"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "a group of fields"),
)

_OWN_HINTS = {
    "range_order": "swap them: min: {max}, max: {min}",
    "stars_over_max": "value: {max}, or a larger max",
    "schedule_order": "put the entries in the order of the day, without overlap",
    "date_form": "write it as 2026-04-01",
    "time_form": "write it as 09:30",
    "date_order": "revised_on: {first} or later",
    "rights_unknown": "status: draft, until the rights holder has agreed",
    "voice_consent": "consent: true, or another basis",
    "language_missing": "add  {wanted}: …",
    "language_tag": "ja, en, or ja-x-easy",
    "text_empty": "write something or remove the field",
    "text_lines": "join the lines",
    "section_empty": "fill one in, or declare  status: not_provided",
    "section_twice": "give one of them an id of its own, or join them",
    "table_width": "write one cell for each column; an empty cell is ー",
    "age_limit_form": "kind: none, min, max or range, with just the ages it names",
    "pay_empty": "min: 3000000",
    "block_kind": "- text: …",
}


def word_error(
    kind: str, name: str, value: Any, context: Mapping[str, Any], known: Sequence[str]
) -> Wording:
    """Tell one error of the model in an editor's words.

    Args:
        kind: The type of the error: pydantic's own or one of ours (see model).
        name: The field it is about, as it is written in YAML.
        value: What the author wrote there.
        context: The figures that belong to the error.
        known: The names that would be allowed, where the error is about a name.

    Returns:
        The code, the sentence and the hint.
    """
    if kind in _OWN_HINTS:
        message = str(context.get("message", kind))
        if message.startswith("this "):
            message = f"{name} {message[5:]}" if name else message
        return Wording(kind.replace("_", "-"), message, _fill(_OWN_HINTS[kind], context))
    if kind == "extra_forbidden":
        return Wording(
            "unknown-key", f"there is no field called {name} here", _nearest(name, known)
        )
    if kind == "missing":
        return Wording("missing-key", f"{name} is missing", f"add  {name}: …")
    if value is None:
        return Wording("empty-value", f"{name} is empty", "write a value or remove the field")
    if kind in _WORDINGS:
        code, message, hint = _WORDINGS[kind]
        return Wording(code, f"{name} {_fill(message, context)}", _fill(hint, context))
    if kind in ("enum", "literal_error", "section_kind"):
        return Wording(
            "unknown-word",
            f"{name} cannot be {_short(value)}",
            _nearest(str(value), known) or "one of " + ", ".join(known),
        )
    if kind.endswith(("_type", "_parsing")):
        return _wrong_type(kind, name, value)
    return Wording(kind.replace("_", "-"), f"{name}: {context.get('message', kind)}")


_WORDINGS = {
    "greater_than_equal": ("out-of-range", "is under {ge}", "a number of {ge} or more"),
    "less_than_equal": ("out-of-range", "is over {le}", "a number of {le} or less"),
    "too_short": (
        "list-length",
        "has {actual_length} entries; it needs {min_length} or more",
        "add entries, or remove the field",
    ),
    "too_long": (
        "list-length",
        "has {actual_length} entries; at most {max_length} fit",
        "keep the {max_length} that matter most",
    ),
    "string_too_long": ("text-length", "is longer than {max_length} characters", "shorten it"),
    "string_pattern_mismatch": (
        "text-form",
        "has a form that does not fit here",
        "see docs/editing.md for this field",
    ),
}

_WANTED = {
    "string": ("text", 'put it in quotes: "{value}"'),
    "int": ("a whole number", "write digits only, without quotes or a unit"),
    "bool": ("true or false", "true or false"),
    "list": ("a list", "start each entry on its own line with  - "),
    "model_attributes": ("a group of fields", "write  name: value  lines, indented by two spaces"),
    "model": ("a group of fields", "write  name: value  lines, indented by two spaces"),
    "dict": ("a group of fields", "write  name: value  lines, indented by two spaces"),
}


def _wrong_type(kind: str, name: str, value: Any) -> Wording:
    wanted, hint = _WANTED.get(kind.rsplit("_", 1)[0], ("something else", "see docs/editing.md"))
    is_simple = isinstance(value, int | float | bool)
    if wanted == "text" and not is_simple:
        hint = "write one text here"
    given = next((word for type_, word in _KINDS_OF_VALUE if isinstance(value, type_)), "this")
    return Wording(
        "wrong-type",
        f"{name} has to be {wanted}, and here is {given}",
        hint.format(value=value) if is_simple else hint.replace('"{value}"', "text"),
    )


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"{near[0]}?"
    return "one of " + ", ".join(known) if known else ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 30 else text[:29] + "…"


def _fill(template: str, context: Mapping[str, Any]) -> str:
    known = {key: value for key, value in context.items() if isinstance(value, str | int | float)}
    try:
        return template.format(**known)
    except (KeyError, IndexError):
        return ""

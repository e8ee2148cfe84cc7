"""One error of the model goes in; the code, the sentence and the hint an editor reads come out."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """How an error is told."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the author wrote: the value it means, and how it stands in the file."""

    value: Any
    written: str

    def __str__(self) -> str:
        """Return the value as a few words that fit into a sentence."""
        if isinstance(self.value, list):
            return "a list"
        if isinstance(self.value, dict):
            return "a group of fields"
        return shown(self.value if isinstance(self.value, str) else self.written)


# Errors of our own (see model). Their sentence stands in the model, where {figures} are known.
_OWN_HINTS = {
    "range_order": "{low}: {max}, {high}: {min}",
    "stars_over_max": "value: {max} or less",
    "schedule_order": "put the entries in the order of the day, without overlap",
    "date_order": "revised_on: {first} or later",
    "rights_unknown": "status: draft, until the rights holder has agreed",
    "voice_consent": "consent: true, or another basis",
    "language_missing": "add  {wanted}: …",
    "language_unknown": "a tag such as ja, en or en-GB",
    "heading_skip": "level: 3",
    "language_tag": "write one text (in quotes if it starts with {{), or  ja: …  and  en: …",
    "language_text": "write the text of this language, or remove the line",
    "text_empty": "write something or remove the field",
    "text_lines": "join the lines",
    "section_empty": "fill one in, or declare  status: not_provided",
    "table_width": "write one cell for each column; an empty cell is ー",
    "age_limit_form": "state just that, or choose another of none, min, max and range",
    "pay_empty": "state one of them, such as  median: 3000000",
    "text_form": "{hint}",
    "block_kind": "start it with one of them, such as  - text: …",
}

# The code, the sentence after the field's name, and the hint of what the author may have mistyped.
_WORDINGS = {
    "greater_than_equal": ("out-of-range", "is under {ge}: {given}", "a number of {ge} or more"),
    "less_than_equal": ("out-of-range", "is over {le}: {given}", "a number of {le} or less"),
    "too_short": (
        "list-length",
        "has {entries} and needs {min_length} or more",
        "add entries, or remove the part they belong to",
    ),
    "too_long": (
        "list-length",
        "has {entries}, and at most {max_length} fit",
        "keep the {max_length} that matter most",
    ),
    "string_too_long": (
        "text-length",
        "has {length} characters, and at most {max_length} fit",
        "shorten it to {max_length} characters",
    ),
    "date_form": ("date-form", "cannot be {given}", "a day such as 2026-04-01"),
    "time_form": (
        "time-form",
        "cannot be {given}",
        'a time of day in quotes, such as "09:30", or "翌9:00" on the next day',
    ),
}

# How a text has to look, by the name of its field.
_FORMS = {
    "slug": "small letters, digits and hyphens, such as hoshi-annainin",
    "id": "small letters, digits and hyphens, such as first-steps",
    "source": "the id of a source: small letters, digits and hyphens",
    "version": 'digits and dots in quotes, such as "1.0"',
    "language": "a language tag such as ja, en or ja-x-easy",
    "url": "a web address such as https://example.org/",
    "mail": "an address such as annai@example.org",
    "isbn": "13 digits that start with 978 or 979, such as 978-4-00-000000-0",
}

_LONGEST_NAME = 80
_CHOICES = ("enum", "literal_error", "section_kind")
_NOT_TEXT = ("a whole number", "a number", "true or false")
_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "model": "a group of fields",
    "enum": "one word",
    "literal": "one word",
    "section_kind": "one word",
}


def word_error(
    kind: str, name: str, given: Given, context: Mapping[str, Any], known: Sequence[str]
) -> Wording:
    """Tell one error of the model in an editor's words.

    Args:
        kind: The type of the error: pydantic's own or one of ours (see model).
        name: The field it is about, as it is written in YAML.
        given: What the author wrote there.
        context: The figures that belong to the error.
        known: The names that would be allowed, where the error is about a name.

    Returns:
        The code, the sentence and the hint.
    """
    if kind == "extra_forbidden":
        return _unknown_key(name, known)
    if kind == "missing":
        return Wording("missing-key", f"{name} is missing", f"add  {name}: …")
    if kind in _OWN_HINTS:
        # "this" is the field: the model does not know what it is called.
        message = re.sub("^this ", f"{name} ", str(context["message"]))
        return Wording(kind.replace("_", "-"), message, _OWN_HINTS[kind].format(**context))
    if given.value is None:
        return Wording("empty-value", f"{name} is empty", "write a value or remove the field")
    if kind == "too_long" and isinstance(given.value, str):
        kind = "string_too_long"
    if kind in _WORDINGS:
        return _word_figures(kind, name, given, context)
    if kind == "string_pattern_mismatch":
        hint = _FORMS.get(name, "small letters, digits and hyphens")
        return Wording("text-form", f"{name} cannot be {given}", hint)
    if kind in _CHOICES and not isinstance(given.value, list | dict):
        return Wording("unknown-word", f"{name} cannot be {given}", nearest(str(given), known))
    return _wrong_type(kind, name, given, known)


def _unknown_key(name: str, known: Sequence[str]) -> Wording:
    message = f"there is no field called {shown(name)} here"
    if name.strip() != name:  # as with a full-width space, which YAML takes for a letter
        message = f"there is a space beside the field name {shown(name)}"
    return Wording("unknown-key", message, nearest(name, known) or "remove it")


def _word_figures(kind: str, name: str, given: Given, context: Mapping[str, Any]) -> Wording:
    code, message, hint = _WORDINGS[kind]
    count = context.get("actual_length")
    figures = {
        **context,
        "given": given,
        "length": len(str(given.value).strip()),
        "entries": f"{count} {'entry' if count == 1 else 'entries'}",
    }
    return Wording(code, f"{name} {message}".format(**figures), hint.format(**figures))


def shown(text: str) -> str:
    """Return `text` as it fits into a sentence: short, and safe to print on a terminal."""
    text = "".join(sign if sign.isprintable() else "�" for sign in text.strip())
    return text if len(text) <= 40 else text[:39] + "…"


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the name that `word` was probably meant to be, or all that are known."""
    # Longer ones are nobody's slip of the pen, and comparing them takes long.
    word = word.strip().lower()[:_LONGEST_NAME]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"{near[0]}?"
    return "one of " + ", ".join(known) if known else ""


def _wrong_type(kind: str, name: str, given: Given, known: Sequence[str]) -> Wording:
    wanted = _WANTED.get(kind.removesuffix("_type").removesuffix("_error"), "something else")
    here = str(given)
    if isinstance(given.value, str):
        here = f"the text {given}" if wanted in _NOT_TEXT else "text"
    return Wording(
        "wrong-type", f"{name} has to be {wanted}, not {here}", _cure(wanted, given, known)
    )


def _cure(wanted: str, given: Given, known: Sequence[str]) -> str:
    if wanted == "text":
        is_scalar = not isinstance(given.value, list | dict)
        return f'put it in quotes: "{given}"' if is_scalar else "write one text here"
    if wanted == "a number":
        return "digits only, without quotes or a unit"
    if wanted == "a whole number":
        digits = str(given)
        return f"{digits}, without quotes" if digits.isdecimal() else "digits only, without a unit"
    if wanted == "true or false":
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}
        return meant.get(str(given).lower(), "write true or false")
    if wanted == "a list":
        return "start each entry on a line of its own with a hyphen and a space"
    if wanted == "a group of fields":
        return f"give it fields on lines of their own, indented by two spaces: {', '.join(known)}"
    return nearest("", known) or "write one word"

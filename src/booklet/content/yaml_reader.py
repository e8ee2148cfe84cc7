"""The bytes of a YAML file go in; plain values with the place of each come out, or the problems.

PyYAML's C parser finds the structure; what a plain word means is decided here, because PyYAML
follows YAML 1.1, where `no` is false. We follow the core schema of YAML 1.2 (section 10.3).
"""

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from booklet.content.lexical import lexical_pass
from booklet.content.structure import place_of, structure_problems
from booklet.diagnostics import Location, Problem

LARGEST_FILE_BYTES = 2_000_000
DEEPEST_NESTING = 40
# The longest guide yet has about a thousand fields, entries and texts.
MOST_VALUES = 20_000
# Python refuses to read or write a whole number of more than 4300 digits; no field wants so many.
MOST_DIGITS = 1000

Value = Any
Path = tuple[str | int, ...]

_NULL = re.compile(r"^(~|null|Null|NULL|)$")
_TRUE = re.compile(r"^(true|True|TRUE)$")
_FALSE = re.compile(r"^(false|False|FALSE)$")
_INTEGER = re.compile(r"^[-+]?[0-9]+$")
_OTHER_BASE = re.compile(r"^0(o[0-7]+|x[0-9a-fA-F]+)$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_HIRAGANA = re.compile("[ぁ-ん]")
# What YAML does not allow in a file (1.2, section 5.1), a second byte order mark, and the line
# breaks of Unicode: the parser counts those as lines and would place every later problem wrongly.
_FORBIDDEN = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

# The C parser is many times faster, but some platforms build PyYAML without it.
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: its place, and its extent in the file counted in characters."""

    where: Location
    start: int
    end: int


@dataclass(slots=True)
class Document:
    """One YAML file, read.

    Attributes:
        file: Its name as it is shown to the author.
        text: The whole file.
        value: Mappings, lists, strings, whole numbers, decimals, booleans and None. Each mapping
            has its Location under the key `where`.
        values: The extent of each value, by its path.
        keys: The extent of each key, by the path of its value.
        problems: What stood in the way; `value` is complete only when this is empty.
    """

    file: str
    text: str = ""
    value: Value = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def span(self, path: Path) -> Span:
        """Return where the value at `path` stands, or the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path) or Span(Location(self.file, 1, 1), 0, len(self.text))

    def find(self, path: Path, fragment: str, occurrence: int = 0) -> Location:
        """Return the place of `fragment` inside the value at `path`, or of the value itself."""
        span = self.span(path)
        position = span.start - 1
        for _ in range(occurrence + 1):
            position = self.text.find(fragment, position + 1, span.end)
            if position < 0:
                return span.where
        return place_of(self.file, self.text, position)

    def last_value(self) -> tuple[int, int]:
        """Return start and end of the last value in the file that was read."""
        return max(((span.end, span.start) for span in self.values.values()), default=(0, 0))[::-1]

    def written(self, path: Path) -> str:
        """Return the value at `path` exactly as it stands in the file."""
        span = self.values.get(path)
        return self.text[span.start : span.end] if span else ""


def read_yaml(file: str, content: bytes, language: str = "en") -> Document:
    """Read one YAML document and the place of everything in it.

    Args:
        file: The name to show in problems.
        content: The bytes of the file, in UTF-8.
        language: The language to tell what the author meant otherwise than YAML.

    Returns:
        The document. Its `problems` name everything that is wrong with the file as YAML: not
        UTF-8, empty, too large, broken structure, tabs, equal keys, anchors, aliases, tags.
    """
    document = Document(file)
    if len(content) > LARGEST_FILE_BYTES:
        _add(
            document,
            "file-size",
            f"this file has {len(content):,} bytes",
            Location(file),
            f"keep a guide under {LARGEST_FILE_BYTES:,} bytes; put pictures beside it",
        )
        return document
    try:
        text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        position = len(content) - len(error.object) + error.start
        document.problems.append(_encoding_problem(file, content, position))
        return document
    for found in _FORBIDDEN.finditer(text):
        _add(
            document,
            "control-character",
            f"there is a character here that cannot be seen ({character_name(found[0])})",
            place_of(file, text, found.start()),
            "delete it and type the text around it again",
        )
    # A space in its place keeps all later places right and lets the rest be read.
    text = _FORBIDDEN.sub(" ", text)
    problems, document.text, is_mended = lexical_pass(file, text, language)
    document.problems += problems
    try:
        _Reader(document).read()
    except yaml.MarkedYAMLError as error:
        if is_mended:  # otherwise it follows from what was told already
            last = document.last_value()
            document.problems += structure_problems(file, document.text, error, last)
        document.value = None  # half of a file would be said to lack the other half
    except _TooMuchError:
        pass
    if document.value is None and not document.problems:
        _add(
            document,
            "file-empty",
            "this file is empty",
            Location(file, 1, 1),
            "copy another guide into it and change that",
        )
    return document


def character_name(character: str) -> str:
    """Return the code point of a character and, where it has one, its name: U+1F4CB, clipboard."""
    name = "tab" if character == "\t" else unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f", {name}" if name else "")


def _decoded(content: bytes) -> str:
    text = content.decode("utf-8-sig")
    # A zero byte is valid UTF-8, but what holds one is UTF-16 or no text at all.
    if (position := content.find(b"\0")) >= 0:
        raise UnicodeDecodeError("utf-8", content, position, position + 1, "zero byte")
    return text


def _encoding_problem(file: str, content: bytes, position: int) -> Problem:
    before = content[:position]
    last_line = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")
    looks = "; it looks like UTF-16" if b"\0" in content else _likely_encoding(content)
    return Problem(
        "not-utf8",
        f"this file is not UTF-8: byte 0x{content[position]:02x}{looks}",
        Location(file, before.count(b"\n") + 1, len(last_line) + 1),
        "save the file again with encoding UTF-8",
    )


def _likely_encoding(content: bytes) -> str:
    """Return which Japanese encoding a file seems to be in: the one that makes most hiragana."""
    found = {}
    for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        with contextlib.suppress(UnicodeDecodeError):
            found[name] = len(_HIRAGANA.findall(content.decode(codec)))
    # What is written in one often makes sense in the other, as half-width kana.
    best = max(found, key=lambda name: found[name], default="")
    certain = found.get(best) or [*found] == ["Shift_JIS"]
    return f"; it looks like {best}" if certain else ""


class _TooMuchError(Exception):
    """The file is so deep or so long that reading on makes no sense; the problem is noted."""


def _add(document: Document, code: str, message: str, where: Location, hint: str = "") -> None:
    document.problems.append(Problem(code, message, where, hint))


class _Reader:
    """Turns parser events into values; the only state is the place reached in the file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # Any: the stubs say that events may lack marks, but those of a parser never do.
        self.events: Iterator[Any] = yaml.parse(document.text, Loader=_LOADER)

    def read(self) -> None:
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 1:
                    self.document.value = self._value(next(self.events), ())
                    continue
                _add(
                    self.document,
                    "many-documents",
                    "a second document starts here",
                    self._location(event.start_mark),
                    "keep one document a file; remove the ---",
                )
                if next(self.events).start_mark.index < len(self.document.text.rstrip()):
                    self.document.value = None  # likewise
                return

    def _location(self, mark: Any) -> Location:
        return Location(self.document.file, mark.line + 1, mark.column + 1)

    def _span(self, start: Any, end: Any) -> Span:
        return Span(self._location(start), start.index, end.index)

    def _value(self, event: Any, path: Path) -> Value:
        if isinstance(event, yaml.AliasEvent):
            self.document.values[path] = self._span(event.start_mark, event.end_mark)
            _add(
                self.document,
                "yaml-alias",
                f"*{event.anchor} stands for text elsewhere, and guides have no such shorthand",
                self._location(event.start_mark),
                "write the text out here; put it in quotes if it has to start with *",
            )
            return None
        self._refuse_node_properties(event)
        if len(self.document.values) + len(self.document.problems) > MOST_VALUES:
            _add(
                self.document,
                "value-count",
                f"this file has more than {MOST_VALUES:,} fields and entries",
                self._location(event.start_mark),
                "no guide needs so many; part it into several",
            )
            raise _TooMuchError
        if isinstance(event, yaml.ScalarEvent):
            self.document.values[path] = self._span(event.start_mark, event.end_mark)
            plain = event.style is None or event.style == ""
            return _meaning(event.value) if plain else event.value
        if len(path) > DEEPEST_NESTING:
            _add(
                self.document,
                "nesting",
                f"this is nested more than {DEEPEST_NESTING} deep",
                self._location(event.start_mark),
                "no guide needs that; check the indentation",
            )
            raise _TooMuchError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path)
        return self._mapping(event, path)

    def _sequence(self, start: Any, path: Path) -> list[Value]:
        items: list[Value] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                self.document.values[path] = self._span(start.start_mark, event.end_mark)
                return items
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, start: Any, path: Path) -> dict[str, Value]:
        mapping: dict[str, Value] = {"where": self._location(start.start_mark)}
        first_lines: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                self.document.values[path] = self._span(start.start_mark, event.end_mark)
                return mapping
            key = self._key(event, path)
            if key is None:
                self._value(next(self.events), (*path, "(value)"))
                continue
            value_path = (*path, key)
            if key in first_lines:
                _add(
                    self.document,
                    "key-twice",
                    f"{key} is written twice; the first is on line {first_lines[key]}",
                    self._location(event.start_mark),
                    "remove one of the two",
                )
                self._value(next(self.events), (*path, f"{key} (again)"))
                continue
            first_lines[key] = event.start_mark.line + 1
            self.document.keys[value_path] = self._span(event.start_mark, event.end_mark)
            value = self._value(next(self.events), value_path)
            if key == "where":
                _add(
                    self.document,
                    "unknown-key",
                    "there is no field called where here",
                    self._location(event.start_mark),
                    "remove it",
                )
                continue
            mapping[key] = value
        return mapping

    def _key(self, event: Any, path: Path) -> str | None:
        """Return the field name, or None when there is something else in its place."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_node_properties(event)
            if event.value.strip():
                return str(event.value)
        _add(
            self.document,
            "key-form",
            "there has to be a field name here",
            self._location(event.start_mark),
            "write  name: value",
        )
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, (*path, "(key)"))
        return None

    def _refuse_node_properties(self, event: Any) -> None:
        if event.anchor is not None:
            _add(
                self.document,
                "yaml-alias",
                f"&{event.anchor} marks text for use elsewhere, and guides have no such shorthand",
                self._location(event.start_mark),
                f"remove &{event.anchor}; put the text in quotes if it has to start with &",
            )
        # "!" alone is what the parser reports for a quoted scalar without a tag.
        if event.tag not in (None, "!"):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            _add(
                self.document,
                "yaml-tag",
                f"{tag} asks for a type of its own, and guides have no such types",
                self._location(event.start_mark),
                "remove the word that starts with !, or put the whole value in quotes",
            )


def _meaning(word: str) -> Value:
    """Return what a plain word means in the core schema of YAML 1.2 (10.3.2)."""
    if _NULL.match(word):
        return None
    if _TRUE.match(word):
        return True
    if _FALSE.match(word):
        return False
    if _INTEGER.match(word):
        return int(word) if len(word) <= MOST_DIGITS else word
    if _OTHER_BASE.match(word) and len(word) <= MOST_DIGITS:
        return int(word[2:], 8 if word[1] == "o" else 16)
    if _FLOAT.match(word):
        return float(word)
    return word

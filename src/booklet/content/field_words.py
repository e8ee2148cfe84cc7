"""docs/editing.md goes in; what each field is for, how it is written and an example come out.

The editors' document is the one place where the fields are explained. The schema for editors'
programs, the notes in a new guide, the sheets and the proof all take their words from here.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from booklet.content.yaml_reader import read_yaml
from booklet.model.guide import KINDS

Row = tuple[str, ...]

_INSIDE_WHEEL = FilePath(__file__).parent.parent / "docs"
_INSIDE_CHECKOUT = FilePath(__file__).parents[3] / "docs"

# The headings under which docs/editing.md has a table, by the name the chapter has in our code.
_HEADINGS = {
    "booklet": "## 4. 冊子の設定 (booklet)",
    "guide": "## 5. ガイドの原稿 (guide)",
    "provenance": "## 6. 発行の記録 (provenance)",
    "section": "### どの章にもある項目",
    "absent": "### 内容のない章",
    "stars": "### 星",
    "percentage": "### 割合",
    "hours": "### 時間",
    "picture": "### 絵",
    "evidence": "### 根拠",
}
_FENCED = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What docs/editing.md says of one field.

    Attributes:
        meaning: What it is for, in an editor's words.
        form: What is written there, such as 1行 or 整数.
        needed: Whether it has to be there, where its part is there.
        rule: What limits it; empty when nothing does.
        example: A value from the examples of the document; None when none has the field.
    """

    meaning: str
    form: str
    needed: bool
    rule: str
    example: Any = None

    @property
    def sentence(self) -> str:
        """Return meaning and rule as one text."""
        return f"{self.meaning}。{self.rule}".strip("。") + "。"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One table of docs/editing.md with what stands around it.

    Attributes:
        title: The heading in words.
        intro: The sentences before the table, without marks.
        fields: Its rows.
        choices: The lines that list words to choose from.
        example: The YAML of its example as it stands there; empty when it has none.
    """

    title: str
    intro: str
    fields: Mapping[Row, FieldWords]
    choices: tuple[str, ...]
    example: str


@functools.cache
def field_words() -> Mapping[str, Chapter]:
    """Return the chapters of docs/editing.md by name: booklet, guide, …, and the kinds of section.

    Raises:
        ValueError: The document is not there or has lost a heading; our own fault.
    """
    return read_chapters(editing_document())


def editing_document() -> str:
    """Return the text of docs/editing.md, from the wheel or from the checkout.

    Raises:
        ValueError: Neither has it.
    """
    for folder in (_INSIDE_WHEEL, _INSIDE_CHECKOUT):
        if (folder / "editing.md").is_file():
            return (folder / "editing.md").read_text("utf-8")
    raise ValueError("docs/editing.md was not packed")


def read_chapters(markdown: str) -> Mapping[str, Chapter]:
    """Return the chapters of `markdown`, the text of docs/editing.md.

    Raises:
        ValueError: A heading is not there.
    """
    headings = _HEADINGS | {
        kind: f"### `{kind}` {section.default_title}" for kind, section in KINDS.items()
    }
    by_form = _examples_by_form(markdown)
    return {name: _chapter(markdown, heading, by_form) for name, heading in headings.items()}


def _chapter(markdown: str, heading: str, by_form: Mapping[str, Any]) -> Chapter:
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^##|\Z)", markdown, re.DOTALL | re.MULTILINE
    )
    if found is None:
        raise ValueError(f"docs/editing.md has no chapter {heading}")
    text = found[1]
    blocks = _FENCED.findall(text)
    intro = text.partition("\n|")[0]
    inline = re.search(r"`(\{.+?\})`", intro)
    example = blocks[0] if blocks else (inline[1] if inline else "")
    values = dict(_values(_parsed(example), ()))
    # A part is shown under the field that holds it: picture: {file: …}.
    if len(value := _parsed(example) or {}) == 1 and isinstance(next(iter(value.values())), dict):
        values = dict(_values(next(iter(value.values())), ()))
    fields = {}
    for line in text.splitlines():
        if not line.startswith("| `"):
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        row = tuple(_WORD.findall(cells[0]))
        form = _plain(cells[2])
        fields[row] = FieldWords(
            _plain(cells[1]),
            form,
            cells[3] == "必須",
            _plain(cells[4]),
            values.get(row, by_form.get(form)),
        )
    choices = tuple(
        _plain(line.removeprefix("- ")) for line in text.splitlines() if "の語：" in line
    )
    return Chapter(_plain(heading.lstrip("# ")), _plain(intro), fields, choices, example)


def _examples_by_form(markdown: str) -> dict[str, Any]:
    """Return what stands in the table of sorts of value, for fields no example has."""
    forms = {}
    for line in markdown.partition("### 値の種類")[2].partition("\n### ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        # A word to choose from has to be one of its own field.
        if len(cells) == 3 and cells[0] != "選ぶ語" and (words := _WORD.findall(cells[2])):
            forms[cells[0]] = _parsed(words[0])
    return forms


def _parsed(yaml: str) -> Any:
    value = read_yaml("docs/editing.md", yaml.encode()).value if yaml else None
    return _without_places(value)


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(one) for key, one in value.items() if key != "where"}
    return [_without_places(one) for one in value] if isinstance(value, list) else value


def _values(value: Any, row: Row) -> Iterator[tuple[Row, Any]]:
    """Yield the first value of each field, the place in a list left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*row, key), inner
            yield from _values(inner, (*row, key))
    elif isinstance(value, list):
        # Backwards: of several values of a field the first one is kept.
        for inner in reversed(value):
            yield from _values(inner, row)


def _plain(markdown: str) -> str:
    text = _LINK.sub(r"\1", markdown).replace("\\|", "|")
    return re.sub(r"`([^`]*)`", r"\1", text).strip()

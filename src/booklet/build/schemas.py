"""Nothing goes in; the schemas of the files an author writes come out, in the author's words."""

import json
from collections.abc import Mapping
from typing import Any

from booklet.content.field_words import field_words
from booklet.model.json_schema import guide_schema, publication_schema, readings_schema

_SAMPLE_TEXT = "ここに文章を書きます。"
# Sorts of value that have a chapter of their own.
_SHARED = {
    "絵": "picture",
    "根拠": "evidence",
    "星": "stars",
    "割合": "percentage",
    "時間": "hours",
}


def schemas() -> dict[str, str]:
    """Return the schemas as JSON, by the name of their file, such as `guide.schema.json`."""
    made = {
        "guide.schema.json": guide_schema(_describe),
        "booklet.schema.json": publication_schema(_describe),
        "readings.schema.json": readings_schema(),
    }
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def _describe(chapter: str, row: tuple[str, ...]) -> Mapping[str, Any]:
    """Return what docs/editing.md says of a field, or of a whole chapter when `row` is empty."""
    words = field_words()[chapter]
    if not row:
        return {"description": f"{words.title}。{words.intro}"} if words.intro else {}
    field = words.fields[row]
    example = _example(chapter, row)
    examples = {} if example is None else {"examples": [example]}
    return {"description": f"{field.sentence}（{field.form}）", **examples}


def _example(chapter: str, row: tuple[str, ...]) -> Any:
    """Return a value for a field: of an example, of its parts, of its sort; or None."""
    fields = field_words()[chapter].fields
    field = fields[row]
    if row == ("kind",):
        return "overview"
    if field.example is not None:
        return field.example
    if shared := _SHARED.get(field.form):
        whole = field_words()[shared].fields
        return {name[0]: one.example for name, one in whole.items() if len(name) == 1}
    parts = {
        name[-1]: _example(chapter, name)
        for name in fields
        if len(name) == len(row) + 1 and name[:-1] == row
    }
    example: Any = parts or (_SAMPLE_TEXT if field.form in ("文章", "1行", "1行の並び") else None)
    return [example] if example is not None and field.form.endswith("並び") else example

"""The models go in; JSON Schema 2020-12 for editors' programs comes out, in an author's words.

A program such as VS Code with its YAML extension shows the description of a field, offers its
words and marks what does not fit, while the author types.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from booklet.model import forms, parts
from booklet.model.choices import HolidayPattern
from booklet.model.guide import KINDS, Guide
from booklet.model.languages import LANGUAGE_TAG
from booklet.model.occupation import AgeLimit, Duration, Holidays
from booklet.model.parts import Choice, Fact, Part
from booklet.model.provenance import Provenance
from booklet.model.publication import GuideEntry, Publication
from booklet.model.section import AbsentSection, SectionBase
from booklet.model.stories import BLOCKS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Row = tuple[str, ...]
Describe = Callable[[str, Row], Mapping[str, Any]]
"""From a chapter and a field, description and example: `{"description": …, "examples": […]}`."""

CHAPTERS: dict[type[Part], str] = {
    Publication: "booklet",
    Guide: "guide",
    Provenance: "provenance",
    SectionBase: "section",
    AbsentSection: "absent",
    parts.Stars: "stars",
    parts.Percentage: "percentage",
    parts.HoursPerMonth: "hours",
    parts.Picture: "picture",
    parts.Evidence: "evidence",
    **{section: kind for kind, section in KINDS.items()},
}
"""The chapter of docs/editing.md that explains a model; any other is explained where it is used."""

# Stands for an author's text until the whole schema is there: pydantic refuses references of ours.
_TEXT = "x-author-text"
_WHOLE = {"type": "string", "pattern": forms.NUMBER}
# What stands for a whole part, besides its fields.
_SHORT: dict[type[Part], list[dict[str, Any]]] = {
    parts.Stars: [
        {"type": "integer", "minimum": 0, "maximum": 5},
        {"type": "string", "pattern": f"{forms.STARS}|{forms.FRACTION}"},
    ],
    parts.Percentage: [
        {"type": "integer", "minimum": 0, "maximum": 100},
        {"type": "string", "pattern": f"{forms.PERCENT}"},
    ],
    parts.HoursPerMonth: [
        {"type": "integer", "minimum": 0, "maximum": 100},
        {"type": "string", "pattern": forms.HOURS},
    ],
    AgeLimit: [{"type": "string", "pattern": forms.AGE}],
    Duration: [{"type": "string", "pattern": forms.DURATION}],
    Holidays: [{"enum": [word for one in HolidayPattern for word in (one.value, one.label)]}],
    GuideEntry: [{"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*(\.ya?ml)?$"}],
}


class _Generator(GenerateJsonSchema):
    """Writes what our validators accept before pydantic sees the value."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        function = schema["function"]["function"]
        if function is parts._in_wanted_language:
            inner = self.generate_inner(schema["schema"])
            return {_TEXT: inner.get("maxLength", 0)}
        if function is parts._iso_date:
            return {"type": "string", "pattern": forms.DAY}
        if function is parts._clock_time:
            return {"type": "string", "pattern": forms.TIME}
        return super().function_before_schema(schema)

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {"anyOf": [super().int_schema(schema), _WHOLE]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [True, False, *forms.YES, *forms.NO]}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        members = cast("list[Choice]", schema["members"])
        words = [member.value for member in members]
        labels = [member.label for member in members]
        # The first form is what a program offers; a reader's word is accepted, too.
        return {
            "anyOf": [
                {"enum": words, "enumDescriptions": labels, "markdownEnumDescriptions": labels},
                {"enum": labels},
            ]
        }


def guide_schema(describe: Describe) -> dict[str, Any]:
    """Return the schema of a guide's file.

    Args:
        describe: Tells description and example of a field.
    """
    return _file_schema(Guide, "ガイドの原稿", describe)


def publication_schema(describe: Describe) -> dict[str, Any]:
    """Return the schema of booklet.yaml.

    Args:
        describe: Tells description and example of a field.
    """
    return _file_schema(Publication, "冊子全体の設定", describe)


def readings_schema() -> dict[str, Any]:
    """Return the schema of readings.yaml: words with kanji, each with its reading in kana."""
    return {
        "$schema": DIALECT,
        "title": "ふりがな版の読み",
        "description": "人が確かめた読み。言葉: 読み の形で、1行に1つ書きます。",
        "type": "object",
        "propertyNames": {"pattern": "[㐀-鿿々〆ヶ]"},
        "additionalProperties": {
            "type": "string",
            "pattern": "[ぁ-ゖァ-ヺー]",
            "description": "読み。ひらがなかカタカナで、言葉の中のかなも書きます。",
            "examples": ["よりそう"],
        },
        "examples": [{"寄り添う": "よりそう", "何が": "なにが"}],
    }


def _file_schema(root: type[Part], title: str, describe: Describe) -> dict[str, Any]:
    models = list(_places(root))
    references, whole = models_json_schema(
        [(model, "validation") for model in models],
        schema_generator=_Generator,
        ref_template="#/$defs/{model}",
    )
    definitions: dict[str, Any] = whole["$defs"]
    names = {
        model: references[(model, "validation")]["$ref"].rpartition("/")[2] for model in models
    }
    for model, place in _places(root).items():
        _tell(definitions, names[model], (model, *place), describe)
    for model, name in names.items():
        if short := _SHORT.get(model):
            definitions[f"{name}Fields"] = definitions[name]
            definitions[name] = {"anyOf": [{"$ref": f"#/$defs/{name}Fields"}, *short]}
    definitions.pop("Location", None)
    if root is Guide:
        _tell_apart(definitions, names, describe)
    body = definitions.pop(names[root])
    body.pop("title", None)
    whole = {"$schema": DIALECT, "title": title, **body, "$defs": definitions}
    return cast("dict[str, Any]", _with_texts(whole))


def _with_texts(schema: Any) -> Any:
    """Return `schema` with both forms of a text in each place of one."""
    if isinstance(schema, list):
        return [_with_texts(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {key: _with_texts(value) for key, value in schema.items() if key != _TEXT}
    if _TEXT not in schema:
        return rest
    text = {"type": "string", "minLength": 1}
    if schema[_TEXT]:
        text["maxLength"] = schema[_TEXT]
    by_language = {
        "title": "言語ごとの文章",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": LANGUAGE_TAG.pattern},
        "additionalProperties": text,
    }
    return {**rest, "anyOf": [text, by_language]}


def _tell(
    definitions: dict[str, Any], key: str, place: tuple[type[Part], str, Row], say: Describe
) -> None:
    """Put description and example to each field of a model, and drop what is ours alone."""
    definition = definitions[key]
    properties = definition["properties"]
    properties.pop("where", None)
    model, chapter, row = place
    for name, field in model.model_fields.items():
        if name == "where":
            continue
        alias = field.alias or name
        told = properties[alias]
        is_kind = alias == "kind" and issubclass(model, SectionBase | AbsentSection)
        shared = is_kind or _is_inherited(model, name)
        where = ("section", (alias,)) if shared else (chapter, (*row, alias))
        told.pop("title", None)
        default = told.pop("default", None)
        properties[alias] = {**say(*where), **_nullable_left_out(told)}
        if is_kind and model is not AbsentSection:
            properties[alias]["examples"] = [chapter]
        if "examples" not in properties[alias] and (words := _words_in(told, definitions)):
            properties[alias]["examples"] = [
                [words[0]] if told.get("type") == "array" else words[0]
            ]
        if isinstance(default, str | int | bool):
            properties[alias]["default"] = default
    definition.pop("title", None)
    if doc := say(chapter, row).get("description"):
        definition["description"] = doc
    elif "description" in definition:
        del definition["description"]


def _nullable_left_out(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without null: what is not known is left out, never written empty."""
    options = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    if not options or len(options) == len(schema["anyOf"]):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, **(options[0] if len(options) == 1 else {"anyOf": options})}


def _tell_apart(
    definitions: dict[str, Any], names: Mapping[type[Part], str], describe: Describe
) -> None:
    """Let a section be judged by its kind alone, and a block by its first field."""
    kinds = {kind: names[section] for kind, section in KINDS.items()}
    definitions[names[Guide]]["properties"]["sections"]["items"] = {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "enum": list(kinds),
                "enumDescriptions": [section.default_title for section in KINDS.values()],
                **describe("section", ("kind",)),
            }
        },
        "if": {"required": ["status"]},
        "then": {"$ref": f"#/$defs/{names[AbsentSection]}"},
        "else": {
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                    "then": {"$ref": f"#/$defs/{name}"},
                }
                for kind, name in kinds.items()
            ]
        },
    }
    prose = definitions[names[KINDS["prose"]]]
    prose["properties"]["blocks"]["items"] = {
        "type": "object",
        "anyOf": [{"required": [key]} for key in BLOCKS],
        "allOf": [
            {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{names[block]}"}}
            for key, block in BLOCKS.items()
        ],
    }


def _is_inherited(model: type[Part], name: str) -> bool:
    own = name in vars(model).get("__annotations__", {})
    return not own and issubclass(model, Fact) and model is not SectionBase


def _places(root: type[Part]) -> dict[type[Part], tuple[str, Row]]:
    """Return every model below `root`, with the chapter and the field that explain it."""
    found: dict[type[Part], tuple[str, Row]] = {}

    def visit(model: type[Part], chapter: str, row: Row) -> None:
        if model in CHAPTERS:
            chapter, row = CHAPTERS[model], ()
        if model in found:
            return
        found[model] = (chapter, row)
        for name, field in model.model_fields.items():
            for inner in _parts_in(field.annotation):
                visit(inner, chapter, (*row, field.alias or name))

    visit(root, "", ())
    if root is Guide:
        for kind, section in KINDS.items():
            visit(section, kind, ())
        visit(AbsentSection, "absent", ())
    return found


def _parts_in(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return []
    return [part for argument in get_args(annotation) for part in _parts_in(argument)]


def _words_in(schema: Any, definitions: Mapping[str, Any]) -> list[Any]:
    """Return the words to choose from that stand first in `schema`, or the only one."""
    if isinstance(schema, list):
        return next((words for one in schema if (words := _words_in(one, definitions))), [])
    if not isinstance(schema, dict):
        return []
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    own = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    inner = (words for one in schema.values() if (words := _words_in(one, definitions)))
    return own or next(inner, [])

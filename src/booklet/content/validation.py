"""A read YAML document goes in; the typed model comes out, or every problem with its place."""

import copy
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from booklet.content.wording import Given, word_error
from booklet.content.yaml_reader import Document, Path
from booklet.diagnostics import Problem
from booklet.model.guide import KINDS
from booklet.model.parts import Part
from booklet.model.section import AbsentSection
from booklet.model.stories import BLOCKS, block_key

Model = TypeVar("Model", bound=Part)


def validate(
    document: Document, model: type[Model], language: str
) -> tuple[Model | None, list[Problem]]:
    """Check `document` against `model`.

    Args:
        document: A file read by `read_yaml`.
        model: Guide or Publication.
        language: Which language to take where a text is given in several.

    Returns:
        The model, or None when it does not fit, and the problems of the model. Problems at a place
        the document already complains about are left out.
    """
    if document.value is None:
        return None, []  # the problems of the document say why
    told = {problem.where for problem in document.problems if problem.code in _VALUE_UNKNOWN}
    context = {"language": language}
    try:
        return model.model_validate(document.value, context=context), []
    except ValidationError as error:
        errors: list[Any] = error.errors(include_url=False)
    # Of a list that is too long, the entries were not looked at.
    if cut := [error for error in errors if error["type"] == "too_long"]:
        try:
            model.model_validate(_without_excess(document, cut), context=context)
        except ValidationError as error:
            errors = [*cut, *error.errors(include_url=False)]
    # To find what each may have meant takes time, and nobody reads so many.
    problems = [_problem(document, model, error, language) for error in errors[:MOST_ERRORS]]
    return None, [problem for problem in problems if problem.where not in told]


def _without_excess(document: Document, errors: list[Any]) -> Any:
    """Return the document's value with every list that is too long cut to what fits."""
    value = copy.deepcopy(document.value)
    for error in errors:
        found = _value_at(value, _path_in_file(error["loc"]))
        if isinstance(found, list):
            del found[error["ctx"]["max_length"] :]
    return value


def _problem(document: Document, model: type[BaseModel], error: Any, language: str) -> Problem:
    path, kind = _path_in_file(error["loc"]), error["type"]
    context = dict(error.get("ctx", {}), message=error["msg"])
    if kind == "section_kind":
        section = _value_at(document.value, path)
        if not isinstance(section, dict):
            kind = "model_type"
        else:
            path = (*path, "kind")
            kind = kind if "kind" in section else "missing"
    place = path
    if isinstance(at := context.get("at"), str):
        place = (*path, *(int(step) if step.isdigit() else step for step in at.split(".")))
    elif kind in _ABOUT_TEXT and (*path, language) in document.values:
        place = (*path, language)
    about_key = (
        kind in ("extra_forbidden", "language_tag", "language_unknown") and place in document.keys
    )
    where = (document.keys[place] if about_key else document.span(place)).where
    wording = word_error(
        kind,
        _name(path if kind not in ("missing", "extra_forbidden") else path[-1:]),
        Given(_value_at(document.value, place), document.written(place)),
        context,
        _known(document, model, path, kind, context),
    )
    return Problem(wording.code, wording.message, where, wording.hint)


MOST_ERRORS = 1000
# Complaints about a value whose meaning nobody knows: more complaints about it would mislead.
_VALUE_UNKNOWN = ("yaml-alias", "yaml-tag")
# Errors of a text that may be given in several languages: they are about the one in use.
_ABOUT_KEY = frozenset(("extra_forbidden", "language_tag", "language_unknown"))
_ABOUT_TEXT = ("text_empty", "text_lines", "too_long")


def _name(path: Path) -> str:
    """Return what a value is called: its field, or its place in the list that the field holds."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return "this file"
    if isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {names[-1]}"
    return names[-1]


def _known(
    document: Document, model: type[BaseModel], path: Path, kind: str, context: dict[str, Any]
) -> list[str]:
    """Return the names an author could have meant: of fields, of kinds, of words."""
    if kind == "extra_forbidden":
        return _known_keys(document, model, path[:-1])
    if kind == "model_type":
        return _known_keys(document, model, path) or ["kind"]
    if kind == "section_kind":
        return list(KINDS)
    expected = str(context.get("expected", ""))
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ") if word]


def _path_in_file(loc: tuple[str | int, ...]) -> Path:
    """Return pydantic's path without the tag it puts after the index of a section or a block."""
    path: Path = ()
    for index, step in enumerate(loc):
        after_index = index >= 2 and isinstance(loc[index - 1], int)
        if not (after_index and loc[index - 2] in ("sections", "blocks")):
            path = (*path, step)
    return path


def _value_at(value: Any, path: Path) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _known_keys(document: Document, model: type[BaseModel], path: Path) -> list[str]:
    """Return the field names that are allowed in the mapping at `path`, those it needs first."""
    found: type[BaseModel] | None = model
    for depth, step in enumerate(path):
        value = _value_at(document.value, path[: depth + 1])
        if found is None or isinstance(step, int):
            found = _member(found, value)
            continue
        field = next((f for n, f in found.model_fields.items() if step in (n, f.alias)), None)
        found = _model_of(field.annotation if field else None)
    if found is None:
        return []
    fields = [(name, field) for name, field in found.model_fields.items() if name != "where"]
    fields.sort(key=lambda field: not field[1].is_required())
    return [field.alias or name for name, field in fields]


def _member(model: type[BaseModel] | None, value: Any) -> type[BaseModel] | None:
    """Return which class an entry of a list is, when the list holds several kinds."""
    if model is not Part or not isinstance(value, dict):
        return model
    if "kind" not in value:
        return BLOCKS.get(block_key(value) or "")
    return AbsentSection if "status" in value else KINDS.get(str(value["kind"]))


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation: list[Duty] and Duty | None both give Duty."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = {found for arg in get_args(annotation) if (found := _model_of(arg))}
    if len(models) > 1:
        return Part
    return models.pop() if models else None

"""A read YAML document goes in; the typed model comes out, or every problem with its place."""

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from booklet.content.reading import Document, Path
from booklet.content.wording import word_error
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
    told = {problem.where for problem in document.problems}
    try:
        return model.model_validate(document.value, context={"language": language}), []
    except ValidationError as error:
        problems = [_problem(document, model, line) for line in error.errors(include_url=False)]
    return None, [problem for problem in problems if problem.where not in told]


def _problem(document: Document, model: type[BaseModel], error: Any) -> Problem:
    path = _path_in_file(error["loc"])
    context = dict(error.get("ctx", {}), message=error["msg"])
    if isinstance(at := context.get("at"), str):
        path = (*path, *(int(step) if step.isdigit() else step for step in at.split(".")))
    kind = error["type"]
    if kind in ("union_tag_not_found", "section_kind") and path not in document.keys:
        path = (*path, "kind")
    value = _value_at(document, path)
    known: list[str] = []
    if kind == "extra_forbidden":
        where = document.keys.get(path, document.span(path)).where
        known = _known_keys(document, model, path[:-1])
    else:
        where = document.span(path).where
        known = _allowed_words(kind, context)
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "this file")
    missing = kind == "section_kind" and "kind" not in (_value_at(document, path[:-1]) or {})
    wording = word_error("missing" if missing else kind, name, value, context, known)
    return Problem(wording.code, wording.message, where, wording.hint)


def _path_in_file(loc: tuple[str | int, ...]) -> Path:
    """Return pydantic's path without the tag it puts after the index of a section or a block."""
    path: Path = ()
    for index, step in enumerate(loc):
        after_index = index >= 2 and isinstance(loc[index - 1], int)
        if not (after_index and loc[index - 2] in ("sections", "blocks")):
            path = (*path, step)
    return path


def _value_at(document: Document, path: Path) -> Any:
    value = document.value
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _allowed_words(kind: str, context: dict[str, Any]) -> list[str]:
    if kind == "section_kind":
        return list(KINDS)
    expected = str(context.get("expected", ""))
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ") if word]


def _known_keys(document: Document, model: type[BaseModel], path: Path) -> list[str]:
    """Return the field names that are allowed in the mapping at `path`."""
    found: type[BaseModel] | None = model
    for depth, step in enumerate(path):
        value = _value_at(document, path[: depth + 1])
        if found is None or isinstance(step, int):
            found = _member(found, value)
            continue
        field = next((f for n, f in found.model_fields.items() if step in (n, f.alias)), None)
        found = _model_of(field.annotation if field else None)
    if found is None:
        return []
    return [field.alias or name for name, field in found.model_fields.items() if name != "where"]


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

"""A model goes in; the fields an author may write in it, and the models inside, come out."""

import functools
from collections.abc import Iterator
from typing import Any, get_args

from pydantic.fields import FieldInfo

from booklet.model.guide import KINDS, Guide
from booklet.model.parts import Part
from booklet.model.publication import Publication
from booklet.model.section import AbsentSection


def fields_of(model: type[Part]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the fields of `model` by the name they have in YAML."""
    for name, field in model.model_fields.items():
        if name != "where":
            yield field.alias or name, field


def classes_in(annotation: Any, wanted: type) -> list[Any]:
    """Return the classes of the sort `wanted` that an annotation names, in order, each once."""
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        return [annotation]
    found = [one for argument in get_args(annotation) for one in classes_in(argument, wanted)]
    return list(dict.fromkeys(found))


@functools.cache
def all_field_names() -> frozenset[str]:
    """Return the name of every field of guides and publications."""
    names: set[str] = set()
    seen: set[type[Part]] = set()
    waiting: list[type[Part]] = [Guide, Publication, AbsentSection, *KINDS.values()]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in fields_of(model):
            names.add(name)
            waiting += classes_in(field.annotation, Part)
    return frozenset(names)

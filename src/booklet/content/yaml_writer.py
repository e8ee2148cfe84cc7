"""The values of a guide go in; the text of its file comes out, with the comments it had.

Where a file exists, only what differs is written anew: comments, order and layout of the rest stay.
"""

import contextlib
import datetime
import difflib
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from booklet.content.yaml_reader import read_yaml

Value = Any


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Fields that are short enough to stand in one line together.
_IN_ONE_LINE = frozenset(("value", "max", "percent", "min", "approximate"))


def guide_text(value: Mapping[str, Value]) -> str:
    """Return a new file for the values of a guide."""
    return _dumped(_node(value))


def updated_text(text: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> str:
    """Return a guide's file with new values.

    Args:
        text: The file as it is.
        before: Its values, with shorthand written out, as `accept` does.
        after: The values it is to have.

    Returns:
        The text; `text` itself when nothing differs.
    """
    if before == after:
        return text
    old = _yaml().load(text)
    return _dumped(_merged(old, before, after))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(node: Value) -> str:
    stream = io.StringIO()
    _yaml().dump(node, stream)
    return stream.getvalue()


def _merged(node: Value, before: Value, after: Value) -> Value:
    """Return `node` with what differs between `before` and `after` put right."""
    if before == after:
        return node
    if isinstance(node, CommentedMap) and isinstance(before, dict) and isinstance(after, dict):
        for key in [key for key in node if key not in after]:
            del node[key]
        for index, (key, new) in enumerate(after.items()):
            if key in node:
                node[key] = _merged(node[key], before.get(key), new)
            else:
                node.insert(min(index, len(node)), key, _node(new))
        return node
    if isinstance(node, CommentedSeq) and isinstance(before, list) and isinstance(after, list):
        return _merged_list(node, before, after)
    return _node(after)


def _merged_list(node: CommentedSeq, before: list[Value], after: list[Value]) -> CommentedSeq:
    """Return the list with its entries aligned: those that stayed keep their comments."""
    old, new = (
        [json.dumps(one, sort_keys=True, default=str) for one in some] for some in (before, after)
    )
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in reversed(matcher.get_opcodes()):
        if tag == "equal":
            continue
        both = min(j - i, m - k)
        for index in range(both):
            node[i + index] = _merged(node[i + index], before[i + index], after[k + index])
        for index in reversed(range(i + both, j)):
            del node[index]
        for index in reversed(range(k + both, m)):
            node.insert(i + both, _node(after[index]))
    return node


def _node(value: Value) -> Value:
    """Return a value as it is written: long texts as blocks, ratings in one line."""
    if isinstance(value, Mapping):
        node = CommentedMap((key, _node(one)) for key, one in value.items())
        if value and _IN_ONE_LINE.issuperset(value):
            node.fa.set_flow_style()
        return node
    if isinstance(value, list):
        return CommentedSeq([_node(one) for one in value])
    if not isinstance(value, str):
        return value
    if "\n" in value:
        return LiteralScalarString(value.rstrip("\n") + "\n")
    if _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):  # written without quotes
            return datetime.date.fromisoformat(value)
    return value if _is_plain(value) else DoubleQuotedScalarString(value)


def _is_plain(text: str) -> bool:
    """Return whether our reader takes `text` for just that when nothing stands around it."""
    document = read_yaml("", f"a: {text}\n".encode())
    if document.problems or not isinstance(document.value, dict):
        return False
    return document.value.get("a") == text and ":" not in text

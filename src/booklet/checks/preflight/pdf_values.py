"""Objects of any PDF go in; plain values come out, and words that are safe to show.

A damaged or foreign file has numbers where names belong and names in any encoding. Nothing here
raises: what is not there, or is something else, is the default.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

_MOST_SHOWN = 60
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
# Names written before PDF 1.2 fixed UTF-8: Japanese programs on Windows used their own encoding.
_ENCODINGS = ("utf-8", "cp932")


def entry(thing: Any, key: Any, default: Any = None) -> Any:
    """Return what stands under a key of a dictionary or stream, or the default."""
    if not isinstance(thing, Dictionary | Stream):
        return default
    found = thing.get(key)
    return default if found is None else found


def items(thing: Any) -> list[tuple[str, Any]]:
    """Return keys and values of a dictionary or stream; nothing of anything else."""
    if not isinstance(thing, Dictionary | Stream):
        return []
    return list(thing.items())


def elements(thing: Any) -> list[Any]:
    """Return the elements of an array; nothing of anything else."""
    return list(thing) if isinstance(thing, Array) else []


def number(value: Any, default: float = 0.0) -> float:
    """Return a finite number."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return found if math.isfinite(found) else default


def whole(value: Any, default: int = 0) -> int:
    """Return a whole number."""
    return int(number(value, default))


def numbers_in(thing: Any) -> list[float]:
    """Return the numbers of an array, 0 in place of what is no number."""
    return [number(value) for value in elements(thing)]


def name_of(thing: Any) -> str:
    """Return a name as it stands in the file, as text; "" for what is no name.

    Bytes that are no UTF-8 are read as Shift_JIS, and else one by one.
    """
    if isinstance(thing, str):
        return thing
    if not isinstance(thing, Name):
        return ""
    try:
        return str(thing)
    except UnicodeDecodeError:
        raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), thing.unparse())
        return _decoded(raw)


def key_text(key: str) -> str:
    """Return a dictionary's key as text; pikepdf gives bytes that are no UTF-8 as surrogates."""
    return _decoded(key.encode("utf-8", "surrogateescape"))


def text_of(thing: Any) -> str:
    """Return a string of a file as text; "" for what is no string."""
    if isinstance(thing, String):
        try:
            return str(thing)
        except (UnicodeDecodeError, ValueError):
            return _decoded(bytes(thing))
    return name_of(thing)


def shown(text: str, most: int = _MOST_SHOWN) -> str:
    """Return text for a message: no sign that a terminal obeys, and not endless."""
    cut = text.lstrip("/")[: most + 1]
    visible = "".join(_visible(sign) for sign in cut)
    return visible[:most] + "…" if len(visible) > most else visible


def is_stream(thing: Any) -> bool:
    """Return whether an object has bytes of its own."""
    return isinstance(thing, Stream)


def number_of(thing: Any) -> tuple[int, int]:
    """Return an object's number in the file; (0, 0) of one written where it is used."""
    number: tuple[int, int] = tuple(thing.objgen)
    return number


def filters_of(stream: Any) -> list[str]:
    """Return the names of the filters that pack a stream, long or short."""
    filters = entry(stream, "/Filter", entry(stream, "/F", []))
    return [name_of(one) for one in ([filters] if isinstance(filters, Name) else elements(filters))]


def walk_tree(root: Any, key: str, deepest: int) -> Iterator[Any]:
    """Yield a dictionary and all that hang on it under a key, each once, however they loop."""
    waiting, seen = [(root, 0)], set()
    while waiting:
        thing, depth = waiting.pop()
        if not isinstance(thing, Dictionary | Stream) or depth > deepest:
            continue
        place = number_of(thing)
        if place != (0, 0) and place in seen:
            continue
        seen.add(place)
        yield thing
        waiting += [(child, depth + 1) for child in elements(thing.get(key))]


def _decoded(raw: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _visible(sign: str) -> str:
    # Controls, and signs that turn the direction of writing, are told by their number.
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"<{ord(sign):02X}>"
    return sign

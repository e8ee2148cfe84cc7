"""A function of a PDF and a number go in; what it gives for it comes out (ISO 32000-1, 7.10)."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import Array

from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    is_stream,
    number,
    numbers_in,
    whole,
)
from booklet.checks.preflight.streams import UndecodableError, bytes_of

Function = Callable[[float], list[float]]

_DEEPEST = 8
_MOST_PARTS = 256
_MOST_SAMPLES = 4_000_000
_MOST_STEPS = 2000


class UnknownFunctionError(Exception):
    """What a function gives cannot be told."""


def read_function(thing: Any, depth: int = 0) -> Function:
    """Return a function of one number.

    Args:
        thing: The function of the file, or an array of functions, one an output.
        depth: In how many others it stands.

    Raises:
        UnknownFunctionError: It stands in itself, is damaged, or wants more than one number.
    """
    if depth > _DEEPEST:
        raise UnknownFunctionError("it holds itself, or too many others")
    if isinstance(thing, Array):
        parts = [read_function(one, depth + 1) for one in elements(thing)[:32]]
        return lambda x: [value for part in parts for value in part(x)]
    kind = whole(entry(thing, "/FunctionType", -1), -1)
    make = {0: _sampled, 2: _exponential, 4: _calculated}.get(kind)
    if kind == 3:
        made = _stitched(thing, depth)
    elif make is None:
        raise UnknownFunctionError("it is of no known type")
    else:
        made = make(thing)
    domain = [*numbers_in(entry(thing, "/Domain")), 0.0, 1.0][:2]
    return lambda x: made(min(max(x, domain[0]), domain[1]))


def _exponential(thing: Any) -> Function:
    first = numbers_in(entry(thing, "/C0")) or [0.0]
    last = numbers_in(entry(thing, "/C1")) or [1.0]
    power = number(entry(thing, "/N", 1), 1)

    def value(x: float) -> list[float]:
        try:
            share = x**power
        except (ZeroDivisionError, OverflowError):
            raise UnknownFunctionError("it has no value") from None
        if isinstance(share, complex):
            raise UnknownFunctionError("it has no value")
        return [a + share * (b - a) for a, b in zip(first, last, strict=False)]

    return value


def _stitched(thing: Any, depth: int) -> Function:
    given = elements(entry(thing, "/Functions"))
    if not 0 < len(given) <= _MOST_PARTS:
        raise UnknownFunctionError("it has no parts, or too many")
    parts = [read_function(one, depth + 1) for one in given]
    domain = [*numbers_in(entry(thing, "/Domain")), 0.0, 1.0][:2]
    edges = [domain[0], *numbers_in(entry(thing, "/Bounds"))[: len(parts) - 1], domain[1]]
    encode = numbers_in(entry(thing, "/Encode"))

    def value(x: float) -> list[float]:
        place = 0
        while place < min(len(parts), len(edges) - 1) - 1 and x >= edges[place + 1]:
            place += 1
        low, high = edges[place], edges[place + 1]
        start, end = [*encode[2 * place : 2 * place + 2], 0.0, 1.0][:2]
        share = (x - low) / (high - low) if high > low else 0.0
        return parts[place](start + share * (end - start))

    return value


def _sampled(thing: Any) -> Function:
    sizes = [int(one) for one in numbers_in(entry(thing, "/Size"))]
    bits = whole(entry(thing, "/BitsPerSample"))
    reach = numbers_in(entry(thing, "/Range"))
    outputs = len(reach) // 2
    if len(sizes) != 1 or bits not in (1, 2, 4, 8, 12, 16, 24, 32) or not outputs:
        raise UnknownFunctionError("its samples are not of one number")
    if not 0 < sizes[0] * outputs <= _MOST_SAMPLES or not is_stream(thing):
        raise UnknownFunctionError("it has no samples, or too many")
    try:
        content = bytes_of(thing)
    except (UndecodableError, OutOfBudgetError):
        raise UnknownFunctionError("its samples cannot be read") from None
    whole_bits, most = len(content) * 8, (1 << bits) - 1
    decode = numbers_in(entry(thing, "/Decode")) or reach

    def sample(index: int, output: int) -> float:
        at = (index * outputs + output) * bits
        if at + bits > whole_bits:
            raise UnknownFunctionError("its samples break off")
        first, last = at // 8, (at + bits + 7) // 8
        chunk = int.from_bytes(content[first:last], "big")
        raw = (chunk >> (last * 8 - at - bits)) & most
        low, high = [*decode[2 * output : 2 * output + 2], 0.0, 1.0][:2]
        return low + raw / most * (high - low)

    domain = [*numbers_in(entry(thing, "/Domain")), 0.0, 1.0][:2]

    def value(x: float) -> list[float]:
        span = domain[1] - domain[0]
        place = (x - domain[0]) / span * (sizes[0] - 1) if span > 0 else 0.0
        left = min(max(int(place), 0), sizes[0] - 1)
        right = min(left + 1, sizes[0] - 1)
        share = place - left
        return [
            sample(left, one) * (1 - share) + sample(right, one) * share for one in range(outputs)
        ]

    return value


# Type 4: a small language of PostScript.

_TWO: dict[str, Callable[[float, float], float]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "idiv": lambda a, b: int(a / b),
    "mod": math.fmod,
    "exp": operator.pow,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "and": lambda a, b: int(a) & int(b),
    "or": lambda a, b: int(a) | int(b),
    "xor": lambda a, b: int(a) ^ int(b),
    "bitshift": lambda a, b: int(a) << int(b) if 0 <= b < 32 else int(a) >> min(int(-b), 32),
}
_ONE: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "neg": operator.neg,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log,
    "log": math.log10,
    "cvi": int,
    "cvr": float,
    "not": lambda a: not a,
}


def _calculated(thing: Any) -> Function:
    if not is_stream(thing):
        raise UnknownFunctionError("it has no program")
    try:
        text = bytes_of(thing, 100_000).decode("latin-1")
    except (UndecodableError, OutOfBudgetError):
        raise UnknownFunctionError("its program cannot be read") from None
    words = text.replace("{", " { ").replace("}", " } ").split()
    program, _ = _block(words, 1, 0)
    reach = numbers_in(entry(thing, "/Range"))

    def value(x: float) -> list[float]:
        stack: list[float] = [x]
        try:
            _run(program, stack, [_MOST_STEPS])
        except (IndexError, ArithmeticError, ValueError, TypeError):
            raise UnknownFunctionError("its program stops with an error") from None
        found = stack[-(len(reach) // 2) :] if reach else stack
        limits = zip(found, reach[::2], reach[1::2], strict=False)
        return [min(max(float(one), low), high) for one, low, high in limits]

    return value


def _block(words: Sequence[str], at: int, depth: int) -> tuple[list[Any], int]:
    if depth > _DEEPEST * 4:
        raise UnknownFunctionError("its program is nested too deep")
    found: list[Any] = []
    while at < len(words) and words[at] != "}":
        if words[at] == "{":
            inner, at = _block(words, at + 1, depth + 1)
            found.append(inner)
        else:
            found.append(words[at])
        at += 1
    return found, at


def _run(program: list[Any], stack: list[Any], left: list[int]) -> None:
    for word in program:
        left[0] -= 1
        if left[0] < 0 or len(stack) > _MOST_STEPS:
            raise UnknownFunctionError("its program takes too long")
        if isinstance(word, list):
            stack.append(word)
        elif word in _TWO:
            second, first = stack.pop(), stack.pop()
            stack.append(_TWO[word](first, second))
        elif word in _ONE:
            stack.append(_ONE[word](stack.pop()))
        elif word in ("if", "ifelse"):
            other = stack.pop() if word == "ifelse" else []
            then, condition = stack.pop(), stack.pop()
            _run(then if condition else other, stack, left)
        else:
            _shuffle(word, stack)


def _shuffle(word: str, stack: list[Any]) -> None:
    if word == "pop":
        stack.pop()
    elif word == "exch":
        stack[-1], stack[-2] = stack[-2], stack[-1]
    elif word == "dup":
        stack.append(stack[-1])
    elif word == "copy":
        count = int(stack.pop())
        stack += stack[-count:] if 0 < count <= len(stack) else []
    elif word == "index":
        stack.append(stack[-1 - int(stack.pop())])
    elif word == "roll":
        by, count = int(stack.pop()), int(stack.pop())
        if 0 < count <= len(stack):
            turned = stack[-count:]
            by %= count
            stack[-count:] = turned[-by:] + turned[:-by] if by else turned
    else:
        stack.append(
            {"true": 1.0, "false": 0.0}.get(word) if word in ("true", "false") else float(word)
        )

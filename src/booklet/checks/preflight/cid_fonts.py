"""A CFF font program goes in; the characters it has glyphs for come out, if it is keyed by CID.

fontTools makes a name for each of the thousands of glyphs that a subset keeps empty places for,
which takes longer than all other looks at a file. Here only the tables are read that say which
glyphs there are (Adobe Technical Note 5176, The Compact Font Format Specification).
"""

import functools
import itertools
import struct

_CHARSET, _CHAR_STRINGS, _ROS = 15, 17, (12, 30)
_STANDARD_CHARSETS = 2  # offsets 0 to 2 are names of charsets, not places


@functools.lru_cache(maxsize=8)
def cids_of(program: bytes) -> frozenset[int] | None:
    """Return the CIDs that have a glyph, but for 0, which is what stands for a missing one.

    Args:
        program: The font program.

    Returns:
        The CIDs; None when the font is not keyed by CID or anything in it is not as expected: then
        a general library has to look at it.
    """
    try:
        return _cids(program)
    except (struct.error, IndexError, ValueError):
        return None


def _cids(program: bytes) -> frozenset[int] | None:
    major, _, header_size, _ = program[:4]
    if major != 1:
        return None
    _, place = _index(program, header_size)
    tops, _ = _index(program, place)
    if len(tops) != 1:
        return None
    entries = _dictionary(program[tops[0][0] : tops[0][1]])
    charset = entries.get(_CHARSET, [0])[-1]
    if _ROS not in entries or charset <= _STANDARD_CHARSETS:
        return None
    glyphs, _ = _index(program, entries[_CHAR_STRINGS][-1])
    if not glyphs or any(start >= end for start, end in (glyphs[0], glyphs[-1])):
        return None  # its glyphs break off
    return frozenset(_charset(program, charset, len(glyphs)))


def _index(program: bytes, place: int) -> tuple[list[tuple[int, int]], int]:
    """Return where each object of an INDEX begins and ends, and where the INDEX ends."""
    (count,) = struct.unpack_from(">H", program, place)
    if count == 0:
        return [], place + 2
    size = program[place + 2]
    if not 1 <= size <= 4:
        raise ValueError("no offset has this size")
    first = place + 3
    raw = program[first : first + (count + 1) * size]
    offsets = [int.from_bytes(raw[at : at + size], "big") for at in range(0, len(raw), size)]
    base = first + (count + 1) * size - 1
    if len(offsets) != count + 1 or base + offsets[-1] > len(program) or offsets != sorted(offsets):
        raise ValueError("the table breaks off")
    ends = [base + offset for offset in offsets]
    return list(itertools.pairwise(ends)), ends[-1]


def _dictionary(content: bytes) -> dict[int | tuple[int, int], list[int]]:
    """Return the operands of each operator of a DICT; real numbers count as 0."""
    entries: dict[int | tuple[int, int], list[int]] = {}
    operands: list[int] = []
    at = 0
    while at < len(content):
        first = content[at]
        at += 1
        if first <= 21:
            operator: int | tuple[int, int] = first
            if first == 12:
                operator = (12, content[at])
                at += 1
            entries[operator], operands = operands, []
        elif first == 28:
            operands.append(struct.unpack_from(">h", content, at)[0])
            at += 2
        elif first == 29:
            operands.append(struct.unpack_from(">i", content, at)[0])
            at += 4
        elif first == 30:
            while content[at] & 0x0F != 0x0F and content[at] >> 4 != 0x0F:
                at += 1
            at += 1
            operands.append(0)
        elif first <= 246:
            operands.append(first - 139)
        else:
            sign = 1 if first <= 250 else -1
            low = 247 if sign > 0 else 251
            operands.append(sign * ((first - low) * 256 + content[at] + 108))
            at += 1
    return entries


def _charset(program: bytes, place: int, glyphs: int) -> set[int]:
    """Return the CIDs of all glyphs but the first."""
    kind = program[place]
    place += 1
    found: set[int] = set()
    left = glyphs - 1
    if kind == 0:
        found.update(struct.unpack_from(f">{left}H", program, place))
        return found
    if kind not in (1, 2):
        raise ValueError("no charset is written so")
    while left > 0:
        (first,) = struct.unpack_from(">H", program, place)
        (more,) = struct.unpack_from(">B" if kind == 1 else ">H", program, place + 2)
        found.update(range(first, first + min(more + 1, left)))
        left -= more + 1
        place += 3 if kind == 1 else 4
    return found

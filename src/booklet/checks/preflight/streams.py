"""A stream of any PDF goes in; its bytes come out, as many as were asked for and no more."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.pdf_values import elements, entry, filters_of, whole

MOST_BYTES = 100_000_000
"""More than this of one stream is not looked at: it would not fit into the memory there is."""

_FLATE = {"/FlateDecode", "/Fl"}
_CHUNK = 1 << 20
_SPACE = re.compile(rb"\s+")


class UndecodableError(Exception):
    """A stream's bytes cannot be had: it is damaged, or packed in a way nobody knows."""


def size_of(stream: Any, most: int = MOST_BYTES) -> tuple[int, bool]:
    """Return how many bytes a stream has unpacked, without holding them, and whether it is whole.

    Args:
        stream: The stream. What is packed otherwise than by Flate is taken as it is: what it may
            swell to is met by the limits of memory.
        most: Where to stop.

    Raises:
        OutOfBudgetError: There are more than `most`.
        UndecodableError: Not even its packed bytes can be had.
    """
    content, size, is_whole = raw_bytes(stream), 0, True
    filters = filters_of(stream)
    flates = next((at for at, name in enumerate(filters) if name not in _FLATE), len(filters))
    if not flates and len(content) > most:
        raise OutOfBudgetError(_too_much(most))
    size = len(content)
    for left in range(flates, 0, -1):
        inflater, size, kept = Inflater(content), 0, []
        for piece in inflater.pieces():
            size += len(piece)
            if size > most:
                raise OutOfBudgetError(_too_much(most))
            # Only what is packed again is held.
            kept += [piece] if left > 1 else []
        content, is_whole = b"".join(kept), is_whole and inflater.is_whole
    return size, is_whole


def raw_bytes(stream: Any) -> bytes:
    """Return a stream as it is packed.

    Raises:
        UndecodableError: It cannot be found in the file.
    """
    try:
        packed: bytes = stream.read_raw_bytes()
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UndecodableError(first_line(error)) from None
    return packed


class Inflater:
    """Unpacks deflated bytes piece by piece.

    Attributes:
        is_whole: Whether their end was met, known when all pieces are taken. The checksum behind
            the end may be missing: no press asks for it.
    """

    def __init__(self, packed: bytes) -> None:
        self.is_whole = False
        # Two bytes of header, then what zlib calls a raw stream.
        self._packed = packed.lstrip(b"\r\n")[2:]

    def pieces(self) -> Iterator[bytes]:
        """Yield what they hold; what cannot be read ends it."""
        machine, packed = zlib.decompressobj(-15), self._packed
        try:
            while packed and not machine.eof:
                yield machine.decompress(packed, _CHUNK)
                packed = machine.unconsumed_tail
        except zlib.error:
            return
        # Nothing at all is packed as nothing.
        self.is_whole = machine.eof or not self._packed


def _too_much(most: int) -> str:
    return f"a stream of more than {most / 1e6:.0f} MB"


def bytes_of(stream: Any, most: int = MOST_BYTES) -> bytes:
    """Return what a stream holds, unpacked.

    Raises:
        OutOfBudgetError: There are more than `most` bytes.
        UndecodableError: It cannot be unpacked.
    """
    size_of(stream, most)
    try:
        content: bytes = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UndecodableError(first_line(error)) from None
    if len(content) > most:
        raise OutOfBudgetError(_too_much(most))
    return content


def bytes_before(stream: Any, last: str) -> bytes:
    """Return a stream unpacked up to its last filter, which packs pictures.

    Raises:
        UndecodableError: What lies around the picture cannot be unpacked.
        OutOfBudgetError: It is too much.
    """
    content = raw_bytes(stream)
    parameters = entry(stream, "/DecodeParms")
    for place, name in enumerate(filters_of(stream)):
        if name == last:
            return content
        given = elements(parameters)[place : place + 1] or [parameters]
        if whole(entry(given[0], "/Predictor", 1)) > 1:
            raise UndecodableError("a picture packed twice, with a predictor")
        content = _unpacked(content, name)
    return content


def _unpacked(content: bytes, name: str) -> bytes:
    try:
        if name in _FLATE:
            pieces, size = [], 0
            for piece in Inflater(content).pieces():
                pieces.append(piece)
                size += len(piece)
                if size > MOST_BYTES:
                    raise OutOfBudgetError(_too_much(MOST_BYTES))
            return b"".join(pieces)
        if name in ("/ASCIIHexDecode", "/AHx"):
            digits = _SPACE.sub(b"", content).split(b">")[0]
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        if name in ("/ASCII85Decode", "/A85"):
            return base64.a85decode(_SPACE.sub(b"", content).split(b"~>")[0].removeprefix(b"<~"))
    except (ValueError, binascii.Error) as error:
        raise UndecodableError(first_line(error)) from None
    raise UndecodableError(f"a picture packed twice, with {name.lstrip('/')}")


def first_line(error: Exception) -> str:
    """Return what a library says, for a message: one line, without the object it says it of."""
    lines = str(error).splitlines()
    said = lines[0].rpartition(": ")[2] if lines else ""
    return said[:120] or type(error).__name__

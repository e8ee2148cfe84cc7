"""The bytes of a zip file go in; its entries come out one by one, never more than the limits.

A file from anywhere may be a bomb: a few bytes that unpack to gigabytes, or a hundred thousand
entries. What lies beyond a limit is not looked at, and whoever asks is told so.
"""

import io
import lzma
import struct
import time
import zipfile
import zlib
from typing import IO

MOST_ENTRIES = 10_000
# Kobo shows no document of more than 10 MB; a stylesheet or package that large is a mistake too.
MOST_MARKUP_BYTES = 10_000_000
MOST_FILE_BYTES = 50_000_000
# All that is unpacked of one book, and how long it may take.
MOST_BYTES = 300_000_000
MOST_SECONDS = 20.0

_ENTRY_SIGNATURE = b"PK\x01\x02"
_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    # A password is asked for (RuntimeError), or a way of packing is unknown (NotImplementedError).
    RuntimeError,
)


class NotJudgedError(Exception):
    """A limit has been reached; what was found so far is all that is known."""


class DamagedError(Exception):
    """The archive, or an entry of it, cannot be unpacked."""


class Archive:
    """A zip file that is read within limits.

    Attributes:
        entries: What its directory says of each entry, in order.
    """

    def __init__(self, content: bytes) -> None:
        """Open a zip file.

        Raises:
            DamagedError: It is no zip file.
            NotJudgedError: It has more entries than anybody would read.
        """
        # Counted before the directory is read: each entry of it costs memory.
        if content.count(_ENTRY_SIGNATURE) > MOST_ENTRIES:
            raise NotJudgedError(f"it has more than {MOST_ENTRIES:,} entries")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _UNPACKING_ERRORS as error:
            raise DamagedError(str(error)) from error
        self.entries = self._zip.infolist()
        self._unpacked = 0
        self._end = time.monotonic() + MOST_SECONDS

    @property
    def names(self) -> list[str]:
        """The names of all entries, in order, folders too."""
        return [entry.filename for entry in self.entries]

    @property
    def files(self) -> list[str]:
        """The names of all entries that are no folders, in order."""
        return [name for name in self.names if not name.endswith("/")]

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def check_time(self) -> None:
        """Go on only while there is time.

        Raises:
            NotJudgedError: The time is over.
        """
        if time.monotonic() > self._end:
            raise NotJudgedError(f"it takes longer than {MOST_SECONDS:.0f} seconds")

    def read(self, name: str, most: int = MOST_FILE_BYTES) -> bytes:
        """Return the bytes of an entry.

        Args:
            name: The entry.
            most: How many bytes it may have; what its directory says of its size is not believed.

        Raises:
            DamagedError: It cannot be unpacked.
            NotJudgedError: It, or all that has been unpacked so far, is too large.
        """
        self.check_time()
        try:
            with self._zip.open(name) as stream:
                content = _at_most(stream, most + 1)
        except _UNPACKING_ERRORS as error:
            raise DamagedError(f"{name} cannot be unpacked: {error}") from error
        self._unpacked += len(content)
        if len(content) > most:
            raise NotJudgedError(f"{name} has more than {most:,} bytes")
        if self._unpacked > MOST_BYTES:
            raise NotJudgedError(f"it unpacks to more than {MOST_BYTES:,} bytes")
        return content


def _at_most(stream: IO[bytes], most: int) -> bytes:
    """Return what a stream gives, up to a number of bytes; unpacked in small pieces."""
    pieces: list[bytes] = []
    size = 0
    while size < most and (piece := stream.read(min(1 << 20, most - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)

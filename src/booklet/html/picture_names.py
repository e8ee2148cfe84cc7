"""An author's pictures go in; the names they have inside an EPUB come out, each its own."""

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_STEM_LETTERS = 32
_DIGEST_LETTERS = 10
_FIRST_BYTES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


def picture_name(file: str, content: bytes = b"") -> str:
    """Return the name a picture has inside an EPUB.

    `images/図1 a.PNG` becomes `p-1-a-` with ten letters and `.png`: EPUB readers want plain
    lower-case names, and the letters, a digest of the whole path, keep apart what would otherwise
    be called the same. The path counts in NFC, so that one file written in two ways stays one.

    Args:
        file: The picture as the guide names it.
        content: Its bytes as they go into the EPUB; they decide the ending.
    """
    path = _path_of(file)
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LETTERS]
    stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-")
    ending = next(
        (ending for first, ending in _FIRST_BYTES.items() if content.startswith(first)),
        re.sub(r"[^a-z0-9.]", "", PurePosixPath(path).suffix.lower()),
    )
    return (
        "-".join(part for part in ("p", stem[:_STEM_LETTERS].strip("-"), digest) if part) + ending
    )


def picture_names(files: Iterable[str], contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name inside an EPUB of each file.

    Args:
        files: The pictures as the guide names them.
        contents: Their bytes as they go into the EPUB, by file; those missing are known by their
            own ending.

    Raises:
        ValueError: Two files would have one name. Nobody has yet seen it happen.
    """
    names = {file: picture_name(file, contents.get(file, b"")) for file in files}
    places: dict[str, str] = {}
    for file, name in names.items():
        path = _path_of(file)
        if places.setdefault(name, path) != path:
            raise ValueError(f"{path} and {places[name]} would both be called {name}")
    return names


def _path_of(file: str) -> str:
    path = posixpath.normpath(unicodedata.normalize("NFC", file.strip()))
    # normpath keeps two slashes at the start, as POSIX lets a system read them otherwise.
    return path[1:] if path.startswith("//") else path

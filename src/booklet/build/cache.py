"""The key of a job goes in; the files that were made from it before come out, or nothing.

The cache lies in the user's cache folder. It holds small entries, one for each key, that name the
files of an edition by their digests, and the files themselves. Nothing in it is trusted: an entry
carries a digest of itself, a file is held against its digest when it is read, and whatever does not
fit is made anew. Everything is written under another name and then renamed, so two builds at once
only ever see whole entries. A folder that is missing, full or cannot be written is no error: then
nothing is remembered.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, Problem, Severity
from booklet.model.artifact import Artifact
from booklet.model.edition import Edition
from booklet.model.job import EditionResult
from booklet.model.publication import Format

DEFAULT_MEBIBYTES = 2048
# How much is left when the limit is passed: sweeping a little at every build would cost each one.
_KEEP = 0.8
_EDITIONS = {one.value: one for one in Edition}
_FORMATS = {one.value: one for one in Format}


@dataclass(frozen=True, slots=True)
class CachedFile:
    """What an entry says of one file: all but its bytes."""

    artifact: Artifact
    digest: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CachedEdition:
    """What an entry says of an edition."""

    slug: str
    edition: Edition
    files: tuple[CachedFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CachedSource:
    """What was found in a guide's file.

    Attributes:
        title: The guide's title.
        pictures: The pictures its pages show, each with the digest it had.
        problems: What its author should know; none of them an error.
    """

    title: str
    pictures: Mapping[str, str]
    problems: tuple[Problem, ...]


class Cache:
    """A folder of entries and files.

    Args:
        folder: Where they are; None remembers nothing.
        mebibytes: How much may be kept; what was used longest ago goes first.
    """

    def __init__(self, folder: Path | None, mebibytes: int = DEFAULT_MEBIBYTES) -> None:
        self._folder = folder
        self._limit = mebibytes << 20
        self._written = 0

    def source(self, key: str) -> CachedSource | None:
        """Return what is remembered of a guide's file."""
        content = self._entry("source", key)
        if content is None:
            return None
        try:
            return CachedSource(
                str(content["title"]), dict(content["pictures"]), _problems(content["problems"])
            )
        except (KeyError, TypeError, ValueError):
            return None

    def keep_source(self, key: str, source: CachedSource) -> None:
        """Remember what was found in a guide's file."""
        content = {
            "title": source.title,
            "pictures": dict(source.pictures),
            "problems": _plain(source.problems),
        }
        self._keep_entry("source", key, content)

    def edition(self, key: str) -> CachedEdition | None:
        """Return what is remembered of an edition."""
        content = self._entry("edition", key)
        if content is None:
            return None
        try:
            return CachedEdition(
                content["slug"],
                _EDITIONS[content["edition"]],
                tuple(_file(one) for one in content["files"]),
                _problems(content["problems"]),
            )
        except (KeyError, TypeError, ValueError):
            return None

    def keep_edition(self, key: str, result: EditionResult) -> None:
        """Remember an edition that was made."""
        files = []
        for one in result.artifacts:
            digest = hashlib.sha256(one.content).hexdigest()
            if not self._write(self._place("file", digest), one.content):
                return
            files.append(_plain_file(one, digest))
        content = {
            "slug": result.slug,
            "edition": result.edition.value,
            "files": files,
            "problems": _plain(result.problems),
        }
        self._keep_entry("edition", key, content)

    def content(self, digest: str) -> bytes | None:
        """Return the bytes of a file, or None when they are gone or are not those any more."""
        place = self._place("file", digest)
        if place is None:
            return None
        try:
            content = place.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != digest:
            return None
        self._touch(place)
        return content

    def sweep(self) -> None:
        """Remove what was used longest ago, when there is more than the limit."""
        if self._folder is None or not self._written:
            return
        found, total = [], 0
        for path in self._folder.glob("*/*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
                total += status.st_size
        if total <= self._limit:
            return
        for _, size, path in sorted(found):
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size
            if total <= self._limit * _KEEP:
                return

    def _place(self, kind: str, key: str) -> Path | None:
        return self._folder / kind / key[:2] / key if self._folder else None

    def _entry(self, kind: str, key: str) -> dict[str, Any] | None:
        place = self._place(kind, key)
        if place is None:
            return None
        try:
            digest, _, text = place.read_bytes().partition(b"\n")
            if hashlib.sha256(text).hexdigest().encode() != digest:
                return None
            content = json.loads(text)
        except (OSError, ValueError):
            return None
        self._touch(place)
        return content if isinstance(content, dict) else None

    def _keep_entry(self, kind: str, key: str, content: Mapping[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False).encode("utf-8")
        self._write(
            self._place(kind, key), hashlib.sha256(text).hexdigest().encode() + b"\n" + text
        )

    def _write(self, place: Path | None, content: bytes) -> bool:
        if place is None:
            return False
        partial = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(content)
            partial.replace(place)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            return False
        self._written += len(content)
        return True

    def _touch(self, place: Path) -> None:
        # The time of change is when it was used last: file systems need not keep that of reading.
        with contextlib.suppress(OSError):
            os.utime(place)


def open_cache(mebibytes: int = DEFAULT_MEBIBYTES) -> Cache:
    """Return the user's cache.

    Args:
        mebibytes: How much may be kept.
    """
    import platformdirs

    try:
        folder = Path(platformdirs.user_cache_dir("booklet", appauthor=False)) / "editions"
    except (OSError, RuntimeError, KeyError):  # nobody's home
        return Cache(None)
    return Cache(folder, mebibytes)


def _plain_file(one: Artifact, digest: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "format": one.format.value,
        "digest": digest,
        "bytes": len(one.content),
        "pages": one.pages,
        "seconds": one.seconds,
        "problems": _plain(one.problems),
    }


def _file(plain: Mapping[str, Any]) -> CachedFile:
    artifact = Artifact(
        str(plain["name"]),
        _FORMATS[plain["format"]],
        b"",
        int(plain["pages"]),
        float(plain["seconds"]),
        _problems(plain["problems"]),
    )
    return CachedFile(artifact, str(plain["digest"]), int(plain["bytes"]))


def _plain(problems: Iterable[Problem]) -> list[list[Any]]:
    return [
        [
            one.code,
            one.message,
            [one.where.file, one.where.line, one.where.column] if one.where else None,
            one.hint,
            int(one.severity),
        ]
        for one in problems
    ]


def _problems(plain: Iterable[Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(code, message, Location(*where) if where else None, hint, Severity(severity))
        for code, message, where, hint, severity in plain
    )

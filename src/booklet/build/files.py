"""Named contents go in; whole files on disk come out, or the old ones stay as they were."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from booklet.diagnostics import BookletError, Problem

_PREFIX, _SUFFIX = ".booklet-", ".partial"


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files so that each is either the old one or the new one, never a part.

    Every file is written under another name first; only when all are safely on disk are they
    renamed. What an earlier, killed run left behind is removed.

    Args:
        folder: Where to; it is made when it is missing.
        contents: The bytes of each file by its name.

    Raises:
        BookletError: The folder cannot be written to.
    """
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        for name, content in contents.items():
            partial = folder / f"{_PREFIX}{name}.{os.getpid()}{_SUFFIX}"
            written.append((partial, folder / name))
            with partial.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for partial, final in written:
            partial.replace(final)
    except OSError as error:
        for partial, _ in written:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
        raise BookletError(
            [
                Problem(
                    "output-unwritable",
                    f"{error.filename or folder} cannot be written: {error.strerror}",
                    None,
                    "check the folder's permissions and free space, or choose another --output",
                )
            ]
        ) from error


def _remove_leftovers(folder: Path) -> None:
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        process = leftover.name.removesuffix(_SUFFIX).rsplit(".", 1)[-1]
        if not (process.isdigit() and _is_running(int(process))):
            leftover.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()

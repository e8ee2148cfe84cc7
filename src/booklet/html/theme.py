"""A project folder goes in; the look to use, each file read once, comes out."""

import os
import re
from pathlib import Path

from booklet.diagnostics import BookletError, Location, Problem
from booklet.model.theme import Theme

_INSIDE_WHEEL = Path(__file__).parent.parent / "styles"
_INSIDE_CHECKOUT = Path(__file__).parents[3] / "styles"

DEFAULT_STYLES = _INSIDE_WHEEL if _INSIDE_WHEEL.is_dir() else _INSIDE_CHECKOUT
# A theme is text and line drawings; a folder of photographs was put there by mistake.
MOST_BYTES = 64 * 1024 * 1024
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def load_theme(project: Path) -> Theme:
    """Return the theme of `project`: its own styles over the default ones, file by file.

    Args:
        project: The project's folder; its own styles stand in `styles/`.

    Raises:
        BookletError: A file of `styles/` cannot be read, is no UTF-8, or all are too much.
    """
    files = _files_below(DEFAULT_STYLES, DEFAULT_STYLES.parent)
    own = project / "styles"
    if own.resolve() == DEFAULT_STYLES.resolve() or not own.is_dir():
        return Theme(files)
    of_project = _files_below(own, project)
    return Theme({**files, **of_project}, frozenset(of_project))


def content_files_of(theme: Theme) -> list[str]:
    """Return the files below `content/` that a project's own stylesheets point to."""
    found = set()
    for name in theme.own:
        if not name.endswith(".css"):
            continue
        folder = os.path.dirname(f"styles/{name}")  # noqa: PTH120 - an address, not a file
        for address in _ADDRESS.findall(theme.read(name)):
            place = os.path.normpath(f"{folder}/{address}")
            if place.startswith("content/"):
                found.add(place.removeprefix("content/"))
    return sorted(found)


def _files_below(folder: Path, project: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    problems = []
    total = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        content, why = _content(path)
        total += len(content)
        if why or total > MOST_BYTES:
            why = why or f"all files together are larger than {MOST_BYTES >> 20} MB"
            problems.append(_problem(path, project, why))
            continue
        files[name.as_posix()] = content
    if problems:
        raise BookletError(problems)
    return files


def _content(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes, or none and why."""
    try:
        if not path.is_file():
            return b"", "it is no file"
        if path.stat().st_size > MOST_BYTES:
            return b"", f"it is larger than {MOST_BYTES >> 20} MB"
        content = path.read_bytes()
        if path.suffix in (".css", ".svg"):
            content.decode("utf-8")
    except OSError as error:
        return b"", str(error.strerror)
    except UnicodeDecodeError:
        return b"", "it is not UTF-8"
    return content, ""


def _problem(path: Path, project: Path, why: str) -> Problem:
    return Problem(
        "style-unreadable",
        f"this part of the look cannot be used: {why}",
        Location(path.relative_to(project).as_posix()),
        "save it as UTF-8, or remove it: the default look has every file",
    )

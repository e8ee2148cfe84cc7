"""The name of a file as an author wrote it goes in; the file that is meant comes out."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path as FilePath

# Windows hides endings: Notepad saves guide.yaml as guide.yaml.txt, others as .yml.
_ENDINGS = (".yml", ".yaml.txt", ".yml.txt")
# A folder of pictures is looked through, not a whole disk.
_MOST_FILES = 5000


def meant_file(project: FilePath, name: str) -> str:
    """Return `name`, or the file with another usual ending when only that is there.

    Args:
        project: The project's folder.
        name: A file's place in it, ending in .yaml.
    """
    if not (project / name).exists():
        for ending in _ENDINGS:
            other = name.removesuffix(".yaml") + ending
            if (project / other).is_file():
                return other
    return name


def guide_names(names: Iterable[str]) -> list[str]:
    """Return what the guides are called whose files are called `names`, each once, sorted."""
    slugs = set()
    for name in names:
        for ending in (".yaml.txt", ".yml.txt", ".yaml", ".yml"):
            if name.endswith(ending):
                slugs.add(name.removesuffix(ending))
                break
    return sorted(slugs)


def meant_picture(content_folder: FilePath, name: str) -> str:
    r"""Return the place of a picture in the content folder, if it can mean only one.

    Args:
        content_folder: The project's `content/`.
        name: As written: `images/a.jpg`, `a.jpg`, `content/images/a.jpg`, `images\a.jpg`.

    Returns:
        The place of the file that is there; what was written when there is none or several.
    """
    tidy = name.strip().replace("\\", "/").removeprefix("./")
    if ".." in tidy.split("/") or tidy.startswith("/"):
        return name
    for candidate in (name, tidy, tidy.removeprefix("content/"), f"images/{tidy}"):
        if _is_file(content_folder / candidate):
            return candidate
    wanted = _folded(tidy.rsplit("/", 1)[-1])
    found = {one for one in _files(content_folder) if _folded(one.rsplit("/", 1)[-1]) == wanted}
    return found.pop() if len(found) == 1 else name


def _is_file(path: FilePath) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _folded(name: str) -> str:
    """Return a name as the author knows it: macOS takes its accents apart, Windows ignores case."""
    return unicodedata.normalize("NFC", name).casefold()


def _files(folder: FilePath) -> list[str]:
    found: list[str] = []
    for parent, _, names in os.walk(folder):
        found += [(FilePath(parent) / one).relative_to(folder).as_posix() for one in names]
        if len(found) > _MOST_FILES:
            break
    return found

"""A guide's pictures go in, by name; those that are missing, foreign or outside come out."""

import os
from pathlib import Path as FilePath

from booklet.content.wording import nearest, shown
from booklet.content.words import texts
from booklet.content.yaml_reader import Document
from booklet.diagnostics import Problem

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg")
_FIRST_BYTES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def check_pictures(document: Document, content_folder: FilePath) -> list[Problem]:
    """Return a problem for each picture that is missing, foreign or outside the content folder."""
    problems = []
    for path, name in texts(document.value, ()):
        if not name.strip() or path[-1:] != ("file",):
            continue
        if problem := _picture_problem(name, content_folder):
            code, message, hint = problem
            problems.append(Problem(code, message, document.span(path).where, hint))
    return problems


def _picture_problem(name: str, content_folder: FilePath) -> tuple[str, str, str] | None:
    ending = FilePath(name).suffix.lower()
    if ending not in PICTURE_ENDINGS:
        return "picture-kind", f"{shown(name)} is not a PNG or JPEG file", "save it as .png or .jpg"
    try:
        picture = FilePath(os.path.realpath(content_folder / name))
        if not picture.is_relative_to(content_folder.resolve()):
            return (
                "picture-outside",
                f"{shown(name)} lies outside the content folder",
                "copy it into content/images",
            )
        if not picture.is_file():
            return (
                "picture-missing",
                f"there is no picture {shown(name)} in the content folder",
                _nearby(picture, content_folder),
            )
        with picture.open("rb") as stream:
            first_bytes = stream.read(8)
    # ValueError: no file system takes such a name.
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can be called that"
        return (
            "picture-unreadable",
            f"the picture cannot be read: {reason}",
            "check the name, and that you may read the file",
        )
    if not first_bytes.startswith(_FIRST_BYTES[ending]):
        return (
            "picture-kind",
            f"{shown(name)} is not the kind of picture its ending says",
            "save it as PNG or JPEG again; renaming does not change the kind",
        )
    return None


def _nearby(picture: FilePath, content_folder: FilePath) -> str:
    folder = picture.parent.relative_to(content_folder.resolve())
    names = sorted(
        (folder / path.name).as_posix()
        for path in picture.parent.glob("*")
        if path.suffix.lower() in PICTURE_ENDINGS
    )
    wanted = (folder / picture.name).as_posix()
    return nearest(wanted, names) or "put it there, or remove the field"

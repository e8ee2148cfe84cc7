"""An author's files go in; the same files with every certain slip mended come out, with a diff.

Only the characters that are wrong change, so comments, order and layout stay as they are.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from booklet.build.starting import project_language
from booklet.content.file_names import meant_file
from booklet.content.findings import edited
from booklet.content.furigana_list import READINGS_FILE
from booklet.content.lexical import certain_edits, lexical_problems
from booklet.content.loading import PUBLICATION_FILE, guide_file, guides_present
from booklet.diagnostics import BookletError, Location, Problem
from booklet.model.sentences import told

# A mend may uncover the next one: a colon behind a space. More rounds would go in circles.
_MOST_ROUNDS = 6
_KANA = range(0x3041, 0x30FF)


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that was looked through.

    Attributes:
        name: Its place in the project.
        diff: What changes, as a unified diff; empty when nothing does.
        content: What is to be written.
        backup: Where the file as it was has been put; empty while nothing was written.
        left: What only its author can mend.
    """

    name: str
    diff: str
    content: bytes
    backup: str
    left: tuple[Problem, ...]


def fix_project(project: Path, slugs: Sequence[str] = (), *, write: bool = True) -> list[FixedFile]:
    """Mend what is certain in a project's files.

    Args:
        project: The project's folder.
        slugs: The guides to mend; none means every file: guides, booklet.yaml, readings.yaml.
        write: Whether to write, with a backup beside each file that changes.

    Returns:
        The files, those that change first.

    Raises:
        BookletError: A file is not there, cannot be read, is in no encoding we know, or cannot be
            written. Nothing is written then, unless writing itself fails.
    """
    language = project_language(project)
    names = [guide_file(slug) for slug in slugs or guides_present(project)]
    if not slugs:
        names += [name for name in (PUBLICATION_FILE, READINGS_FILE) if _exists(project, name)]
    problems: list[Problem] = []
    files = []
    for name in names:
        try:
            files.append(_mended(project, meant_file(project, name), language))
        except BookletError as error:
            problems += error.problems
    if problems:
        raise BookletError(problems)
    if write:
        files = [_written(project, file, language) if file.diff else file for file in files]
    return sorted(files, key=lambda file: not file.diff)


def _exists(project: Path, name: str) -> bool:
    return (project / meant_file(project, name)).is_file()


def _mended(project: Path, name: str, language: str) -> FixedFile:
    before = _text(project, name, language)
    after = before.replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(_MOST_ROUNDS):
        edits = [edit for _, some in certain_edits(name, after) for edit in some]
        if not edits:
            break
        after = edited(after, edits)
    diff = "".join(
        difflib.unified_diff(
            before.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True),
            after.splitlines(keepends=True),
            name,
            name,
            n=1,
        )
    )
    ending = "\r\n" if "\r\n" in before else "\n"
    content = after.replace("\n", ending).encode("utf-8")
    changed = content != (project / name).read_bytes().removeprefix(b"\xef\xbb\xbf")
    if changed and not diff:  # another encoding, the same words
        diff = f"--- {name}\n+++ {name} (UTF-8)\n"
    left = tuple(lexical_problems(name, after, language))
    return FixedFile(name, diff, content, "", left)


def _text(project: Path, name: str, language: str) -> str:
    """Return the text of a file in UTF-8, or in an encoding old editors on Windows write."""
    try:
        content = (project / name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BookletError(
            [told(language, "fix-unreadable", "", Location(name), reason=reason)]
        ) from None
    encodings = ["utf-8-sig", "cp932"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_japanese = any(ord(sign) in _KANA for sign in text)
        if "\0" not in text and (encoding != "cp932" or is_japanese):
            return text
    raise BookletError([told(language, "fix-encoding", "", Location(name))])


def _written(project: Path, file: FixedFile, language: str) -> FixedFile:
    path = project / file.name
    names = (f"{path.name}{f'.{number}' if number > 1 else ''}.bak" for number in count(1))
    backup = next(place for name in names if not (place := path.with_name(name)).exists())
    try:
        backup.write_bytes(path.read_bytes())
        path.write_bytes(file.content)
    except OSError as error:
        reason = error.strerror or str(error)
        where = Location(file.name)
        raise BookletError(
            [told(language, "folder-unwritable", "", where, reason=reason)]
        ) from None
    return replace(file, backup=backup.relative_to(project).as_posix())

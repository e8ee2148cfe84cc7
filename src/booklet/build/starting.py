"""A few answers go in; a project that can be built at once, or one more guide, comes out."""

import datetime
import re
import stat
from pathlib import Path

from booklet.build.schemas import schemas
from booklet.content.guide_list import with_guide_listed
from booklet.content.loading import PUBLICATION_FILE, guide_file
from booklet.content.starter_files import NewGuide, NewProject, guide_file_text, project_files
from booklet.content.yaml_reader import read_yaml
from booklet.diagnostics import BookletError, Location
from booklet.model.publication import PageSize
from booklet.model.sentences import say, told

FIRST_GUIDE = "hajimete"
FIRST_OCCUPATION = "職業の名前"
SIZES = tuple(size.value for size in PageSize)

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 60
# Names that Windows keeps for devices: no file can be called that there.
_DEVICES = re.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])")


def start_project(
    folder: Path, *, title: str = "", publisher: str = "", size: str = "", language: str = "ja"
) -> list[str]:
    """Write a new project.

    Args:
        folder: Where; it is made. It may exist, with other files in it.
        title: The name of the whole; empty for a usual one.
        publisher: Who publishes it; empty when that is not settled.
        size: A page size of `SIZES`; empty for A5.
        language: A language tag.

    Returns:
        The files that were made, by their place in the folder.

    Raises:
        BookletError: There is a project already, or a file in the way, or nothing can be written.
    """
    project = NewProject(
        title.strip() or say(language, "new.default-title"),
        publisher.strip(),
        size or SIZES[0],
        language,
        FIRST_GUIDE,
    )
    guide = NewGuide(FIRST_GUIDE, FIRST_OCCUPATION, "", "other", datetime.date.today())
    files = project_files(project, guide)
    files |= {f".vscode/{name}": text.encode() for name, text in schemas().items()}
    if (folder / PUBLICATION_FILE).exists():
        raise BookletError([told(language, "project-exists", "", Location(str(folder)))])
    in_the_way = [name for name in files if (folder / name).exists()]
    if in_the_way:
        raise BookletError(
            told(language, "project-exists", "file", Location(str(folder / name)))
            for name in in_the_way
        )
    for name, content in files.items():
        _write(folder / name, content, language)
    return list(files)


def add_guide(project: Path, slug: str, *, name: str = "", reading: str = "") -> tuple[str, bool]:
    """Write a new guide and list it in booklet.yaml, whose comments stay as they are.

    Args:
        project: The project's folder.
        slug: The name of the guide's file; an ending .yaml is left out.
        name: The occupation; empty to leave it open.
        reading: Its reading in kana, or empty.

    Returns:
        The file, and whether it could be listed: booklet.yaml may be broken.

    Raises:
        BookletError: The name cannot be a file's, there is a guide of that name, or nothing can be
            written.
    """
    language = project_language(project)
    slug = re.sub(r"\.ya?ml$", "", slug)
    is_name = _SLUG.fullmatch(slug) and len(slug) <= _LONGEST_SLUG
    if not is_name or _DEVICES.fullmatch(slug):
        raise BookletError([told(language, "new-name", "", None, name=slug)])
    file = project / guide_file(slug)
    if file.exists():
        raise BookletError([told(language, "guide-exists", "", Location(guide_file(slug)))])
    guide = NewGuide(slug, name or FIRST_OCCUPATION, reading, "other", datetime.date.today())
    _write(file, guide_file_text(guide).encode(), language)
    return guide_file(slug), list_guide(project, slug)


def list_guide(project: Path, slug: str) -> bool:
    """List a guide in booklet.yaml; return whether that could be done."""
    publication = project / PUBLICATION_FILE
    try:
        listed = with_guide_listed(publication.read_text("utf-8-sig"), slug)
    except (OSError, UnicodeDecodeError):
        return False
    if listed is None:
        return False
    _write(publication, listed.encode(), project_language(project))
    return True


def project_language(project: Path) -> str:
    """Return the language a project says it is in; Japanese when it says nothing that is clear."""
    try:
        value = read_yaml(PUBLICATION_FILE, (project / PUBLICATION_FILE).read_bytes()).value
    except OSError:
        return "ja"
    language = value.get("language") if isinstance(value, dict) else None
    return language if isinstance(language, str) else "ja"


def _write(file: Path, content: bytes, language: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if file.suffix == ".command":
            file.chmod(file.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except OSError as error:
        reason = error.strerror or str(error)
        where = Location(str(file))
        raise BookletError(
            [told(language, "folder-unwritable", "", where, reason=reason)]
        ) from None

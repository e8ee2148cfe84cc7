"""A project folder goes in; what its guides share, and each guide, come out read and checked.

Nothing is imported here that only a build needs: `booklet check` answers in a third of a second.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.build.pictures import picture_boxes
from booklet.content.furigana_list import load_readings
from booklet.content.loading import guide_file, load_guide, load_publication, read_source
from booklet.diagnostics import BookletError, Problem
from booklet.html.contrast import contrast_problems
from booklet.html.theme import load_theme
from booklet.html.tokens import token_problems
from booklet.layout.fonts import character_test, typeface_for
from booklet.model.edition import Edition
from booklet.model.guide import Guide
from booklet.model.publication import Publication
from booklet.model.theme import Theme


class UnknownGuideError(ValueError):
    """A guide was asked for that the publication does not list."""


@dataclass(frozen=True, slots=True)
class Project:
    """What all guides of a project share, each part read once.

    Attributes:
        root: The folder that holds `content/`.
        publication: What `content/booklet.yaml` says.
        slugs: The guides that were asked for, in the publication's order.
        furigana: Confirmed readings by word.
        theme: Stylesheets and drawings.
        problems: What its makers should know though it can be built.
    """

    root: Path
    publication: Publication
    slugs: tuple[str, ...]
    furigana: Mapping[str, str]
    theme: Theme
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadGuide:
    """A guide, its source and what was found in it.

    Attributes:
        slug: Its name.
        source: The bytes of its file.
        guide: The guide, or None when it cannot be built.
        problems: What was found; an error where there is no guide.
    """

    slug: str
    source: bytes
    guide: Guide | None
    problems: tuple[Problem, ...]


def open_project(root: Path, slugs: Sequence[str] = ()) -> Project:
    """Read what all guides share.

    Args:
        root: The folder that holds `content/`.
        slugs: The guides that are wanted; none means all that the publication lists.

    Raises:
        BookletError: Something they share is missing or wrong: every problem at once.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    faults: list[Problem] = []
    remarks: list[Problem] = []
    furigana: Mapping[str, str] = {}
    publication = theme = None
    try:
        publication, remarks = load_publication(root, can_draw())
    except BookletError as error:
        faults += error.problems
    try:
        theme = load_theme(root)
        faults += token_problems(theme.read("tokens.css")) + contrast_problems(theme)
    except BookletError as error:
        faults += error.problems
    try:
        furigana = load_readings(root)
    except BookletError as error:
        faults += error.problems
    if publication is None or theme is None or faults:
        raise BookletError([*faults, *remarks])
    listed = [entry.slug for entry in publication.guides]
    for slug in slugs:
        if slug not in listed:
            raise UnknownGuideError(f"no guide is called {slug}; there are: {', '.join(listed)}")
    wanted = tuple(slug for slug in listed if slug in slugs) if slugs else tuple(listed)
    return Project(root, publication, wanted, furigana, theme, tuple(remarks))


def read_guide(project: Project, slug: str) -> ReadGuide:
    """Read and check one guide; what is wrong with it is in the result, not raised."""
    source = b""
    try:
        source = read_source(project.root, guide_file(slug))
        boxes = picture_boxes(project.publication, Edition.STANDARD)
        guide, remarks = load_guide(
            project.root,
            slug,
            project.publication.language,
            can_draw(),
            source=source,
            boxes=boxes,
        )
    except BookletError as error:
        return ReadGuide(slug, source, None, error.problems)
    return ReadGuide(slug, source, guide, tuple(remarks))


def read_guides(project: Project) -> Iterator[ReadGuide]:
    """Yield the project's guides one by one; none is kept."""
    for slug in project.slugs:
        yield read_guide(project, slug)


@functools.cache
def can_draw() -> Callable[[str], bool]:
    """Return the test whether the embedded typeface has a character."""
    return character_test(typeface_for(Edition.STANDARD))

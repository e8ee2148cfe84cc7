"""A project folder goes in; everything that is wrong with its content comes out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from booklet.build.names import TakenNames, file_names
from booklet.build.profiles import choose_profiles
from booklet.build.project import Project, open_project, read_guides
from booklet.content.guide_list import unlisted_guides
from booklet.diagnostics import Problem, in_reading_order
from booklet.model.print_profile import ChosenProfile, PrintUse
from booklet.model.publication import FOR_PRINT


def check(root: Path, slugs: Sequence[str] = ()) -> tuple[Project, tuple[Problem, ...]]:
    """Read and check the content without making anything.

    Args:
        root: The folder that holds `content/`.
        slugs: The guides to check; none means all that the publication lists.

    Returns:
        The project, and everything found in it and its guides, in reading order.

    Raises:
        BookletError: Something all guides share is missing or wrong.
        UnknownGuideError: The publication does not list one of `slugs`.
    """
    project = open_project(root, slugs)
    found = [problem for one in read_guides(project) for problem in one.problems]
    listed = [entry.slug for entry in project.publication.guides]
    unlisted = unlisted_guides(root, listed, project.publication.language)
    problems = [*project.problems, *unlisted, *_name_problems(project), *found]
    return project, in_reading_order(problems)


def _name_problems(project: Project) -> list[Problem]:
    """Return which files of a whole build would be called alike."""
    publication, taken = project.publication, TakenNames()
    profiles: Mapping[PrintUse, ChosenProfile] = {}
    if FOR_PRINT & set(publication.formats):
        profiles = choose_profiles(project.root)
    return [
        problem
        for slug in project.slugs
        for edition in dict.fromkeys(publication.editions)
        for problem in taken.take(
            f"{slug} ({edition.value})",
            file_names(slug, edition, publication.formats_of(edition), profiles),
        )
    ]

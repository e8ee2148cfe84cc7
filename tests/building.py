"""A project goes in; its content, its laid-out pages or its files come out, for any test."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.build.line_rules import line_rules
from booklet.build.markup import print_markup
from booklet.build.page_layout import lay_out
from booklet.build.plan import (
    Wanted,
    job_key,
    make_job,
    make_plan,
    picture_names,
    read_pictures,
    source_key,
)
from booklet.build.project import open_project, read_guides
from booklet.build.report import Report
from booklet.build.run import Conduct
from booklet.build.run import build as run_build
from booklet.diagnostics import BookletError, Problem
from booklet.layout.engine import PrintDocument, Typeset, typeset
from booklet.layout.fonts import typeface_for
from booklet.model.edition import Edition
from booklet.model.guide import Guide
from booklet.model.job import EditionJob
from booklet.model.publication import Publication


@dataclass(frozen=True)
class Contents:
    """What a content folder holds, read and checked."""

    publication: Publication
    guides: tuple[Guide, ...]
    problems: tuple[Problem, ...]


def check(root: Path, slugs: Sequence[str] = ()) -> Contents:
    """Return what is there, or raise every problem at once."""
    project = open_project(root, slugs)
    read = list(read_guides(project))
    problems = [*project.problems, *(problem for one in read for problem in one.problems)]
    if any(one.guide is None for one in read):
        raise BookletError(problems)
    guides = tuple(one.guide for one in read if one.guide)
    return Contents(project.publication, guides, tuple(problems))


def build(
    root: Path,
    output: Path,
    *,
    slugs: Sequence[str] = (),
    formats: Sequence[str] = (),
    editions: Sequence[str] = (),
    profiles: Sequence[str] = (),
) -> Report:
    """Build in this process; raise what keeps an edition from being made.

    What an earlier test of this run has made from the same content comes from the run's own cache
    (conftest.py): a layout takes seconds.
    """
    wanted = Wanted(slugs, formats, editions, profiles)
    report = run_build(root, output, wanted, Conduct(workers=0))
    if report.not_made:
        raise BookletError([problem for one in report.not_made for problem in one.problems])
    return report


def job(root: Path, slug: str, edition: Edition = Edition.STANDARD) -> EditionJob:
    """Return the job of one edition of a guide, in the formats of its publication."""
    plan = make_plan(root, Wanted((slug,)))
    (read,) = read_guides(plan.project)
    assert read.guide, read.problems
    pictures = read_pictures(root, picture_names(plan, read.guide))
    key = job_key(plan, source_key(plan, read.source), edition, pictures)
    return make_job(plan, read, edition, pictures, key)


def laid_out_pages(one: EditionJob) -> Typeset:
    """Return a job's pages before they are finished."""
    return lay_out(one, print_markup(one))


def typeset_html(
    html: str, files: Mapping[str, bytes] | None = None, *, once: bool = False
) -> Typeset:
    """Lay out HTML of a test's own with the rules of Japanese lines, in the usual typeface."""
    document = PrintDocument(
        html,
        files or {},
        typeface_for(Edition.STANDARD),
        "urn:uuid:00000000-0000-0000-0000-000000000000",
        datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC),
        once,
    )
    return typeset(document, line_rules())


def files_of(one: EditionJob) -> dict[str, bytes]:
    """Return what the pages of a job may link to, by address."""
    files = {f"styles/{name}": content for name, content in one.theme.files.items()}
    return files | {f"content/{name}": content for name, content in one.pictures.items()}

"""What a worker is asked to do, by names that cost nothing to import.

A process that hands out work need not load what does it, and a worker loads only what its stages
need: the one that lays out a lone booklet begins before pikepdf and EbookLib are there. That is why
the imports stand inside the functions here, and nowhere else.
"""

import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from booklet.diagnostics import Location, Problem
from booklet.model.artifact import Artifact
from booklet.model.job import EditionJob, EditionResult
from booklet.model.publication import FOR_PRINT, Format

if TYPE_CHECKING:
    from booklet.build.markup import EpubMarkup
    from booklet.build.page_layout import Markup
    from booklet.layout.engine import Typeset

Progress = Callable[[str], None]

# The EPUB's cover is a picture of the first page, and its page list is that of the PDF.
_FROM_PAGES = frozenset({Format.READING, Format.EPUB, Format.COVER, Format.PAGES, *FOR_PRINT})


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage made and found."""

    artifacts: tuple[Artifact, ...] = ()
    problems: tuple[Problem, ...] = ()


def needs_pages(job: EditionJob) -> bool:
    """Return whether anything that is wanted is made from laid-out pages."""
    return bool(_FROM_PAGES & set(job.formats))


def warm_up() -> None:
    """Load the engine."""
    from booklet.build.page_layout import warm_up as load

    load()


def load_everything() -> None:
    """Load the engine, and all that finishes pages."""
    warm_up()
    load_finishing()


def load_finishing() -> None:
    """Load what finishes pages."""
    import booklet.build.edition  # noqa: F401 - for those that come after


def make_edition(job: EditionJob, progress: Progress = lambda step: None) -> EditionResult:
    """See edition.make_edition."""
    from booklet.build.edition import make_edition as make

    return make(job, progress)


def print_markup(job: EditionJob) -> "Markup":
    """See markup.print_markup."""
    from booklet.build.markup import print_markup as make

    return make(job)


def epub_markup(job: EditionJob) -> "EpubMarkup":
    """See markup.epub_markup."""
    from booklet.build.markup import epub_markup as make

    return make(job)


def lay_out(job: EditionJob, markup: "Markup") -> "Typeset":
    """See page_layout.lay_out."""
    from booklet.build.page_layout import lay_out as make

    return make(job, markup)


def for_readers(
    job: EditionJob, pages: "Typeset | None", markup: "EpubMarkup", progress: Progress
) -> Made:
    """See edition.for_readers."""
    from booklet.build.edition import for_readers as make

    return make(job, pages, markup, progress)


def for_printers(job: EditionJob, pages: "Typeset", progress: Progress) -> Made:
    """See edition.for_printers."""
    from booklet.build.edition import for_printers as make

    return make(job, pages, progress)


def edition_result(
    job: EditionJob, pages: "Typeset | None", readers: Made, printers: Made | None
) -> EditionResult:
    """Put together what the stages made and found."""
    printed = printers or Made()
    of_pages = (_placed(job, problem) for problem in (pages.problems if pages else ()))
    problems = (*readers.problems, *printed.problems, *of_pages)
    artifacts = (*readers.artifacts, *printed.artifacts)
    return EditionResult(job.guide.slug, job.edition, artifacts, problems)


def _placed(job: EditionJob, problem: Problem) -> Problem:
    """Return what was found on pages with the guide and edition whose pages they are."""
    if problem.where is not None or job.guide.where is None:
        return problem
    message = f"{job.stem}: {problem.message}"
    return replace(problem, where=Location(job.guide.where.file), message=message)


def make_on_dask(job: EditionJob, seconds: float) -> EditionResult:
    """Make an edition on a Dask worker, which dies when it takes too long and is started anew.

    Args:
        job: The job.
        seconds: The most wall time; the worker's memory is limited by `--memory-limit`.
    """
    import gc

    if (threads := _dask_threads()) != 1:
        message = f"this Dask worker has {threads} threads, and one engine serves one at a time"
        hint = "start workers with --nthreads 1, as many as there are cores"
        problem = Problem("dask-threads", message, None, hint)
        return EditionResult(job.guide.slug, job.edition, problems=(problem,))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return make_edition(job)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.collect()


def _dask_threads() -> Any:
    from distributed import get_worker

    return get_worker().state.nthreads

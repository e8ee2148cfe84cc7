"""What went wrong with a job, past all checks, goes in; a problem a person can act on comes out."""

import concurrent.futures
import os
import traceback

from booklet.build.workers import LimitError, WorkerDiedError
from booklet.content.loading import guide_file
from booklet.diagnostics import BookletError, Location, Problem
from booklet.model.job import EditionJob

DEBUG = "BOOKLET_DEBUG"


def failure_of(error: Exception, job: EditionJob) -> Problem:
    """Return why a job has no result, at the place of its guide.

    Args:
        error: What was raised in its place.
        job: The job.
    """
    place = Location(guide_file(job.guide.slug))
    edition = f"the {job.edition.value} edition of {job.guide.title}"
    if isinstance(error, LimitError):
        hint = (
            "look for a text, a list or a picture that is far too long or large; --job-seconds and"
        )
        hint += " --job-memory allow more"
        return Problem("job-limit", f"{edition} was given up: {error}", place, hint)
    if isinstance(error, WorkerDiedError | concurrent.futures.BrokenExecutor) or _killed(error):
        hint = "free some memory, or build with fewer --jobs"
        return Problem("job-died", f"{edition} could not be made: {error}", place, hint)
    if isinstance(error, BookletError):
        return error.problems[0]
    message = f"booklet itself failed at {edition}: {type(error).__name__}{_first_line(error)}"
    hint = f"please report it with the guide; {DEBUG}=1 shows where it happened"
    if os.environ.get(DEBUG):
        hint = "".join([*traceback.format_exception(error), *getattr(error, "__notes__", ())])
    return Problem("job-failed", message, place, hint)


def _first_line(error: Exception) -> str:
    line = str(error).strip().splitlines()
    return f": {line[0][:200]}" if line else ""


def _killed(error: Exception) -> bool:
    # distributed's own error, which is not imported for this alone.
    return type(error).__name__ == "KilledWorker"

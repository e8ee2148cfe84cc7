"""Jobs go in; where they are done is decided here: in this process, in workers, on a cluster."""

import concurrent.futures
import contextlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, Protocol

from booklet.build import stages
from booklet.build.early import start
from booklet.build.workers import DEFAULT_LIMITS, Limits, Workers, can_fork, cores
from booklet.diagnostics import BookletError, Problem
from booklet.model.job import EditionJob, EditionResult
from booklet.model.publication import Format

Step = Callable[[str], None]
Result = Future[EditionResult]

_LAYING_OUT, _FINISHING = 0, 1  # the two workers of a lone job


class Executor(Protocol):
    """Where jobs are done."""

    @property
    def at_once(self) -> int:
        """Return how many jobs may be begun before a result is taken."""
        ...

    def begin(self, job: EditionJob, on_step: Step, alone: bool) -> Result:
        """Begin a job.

        Args:
            job: The job.
            on_step: Is told its steps, where that is possible.
            alone: Whether it is the only job of the build.
        """
        ...

    def completed(self, futures: Iterable[Result]) -> Iterator[Result]:
        """Yield futures as they are done."""
        ...


class Here:
    """Jobs are done in this process, one after the other, without limits."""

    at_once = 1

    def begin(self, job: EditionJob, on_step: Step, alone: bool) -> Result:
        """Do a job."""
        return _done(lambda: stages.make_edition(job, progress=on_step))

    def completed(self, futures: Iterable[Result]) -> Iterator[Result]:
        """Yield futures; all are done."""
        yield from futures


class InWorkers:
    """Jobs are done in copies of this process; see workers.py."""

    def __init__(self, workers: Workers) -> None:
        """Take workers; they are ended by `close`."""
        self._workers = workers
        # One more than there are workers, so that none waits while the next guide is read.
        self.at_once = workers.count + 1

    def close(self) -> None:
        """End the workers, also those that compute."""
        self._workers.close()

    def begin(self, job: EditionJob, on_step: Step, alone: bool) -> Result:
        """Begin a job; one that is alone is done by two workers, stage by stage."""
        if alone and self._workers.count > 1:
            return _done(lambda: _make_alone(self._workers, job, on_step))
        return self._workers.submit(stages.make_edition, job, on_step=on_step)

    def completed(self, futures: Iterable[Result]) -> Iterator[Result]:
        """Yield futures as they are done."""
        return self._workers.completed(futures)


class InPool:
    """Jobs are done by an executor of concurrent.futures: new processes, or a cluster."""

    def __init__(
        self, pool: concurrent.futures.Executor, at_once: int, make: Callable[..., EditionResult]
    ) -> None:
        """Take a pool.

        Args:
            pool: The executor.
            at_once: How many jobs it is given at once.
            make: Makes one job; it has to be picklable.
        """
        self._pool = pool
        self._make = make
        self.at_once = at_once

    def close(self) -> None:
        """End the pool."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, job: EditionJob, on_step: Step, alone: bool) -> Result:
        """Begin a job."""
        return self._pool.submit(self._make, job)

    def completed(self, futures: Iterable[Result]) -> Iterator[Result]:
        """Yield futures as they are done."""
        return concurrent.futures.as_completed(list(futures))


@contextlib.contextmanager
def executor(
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    started: Workers | None = None,
) -> Iterator[Executor]:
    """Start what does the jobs; it ends with the context.

    Args:
        workers: How many jobs at once; the cores of this machine without it; 0 does them in this
            process.
        scheduler: The address of a Dask scheduler, whose workers do them.
        limits: What a job may use.
        started: Workers of this machine that have been started already.

    Raises:
        BookletError: Dask is not installed, or the scheduler does not answer.
    """
    if workers == 0:
        yield Here()
        return
    count = workers or cores()
    if scheduler:
        from booklet.build.dask_cluster import on_dask

        with on_dask(scheduler, limits) as cluster:
            yield cluster
        return
    if started or can_fork():
        here: InWorkers | InPool = InWorkers(started or start(count, limits))
    elif count > 1:
        new = multiprocessing.get_context("spawn")
        pool = concurrent.futures.ProcessPoolExecutor(count, new)
        here = InPool(pool, count + 1, stages.make_edition)
    else:
        yield Here()
        return
    try:
        yield here
    finally:
        here.close()


def _make_alone(workers: Workers, job: EditionJob, on_step: Step) -> EditionResult:
    """Do a lone job: while one worker lays out, the other loads and writes what comes after."""
    here = _FINISHING
    try:
        pages = None
        if stages.needs_pages(job):
            on_step("laying out")
            markup = workers.result(workers.submit(stages.print_markup, job, worker=here))
            laying_out = workers.submit(stages.lay_out, job, markup, worker=_LAYING_OUT)
        else:
            laying_out = None
        documents = workers.submit(stages.epub_markup, job, worker=here)
        workers.submit(stages.load_finishing, worker=here)
        if laying_out is not None:
            pages = workers.result(laying_out)
        xhtml = workers.result(documents)
        readers = workers.submit(
            stages.for_readers, job, pages, xhtml, on_step=on_step, worker=here
        )
        # The press file takes longest; the other worker makes the office file after the others.
        printing = [
            workers.submit(
                stages.for_printers,
                replace(job, formats=(format_,)),
                pages,
                on_step=on_step,
                worker=worker,
            )
            for format_, worker in ((Format.PRESS, _LAYING_OUT), (Format.OFFICE, here))
            if format_ in job.formats
        ]
        made = workers.result(readers)
        printed = [workers.result(one) for one in printing]
    except BookletError as error:
        return EditionResult(job.guide.slug, job.edition, problems=error.problems)
    # Both print files tell the page plan; one is enough.
    problems = printed[0].problems if printed else ()
    files = tuple(file for one in printed for file in one.artifacts)
    return stages.edition_result(job, pages, made, stages.Made(files, problems))


def _done(make: Callable[[], EditionResult]) -> Result:
    future: Result = Future()
    try:
        future.set_result(make())
    except Exception as error:  # told by who asks for the result
        future.set_exception(error)
    return future


def unreachable(address: str, why: Any) -> BookletError:
    """Return the error for a scheduler that cannot be used."""
    hint = "see docs/many-guides.md: how to start a scheduler and workers"
    return BookletError([Problem("scheduler", f"{address} cannot be used: {why}", None, hint)])

"""The first worker, started before anything else: the engine loads beside all that follows.

Little is imported here, and the rest by the worker itself: that is why imports stand inside
functions.
"""

from booklet.build.workers import Limits, Workers, can_fork, cores


def start_early(jobs: int | None, scheduler: str | None, limits: Limits) -> Workers | None:
    """Start the first worker of a build.

    Args:
        jobs: How many jobs at once; None for the cores of this machine.
        scheduler: The address of a Dask scheduler, if its workers do the jobs.
        limits: What a job may use.

    Returns:
        The workers, or None where jobs are done in another way.
    """
    if jobs == 0 or scheduler or not can_fork():
        return None
    return start(jobs or cores(), limits)


def start(count: int, limits: Limits) -> Workers:
    """Start the first of `count` workers."""
    return Workers(count, limits, _warm_up, _load_everything)


def _warm_up() -> None:
    from booklet.build.stages import warm_up

    warm_up()


def _load_everything() -> None:
    from booklet.build.stages import load_everything

    load_everything()

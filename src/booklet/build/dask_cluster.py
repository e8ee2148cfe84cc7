"""The address of a Dask scheduler goes in; an executor whose jobs its workers do comes out."""

import contextlib
import functools
from collections.abc import Iterator

from booklet.build import stages
from booklet.build.executors import InPool, unreachable
from booklet.build.workers import Limits

_ANSWER_SECONDS = 10


@contextlib.contextmanager
def on_dask(address: str, limits: Limits) -> Iterator[InPool]:
    """Connect to a cluster.

    Args:
        address: The scheduler, such as tcp://192.0.2.1:8786.
        limits: What a job may use; its memory is limited by the workers' own `--memory-limit`.

    Raises:
        BookletError: Dask is not installed, the scheduler does not answer, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise unreachable(address, f"{error}; pip install 'booklet[dask]'") from None
    try:
        client = Client(address, timeout=_ANSWER_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise unreachable(address, error or "it does not answer") from None
    try:
        workers = len(client.nthreads())
        if not workers:
            raise unreachable(address, "it has no workers")
        make = functools.partial(stages.make_on_dask, seconds=limits.seconds)
        # A job whose worker dies is begun once more elsewhere (distributed, `retries`).
        pool = client.get_executor(retries=1, pure=False)
        yield InPool(pool, 2 * workers, make)
    finally:
        client.close()

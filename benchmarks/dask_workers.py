"""Time two Dask workers of this machine beside one, and compare the bytes with those of a build.

usage: python -m benchmarks.dask_workers [GUIDES] [PAIRS]
"""

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.many_guides import spread
from benchmarks.projects import FORMATS, project_of
from booklet.build.plan import Wanted
from booklet.build.run import Conduct, build

GUIDES, PAIRS = 12, 3


def timed(project: Path, output: Path, conduct: Conduct) -> float:
    """Return the seconds of a build.

    Raises:
        ValueError: A guide could not be made.
    """
    started = time.perf_counter()
    report = build(project, output, Wanted(formats=FORMATS, editions=("standard",)), conduct)
    if report.not_made:
        raise ValueError(str(report.not_made[0].problems[0]))
    return time.perf_counter() - started


def sums(folder: Path) -> list[tuple[str, str]]:
    """Return a digest of every file."""
    files = (path for path in sorted(folder.iterdir()) if path.name != "report.json")
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def main(guides: int, pairs: int) -> None:
    """Run and print what was measured."""
    from distributed import LocalCluster

    times: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        project = project_of(scratch / "project", guides)
        for _ in range(pairs):
            for workers in times:
                with LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=None,
                    host="127.0.0.1",
                ) as cluster:
                    conduct = Conduct(scheduler=cluster.scheduler_address, cache_mebibytes=0)
                    timed(project, scratch / "warm", conduct)
                    times[workers].append(timed(project, scratch / f"{workers}", conduct))
        timed(project, scratch / "here", Conduct(cache_mebibytes=0))
        same = sums(scratch / "1") == sums(scratch / "2") == sums(scratch / "here")
    ratios = [one / two for one, two in zip(times[1], times[2], strict=True)]
    print(f"{guides} guides, {pairs} pairs, workers warm")
    print(f"one Dask worker:   {spread(times[1])} s")
    print(f"two Dask workers:  {spread(times[2])} s")
    print(f"speed-up:          {spread(ratios)}")
    print(f"the same bytes as a build on this machine: {same}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [GUIDES, PAIRS][len(numbers) :]))

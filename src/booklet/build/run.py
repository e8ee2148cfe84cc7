"""What is wanted goes in; the files of a project and a report come out: the whole of a build."""

from dataclasses import dataclass
from pathlib import Path

from booklet.build.batch import Batch
from booklet.build.cache import DEFAULT_MEBIBYTES, Cache, open_cache
from booklet.build.executors import executor
from booklet.build.files import write_files
from booklet.build.names import REPORT_FILE
from booklet.build.plan import EVERYTHING, Wanted
from booklet.build.report import Report
from booklet.build.watcher import Watcher
from booklet.build.workers import DEFAULT_LIMITS, Limits, Workers


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a build goes about it.

    Attributes:
        workers: How many jobs at once; None for the cores of this machine, 0 for this process.
        scheduler: The address of a Dask scheduler, whose workers do the jobs.
        limits: What a job may use.
        cache_mebibytes: How much the cache may keep; 0 for no cache.
        fail_fast: Whether to stop at the first edition that cannot be made.
        full: Whether to ask the reference validators about every file.
        started: Workers that have been started already (early.py).
    """

    workers: int | None = None
    scheduler: str | None = None
    limits: Limits = DEFAULT_LIMITS
    cache_mebibytes: int = DEFAULT_MEBIBYTES
    fail_fast: bool = False
    full: bool = False
    started: Workers | None = None


def build(
    root: Path,
    output: Path | None,
    wanted: Wanted = EVERYTHING,
    conduct: Conduct | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Make the booklets of a project.

    Args:
        root: The folder that holds `content/`.
        output: Where the files go; None to make them, look at them and write nothing.
        wanted: Guides, formats, editions, profiles.
        conduct: How to go about it.
        watcher: Is told what happens.

    Returns:
        What was made and found. `report.json` beside the files says the same.

    Raises:
        BookletError: What all guides share is wrong, the files cannot be written, or the scheduler
            cannot be used. The files of an earlier build stay as they were.
        UnknownGuideError: The publication does not list one of the guides.
    """
    watcher, conduct = watcher or Watcher(), conduct or Conduct()
    cache = open_cache(conduct.cache_mebibytes) if conduct.cache_mebibytes else Cache(None)
    with executor(conduct.workers, conduct.scheduler, conduct.limits, conduct.started) as jobs:
        batch = Batch(jobs, output, cache, watcher)
        report = batch.run(root, wanted, conduct.fail_fast)
    if conduct.full and output is not None:
        watcher.validating()
        # Imported here: what asks the validators is wanted by few builds.
        from booklet.build.validation import validate_files

        report.verdicts = validate_files(report.files, output)
        write_files(output, {REPORT_FILE: report.json().encode("utf-8")})
    return report

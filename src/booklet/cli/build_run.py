"""The options of `booklet build` go in; the build runs, and messages and an exit code come out."""

from collections.abc import Mapping
from typing import Any, NoReturn

import click

from booklet.build.plan import Wanted
from booklet.build.project import UnknownGuideError
from booklet.build.run import Conduct, build
from booklet.build.validation import validators_of
from booklet.build.watcher import Watcher
from booklet.build.workers import Limits, Workers
from booklet.cli.messages import end, fail, fail_as_json, tell_json, tell_report
from booklet.cli.progress import Progress
from booklet.diagnostics import BookletError


def run(given: Mapping[str, Any], limits: Limits, started: Workers | None) -> NoReturn:
    """Build, tell what was made, and end.

    Args:
        given: The options of the command line by their names.
        limits: What a job may use.
        started: Workers that have been started already.
    """
    full = given["full"]
    progress = Watcher() if given["as_json"] else Progress()
    conduct = Conduct(
        workers=given["jobs"],
        scheduler=given["scheduler"],
        limits=limits,
        cache_mebibytes=0 if given["no_cache"] else given["cache_size"],
        fail_fast=given["fail_fast"],
        full=full,
        started=started,
    )
    wanted = Wanted(given["guides"], given["formats"], given["editions"], given["profiles"])
    try:
        report = build(given["root"], given["output"], wanted, conduct, progress)
    except UnknownGuideError as error:
        raise click.UsageError(str(error)) from None
    except BookletError as error:
        if isinstance(progress, Progress):
            progress.end()
            fail(error.problems)
        fail_as_json(error.problems)
    if isinstance(progress, Progress):
        progress.end()
        tell_report(report, full, () if full else validators_of(report.files))
    else:
        tell_json(report.plain())
    end(report, given["strict"], full)

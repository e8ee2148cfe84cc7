"""A plan goes in; guide after guide is read, made and written, and a report comes out.

Each guide is checked, made and written by itself and then forgotten: a broken one is told at once
and the others are made. An edition is written whole or not at all.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.build.cache import Cache, CachedEdition, CachedSource
from booklet.build.executors import Executor, Result
from booklet.build.failures import failure_of
from booklet.build.files import write_files
from booklet.build.names import REPORT_FILE, TakenNames
from booklet.build.plan import (
    Plan,
    Wanted,
    job_key,
    make_job,
    make_plan,
    picture_names,
    read_pictures,
    source_key,
)
from booklet.build.project import ReadGuide, read_guide
from booklet.build.report import MadeFile, NotMade, Report, State
from booklet.build.watcher import Watcher
from booklet.content.loading import guide_file, read_source
from booklet.diagnostics import BookletError, Problem
from booklet.model.artifact import Artifact
from booklet.model.edition import Edition
from booklet.model.job import EditionJob, EditionResult

# The report is written after an edition as long as that takes less than this share of the time.
_REPORT_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class _Place:
    """One edition in the plan; the first has number 1."""

    number: int
    slug: str
    edition: Edition


class Batch:
    """One build of a project on its way."""

    def __init__(
        self, executor: Executor, output: Path | None, cache: Cache, watcher: Watcher
    ) -> None:
        """Prepare a build.

        Args:
            executor: Where jobs are done.
            output: The folder the files go to; None makes them and writes nothing.
            cache: What was made before.
            watcher: Is told what happens.
        """
        self.report = Report()
        self._executor = executor
        self._output = output
        self._cache = cache
        self._watcher = watcher
        self._names = TakenNames()
        self._pending: dict[Result, tuple[_Place, EditionJob]] = {}
        self._files: dict[int, list[MadeFile]] = {}
        self._report_seconds = 0.0
        self._reported = 0.0

    def run(self, root: Path, wanted: Wanted, fail_fast: bool = False) -> Report:
        """Make what is wanted.

        Args:
            root: The folder that holds `content/`.
            wanted: Guides, formats, editions, profiles.
            fail_fast: Stop at the first edition that cannot be made.

        Returns:
            What was made and found. `report.json` beside the files says the same; while the build
            runs, and when it is stopped or killed, it says that it is unfinished.

        Raises:
            BookletError: What all guides share is wrong, or the files cannot be written.
            UnknownGuideError: The publication does not list one of the guides.
        """
        self._watcher.reading()
        try:
            plan = make_plan(root, wanted)
        except BookletError as error:
            self.report.note(error.problems)
            self._finish(State.FINISHED)
            raise
        self.report.guides = len(plan.project.slugs)
        self._watcher.planned(plan.count)
        self._watcher.found(self.report.note(plan.project.problems))
        self._write_report()
        state = State.STOPPED
        try:
            self._make_all(plan, fail_fast)
            stopped = fail_fast and bool(self.report.not_made)
            state = State.STOPPED if stopped else State.FINISHED
        finally:
            self._finish(state)
        return self.report

    def _make_all(self, plan: Plan, fail_fast: bool) -> None:
        for place, job in self._jobs(plan, fail_fast):
            title = job.guide.title
            begun = self._executor.begin(job, self._teller(place, title), plan.count == 1)
            self._pending[begun] = place, job
            while len(self._pending) >= self._executor.at_once:
                self._take()
        while self._pending and not (fail_fast and self.report.not_made):
            self._take()

    # What is to be done

    def _jobs(self, plan: Plan, fail_fast: bool) -> Iterator[tuple[_Place, EditionJob]]:
        """Yield the jobs that have to be done; take from the cache what has been done before."""
        number = 0
        for slug in plan.project.slugs:
            if fail_fast and self.report.not_made:
                return
            places = [_Place(number + n, slug, one) for n, one in enumerate(plan.editions, 1)]
            number += len(places)
            places = [place for place in places if self._has_names(plan, place)]
            left = self._after_cache(plan, slug, places)
            if not left:
                continue
            read = read_guide(plan.project, slug)
            if read.guide is None:
                self._not_made(left, slug, "", read.problems)
                continue
            self._watcher.found(self.report.note(read.problems))
            try:
                yield from self._new_jobs(plan, read, left)
            except BookletError as error:
                self._not_made(left, slug, "", error.problems)

    def _has_names(self, plan: Plan, place: _Place) -> bool:
        owner = f"{place.slug} ({place.edition.value})"
        taken = self._names.take(owner, plan.names_of(place.slug, place.edition))
        if taken:
            self._not_made([place], place.slug, place.edition.value, tuple(taken))
        return not taken

    def _new_jobs(
        self, plan: Plan, read: ReadGuide, places: Sequence[_Place]
    ) -> Iterator[tuple[_Place, EditionJob]]:
        if read.guide is None:
            return
        pictures = read_pictures(plan.project.root, picture_names(plan, read.guide))
        key = source_key(plan, read.source)
        digests = {name: _digest(content) for name, content in pictures.items()}
        self._cache.keep_source(key, CachedSource(read.guide.title, digests, read.problems))
        for place in places:
            whole = job_key(plan, key, place.edition, pictures)
            yield place, make_job(plan, read, place.edition, pictures, whole)

    # What was done before

    def _after_cache(self, plan: Plan, slug: str, places: list[_Place]) -> list[_Place]:
        """Write what is in the cache; return what is left to make."""
        try:
            key = source_key(plan, read_source(plan.project.root, guide_file(slug)))
            source = self._cache.source(key)
            pictures = read_pictures(plan.project.root, source.pictures) if source else {}
        except BookletError:
            return places
        if source is None:
            return places
        if any(_digest(pictures[name]) != digest for name, digest in source.pictures.items()):
            return places
        left = []
        for place in places:
            cached = self._cache.edition(job_key(plan, key, place.edition, pictures))
            if cached is None or not self._write_cached(cached):
                left.append(place)
                continue
            self._watcher.found(self.report.note([*source.problems, *cached.problems]))
            files = [_made(cached, one.artifact, one.size_bytes, True) for one in cached.files]
            self._made(place, source.title, files)
        return left

    def _write_cached(self, cached: CachedEdition) -> bool:
        """Bring the files of an edition to the output folder; return whether all are there."""
        if self._output is None:
            return True
        missing: dict[str, bytes] = {}
        for one in cached.files:
            if _has_digest(self._output / one.artifact.name, one.digest, one.size_bytes):
                continue
            content = self._cache.content(one.digest)
            if content is None:
                return False
            missing[one.artifact.name] = content
        if missing:
            write_files(self._output, missing)
        return True

    # What comes of it

    def _take(self) -> None:
        """Wait for a result and write it."""
        future = next(self._executor.completed(list(self._pending)))
        place, job = self._pending.pop(future)
        try:
            result = future.result()
        except Exception as error:  # whatever happened to one guide, the others are made
            result = EditionResult(place.slug, place.edition, (), (failure_of(error, job),))
        if result.failed:
            self._not_made([place], place.slug, place.edition.value, result.problems)
            return
        if self._output is not None:
            write_files(self._output, {one.name: one.content for one in result.artifacts})
        self._cache.keep_edition(job.key, result)
        self._watcher.found(self.report.note(result.problems))
        files = [_made(result, one, len(one.content), False) for one in result.artifacts]
        self._made(place, job.guide.title, files)

    def _made(self, place: _Place, title: str, files: list[MadeFile]) -> None:
        self._files[place.number] = files
        self._watcher.ended(place.number, title, files)
        self._write_report(at_most=_REPORT_SHARE)

    def _not_made(
        self, places: Sequence[_Place], slug: str, edition: str, problems: tuple[Problem, ...]
    ) -> None:
        self.report.not_made.append(NotMade(slug, edition, problems))
        name = f"{slug} ({edition})" if edition else slug
        self._watcher.failed([place.number for place in places], name, problems)
        self._write_report(at_most=_REPORT_SHARE)

    def _teller(self, place: _Place, title: str) -> "_Teller":
        return _Teller(self._watcher, place.number, title)

    # The report

    def _finish(self, state: State) -> None:
        self.report.state = state
        self._write_report()
        self._cache.sweep()

    def _write_report(self, at_most: float | None = None) -> None:
        """Write the report.

        Args:
            at_most: Leave it be, if writing it takes more than this share of the time since the
                last: of a thousand guides it is long.
        """
        now = time.monotonic()
        if at_most is not None and self._report_seconds > at_most * (now - self._reported):
            return
        self.report.files = [file for key in sorted(self._files) for file in self._files[key]]
        if self._output is None:
            return
        write_files(self._output, {REPORT_FILE: self.report.json().encode("utf-8")})
        self._reported = time.monotonic()
        self._report_seconds = self._reported - now


@dataclass(frozen=True, slots=True)
class _Teller:
    """Passes the steps of one edition on."""

    watcher: Watcher
    number: int
    title: str

    def __call__(self, step: str) -> None:
        self.watcher.step(self.number, self.title, step)


def _made(
    edition: EditionResult | CachedEdition, file: Artifact, size_bytes: int, from_cache: bool
) -> MadeFile:
    labels = (file.name, edition.slug, file.format.value, edition.edition.value)
    return MadeFile(*labels, file.pages, size_bytes, file.seconds, file.problems, from_cache)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _has_digest(file: Path, digest: str, size_bytes: int) -> bool:
    """Return whether a file is there, whole and unchanged."""
    try:
        return file.stat().st_size == size_bytes and _digest(file.read_bytes()) == digest
    except OSError:
        return False

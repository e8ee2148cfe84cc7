"""Jobs go in; they are done in processes of their own, within limits, and their results come out.

`Workers` is an executor in the sense of concurrent.futures, but without threads: the engine is
imported in a copy of this process, and a process with threads cannot be copied safely. Each worker
has a pipe of its own, so that one that dies in the middle of an answer harms nobody else.
concurrent.futures' own pool breaks as a whole when a worker dies, and cannot tell which job did it;
`pebble` ends single jobs, but shares one locked pipe among all workers and polls it.
"""

import concurrent.futures
import contextlib
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

Future = concurrent.futures.Future
Step = Callable[[str], None]

# After so many jobs a worker is replaced by a new one, which takes two thirds of a second.
_MOST_JOBS = 100
# prctl(2): send this signal to us when our parent dies, however it dies.
_PR_SET_PDEATHSIG = 1


class LimitError(Exception):
    """A job was ended because it went past its time or memory."""


class WorkerDiedError(Exception):
    """A job was begun twice, and both times its worker died."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may use.

    Attributes:
        seconds: Wall time.
        mebibytes: Address space of its worker.
    """

    seconds: float = 600.0
    mebibytes: int = 6144


DEFAULT_LIMITS = Limits()


@dataclass(slots=True, eq=False)
class _Task:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    on_step: Step | None
    future: "Future[Any]"
    tries: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: int
    pipe: Connection
    task: _Task | None = None
    done: int = 0
    pinned: "deque[_Task]" = field(default_factory=deque)


class Workers:
    """Processes that wait for work, until `close`."""

    def __init__(
        self, count: int, limits: Limits, warm_up: Callable[[], None], load: Callable[[], None]
    ) -> None:
        """Start the first worker, so that it warms up beside all that follows.

        Args:
            count: How many at most; others start when there is work for them.
            limits: What a job may use.
            warm_up: What the first worker does before there is work.
            load: What every other worker does first.
        """
        self._count = count
        self._limits = limits
        self._load = load
        self._queue: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._start(warm_up)

    def close(self) -> None:
        """End all workers, also those that compute."""
        for worker in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
            self._bury(worker)
        self._workers = []

    @property
    def count(self) -> int:
        """Return how many jobs are done at once."""
        return self._count

    def submit(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_step: Step | None = None,
        worker: int | None = None,
    ) -> "Future[Any]":
        """Hand over work; function, arguments and result have to be picklable.

        Args:
            function: What to do.
            arguments: Its arguments.
            on_step: Is told the steps of the work: the function then gets a `progress` argument.
            worker: The number of the worker that has to do it; any, without it.
        """
        task = _Task(function, arguments, on_step, concurrent.futures.Future())
        if worker is None:
            self._queue.append(task)
        else:
            while len(self._workers) <= worker:
                # It loads what its work needs, and no more.
                self._start(lambda: None)
            self._workers[worker].pinned.append(task)
        self._hand_out()
        return task.future

    def result(self, future: "Future[Any]") -> Any:
        """Wait for one result.

        Raises:
            LimitError: The work went past its limits.
            WorkerDiedError: Its worker died twice.
            Exception: Whatever the work raised.
        """
        while not future.done():
            self._listen()
        return future.result()

    def completed(self, futures: "Iterable[Future[Any]]") -> "Iterator[Future[Any]]":
        """Yield futures as they are done; see concurrent.futures.as_completed."""
        waiting = list(futures)
        while waiting:
            done = [future for future in waiting if future.done()]
            if not done:
                self._listen()
            waiting = [future for future in waiting if future not in done]
            yield from done

    # Starting and ending

    def _start(self, first: Callable[[], None], place: int | None = None) -> None:
        ours, theirs = Pipe()
        # What is in our buffers would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            try:
                for worker in self._workers:
                    worker.pipe.close()
                ours.close()
                _Server(theirs, self._limits, parent).serve(first)
            finally:
                # Neither the caller's `finally` nor what is registered for the end may run twice.
                os._exit(0)
        theirs.close()
        worker = _Worker(process, ours)
        if place is None:
            self._workers.append(worker)
        else:
            worker.pinned = self._workers[place].pinned
            self._workers[place] = worker

    def _bury(self, worker: _Worker) -> int:
        """Close a dead worker's pipe and return its wait status."""
        worker.pipe.close()
        try:
            return os.waitpid(worker.process, 0)[1]
        except ChildProcessError:
            return 0

    # Handing out and listening

    def _hand_out(self) -> None:
        while len(self._workers) < self._count and len(self._queue) > self._idle():
            self._start(self._load)
        for place, worker in enumerate(self._workers):
            if worker.task is not None or not (worker.pinned or self._queue):
                continue
            task = (worker.pinned or self._queue).popleft()
            worker.task, task.tries = task, task.tries + 1
            try:
                worker.pipe.send((task.function, task.arguments, task.on_step is not None))
            except OSError:  # it is dead, and had not begun
                self._died(place)

    def _idle(self) -> int:
        return sum(worker.task is None for worker in self._workers)

    def _listen(self) -> None:
        """Take what the workers say next."""
        busy = {worker.pipe: place for place, worker in enumerate(self._workers) if worker.task}
        if not busy:
            self._hand_out()
            return
        for pipe in wait(list(busy)):
            place = busy[pipe]  # type: ignore[index]
            try:
                kind, value = self._workers[place].pipe.recv()
            except (EOFError, OSError):
                self._died(place)
                continue
            self._heard(self._workers[place], kind, value)
        self._hand_out()

    def _heard(self, worker: _Worker, kind: str, value: Any) -> None:
        task = worker.task
        if task is None:
            return
        if kind == "step":
            if task.on_step:
                task.on_step(value)
            return
        worker.task = None
        worker.done += 1
        if worker.done >= _MOST_JOBS:
            # The engine's libraries keep a little of each document: about 0.7 MB a job.
            place = self._workers.index(worker)
            worker.pipe.close()
            with contextlib.suppress(ChildProcessError):
                os.waitpid(worker.process, 0)
            self._start(self._load, place)
        if kind == "done":
            task.future.set_result(value)
        else:
            task.future.set_exception(value)

    def _died(self, place: int) -> None:
        """Put another worker in the place of a dead one, and give its job a second try."""
        worker = self._workers[place]
        status = self._bury(worker)
        task, worker.task = worker.task, None
        self._start(self._load, place)
        if task is None:
            return
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if number == signal.SIGALRM:
            task.future.set_exception(LimitError(f"it took longer than {self._limits.seconds:g} s"))
        elif task.tries > 1:
            name = signal.Signals(number).name if number else f"code {os.WEXITSTATUS(status)}"
            task.future.set_exception(WorkerDiedError(f"its worker died twice ({name})"))
        else:
            self._queue.appendleft(task)


class _Server:
    """The other end: a worker that does one job after the other until its pipe is closed."""

    def __init__(self, pipe: Connection, limits: Limits, parent: int) -> None:
        self.pipe = pipe
        self.limits = limits
        _die_with(parent)
        # Ctrl-C reaches all of the terminal's processes; the parent decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _limit_memory(limits.mebibytes)

    def serve(self, first: Callable[[], None]) -> None:
        first()
        # What is imported by now stays; the sweeps after each job need not look at it.
        gc.collect()
        gc.freeze()
        while True:
            try:
                function, arguments, steps = self.pipe.recv()
            except EOFError:
                return
            # The kernel ends us when the time is up: also inside a library that never comes back.
            signal.setitimer(signal.ITIMER_REAL, self.limits.seconds)
            answer = self._answer(function, arguments, steps)
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.pipe.send(answer)
            del function, arguments, answer
            # The collector is off while a job runs (__main__.py); once a job is enough, and without
            # it each layout would leave 60 MB behind.
            gc.collect()

    def _answer(self, function: Callable[..., Any], arguments: Any, steps: bool) -> Any:
        options = {"progress": lambda text: self.pipe.send(("step", text))} if steps else {}
        try:
            return "done", function(*arguments, **options)
        except MemoryError:
            limit = f"it needed more than {self.limits.mebibytes} MiB of memory"
            return "raised", LimitError(limit)
        except Exception as error:
            return "raised", _portable(error)


def _portable(error: Exception) -> Exception:
    """Return an error that can go to another process, with the place it came from."""
    import pickle
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # whatever is the matter with it, its words are told
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(trace)
    return error


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could say so
        os._exit(0)


def _limit_memory(mebibytes: int) -> None:
    import resource

    wanted = mebibytes << 20
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Return whether `Workers` can be used here.

    Other systems' libraries do not survive the copy of a process, nor do threads.
    """
    return sys.platform == "linux" and threading.active_count() == 1

"""Work and its material go in; it is done beside this process, and its result comes out.

A part of the pipeline: what print files need is loaded while the pages are laid out, and they are
finished while the EPUB is packed, both on a second core.
"""

import contextlib
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Material = TypeVar("Material")
Result = TypeVar("Result")


class Aside(Generic[Material, Result]):
    """Work that is done in a copy of this process.

    Where there is no second core, or no safe way to copy a process, the work is done when its
    result is asked for. It has to be free of effects: only its result comes back.
    """

    def __init__(self, work: Callable[[Material], Result], prepare: Callable[[], None]) -> None:
        """Start the copy.

        Args:
            work: What to do with the material. Material and result have to be picklable; an error
                is raised by `result`.
            prepare: What the copy does before the material is there, such as importing.
        """
        self._work = work
        self._prepare = prepare
        self._material: Material | None = None
        self._process = 0
        self._to_copy = self._from_copy = -1
        if _can_copy():
            self._start()

    def give(self, material: Material) -> None:
        """Hand over what the work is about, and go on with something else."""
        self._material = material
        if self._process:
            # A copy that was killed reads nothing; then `result` does the work.
            with contextlib.suppress(BrokenPipeError), os.fdopen(self._to_copy, "wb") as stream:
                pickle.dump(material, stream, pickle.HIGHEST_PROTOCOL)
            self._to_copy = -1

    def result(self) -> Result:
        """Wait for the result.

        Raises:
            ValueError: Nothing was handed over.
            Exception: Whatever the work raised.
        """
        if self._material is None:
            raise ValueError("there is nothing to work on")
        answer = self._answer()
        if not answer:
            # No copy, or it was killed or raised an error: done here, the error is raised here.
            return self._work(self._material)
        result: Result = pickle.loads(answer)  # noqa: S301 - written by our own copy
        return result

    def __del__(self) -> None:
        """Let a copy go that was never given anything."""
        for end in (self._to_copy, self._from_copy):
            if end >= 0:
                os.close(end)
        if self._process:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._process, 0)

    def _answer(self) -> bytes:
        if not self._process:
            return b""
        with os.fdopen(self._from_copy, "rb") as stream:
            answer = stream.read()
        self._from_copy = -1
        os.waitpid(self._process, 0)
        self._process = 0
        return answer

    def _start(self) -> None:
        reading, self._to_copy = os.pipe()
        self._from_copy, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(reading)
            os.close(writing)
            return
        try:
            os.close(self._to_copy)
            self._prepare()
            with os.fdopen(reading, "rb") as stream:
                material: Material = pickle.load(stream)  # noqa: S301 - written by ourselves
            answer = pickle.dumps(self._work(material), pickle.HIGHEST_PROTOCOL)
            with os.fdopen(writing, "wb") as stream:
                stream.write(answer)
        finally:
            # Neither the caller's `finally` nor what is registered for the end may run twice.
            os._exit(0)


def _can_copy() -> bool:
    # Other systems' libraries do not survive a fork, nor do threads.
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1

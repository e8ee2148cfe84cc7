"""Work and its material go in; it is done beside this process, and its result comes out.

A part of the pipeline: the typesetting engine starts while the content is read, what print files
need is loaded while the pages are laid out, and they are finished while the EPUB is packed.
"""

import contextlib
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import IO, Generic, TypeVar

Material = TypeVar("Material")
Result = TypeVar("Result")

# Our ends of the pipes to all copies. A later copy closes them: an earlier one ends when we let go.
_our_ends: set[int] = set()


class Aside(Generic[Material, Result]):
    """Work that is done in a copy of this process, as often as material is given.

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
        self._to_copy: IO[bytes] | None = None
        self._from_copy: IO[bytes] | None = None
        if _can_copy():
            self._start()

    def give(self, material: Material) -> None:
        """Hand over what the work is about, and go on with something else."""
        self._material = material
        if self._to_copy:
            # A copy that was killed reads nothing; then `result` does the work.
            with contextlib.suppress(BrokenPipeError):
                pickle.dump(material, self._to_copy, pickle.HIGHEST_PROTOCOL)
                self._to_copy.flush()

    def result(self) -> Result:
        """Wait for the result.

        Raises:
            ValueError: Nothing was handed over.
            Exception: Whatever the work raised.
        """
        if self._material is None:
            raise ValueError("there is nothing to work on")
        material, self._material = self._material, None
        answer = self._answer()
        # No copy, or it was killed or raised an error: done here, the error is raised here.
        return answer[0] if answer else self._work(material)

    def __del__(self) -> None:
        """Let the copy go."""
        for end in (self._to_copy, self._from_copy):
            if end:
                _our_ends.discard(end.fileno())
                with contextlib.suppress(BrokenPipeError):
                    end.close()
        if self._process:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._process, 0)

    def _answer(self) -> tuple[Result] | None:
        """Return the copy's result in a tuple of one, or None when it has none."""
        if not self._from_copy:
            return None
        try:
            answer: tuple[Result] | None = pickle.load(self._from_copy)  # noqa: S301 - our own
        except (EOFError, pickle.UnpicklingError):
            return None
        return answer

    def _start(self) -> None:
        reading, to_copy = os.pipe()
        from_copy, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(reading)
            os.close(writing)
            self._to_copy, self._from_copy = os.fdopen(to_copy, "wb"), os.fdopen(from_copy, "rb")
            _our_ends.update((to_copy, from_copy))
            return
        try:
            for end in (to_copy, from_copy, *_our_ends):
                os.close(end)
            self._prepare()
            with os.fdopen(reading, "rb") as incoming, os.fdopen(writing, "wb") as outgoing:
                self._serve(incoming, outgoing)
        finally:
            # Neither the caller's `finally` nor what is registered for the end may run twice.
            os._exit(0)

    def _serve(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        """Do the work for each material that comes, until our other end is closed."""
        while True:
            try:
                material: Material = pickle.load(incoming)  # noqa: S301 - written by ourselves
            except EOFError:
                return
            try:
                answer = pickle.dumps((self._work(material),), pickle.HIGHEST_PROTOCOL)
            except Exception:  # whatever it is, it is raised again where it can be told
                answer = pickle.dumps(None)
            outgoing.write(answer)
            outgoing.flush()


def _can_copy() -> bool:
    # Other systems' libraries do not survive a fork, nor do threads.
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1

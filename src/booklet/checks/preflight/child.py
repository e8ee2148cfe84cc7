"""The process that looks at one file: a question and bytes come in, a judgement goes out.

Started by `bounded.judge`. It limits itself before it reads a byte of the file.
"""

import contextlib
import ctypes
import io
import json
import os
import signal
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1
# The parent's clock comes first; this ends a process whose parent cannot.
_SPARE_SECONDS = 2


def main() -> None:
    """Answer one question."""
    # Unbuffered: a large file would else be in memory twice.
    asked = open(0, "rb", buffering=0)  # noqa: SIM115  # open as long as this process
    question: dict[str, Any] = json.loads(_read(asked, int(_read(asked, 8))))
    _die_with(question["parent"])
    _limit(question["seconds"], question["mebibytes"])
    # Not before: what these take is counted as well.
    from booklet.checks.preflight.bounded import told
    from booklet.checks.preflight.kinds import judged

    content = asked.readall()
    answer = judged(content, question["kind"], question["profile"], question["seconds"])
    sys.stdout.buffer.write(told(answer))
    sys.stdout.buffer.flush()
    # What libraries would still tidy up is of no use any more.
    os._exit(0)


def _read(asked: io.FileIO, count: int) -> bytes:
    """Return so many bytes; a pipe gives them piece by piece."""
    found = b""
    while len(found) < count:
        piece = asked.read(count - len(found))
        if not piece:
            # The process that asked is gone.
            os._exit(1)
        found += piece
    return found


def _die_with(parent: int) -> None:
    """Have the system end this process when the one that asked is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if hasattr(os, "getppid") and os.getppid() != parent:
        # It went while this process was starting.
        os._exit(1)


def _limit(seconds: float, mebibytes: int) -> None:
    try:
        import resource
    except ImportError:
        # A system without such limits still has the parent's clock.
        return
    memory = mebibytes << 20
    processor = int(seconds) + _SPARE_SECONDS
    wanted = (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, processor), (resource.RLIMIT_CORE, 0),
    )  # fmt: skip
    for kind, most in wanted:
        # A system may know a limit and not set it, or have set a lower one before.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()

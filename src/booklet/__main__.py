"""`booklet` or `python -m booklet` goes in; the command line runs, and the process ends."""

import gc
import os
import sys


def run() -> None:
    """Run the command line in a process of its own.

    A build is short, makes many objects and drops few, so the garbage collector finds next to
    nothing and costs a fifth of the time (benchmarks/README.md). It is off before the first import;
    a worker collects once after each job. For the same reason the process ends at once
    instead of taking its objects apart one by one: every file is closed and renamed by then.
    """
    gc.disable()
    from booklet.cli import main

    try:
        main(prog_name="booklet")
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))


if __name__ == "__main__":
    run()

"""`booklet` or `python -m booklet` goes in; the command line runs."""

import gc


def run() -> None:
    """Run the command line in a process of its own.

    A build is short, makes many objects and drops few, so the garbage collector finds next to
    nothing and costs a fifth of the time (measured, benchmarks/README.md). It is off before the
    first import; the pipeline collects once after each guide.
    """
    gc.disable()
    from booklet.cli import main

    main(prog_name="booklet")


if __name__ == "__main__":
    run()

"""Time all files of the first guide, cold, beside a one-shot WeasyPrint of the same print HTML.

usage: python -m benchmarks.cold_build [PAIRS]

Each side is a whole process, started anew; the two take turns, so that a machine that slows down
slows both. The one-shot is what a user of WeasyPrint would run: `python -m weasyprint IN OUT` with
the same two fonts added to the machine's own. Prints each side's median and the median of the
ratios pair by pair, and writes nothing into the project.
"""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.many_guides import seconds, spread
from benchmarks.projects import FORMATS, ROOT, html_files, plain_fonts

PAIRS = 9
LIMIT = 0.9
SLUG = "shuro-shienin"


def main(pairs: int) -> None:
    """Run the pairs and print what was measured."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (html,) = html_files(ROOT, scratch)
        plain = {**os.environ, "FONTCONFIG_FILE": str(plain_fonts(scratch))}
        ours = [python, "-m", "booklet", "build", SLUG, "--output", folder, "--no-cache"]
        ours += ["--edition", "standard", *(f"--format={format_}" for format_ in FORMATS)]
        one_shot = [python, "-m", "weasyprint", str(html), str(scratch / "one-shot.pdf")]
        times: list[tuple[float, float]] = []
        for pair in range(pairs + 1):
            measured = (seconds(ours, dict(os.environ)), seconds(one_shot, plain))
            if pair:  # the first pair only warms the disk
                times.append(measured)
    ratios = [all_files / plain_pdf for all_files, plain_pdf in times]
    print(f"pairs: {pairs}")
    print(f"all files, cold:       {spread([a for a, _ in times])} s")
    print(f"one-shot, PDF only:    {spread([b for _, b in times])} s")
    print(f"ratio, pair by pair:   {spread(ratios)}   (limit {LIMIT})")
    for command in ("--help", "check"):
        times_here = [
            seconds([python, "-m", "booklet", command], dict(os.environ)) for _ in range(9)
        ]
        print(f"booklet {command:<12}   {spread(times_here)} s   (limit 0.3)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)

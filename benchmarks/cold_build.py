"""Time all files of the first guide, cold, beside a one-shot WeasyPrint of the same print HTML.

usage: python -m benchmarks.cold_build [PAIRS]

Each side is a whole process, started anew; the two take turns, so that a machine that slows down
slows both. The one-shot is what a user of WeasyPrint would run: `python -m weasyprint IN OUT` with
the same two fonts added to the machine's own. Prints each side's median and the median of the
ratios pair by pair, and writes nothing into the project.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from booklet.build.pipeline import check, print_document
from booklet.layout.fonts import find_typeface

ROOT = Path(__file__).parent.parent
PAIRS = 9
LIMIT = 1.0
FORMATS = ("reading", "press", "office", "epub", "text")

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {folders}
</fontconfig>
"""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the wall time of one run, in seconds.

    Raises:
        ValueError: The command failed, so its time means nothing.
    """
    started = time.perf_counter()
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise ValueError(f"{command[:4]} failed: {run.stderr[-500:]}")
    return time.perf_counter() - started


def main(pairs: int) -> None:
    """Run the pairs and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        contents = check(ROOT)
        # The HTML stands in the project's folder, because its links are relative to that.
        html = ROOT / "build" / "one-shot.html"
        html.parent.mkdir(exist_ok=True)
        base = f'<base href="{ROOT.as_uri()}/"/>'
        text = print_document(ROOT, contents.guides[0], contents.publication)
        html.write_text(text.replace("<head>", f"<head>{base}", 1), "utf-8")
        folders = (f"<dir>{file.parent}</dir>" for file in find_typeface("Noto Sans CJK JP").files)
        (scratch / "fonts.conf").write_text(FONTCONFIG.format(folders="".join(folders)), "utf-8")
        plain = {**os.environ, "FONTCONFIG_FILE": str(scratch / "fonts.conf")}
        python = sys.executable
        slug = contents.guides[0].slug
        ours = [python, "-m", "booklet", "build", slug, "--output", folder]
        ours += ["--edition", "standard", *(f"--format={format_}" for format_ in FORMATS)]
        one_shot = [python, "-m", "weasyprint", str(html), str(scratch / "one-shot.pdf")]
        times: list[tuple[float, float]] = []
        for pair in range(pairs + 1):
            measured = (seconds(ours, dict(os.environ)), seconds(one_shot, plain))
            if pair:  # the first pair only warms the disk
                times.append(measured)
        html.unlink()
    ratios = [all_files / plain_pdf for all_files, plain_pdf in times]
    print(f"pairs: {pairs}")
    print(f"all files, cold:       {_spread([a for a, _ in times])} s")
    print(f"one-shot, PDF only:    {_spread([b for _, b in times])} s")
    print(f"ratio, pair by pair:   {_spread(ratios)}   (limit {LIMIT})")
    for command in ("--help", "check"):
        times_here = [
            seconds([python, "-m", "booklet", command], dict(os.environ)) for _ in range(9)
        ]
        print(f"booklet {command:<12}   {_spread(times_here)} s   (limit 0.3)")


def _spread(values: list[float]) -> str:
    return f"median {statistics.median(values):.3f}  ({min(values):.3f} to {max(values):.3f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)

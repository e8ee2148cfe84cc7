"""Time many guides, five files each, beside plain WeasyPrint in two forked workers.

usage: python -m benchmarks.many_guides [GUIDES] [PAIRS]

The two take turns, so that a machine that slows down slows both. Then, without turns: the same with
nothing changed; with one guide changed, beside that guide alone; and `booklet check` beside a
one-shot WeasyPrint of one guide. Ratios are taken pair by pair. Writes nothing into the project.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.projects import FORMATS, ROOT, html_files, plain_fonts, project_of

GUIDES, PAIRS = 50, 3


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


def spread(values: list[float]) -> str:
    """Return median, smallest and largest."""
    return f"median {statistics.median(values):.3f}  ({min(values):.3f} to {max(values):.3f})"


class Bench:
    """Both sides of the comparison, with all they need prepared."""

    def __init__(self, scratch: Path, guides: int) -> None:
        """Make the project and the HTML of its guides."""
        self.scratch = scratch
        self.project = project_of(scratch / "project", guides)
        (scratch / "html").mkdir()
        (scratch / "plain").mkdir()
        self.files = html_files(self.project, scratch / "html")
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(scratch / "cache")}
        self.plain_environment = {**os.environ, "FONTCONFIG_FILE": str(plain_fonts(scratch))}

    def ours(self, *arguments: str) -> float:
        """Time `booklet build`."""
        command = [sys.executable, "-m", "booklet", "build", "--project", str(self.project)]
        command += ["--output", str(self.scratch / "out"), "--edition", "standard"]
        command += [f"--format={one}" for one in FORMATS]
        return seconds([*command, *arguments], self.environment)

    def plain(self) -> float:
        """Time plain WeasyPrint."""
        command = [sys.executable, "-m", "benchmarks.plain", str(self.scratch / "plain"), "2"]
        return seconds([*command, *map(str, self.files)], self.plain_environment)

    def one_shot(self) -> float:
        """Time a one-shot WeasyPrint of the first guide."""
        output = str(self.scratch / "one.pdf")
        command = [sys.executable, "-m", "weasyprint", str(self.files[0]), output]
        return seconds(command, self.plain_environment)

    def check(self) -> float:
        """Time `booklet check`."""
        command = [sys.executable, "-m", "booklet", "check", "--project", str(self.project)]
        return seconds(command, self.environment)

    def change(self, number: int) -> str:
        """Change a word of a guide; return its slug."""
        file = sorted((self.project / "content" / "guides").glob("*.yaml"))[number]
        file.write_text(file.read_text("utf-8").replace("。\n", "、それも。\n", 1), "utf-8")
        return file.stem


def main(guides: int, pairs: int) -> None:
    """Run and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), guides)
        cold, plain = [], []
        for _ in range(pairs):
            shutil.rmtree(bench.scratch / "cache" / "booklet" / "editions", ignore_errors=True)
            cold.append(bench.ours())
            plain.append(bench.plain())
        base = statistics.median(plain)
        unchanged = [bench.ours() for _ in range(5)]
        changed, alone = [], []
        for number in range(3):
            slug = bench.change(number)
            changed.append(bench.ours())
            alone.append(bench.ours(slug, "--no-cache"))
        checks = [bench.check() for _ in range(5)]
        one_shot = [bench.one_shot() for _ in range(5)]
    print(f"{guides} guides, {pairs} pairs")
    print(f"five files each, cold:           {spread(cold)} s")
    print(f"plain, two workers, a PDF each:  {spread(plain)} s")
    print(f"ratio, pair by pair:             {spread(_ratios(cold, plain))}")
    print(f"nothing changed:                 {spread(unchanged)} s")
    print(f"  over plain:                    {spread([one / base for one in unchanged])}")
    print(f"one changed:                     {spread(changed)} s")
    print(f"  over that guide alone:         {spread(_ratios(changed, alone))}")
    print(f"check:                           {spread(checks)} s")
    print(f"  over one-shot of one guide:    {spread(_ratios(checks, one_shot))}")


def _ratios(ours: list[float], others: list[float]) -> list[float]:
    return [one / other for one, other in zip(ours, others, strict=True)]


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [GUIDES, PAIRS][len(numbers) :]))

"""Watch a build of many guides: memory of all its processes, and the time of the last guides.

usage: python -m benchmarks.memory [GUIDES]

Prints the memory of the tree after a tenth of the guides and at the end, and the time of the last
tenth over that of the first but one (the first also loads the engine).
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.projects import FORMATS, ROOT, project_of

GUIDES = 1000


def resident_mib(pid: int) -> float:
    """Return the proportional memory of a process and its children, in MiB (Linux)."""
    total = 0.0
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for one in [pid, *map(int, children.read_text().split())]:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
    return total


def main(guides: int) -> None:
    """Run and print what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        project = project_of(scratch / "project", guides)
        command = [sys.executable, "-m", "booklet", "build", "--project", str(project)]
        command += ["--output", str(scratch / "out"), "--edition", "standard", "--no-cache"]
        command += [f"--format={one}" for one in FORMATS]
        seen: list[tuple[float, int, float]] = []
        started = time.perf_counter()
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                try:
                    made = len(list((scratch / "out").glob("*-press.pdf")))
                    seen.append((time.perf_counter() - started, made, resident_mib(process.pid)))
                except OSError:
                    pass
                time.sleep(0.5)
        seen.append((time.perf_counter() - started, guides, 0.0))
    tenth = guides // 10

    def when(made: int) -> float:
        return next(moment for moment, count, _ in seen if count >= made)

    def memory(first: int, last: int) -> float:
        values = sorted(mib for _, count, mib in seen if first <= count < last and mib)
        return values[len(values) // 2]

    early, late = memory(tenth, 2 * tenth), memory(guides - tenth, guides)
    begin, end = when(2 * tenth) - when(tenth), when(guides) - when(guides - tenth)
    print(f"{guides} guides, process exit code {process.returncode}, {seen[-1][0]:.0f} s")
    print(f"memory of the tree: {early:.0f} MiB in the second tenth, {late:.0f} MiB in the last")
    print(f"  ratio {late / early:.3f}")
    print(
        f"time of a tenth: {begin:.1f} s the second, {end:.1f} s the last; ratio {end / begin:.3f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else GUIDES)

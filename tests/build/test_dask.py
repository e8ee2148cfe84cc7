"""What a publisher gets whose guides are made by a Dask cluster: the bytes of a serial build."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.projects import project_with_guides
from tests.test_cli import run

pytest.importorskip("distributed", reason="needs booklet[dask]")

# A scheduler and two workers, as docs/many-guides.md starts them, on this machine alone.
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker={threads}, processes=True,
                      dashboard_address=None, host="127.0.0.1") as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""
SLUGS = [f"shigoto-{number}" for number in range(4)]


@contextlib.contextmanager
def cluster(threads: int = 1) -> Iterator[tuple[str, list[int]]]:
    command = [sys.executable, "-c", CLUSTER.format(threads=threads)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        address, *pids = process.stdout.readline().split()
        try:
            yield address, [int(pid) for pid in pids]
        finally:
            process.stdin.close()
            process.wait(30)


def sums(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "report.json"
    }


def test_a_cluster_gives_the_bytes_of_a_serial_build_and_a_killed_worker_loses_nothing(tmp_path):
    project = project_with_guides(tmp_path, SLUGS)
    formats = ("--format", "reading", "--format", "epub", "--format", "text", "--no-cache")
    serial = run("build", "--project", project, "--output", tmp_path / "serial", *formats)
    assert serial.exit_code == 0, serial.output
    with cluster() as (address, pids):
        command = [sys.executable, "-m", "booklet", "build", "--project", str(project)]
        command += ["--output", str(tmp_path / "there"), "--scheduler", address, *formats]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as building:
            deadline = time.monotonic() + 120
            output = tmp_path / "there"
            while not list(output.glob("*.pdf")) and time.monotonic() < deadline:
                time.sleep(0.05)
            # In the middle: one edition is written, three are not.
            os.kill(pids[0], signal.SIGKILL)
            _, told = building.communicate(timeout=240)
        assert building.returncode == 0, told
    assert sums(tmp_path / "there") == sums(tmp_path / "serial") != {}


def test_workers_with_threads_are_refused_in_words(tmp_path):
    project = project_with_guides(tmp_path, SLUGS[:1])
    with cluster(threads=2) as (address, _):
        output = tmp_path / "out"
        there = ("--scheduler", address, "--format", "text", "--no-cache")
        result = run("build", "--project", project, "--output", output, *there)
    assert result.exit_code == 1
    assert "--nthreads 1" in result.output
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["not_made"][0]["problems"][0]["code"] == "dask-threads"


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("booklet.build.dask_cluster._ANSWER_SECONDS", 0.5)
    project = project_with_guides(tmp_path, SLUGS[:1])
    there = ("--scheduler", "tcp://127.0.0.1:9", "--output", tmp_path / "out")
    result = run("build", "--project", project, *there)
    assert result.exit_code == 1
    assert "tcp://127.0.0.1:9 cannot be used" in result.output
    assert "docs/many-guides.md" in result.output
    assert "Traceback" not in result.output

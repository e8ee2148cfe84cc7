"""What someone gets whose jobs are done in processes of their own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import ROOT

from booklet.build.workers import LimitError, Limits, WorkerDiedError, Workers
from booklet.diagnostics import BookletError, Problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are copies by fork")


def nothing() -> None:
    pass


def number_of_process(text: str) -> tuple[int, str]:
    return os.getpid(), text * 1_000_000


def double(number: int) -> int:
    return number * 2


def fail(sheet: int) -> int:
    raise ValueError(f"no sheet {sheet}")


def be_wrong() -> None:
    raise BookletError([Problem("a-rule", "wrong")])


def die_once(mark: str) -> str:
    """Die, but for the second time, when the file `mark` is there."""
    path = Path(mark)
    if path.exists():
        return "done elsewhere"
    path.write_text("was here")
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def never_end() -> None:
    while True:
        pass


def take(mebibytes: int) -> int:
    return len(bytearray(mebibytes << 20))


def steps(count: int, progress) -> int:
    for number in range(count):
        progress(f"step {number}")
    return count


@pytest.fixture
def workers():
    pool = Workers(2, Limits(seconds=2, mebibytes=4096), nothing, nothing)
    yield pool
    pool.close()


def test_work_is_done_in_another_process_and_its_result_comes_back(workers):
    there, large = workers.result(workers.submit(number_of_process, "xxx"))
    assert there != os.getpid()
    assert len(large) == 3_000_000


def test_results_come_as_they_are_done_and_none_is_missing(workers):
    futures = [workers.submit(double, number) for number in range(20)]
    results = {future.result() for future in workers.completed(futures)}
    assert results == {2 * number for number in range(20)}


def test_two_pieces_of_work_are_done_by_two_processes(workers):
    futures = [workers.submit(number_of_process, "x") for _ in range(8)]
    assert len({workers.result(future)[0] for future in futures}) == 2


def test_a_worker_is_replaced_after_many_jobs_and_no_job_is_lost(workers, monkeypatch):
    monkeypatch.setattr("booklet.build.workers._MOST_JOBS", 3)
    futures = [workers.submit(number_of_process, "x") for _ in range(20)]
    pids = [workers.result(future)[0] for future in futures]
    assert len(set(pids)) >= 6


def test_work_can_be_given_to_a_certain_worker(workers):
    futures = [workers.submit(number_of_process, "x", worker=n) for n in (0, 1, 0, 1)]
    one, two, three, four = [workers.result(future)[0] for future in futures]
    assert one == three != two == four


@pytest.mark.parametrize(
    ("work", "arguments", "error"), [(fail, (3,), ValueError), (be_wrong, (), BookletError)]
)
def test_an_error_of_the_work_is_raised_where_the_result_is_asked_for(
    workers, work, arguments, error
):
    with pytest.raises(error, match=r"no sheet 3|wrong"):
        workers.result(workers.submit(work, *arguments))
    assert workers.result(workers.submit(double, 3)) == 6


def test_the_steps_of_a_piece_of_work_are_told_in_order(workers):
    told: list[str] = []
    assert workers.result(workers.submit(steps, 3, on_step=told.append)) == 3
    assert told == ["step 0", "step 1", "step 2"]


def test_work_whose_worker_is_killed_is_done_again_elsewhere(workers, tmp_path):
    others = [workers.submit(double, number) for number in range(5)]
    killed = workers.submit(die_once, str(tmp_path / "mark"))
    assert workers.result(killed) == "done elsewhere"
    assert [workers.result(future) for future in others] == [0, 2, 4, 6, 8]


def test_work_that_kills_its_worker_twice_is_given_up_and_the_others_go_on(workers):
    others = [workers.submit(double, number) for number in range(5)]
    with pytest.raises(WorkerDiedError, match="SIGKILL"):
        workers.result(workers.submit(die))
    assert [workers.result(future) for future in others] == [0, 2, 4, 6, 8]


def test_work_that_never_ends_is_given_up_after_its_time_without_a_second_try(workers):
    started = time.monotonic()
    with pytest.raises(LimitError, match="longer than 2 s"):
        workers.result(workers.submit(never_end))
    assert time.monotonic() - started < 3.9
    assert workers.result(workers.submit(double, 1)) == 2


def test_work_that_needs_too_much_memory_is_given_up(workers):
    with pytest.raises(LimitError, match="4096 MiB"):
        workers.result(workers.submit(take, 5000))
    assert workers.result(workers.submit(take, 1)) == 1 << 20


def test_closing_leaves_no_process_behind_whether_it_was_used_or_not():
    used, unused = (Workers(2, Limits(), nothing, nothing) for _ in range(2))
    used.result(used.submit(double, 1))
    used.submit(never_end)
    used.close()
    unused.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


PARENT = """
import sys
sys.path.insert(0, {root!r})
from booklet.build.workers import Limits, Workers
from tests.build.test_workers import never_end, nothing, number_of_process
workers = Workers(2, Limits(), nothing, nothing)
pids = [workers.result(workers.submit(number_of_process, "", worker=n))[0] for n in (0, 1)]
for number in (0, 1):
    workers.submit(never_end, worker=number)
print(*pids, flush=True)
workers.result(workers.submit(never_end))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_workers_die_within_two_seconds_of_their_parent_however_it_dies(number):
    script = PARENT.format(root=str(ROOT))
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(computes(pid) for pid in pids)
        parent.send_signal(number)
        parent.wait()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline and any(computes(pid) for pid in pids):
        time.sleep(0.05)
    assert not any(computes(pid) for pid in pids)


def computes(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"

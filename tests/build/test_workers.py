"""What someone gets who has work done beside a process."""

import gc
import os
import signal

import pytest

from booklet.build import workers as aside
from booklet.build.workers import Aside


def nothing() -> None:
    pass


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(aside, "_can_copy", lambda: True)


def test_work_is_done_in_another_process_and_its_result_comes_back(two_cores):
    work = Aside(lambda text: (os.getpid(), text * 1_000_000), nothing)
    work.give("x" * 3)
    there, large = work.result()
    assert there != os.getpid()
    assert len(large) == 3_000_000


def test_without_a_second_core_it_is_done_here(monkeypatch):
    monkeypatch.setattr(aside, "_can_copy", lambda: False)
    work = Aside(lambda name: (name, os.getpid()), nothing)
    work.give("here")
    assert work.result() == ("here", os.getpid())


@pytest.mark.parametrize("can_copy", [True, False])
def test_an_error_of_the_work_is_raised_where_the_result_is_asked_for(monkeypatch, can_copy):
    monkeypatch.setattr(aside, "_can_copy", lambda: can_copy)

    def fail(sheet: int) -> int:
        raise ValueError(f"no sheet {sheet}")

    work = Aside(fail, nothing)
    work.give(3)
    with pytest.raises(ValueError, match="no sheet 3"):
        work.result()


@pytest.mark.parametrize("when", ["before", "during"])
def test_work_whose_process_is_killed_is_done_again_here(two_cores, when):
    here = os.getpid()

    def die() -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    def double(number: int) -> int:
        die()
        return number * 2

    work = Aside(double, die if when == "before" else nothing)
    work.give(7)
    assert work.result() == 14


def test_a_result_without_material_is_a_mistake(two_cores):
    with pytest.raises(ValueError, match="nothing to work on"):
        Aside(lambda number: number, nothing).result()


def test_nothing_of_a_copy_is_left_behind_whether_it_was_used_or_not(two_cores):
    used, unused = (Aside(lambda number: number, nothing) for _ in range(2))
    used.give(1)
    used.result()
    del used, unused
    gc.collect()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

"""A working day that passes midnight is told as it is."""

import pytest
from pydantic import ValidationError

from booklet.model.occupation import Schedule


def told(*entries: tuple[str, ...]) -> list[tuple[str | None, ...]]:
    """Return the times of a day as readers are told them."""
    rows = [dict(zip(("start", "end"), one, strict=False), activity="見回り") for one in entries]
    schedule = Schedule.model_validate({"variant": "夜勤", "entries": rows})
    return [(entry.start, entry.end) for entry in schedule.entries]


def test_a_night_shift_ends_on_the_next_day():
    assert told(("16:30", "翌9:00")) == [("16:30", "翌9:00")]
    assert told(("16:30", "09:00")) == [("16:30", "翌09:00")]


def test_a_night_goes_on_past_midnight():
    night = told(("22:00", "23:59"), ("02:00", "03:00"), ("03:00",), ("08:30", "09:00"))
    assert night == [
        ("22:00", "23:59"),
        ("翌02:00", "翌03:00"),
        ("翌03:00", None),
        ("翌08:30", "翌09:00"),
    ]


def test_a_day_may_end_at_midnight():
    assert told(("18:00", "24:00"), ("翌0:30",)) == [("18:00", "24:00"), ("翌0:30", None)]


@pytest.mark.parametrize(
    "entries",
    [
        (("09:00",), ("08:00",)),
        (("13:00",), ("10:00",)),
        (("09:00", "08:00"),),
        (("09:00", "12:00"), ("11:00",)),
        (("22:00",), ("翌2:00",), ("翌1:00",)),
        (("22:00", "23:00"), ("22:30",)),
    ],
)
def test_an_entry_out_of_order_is_not_taken_for_a_night(entries):
    with pytest.raises(ValidationError, match=r"not later|starts before"):
        told(*entries)

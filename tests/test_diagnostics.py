"""What a program finds goes in; what a person can read on a terminal comes out."""

import pytest

from booklet.diagnostics import (
    LONGEST_MESSAGE,
    MOST_PROBLEMS,
    BookletError,
    Location,
    Problem,
    Severity,
    within_budget,
)


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("\x1b]0;owned\x07", "<U+001B>]0;owned<U+0007>"),
        ("\x9b2J", "<U+009B>2J"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("\n", "<U+000A>"),
        ("\udcff", "<U+DCFF>"),
    ],
)
def test_a_terminal_is_shown_a_sign_and_not_sent_it(sign, shown):
    problem = Problem("rule", f"a{sign}z", Location(f"{sign}.yaml", 3, 4), sign)
    assert str(problem) == f"{shown}.yaml:3:4: a{shown}z [rule]\n    try: {shown}"


@pytest.mark.parametrize("text", ["葛\U000e0100の、空　白", "🦊 \u00a0é"])
def test_what_can_be_seen_is_left_alone(text):
    assert Problem("rule", text).message == text


def test_a_message_is_short_enough_to_read():
    problem = Problem("rule", "\x07" * 5000, None, "長" * 5000)
    assert len(problem.message) == len(problem.hint) == LONGEST_MESSAGE
    assert problem.hint.endswith("…")


def test_a_run_tells_the_gravest_problems_and_counts_the_rest():
    notes = [Problem("note", str(n), severity=Severity.NOTE) for n in range(MOST_PROBLEMS)]
    errors = [Problem("error", str(n)) for n in range(3)]
    told = within_budget([*notes, *errors])
    assert len(told) == MOST_PROBLEMS + 1
    assert [one for one in told if one.code == "error"] == errors
    assert told[-1].message == "there are 3 more problems like these"
    assert told[-1].severity is Severity.NOTE
    assert within_budget(notes) == tuple(notes)


def test_an_error_carries_all_and_prints_what_can_be_read():
    problems = [Problem("error", f"{n:04}") for n in range(1000)]
    error = BookletError(problems)
    assert len(error.problems) == 1000
    assert len(str(error).splitlines()) == MOST_PROBLEMS + 2

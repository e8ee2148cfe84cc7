"""A theme that lacks a colour or has one nobody can read is told what it lacks."""

import pytest
from tests.conftest import ROOT

from booklet.html.tokens import token_problems

TOKENS = (ROOT / "styles" / "tokens.css").read_text("utf-8")


def test_the_theme_that_comes_along_lacks_nothing():
    assert token_problems(TOKENS) == []


@pytest.mark.parametrize("text", ["", "/* all of it", "body { color: red }"])
def test_a_theme_without_tokens_is_told_each_of_them(text):
    problems = token_problems(text)
    assert {one.code for one in problems} == {"token-missing"}
    assert len(problems) == 15


@pytest.mark.parametrize("value", ["#0b5", "teal", "calc(1 + 1)", "", "#0B5C5G", "var(--ink)"])
def test_a_colour_that_cannot_be_read_is_told_at_its_place(value):
    text = TOKENS.replace("--pine: #0B5C58;", f"--pine: {value};")
    (problem,) = token_problems(text)
    assert problem.code == "token-value"
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "--pine" in one)
    assert str(problem.where) == f"styles/tokens.css:{line}:3"


def test_a_length_that_is_worked_out_is_told():
    (problem,) = token_problems(TOKENS.replace("--thin: 0.08rem;", "--thin: calc(1pt / 0);"))
    assert problem.message == "--thin has to be a length, not calc(1pt / 0)"


def test_a_token_in_a_comment_is_none():
    text = TOKENS.replace("--stone: #5A5A5A;", "/* --stone: #5A5A5A; */")
    assert [one.message for one in token_problems(text)] == ["--stone is not in this theme"]

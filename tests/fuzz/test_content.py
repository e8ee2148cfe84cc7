"""Whatever is done to the content, an editor gets an answer, and what is accepted is built."""

import pytest

from tests.fuzz.content import run


@pytest.mark.parametrize("first", range(0, 80, 20))
def test_changed_content_gets_an_answer(tmp_path, first):
    findings = [
        finding
        for number in range(first, first + 20)
        for finding in run(number, 1, tmp_path, with_build=False)
    ]
    assert findings == []


@pytest.mark.parametrize("number", range(4))
def test_changed_content_that_is_accepted_is_built(tmp_path, number):
    assert list(run(number, 7, tmp_path, with_build=True)) == []

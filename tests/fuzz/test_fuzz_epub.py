"""What happens to someone whose EPUB was damaged on its way: a short run of a long one."""

from tests.fuzz.epub import fuzz


def test_a_damaged_book_gives_problems_and_no_traceback(full_guide):
    outcome = fuzz(full_guide.epub, 60, seed=1_000_000)
    assert outcome.failures == []
    # The damage is seen: hardly a book of them is called right.
    assert outcome.codes["nothing"] <= 20
    assert len(outcome.codes) >= 15

"""Damaged at random, a PDF is told what is wrong with it, in time, and without a traceback."""

from booklet.checks.preflight.preflight import preflight
from tests.fuzz.pdf import corpus, fuzz


def test_a_little_of_everything_is_read_to_its_end(shop):
    (small,) = corpus(None)
    found = {problem.code for problem in preflight(small, shop)}
    assert not {"page-broken", "resource-missing", "preflight-not-judged", "pdf-damaged"} & found


def test_random_damage_is_told_calmly(shop):
    figures = fuzz(corpus(None), shop, runs=150, seed=7)
    assert figures.failures == []
    assert figures.runs == 150
    assert figures.slowest < 20
    # Damage is seen: a mutation that leaves all as it was is rare.
    assert figures.codes["page-broken"] + figures.codes["pdf-damaged"] > 40

"""In which words a reader is told a fact, and what the makers of a book are told."""

import pytest
from tests.building import check
from tests.conftest import FULL_EXAMPLE, ROOT

from booklet.assembly.book import assemble, remarks
from booklet.assembly.words import age_words, duration_words, education_words, overtime_words
from booklet.model.occupation import AgeLimit, Duration, Education
from booklet.model.parts import HoursPerMonth


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"min": 10, "max": 20, "approximate": True}, "月10〜20時間程度"),
        ({"min": 0, "max": 0}, "月0時間"),
        ({"min": 5, "max": 5}, "月5時間"),
    ],
)
def test_overtime(hours, words):
    assert overtime_words(HoursPerMonth(**hours)) == words


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"kind": "none"}, "特になし"),
        ({"kind": "min", "min": 18}, "18歳以上"),
        ({"kind": "max", "max": 35}, "35歳以下"),
        ({"kind": "range", "min": 18, "max": 35}, "18〜35歳"),
    ],
)
def test_an_age_limit(limit, words):
    assert age_words(AgeLimit(**limit)) == words


def test_a_length_of_time():
    assert duration_words(Duration(value=3, unit="month")) == "3ヶ月"


@pytest.mark.parametrize(
    ("education", "words"),
    [
        (
            {
                "typical": ["vocational", "junior_college"],
                "or_higher": True,
                "requirement": "typical",
            },
            "専門学校卒・短大卒以上が一般的",
        ),
        ({"typical": ["university"], "requirement": "required"}, "大学卒が必須"),
    ],
)
def test_schooling(education, words):
    assert education_words(Education(**education)) == words


def test_the_fact_box_of_the_first_guide_holds_what_the_source_says():
    contents = check(ROOT)
    book = assemble(contents.guides[0], contents.publication)
    assert [(fact.name, fact.value) for fact in book.facts] == [
        ("残業", "月10〜20時間程度"),
        ("休日", "土日祝休み"),
        ("リモート", "不可"),
        ("柔軟性", "5段階中2"),
        ("学歴", "専門学校卒・短大卒以上が一般的"),
        ("最短期間", "3ヶ月"),
        ("年齢制限", "特になし"),
        ("未経験", "可能"),
    ]


def test_the_makers_are_told_what_is_empty_and_who_is_not_named():
    contents = check(ROOT)
    found = remarks(assemble(contents.guides[0], contents.publication))
    messages = [problem.message for problem in found if problem.code == "not-provided"]
    kinds = [message.split()[0] for message in messages]
    assert kinds == ["day_schedule", "trait_profile", "pay", "fiction_works"]
    codes = {problem.code for problem in found}
    assert {"publisher-missing", "contact-missing", "address-missing", "rights-unknown"} <= codes


def test_a_guide_that_says_everything_gets_no_remark():
    contents = check(FULL_EXAMPLE)
    assert remarks(assemble(contents.guides[0], contents.publication)) == []

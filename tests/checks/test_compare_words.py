"""Which words of a guide are missed when a reading PDF is held against its text."""

import re

import pikepdf
import pytest
from pikepdf import Array, String
from tests.checks.seeded_pdf import changed_pdf, nobody_hears, prose, swapped_sections

from booklet.checks.reading_pdf.comparison import compare_words


def told(pdf: bytes, text: str) -> list[str]:
    """Return what is told, but for the words that an e-book has in place of pages to write on."""
    problems = compare_words(pdf, text)
    assert {problem.code for problem in problems} <= {"pdf-words"}
    of_ebooks = ("冊子版では、ここに書きこむための", "この冊子について", "お問い合わせ")
    return [one.message for one in problems if not any(words in one.message for words in of_ebooks)]


def test_a_pdf_says_what_the_text_of_its_guide_says(built):
    assert told(built.pdf, built.text) == []


def test_a_paragraph_that_nobody_hears_is_missed(full_guide):
    messages = told(changed_pdf(full_guide.pdf, nobody_hears), full_guide.text)
    assert messages
    assert all(message.startswith("nobody hears: ") for message in messages)


def test_a_sentence_that_only_the_guide_has_is_missed_by_its_words(first_guide):
    text = first_guide.text.replace("企業開拓とマッチング", "企業開拓とマッチングの手順", 1)
    assert text != first_guide.text
    [message] = told(first_guide.pdf, text)
    assert message == "nobody hears: 4. 企業開拓とマッチングの手順"


def test_a_word_that_was_changed_is_missed(full_guide):
    def other_words(document: pikepdf.Pdf) -> None:
        prose(document).ActualText = String("まったく別の文です。")

    assert told(changed_pdf(full_guide.pdf, other_words), full_guide.text)


def test_sections_in_another_order_are_found(full_guide):
    messages = told(changed_pdf(full_guide.pdf, swapped_sections), full_guide.text)
    assert messages
    assert all(message.startswith("not heard in its place: ") for message in messages)


def test_a_paragraph_that_is_read_twice_is_found(full_guide):
    def again(document: pikepdf.Pdf) -> None:
        paragraph = prose(document)
        paragraph.P.K = Array([*paragraph.P.K, paragraph])

    pdf = changed_pdf(full_guide.pdf, again)
    assert [one.code for one in compare_words(pdf, full_guide.text)]


@pytest.mark.parametrize("pdf", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_cannot_be_compared_has_not_passed(pdf):
    assert [problem.code for problem in compare_words(pdf, "文です。")] == ["pdf-damaged"]


def test_a_guide_of_other_words_is_told_shortly(full_guide, first_guide):
    problems = compare_words(full_guide.pdf, first_guide.text)
    assert len(problems) == 21
    assert re.fullmatch(r"and \d+ more sentences like these", problems[-1].message)

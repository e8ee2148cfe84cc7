"""What a speech code on each page says."""

import pytest
from tests.pdf.test_reading_pdf import plain

from booklet.build.page_texts import page_texts
from booklet.ebook.speech import MOST_CHARACTERS, speech_texts


def test_a_page_starts_with_its_number_and_keeps_its_order():
    assert speech_texts([["見出し", "本文です。"]]) == [["1ページ\n見出し\n本文です。\n"]]


def test_leaders_are_not_spoken():
    ((text,),) = speech_texts([["概要・・・・・・4"]])
    assert text == "1ページ\n概要　4\n"


def test_a_page_without_words_says_so():
    assert speech_texts([[]]) == [["1ページ\nこの面に文字はありません。\n"]]


def test_a_long_page_is_cut_between_sentences_and_says_which_part_it_is():
    sentence = "星を見上げる仕事です。"
    (parts,) = speech_texts([[sentence * 100]])
    assert len(parts) == 2
    assert parts[0].startswith("1ページ（2の1）\n")
    assert all(len(part) <= MOST_CHARACTERS and part.endswith("。\n") for part in parts)
    assert "".join(part.split("\n", 1)[1].strip() for part in parts) == sentence * 100


def test_a_sentence_longer_than_a_code_is_cut_and_not_lost():
    (parts,) = speech_texts([["星" * 2000]])
    assert "".join(part.split("\n", 1)[1].strip() for part in parts) == "星" * 2000
    assert max(map(len, parts)) <= MOST_CHARACTERS


@pytest.fixture(scope="module")
def spoken(built) -> dict[str, str]:
    return {name: content.decode() for name, content in page_texts(built.pdf).items()}


def test_every_page_has_a_text_that_fits_into_a_code(built, spoken):
    count = next(file.pages for file in built.report.files if file.format == "reading")
    assert {name[:7] for name in spoken} == {f"page-{n:02}" for n in range(1, count + 1)}
    assert max(map(len, spoken.values())) <= MOST_CHARACTERS


def test_the_pages_together_say_what_the_guide_says_and_drawings_in_words(built, spoken):
    whole = plain("".join(spoken.values()))
    assert "将来性5段階中4" in whole
    for section in built.guide.sections:
        for item in getattr(section, "items", None) or []:
            if hasattr(item, "description"):
                first = plain(item.description.split("\n")[0])[:12]
                assert first in whole

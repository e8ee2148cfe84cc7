"""A text may stand in several languages; the one of the publication is taken, all are checked."""

import pytest

TITLE = "title: 星の案内人という仕事"


def test_the_text_in_the_language_of_the_publication_is_taken(editor):
    assert editor.changes((TITLE, "title: {ja: 星の案内人, en: Star guide, ja-x-easy: ほし}")) == []
    assert editor.guide("ja").title == "星の案内人"
    assert editor.guide("en").title == "Star guide"
    assert editor.guide("ja-x-easy").title == "ほし"


def test_a_publication_in_english_reads_its_own_texts_in_english(editor):
    assert (
        editor.writes_publication(
            "language: en\ntitle: {ja: 星の島, en: Star island}\nguides:\n  - slug: hoshi\n"
        )
        == []
    )
    assert editor.publication().title == "Star island"


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        (
            "{en: Star guide}",
            ["2:8: there is no text in ja here, only in en [language-missing] -> add  ja: …"],
        ),
        (
            "{}",
            ["2:8: there is no text in ja here [language-missing] -> add  ja: …"],
        ),
        (
            "{ja: 星, japanese: 月}",
            [
                "2:16: japanese is no language, such as ja or en [language-tag] -> "
                "write one text (in quotes if it starts with {), or  ja: …  and  en: …"
            ],
        ),
        (
            "{→faq}",
            [
                "2:9: →faq is no language, such as ja or en [language-tag] -> "
                "write one text (in quotes if it starts with {), or  ja: …  and  en: …"
            ],
        ),
        (
            "{ja: 3, en: Star guide}",
            [
                "2:13: there is no text behind ja [language-text] -> "
                "write the text of this language, or remove the line"
            ],
        ),
        (
            "{ja: 星, en: }",
            [
                "2:20: there is no text behind en [language-text] -> "
                "write the text of this language, or remove the line"
            ],
        ),
        (
            r'{en: Star guide, ja: "星\n月"}',
            ["2:29: title has to be one line [text-lines] -> join the lines"],
        ),
        (
            "{ja: 星, en: 📋, ja: 月}",
            [
                "2:20: the font cannot draw 📋 (U+1F4CB, clipboard) [font-character] -> "
                "use the section's icon field or another character",
                "2:23: ja is written twice; the first is on line 2 [key-twice] -> "
                "remove one of the two",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_language_is_told_at_that_language(editor, title, answers):
    assert editor.changes((TITLE, f"title: {title}")) == answers


def test_a_tagline_that_is_too_long_is_told_at_its_language(editor):
    tagline = f"tagline:\n  en: short\n  ja: {'星' * 61}\n"
    assert editor.changes(("lead:", f"{tagline}lead:")) == [
        "10:7: tagline has 61 characters, and at most 60 fit [text-length] -> "
        "shorten it to 60 characters"
    ]

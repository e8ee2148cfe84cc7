"""What is wrong with booklet.yaml or its list of guides is told at its place."""

import pytest
from tests.building import check
from tests.content.conftest import PUBLICATION

from booklet.diagnostics import BookletError


def test_the_smallest_publication_is_read_without_a_word(editor):
    assert editor.writes_publication("title: しごと\nguides:\n  - slug: hoshi\n") == []
    publication = editor.publication()
    assert publication.language == "ja"
    assert [format_.value for format_ in publication.formats] == ["reading", "epub", "text"]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "title: しごと\nguides:\n  - slug: hoshi\n  - slug: hosi\n",
            [
                "4:11: content/guides/hosi.yaml is listed here but there is no such file "
                "[guide-missing] -> hoshi?"
            ],
        ),
        (
            "title: しごと\nguides:\n  - {slug: hoshi, volume: 1}\n  - {slug: hoshi, volume: 2}\n",
            ["4:12: hoshi is listed twice [guide-twice] -> remove one of the two"],
        ),
        (
            "title: しごと\nguides: []\n",
            [
                "2:9: guides has 0 entries and needs 1 or more [list-length] -> "
                "add entries, or remove the part they belong to"
            ],
        ),
        (
            "title: しごと\nguides: [[hoshi]]\n",
            [
                "2:10: entry 1 of guides has to be a group of fields, not a list [wrong-type] -> "
                "give it fields on lines of their own, indented by two spaces: slug, volume"
            ],
        ),
        (
            "title: しごと\nguides:\n  - slug: ../hoshi\n",
            [
                "3:11: slug cannot be ../hoshi [text-form] -> "
                "small letters, digits and hyphens, such as hoshi-annainin",
                "3:11: content/guides/../hoshi.yaml is listed here but there is no such file "
                "[guide-missing] -> hoshi?",
            ],
        ),
        (
            "titel: しごと\nguides:\n  - slug: tsuki\n",
            [
                "1:1: title is missing [missing-key] -> add  title: …",
                "1:1: there is no field called titel here [unknown-key] -> title?",
                "3:11: content/guides/tsuki.yaml is listed here but there is no such file "
                "[guide-missing] -> one of hoshi",
            ],
        ),
        (
            "title: しごと\nformats: [reading, pdf]\npage: {size: A6}\nguides:\n  - slug: hoshi\n",
            [
                "2:20: entry 2 of formats cannot be pdf [unknown-word] -> "
                "one of reading, press, office, epub, text, cover, pages",
                "3:14: size cannot be A6 [unknown-word] -> one of A5, B5, A4",
            ],
        ),
        (
            "title: しごと\npublisher: {name: 星, url: example.com}\ncontact: {organisation: 星, "
            "mail: hoshi}\nimprint: {isbn: 123}\nlanguage: Japanese\ntypeface: Mincho\n"
            "guides:\n  - slug: hoshi\n",
            [
                "2:27: url cannot be example.com [text-form] -> "
                "a web address such as https://example.org/",
                "3:34: mail cannot be hoshi [text-form] -> an address such as annai@example.org",
                '4:17: isbn has to be text, not 123 [wrong-type] -> put it in quotes: "123"',
                "5:11: language cannot be Japanese [text-form] -> "
                "a language tag such as ja, en or ja-x-easy",
                "6:11: typeface cannot be Mincho [unknown-word] -> one of Noto Sans CJK JP",
            ],
        ),
        (
            "title: しごと\nimprint:\n  disclaimer: くわしくは{→faq}へ\nguides:\n  - slug: hoshi\n",
            [
                "3:20: there is no section called faq to refer to [reference-target] -> "
                "write it in words, without braces"
            ],
        ),
        (
            "title: 📋{x}\nurl: https://example.org/{x}\nguides:\n  - slug: hoshi\n",
            [
                "1:8: the font cannot draw 📋 (U+1F4CB, clipboard) [font-character] -> "
                "use the section's icon field or another character",
                "1:9: {x} is not a mark [unknown-mark] -> "
                "write {→faq} for a cross reference, or {{ and }} to show braces",
            ],
        ),
        (
            "",
            ["1:1: this file is empty [file-empty] -> copy another guide into it and change that"],
        ),
    ],
)
def test_what_is_wrong_with_booklet_yaml_is_told(editor, text, answers):
    assert editor.writes_publication(text) == answers


def test_a_missing_booklet_yaml_is_told_with_where_to_run(tmp_path):
    with pytest.raises(BookletError) as caught:
        check(tmp_path)
    assert str(caught.value) == (
        "content/booklet.yaml: there is no such file [file-missing]\n"
        "    try: run booklet in the folder that holds content/, or name it with --project"
    )


def test_a_folder_in_the_place_of_a_file_is_told(editor):
    (editor.project / editor.guide_file).unlink()
    (editor.project / editor.guide_file).mkdir()
    (problem,) = editor.guide_problems()
    assert str(problem) == (
        "content/guides/hoshi.yaml: the file cannot be read: Is a directory [file-unreadable]\n"
        "    try: check that it is a file and that you may read it"
    )


def test_a_file_in_the_place_of_the_content_folder_is_told(tmp_path):
    (tmp_path / "content").write_text("星", "utf-8")
    with pytest.raises(BookletError) as caught:
        check(tmp_path)
    assert {problem.code for problem in caught.value.problems} == {"file-unreadable"}


def test_the_problems_of_all_guides_are_told_together(editor):
    wrong = editor.guide_text.replace("tourism", "tuorism")
    editor.write("content/guides/hoshi.yaml", wrong)
    editor.write("content/guides/tsuki.yaml", wrong)
    editor.write(
        editor.publication_file, "title: しごと\nguides:\n  - slug: tsuki\n  - slug: hoshi\n"
    )
    with pytest.raises(BookletError) as caught:
        check(editor.project)
    assert [(str(problem.where), problem.code) for problem in caught.value.problems] == [
        ("content/guides/hoshi.yaml:6:10", "unknown-word"),
        ("content/guides/tsuki.yaml:1:7", "slug-file"),
        ("content/guides/tsuki.yaml:6:10", "unknown-word"),
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            'imprint: {isbn: "978-4-00-000000-2"}',
            "4:17: this ends in 2, and its other digits ask for 0 [text-form] -> "
            "978-4-00-000000-0, if the other digits are right",
        ),
        (
            'imprint: {isbn: "97840000000002"}',
            "4:17: this has 14 digits [text-form] -> "
            "13 digits that start with 978 or 979, such as 978-4-00-000000-0",
        ),
        (
            'contact: {organisation: 星, url: "http://["}',
            "4:33: this names no place in the web [text-form] -> "
            "a web address such as https://example.org/",
        ),
        (
            f'url: "https://example.org/{"a" * 500}"',
            "4:6: this has 520 bytes, and a 2D code that phones can read holds 500 "
            "[text-form] -> a shorter address that leads there",
        ),
    ],
)
def test_a_number_or_address_that_leads_nowhere_is_told(editor, line, answer):
    (told,) = editor.writes_publication(f"{PUBLICATION}{line}\n")
    assert told.replace("isbn ", "this ").replace("url ", "this ") == answer


@pytest.mark.parametrize("isbn", ["978-4-00-000000-0", "9784000000000"])
def test_a_right_isbn_is_fine(editor, isbn):
    assert editor.writes_publication(f'{PUBLICATION}imprint: {{isbn: "{isbn}"}}\n') == []

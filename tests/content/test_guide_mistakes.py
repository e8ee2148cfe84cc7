"""What does not fit the model is told at its place, in an editor's words, all of it at once."""

import pytest

FIELDS = "give it fields on lines of their own, indented by two spaces:"


def test_the_smallest_guide_is_read_without_a_word(editor):
    assert editor.writes_guide(editor.guide_text) == []
    assert editor.guide().sections[0].text == "空を見上げてください。"


def test_an_editor_reads_file_line_column_message_code_and_what_to_try(editor):
    editor.writes_section("kind: work_conditions\novertime_hours_per_month: {min: 20, max: 10}")
    (problem,) = editor.guide_problems()
    assert str(problem) == (
        "content/guides/hoshi.yaml:11:37: overtime_hours_per_month ends before it starts: "
        "20 to 10 [range-order]\n    try: min: 10, max: 20"
    )


def test_problems_of_every_class_in_one_file_are_told_together_in_reading_order(editor):
    answers = editor.writes_guide(
        "\n".join(
            [
                "slug: hosi",
                "title: 10",
                "titel: 星",
                "title: 月",
                "occupation: &o {name: 星}",
                "classification: {field: tuorism, subfield: 星}",
                "lead: {→nowhere}",
                "cover_picture: {file: images/moon.png, alt: 📋}",
                "sections:",
                "  - kind: ratings",
                "    outlook: {value: 6, max: 5}",
                "  - kind: overview",
                "    text: 空へ{→pay}と{星}。",
                "    evidence: {source: nobody}",
                "  - kind: overview",
                "    text: 空へ",
                "provenance: *o",
            ]
        ).encode()
    )
    assert [answer.split("]")[0].replace(": ", " ", 1) for answer in answers] == [
        "1:7 slug is hosi, but the file is called hoshi.yaml [slug-file",
        "2:8 title has to be text, not 10 [wrong-type",
        "3:1 there is no field called titel here [unknown-key",
        "4:1 title is written twice; the first is on line 2 [key-twice",
        "5:13 &o marks text for use elsewhere, and guides have no such shorthand [yaml-alias",
        "6:25 field cannot be tuorism [unknown-word",
        "7:8 →nowhere is no language, such as ja or en [language-tag",
        "8:23 there is no picture images/moon.png in the content folder [picture-missing",
        "8:45 the font cannot draw 📋 (U+1F4CB, clipboard) [font-character",
        "11:22 6 stars are more than the maximum of 5 [stars-over-max",
        "13:13 there is no section called pay to refer to [reference-target",
        "13:20 {星} is not a mark [unknown-mark",
        "14:24 there is no source called nobody under provenance.sources [reference-source",
        "15:5 there are two sections called overview [section-twice",
        "17:13 *o stands for text elsewhere, and guides have no such shorthand [yaml-alias",
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "title: 10",
            '2:8: title has to be text, not 10 [wrong-type] -> put it in quotes: "10"',
        ),
        (
            "title: 1.10",
            '2:8: title has to be text, not 1.10 [wrong-type] -> put it in quotes: "1.10"',
        ),
        (
            "title: true",
            '2:8: title has to be text, not true [wrong-type] -> put it in quotes: "true"',
        ),
        (
            "title: [星]",
            "2:8: title has to be text, not a list [wrong-type] -> write one text here",
        ),
        (
            "title:",
            "2:7: title is empty [empty-value] -> write a value or remove the field",
        ),
        (
            "title: ~",
            "2:8: title is empty [empty-value] -> write a value or remove the field",
        ),
        (
            'title: " "',
            "2:8: title is empty [text-empty] -> write something or remove the field",
        ),
        (
            "title: |\n  星の\n  案内人",
            "2:8: title has to be one line [text-lines] -> join the lines",
        ),
    ],
)
def test_text_of_the_wrong_form_is_told(editor, line, answer):
    answers = editor.changes(("title: 星の案内人という仕事", line))
    assert answers == [answer]

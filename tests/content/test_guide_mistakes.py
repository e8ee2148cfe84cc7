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
        "8:23 images/moon.png is not in the content folder [picture-missing",
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


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (
            ("number: 1", 'number: "１０"'),
            None,
        ),
        (
            ("number: 1", "number: 第一"),
            "13:21: number has to be a whole number, not the text 第一 [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ("number: 1", "number: 1.5"),
            "13:21: number has to be a whole number, not 1.5 [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ("number: 1", "number: 1e3"),
            "13:21: number has to be a whole number, not 1e3 [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ("number: 1", "number: true"),
            "13:21: number has to be a whole number, not true [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ("number: 1", "number: [1]"),
            "13:21: number has to be a whole number, not a list [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ("number: 1", "number: 0"),
            "13:21: number is under 1: 0 [out-of-range] -> a number of 1 or more",
        ),
        (
            ("number: 1", f"number: {'9' * 900}"),
            f"13:21: number is over 1000000000: {'9' * 39}… [out-of-range] -> "
            "a number of 1000000000 or less",
        ),
        (
            ("number: 1", f"number: {'9' * 9000}"),
            f"13:21: number has to be a whole number, not the text {'9' * 39}… [wrong-type] -> "
            "digits only, without a unit",
        ),
        (
            ('version: "1.0"', "version: 1.10"),
            '13:33: version has to be text, not 1.10 [wrong-type] -> put it in quotes: "1.10"',
        ),
        (
            ('version: "1.0"', "version: 第1版"),
            "13:33: version cannot be 第1版 [text-form] -> "
            'digits and dots in quotes, such as "1.0"',
        ),
        (
            ("tourism", "tuorism"),
            "6:10: field cannot be tuorism [unknown-word] -> tourism?",
        ),
        (
            ("status: draft", "status: 下書き"),
            "13:48: status cannot be 下書き [unknown-word] -> one of draft, review, released",
        ),
        (
            ("status: draft", "status: {is: draft}"),
            "13:48: status has to be one word, not a group of fields [wrong-type] -> "
            "one of draft, review, released",
        ),
        (
            ("status: draft", "status: true"),
            "13:48: status cannot be true [unknown-word] -> one of draft, review, released",
        ),
        (
            ("  name: 星の案内人", "  - 星の案内人"),
            "4:3: occupation has to be a group of fields, not a list [wrong-type] -> "
            f"{FIELDS} name, reading, alt_names",
        ),
        (
            ("occupation:\n  name: 星の案内人", "occupation: 3"),
            "3:13: occupation has to be a group of fields, not 3 [wrong-type] -> "
            f"{FIELDS} name, reading, alt_names",
        ),
        (
            ("  - kind: closing\n    text: 空を見上げてください。", "  closing"),
            "10:3: sections has to be a list, not text [wrong-type] -> "
            "start each entry on a line of its own with a hyphen and a space",
        ),
        (
            ("\n  - kind: closing\n    text: 空を見上げてください。", " []"),
            "9:11: sections has 0 entries and needs 1 or more [list-length] -> "
            "add entries, or remove the part they belong to",
        ),
        (
            ("slug: hoshi\n", ""),
            "1:1: slug is missing [missing-key] -> add  slug: …",
        ),
        (
            ("  name: 星の案内人", "  naem: 星の案内人\n  name: 星"),
            "4:3: there is no field called naem here [unknown-key] -> name?",
        ),
        (
            ("  name: 星の案内人", "  name: 星\n  xyz: 月"),
            "5:3: there is no field called xyz here [unknown-key] -> "
            "one of name, reading, alt_names",
        ),
        (
            ("  name: 星の案内人", "  name: 星\n  \u3000reading: ほし"),
            "5:3: 行の頭に、全角の空白など、ふつうではない空白があります [yaml-space]"
            " -> 半角の空白に替えます。1段につき2つです",
        ),
        (
            ("slug: hoshi", "slug: tsuki"),
            "1:7: slug is tsuki, but the file is called hoshi.yaml [slug-file] -> slug: hoshi",
        ),
        (
            ("lead:", f"tagline: {'星' * 61}\nlead:"),
            "8:10: tagline has 61 characters, and at most 60 fit [text-length] -> "
            "shorten it to 60 characters",
        ),
        (
            ("first_published: 2026-04-01", "first_published: 2026-13-01"),
            "14:20: first_published cannot be 2026-13-01 [date-form] -> a day such as 2026-04-01",
        ),
        (
            ("first_published: 2026-04-01", "first_published: 2026-02-29"),
            "14:20: first_published cannot be 2026-02-29 [date-form] -> a day such as 2026-04-01",
        ),
        (
            ("first_published: 2026-04-01", "first_published: 2026年4月"),
            "14:20: first_published cannot be 2026年4月 [date-form] -> a day such as 2026-04-01",
        ),
        (
            ("first_published: 2026-04-01", "first_published: 20260401"),
            "14:20: first_published cannot be 20260401 [date-form] -> a day such as 2026-04-01",
        ),
        (
            ("revised_on: 2026-04-02", "revised_on: 2026-03-31"),
            "15:15: the revision of 2026-03-31 is earlier than the first publication of 2026-04-01 "
            "[date-order] -> revised_on: 2026-04-01 or later",
        ),
        (
            ("status: draft}", "status: released}"),
            None,
        ),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_place(editor, change, answer):
    assert editor.changes(change) == ([answer] if answer else [])


def test_an_edition_is_not_released_before_its_rights_are_clear(editor):
    assert editor.changes(("status: draft", "status: released"), ("own", "unknown")) == [
        "16:11: a released edition needs its rights cleared, and here they are unknown "
        "[rights-unknown] -> status: draft, until the rights holder has agreed"
    ]


def test_a_tagline_of_sixty_characters_fits(editor):
    assert editor.changes(("lead:", f"tagline: {'星' * 60}\nlead:")) == []


@pytest.mark.parametrize(
    ("section", "answers"),
    [
        (
            "kind: rating\noutlook: {value: 1, max: 5}",
            ["10:11: kind cannot be rating [unknown-word] -> ratings?"],
        ),
        (
            "title: 星",
            ["10:5: kind is missing [missing-key] -> add  kind: …"],
        ),
        (
            "kind:\ntext: 星",
            ["10:10: kind is empty [empty-value] -> write a value or remove the field"],
        ),
        (
            "kind: ratings",
            [
                "10:5: the section has nothing in it; it needs at least one of outlook, "
                "income_potential, fulfilment, ai_replacement_risk [section-empty] -> "
                "fill one in, or declare  status: not_provided"
            ],
        ),
        (
            "kind: pay\nstatus: none",
            [
                "11:13: status cannot be none [unknown-word] -> "
                "one of not_provided, not_applicable, withheld"
            ],
        ),
        (
            "kind: pay\nstatus: withheld\nspans: []",
            [
                "12:5: there is no field called spans here [unknown-key] -> "
                "one of kind, status, note"
            ],
        ),
        (
            "kind: closing\ntext: 星",
            [
                "12:5: there are two sections called closing [section-twice] -> "
                "give one of them an id of its own, or join them"
            ],
        ),
        (
            "kind: closing\nid: Owari\ntext: 星",
            [
                "11:9: id cannot be Owari [text-form] -> "
                "small letters, digits and hyphens, such as first-steps"
            ],
        ),
        (
            "kind: closing\nid: owari\nicon: strar\ntext: 星",
            ["12:11: icon cannot be strar [unknown-word] -> star?"],
        ),
    ],
)
def test_a_section_that_is_not_clear_is_told(editor, section, answers):
    assert editor.writes_section(section) == answers


def test_a_kind_that_resembles_none_is_answered_with_all_kinds(editor):
    (answer,) = editor.writes_section("kind: zzz")
    assert answer.startswith("10:11: kind cannot be zzz [unknown-word] -> one of ratings, ")
    assert answer.endswith(", closing, prose")


def test_an_entry_of_sections_that_is_no_section_is_told(editor):
    sections = "\n  - kind: closing\n    text: 空を見上げてください。"
    answers = editor.changes((sections, " [星, 5, ~, [a], {kind: [a]}, {kind: {a: b}}, {kind: 3}]"))
    assert [answer.split("]")[0] for answer in answers] == [
        "9:12: entry 1 of sections has to be a group of fields, not text [wrong-type",
        "9:15: entry 2 of sections has to be a group of fields, not 5 [wrong-type",
        "9:18: entry 3 of sections is empty [empty-value",
        "9:21: entry 4 of sections has to be a group of fields, not a list [wrong-type",
        "9:33: kind has to be one word, not a list [wrong-type",
        "9:46: kind has to be one word, not a group of fields [wrong-type",
        "9:62: kind cannot be 3 [unknown-word",
    ]


@pytest.mark.parametrize(
    ("section", "answers"),
    [
        (
            "kind: ratings\noutlook: {value: 6, max: 5}",
            ["11:22: 6 stars are more than the maximum of 5 [stars-over-max] -> value: 5 or less"],
        ),
        (
            "kind: ratings\noutlook: {value: 3}\nfulfilment: よい",
            [
                "11:14: max is missing [missing-key] -> add  max: …",
                "12:17: fulfilment has to be a group of fields, not text [wrong-type] -> "
                f"{FIELDS} value, max, evidence",
            ],
        ),
        (
            "kind: ratings\noutlook: {value: -1, max: 11}\nai_replacement_risk: {percent: 101}",
            [
                "11:22: value is under 0: -1 [out-of-range] -> a number of 0 or more",
                "11:31: max is over 10: 11 [out-of-range] -> a number of 10 or less",
                "12:36: percent is over 100: 101 [out-of-range] -> a number of 100 or less",
            ],
        ),
        (
            "kind: ratings\nai_replacement_risk: {percent: -1}",
            ["11:36: percent is under 0: -1 [out-of-range] -> a number of 0 or more"],
        ),
        (
            "kind: work_conditions\novertime_hours_per_month: {min: 5, max: 101, approximate: 謎}",
            [
                "11:45: max is over 100: 101 [out-of-range] -> a number of 100 or less",
                "11:63: approximate has to be true or false, not the text 謎 [wrong-type] -> "
                "write true or false",
            ],
        ),
        (
            "kind: work_conditions\nremote: no\nholidays: 7",
            [
                "11:13: remote cannot be no [unknown-word] -> "
                "one of possible, partial, not_possible, unknown",
                "12:15: holidays has to be a group of fields, not 7 [wrong-type] -> "
                f"{FIELDS} pattern, evidence, note",
            ],
        ),
        (
            "kind: fiction_works\nworks: [{title: 星, medium: novell, year: 1700, url: hoshi}]",
            [
                "11:32: medium cannot be novell [unknown-word] -> novel?",
                "11:46: year is under 1800: 1700 [out-of-range] -> a number of 1800 or more",
                "11:57: url cannot be hoshi [text-form] -> "
                "a web address such as https://example.org/",
            ],
        ),
        (
            "kind: trait_profile\ntraits: [{trait: 星, score: {value: 1, max: 1}}]",
            [
                "11:13: traits has 1 entry and needs 3 or more [list-length] -> "
                "add entries, or remove the part they belong to"
            ],
        ),
    ],
)
def test_a_figure_or_word_that_cannot_be_is_told_with_what_can_be(editor, section, answers):
    assert editor.writes_section(section) == answers


def test_of_a_list_that_is_too_long_the_entries_are_checked_as_well(editor):
    items = '[a, "b\\nc", 3, ~, "", {en: x}, [a], h, i]'
    assert editor.writes_section(f"kind: recommended_for\nitems: {items}") == [
        "11:12: items has 9 entries, and at most 8 fit [list-length] -> "
        "keep the 8 that matter most",
        "11:16: entry 2 of items has to be one line [text-lines] -> join the lines",
        '11:24: entry 3 of items has to be text, not 3 [wrong-type] -> put it in quotes: "3"',
        "11:27: entry 4 of items is empty [empty-value] -> write a value or remove the field",
        "11:30: entry 5 of items is empty [text-empty] -> write something or remove the field",
        "11:34: there is no text in ja here, only in en [language-missing] -> add  ja: …",
        "11:43: entry 7 of items has to be text, not a list [wrong-type] -> write one text here",
    ]


DAY = "kind: day_schedule\nschedules:\n  - variant: 昼\n    entries:\n"


@pytest.mark.parametrize(
    ("entries", "answers"),
    [
        (
            ['start: "10:00", end: "12:00"', 'start: "11:00"'],
            ["15:21: the entry at 11:00 starts before the one above it is over at 12:00"],
        ),
        (
            ['start: "10:00"', 'start: "09:00"'],
            ["15:21: the entry at 09:00 starts before the one above it is over at 10:00"],
        ),
        (
            ['start: "10:00"', 'start: "10:00"'],
            ["15:21: the entry at 10:00 starts before the one above it is over at 10:00"],
        ),
        (
            ['start: "10:00", end: "09:00"'],
            ["14:35: the entry at 10:00 ends at 09:00, which is not later"],
        ),
        (
            ['start: "10:00", end: "10:00"'],
            ["14:35: the entry at 10:00 ends at 10:00, which is not later"],
        ),
        (['start: "10:00", end: "11:00"', 'start: "11:00"'], []),
    ],
)
def test_the_times_of_a_day_ascend_without_overlap(editor, entries, answers):
    lines = "\n".join(f"      - {{{entry}, activity: 星}}" for entry in entries)
    assert editor.writes_section(DAY + lines) == [
        f"{answer} [schedule-order] -> put the entries in the order of the day, without overlap"
        for answer in answers
    ]


@pytest.mark.parametrize("time", ["25:00", "9:0", "09:60", "900", "12:00:00", "24時", "朝"])
def test_a_time_that_is_none_is_told(editor, time):
    shown = time.strip('"')
    assert editor.writes_section(f"{DAY}      - {{start: {time}, activity: 星}}") == [
        f"14:21: start cannot be {shown} [time-form] -> a time of day in quotes, such as "
        '"09:30", or "翌9:00" on the next day'
    ]


@pytest.mark.parametrize(
    ("limit", "answer"),
    [
        ("{kind: min, max: 30}", "14:16: an age limit of kind min states its min and no max"),
        ("{kind: max}", "14:16: an age limit of kind max states its max and no min"),
        ("{kind: range, min: 3}", "14:16: an age limit of kind range states both min and max"),
        ("{kind: none, min: 3}", "14:16: an age limit of kind none states neither min nor max"),
    ],
)
def test_an_age_limit_states_just_the_ages_its_kind_names(editor, limit, answer):
    entry = f"kind: entry\nroutes:\n  - from: 星\n    steps: [月]\nage_limit: {limit}"
    assert editor.writes_section(entry) == [
        f"{answer} [age-limit-form] -> "
        "state just that, or choose another of none, min, max and range"
    ]


def test_an_age_limit_that_ends_before_it_starts_is_told(editor):
    assert editor.writes_section(
        "kind: entry\nroutes: [{from: 星, steps: [月]}]\nage_limit: {kind: range, min: 30, max: 3}"
    ) == [
        "12:35: age_limit ends before it starts: 30 to 3 [range-order] -> min: 3, max: 30",
    ]


@pytest.mark.parametrize(
    ("span", "answer"),
    [
        (
            "median: 5",
            "11:13: evidence is missing [missing-key] -> add  evidence: …",
        ),
        (
            "evidence: {}",
            "11:13: pay needs at least one of min, median and max [pay-empty] -> "
            "state one of them, such as  median: 3000000",
        ),
        (
            "min: 5, median: 4, max: 3, evidence: {}",
            "11:57: the min of 5 is more than the median of 4 [range-order] -> min: 4, median: 5",
        ),
        (
            "min: 0, median: 4, max: 3, evidence: {}",
            "11:68: the median of 4 is more than the max of 3 [range-order] -> median: 3, max: 4",
        ),
        (
            "min: 5, max: 3, evidence: {}",
            "11:57: the min of 5 is more than the max of 3 [range-order] -> min: 3, max: 5",
        ),
        (
            "max: 99999999999, evidence: {}",
            "11:57: max is over 1000000000: 99999999999 [out-of-range] -> "
            "a number of 1000000000 or less",
        ),
        (
            "max: 5, evidence: {source: chosa}",
            "11:79: there is no source called chosa under provenance.sources [reference-source] "
            "-> add  - id: chosa  there",
        ),
    ],
)
def test_pay_has_evidence_and_sums_in_order(editor, span, answer):
    basis = "basis: 星, unit: JPY/year, year: 2026"
    assert editor.writes_section(f"kind: pay\nspans: [{{{basis}, {span}}}]") == [answer]


@pytest.mark.parametrize("consent", ["", ", consent: false", ", consent: ~"])
def test_a_voice_from_an_interview_needs_consent(editor, consent):
    voice = f"{{kind: other, text: 星, basis: interview{consent}}}"
    assert editor.writes_section(f"kind: voices\nitems:\n  - {voice}") == [
        "12:9: a voice from an interview needs the speaker's consent [voice-consent] -> "
        "consent: true, or another basis"
    ]


def test_a_block_of_prose_that_is_none_is_told(editor):
    blocks = [
        "[星]",
        "~",
        "5",
        "{txt: 星}",
        "{heading: 星, level: 2}",
        "{text: 星, heading: 月}",
        "{items: [星]}",
        "{list: 星}",
        "{picture: images/fune.png}",
        "{table: 星, head: [a, b], rows: [[a]]}",
    ]
    starts = "starts with none of heading, text, list, picture, table [block-kind] -> "
    cure = "start it with one of them, such as  - text: …"
    lines = "\n".join(f"  - {block}" for block in blocks)
    assert editor.writes_section(f"kind: prose\ntitle: 星\nblocks:\n{lines}") == [
        f"13:9: entry 1 of blocks {starts}{cure}",
        f"14:9: entry 2 of blocks {starts}{cure}",
        f"15:9: entry 3 of blocks {starts}{cure}",
        f"16:9: entry 4 of blocks {starts}{cure}",
        "17:29: level is under 3: 2 [out-of-range] -> a number of 3 or more",
        "18:10: there is no field called text here [unknown-key] -> one of heading, level",
        f"19:9: entry 7 of blocks {starts}{cure}",
        "21:19: alt is missing [missing-key] -> add  alt: …",
        "22:41: row 1 and the head differ in their number of cells: 1 and 2 [table-width] -> "
        "write one cell for each column; an empty cell is ー",
    ]


def test_the_name_a_field_has_in_the_code_is_no_second_name_for_it(editor):
    assert editor.writes_section("kind: entry\nroutes:\n  - start: 星\n    steps: [月]") == [
        "12:9: from is missing [missing-key] -> add  from: …",
        "12:9: there is no field called start here [unknown-key] -> "
        "one of from, steps, evidence, note",
    ]


def test_what_an_editor_wrote_is_shown_without_what_a_terminal_would_obey(editor):
    answers = editor.changes(("tourism", r'"\e[31m\a"'))
    assert answers[0].startswith("6:10: field cannot be �[31m� [unknown-word] -> one of welfare, ")
    assert "\x1b" not in "".join(answers)


def test_a_law_that_changed_after_the_last_check_is_told_though_the_guide_is_read(editor):
    watch = "  checked_on: 2026-03-01\n  watch:\n    - {topic: 星の条例, date: 2026-04-01}\n"
    assert editor.changes(("  rights:", f"{watch}  rights:")) == [
        "18:7: 星の条例 changed on 2026-04-01, after the last check [watched-date] -> "
        "check the text against it and set checked_on"
    ]
    assert editor.guide().slug == "hoshi"


def test_a_heading_level_that_is_skipped_is_told(editor):
    blocks = "blocks:\n  - {text: 星}\n  - {heading: 月, level: 4}\n  - {heading: 海}"
    assert editor.writes_section(f"kind: prose\ntitle: 星\n{blocks}") == [
        "14:29: a heading of level 4 stands before any of level 3 [heading-skip] -> level: 3"
    ]


@pytest.mark.parametrize("tag", ["zz", "xx-JP", "ja-ZZ", "jp"])
def test_a_language_that_does_not_exist_is_told(editor, tag):
    answers = editor.writes_section(f"kind: overview\ntext: {{ja: 星, {tag}: 月}}")
    assert answers == [
        f"11:19: {tag} names a language or a country that does not exist [language-unknown] -> "
        "a tag such as ja, en or en-GB"
    ]


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hant-TW", "ja-x-easy", "ryu", "es-419"])
def test_a_language_that_exists_is_taken(editor, tag):
    assert editor.writes_section(f"kind: overview\ntext: {{ja: 星, {tag}: 月}}") == []

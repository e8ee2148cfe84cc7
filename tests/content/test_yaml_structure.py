"""What is wrong with a file as YAML is told at its place, before anybody asks what it means."""

import time

import pytest


def test_a_missing_closing_quote_is_told_where_it_opens(editor):
    assert editor.changes(("lead: 架", 'lead: "架'), ('"1.0"', "1.0")) == [
        "8:7: this quotation mark is never closed [yaml-quote] -> "
        "close it, or write the text without quotes"
    ]
    assert editor.changes(("lead: 架", 'lead: "架')) == [
        "8:7: this quotation mark is closed only on line 13 [yaml-quote] -> "
        "close it where the text ends, or write the text without quotes"
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "title: 星: 案内",
            "2:9: there is one colon too many here [yaml-colon] -> put the text in quotes, "
            "or check that the line is indented like the one above it",
        ),
        (
            "title：星",
            "2:6: title のあとのコロンが全角です [yaml-colon] -> 半角で「title: 値」と書きます",
        ),
        (
            "title:星",
            "2:6: title のコロンのあとに空白がありません [yaml-colon]"
            " -> 空白を入れて「title: 値」と書きます",
        ),
        (
            "星の案内人",
            "2:1: this line has no field name with a colon [yaml-colon] -> "
            "write  name: value , or indent the line if it continues the text above",
        ),
        (
            "title: @hoshi",
            "2:8: a value cannot start with @ [yaml-quote] -> put the whole value in quotes",
        ),
        (
            "title: ** 星 **",
            "2:8: a value cannot start with * [yaml-quote] -> put the whole value in quotes",
        ),
        (
            "title: !hoshi 星",
            "2:8: !hoshi asks for a type of its own, and guides have no such types [yaml-tag] -> "
            "remove the word that starts with !, or put the whole value in quotes",
        ),
        (
            "title: !星!",
            "2:8: a value cannot start with an exclamation mark [yaml-quote] -> "
            "put the whole value in quotes",
        ),
        (
            "title: !!str 10",
            "2:8: !!str asks for a type of its own, and guides have no such types [yaml-tag] -> "
            "remove the word that starts with !, or put the whole value in quotes",
        ),
        (
            'title: "星" の案内人',
            "2:12: the text goes on after its closing quotation mark [yaml-quote] -> "
            "put the whole value in quotes, and quotes inside it in 「」",
        ),
        (
            "title: {→faq}の仕事",
            "2:14: the text goes on after its closing } [yaml-quote] -> "
            "put the whole value in quotes, and quotes inside it in 「」",
        ),
        (
            r'title: "星\案内"',
            "2:10: a backslash has a meaning of its own between double quotes [yaml-quote] -> "
            "use single quotes, or write two backslashes for one",
        ),
        (
            "title: [星, 月",
            "2:8: [ is opened here and never closed [yaml-bracket] -> part the entries with "
            "commas and end with ]; put text with : or , in quotes",
        ),
        (
            "title: {ja: 星 en: star}",
            "2:17: a comma or } is missing here [yaml-bracket] -> part the entries with "
            "commas and end with }; put text with : or , in quotes",
        ),
        (
            "title: - 星",
            "2:8: a list cannot start on the line of its field [yaml-indent] -> "
            "start the list on the next line, indented by two spaces",
        ),
        (
            "title: | 星",
            "2:10: the text after | or > starts on the next line [yaml-structure] -> "
            "move it down a line and indent it by two spaces",
        ),
    ],
)
def test_a_line_that_is_not_yaml_is_told_in_an_editors_words(editor, line, answer):
    assert editor.changes(("title: 星の案内人という仕事", line)) == [answer]


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (
            ("  subfield:", " subfield:"),
            "7:2: this line does not stand under the lines it belongs to [yaml-indent] -> "
            "indent it exactly like the other fields of its group",
        ),
        (
            ("    text: 空", "  text: 空"),
            "11:3: this line stands in a list but does not start with a hyphen [yaml-indent] -> "
            "start it with  - , or indent it like the fields it belongs to",
        ),
    ],
)
def test_a_line_that_is_indented_wrongly_is_told(editor, change, answer):
    assert editor.changes(change) == [answer]


def test_of_a_file_that_breaks_off_the_rest_is_not_said_to_be_missing(editor):
    assert editor.changes(("slug: hoshi", "  slug: hoshi")) == [
        "2:1: this line does not stand under the lines it belongs to [yaml-indent] -> "
        "indent it exactly like the other fields of its group"
    ]


def test_every_line_indented_with_a_tab_is_told(editor):
    assert editor.changes(("  field:", "\tfield:"), ("    text: 空", "  \ttext: 空")) == [
        "6:1: 行の頭にタブがあります [yaml-tab] -> 半角の空白に替えます。1段につき2つです",
        "11:3: 行の頭にタブがあります [yaml-tab] -> 半角の空白に替えます。1段につき2つです",
    ]


def test_a_tab_inside_a_block_of_text_is_told(editor):
    assert editor.writes_section("kind: overview\ntext: |\n\t星") == [
        "12:5: 行の頭にタブがあります [yaml-tab] -> 半角の空白に替えます。1段につき2つです"
    ]


def test_a_key_written_twice_is_told_with_the_line_of_the_first(editor):
    assert editor.changes(("lead:", "title: 月\nlead:")) == [
        "8:1: title is written twice; the first is on line 2 [key-twice] -> remove one of the two"
    ]


def test_what_stands_below_a_second_key_is_still_checked(editor):
    problems = editor.changes(("lead:", "occupation:\n  name: 月\n  name: 星\nlead:"))
    assert [problem.split(": ")[0] for problem in problems] == ["8:1", "10:3"]
    assert all("[key-twice]" in problem for problem in problems)


def test_something_else_in_the_place_of_a_field_name_is_told(editor):
    assert editor.changes(("lead:", '? [a, b]\n: c\n"": d\nlead:')) == [
        "8:3: there has to be a field name here [key-form] -> write  name: value",
        "10:1: there has to be a field name here [key-form] -> write  name: value",
    ]


def test_the_internal_name_of_a_place_is_no_field(editor):
    assert editor.changes(("slug:", "where: here\nslug:")) == [
        "1:1: there is no field called where here [unknown-key] -> remove it"
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "# まだ何もない\n", "---\n", "~\n", "\ufeff"])
def test_an_empty_file_is_told(editor, content):
    assert editor.writes_guide(content) == [
        "1:1: this file is empty [file-empty] -> copy another guide into it and change that"
    ]


@pytest.mark.parametrize(
    ("content", "here"),
    [("星の案内人", "text"), ("- 星\n", "a list"), ("10", "10"), ("no", "text")],
)
def test_a_file_that_is_no_group_of_fields_is_told(editor, content, here):
    (problem,) = editor.writes_guide(content)
    assert problem.startswith(
        f"1:1: this file has to be a group of fields, not {here} [wrong-type] -> give it fields "
    )


@pytest.mark.parametrize(
    ("encoding", "place", "looks"),
    [
        ("cp932", "2:8", "byte 0x90; it looks like Shift_JIS"),
        ("euc-jp", "2:8", "byte 0xc0; it looks like EUC-JP"),
        ("utf-16", "1:1", "byte 0xff; it looks like UTF-16"),
        ("utf-16-le", "1:2", "byte 0x00; it looks like UTF-16"),
    ],
)
def test_a_file_that_is_not_utf8_is_told_with_its_first_wrong_byte(editor, encoding, place, looks):
    text = editor.guide_text if encoding != "utf-16-le" else "slug: hoshi"
    assert editor.writes_guide(text.encode(encoding)) == [
        f"{place}: this file is not UTF-8: {looks} [not-utf8] -> "
        "save the file again with encoding UTF-8"
    ]


def test_a_wrong_byte_after_a_byte_order_mark_has_its_right_place(editor):
    assert editor.writes_guide(b"\xef\xbb\xbfslug: h\xff") == [
        "1:8: this file is not UTF-8: byte 0xff [not-utf8] -> "
        "save the file again with encoding UTF-8"
    ]


@pytest.mark.parametrize(
    ("disguise"),
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["byte order mark", "CRLF", "both", "CR", "no last line end"],
)
def test_a_file_from_another_system_reads_the_same_with_the_same_places(editor, disguise):
    assert editor.writes_guide(disguise(editor.guide_text)) == []
    wrong = editor.guide_text.replace("tourism", "tuorism").replace("空を", "空{x}を")
    assert editor.writes_guide(disguise(wrong)) == [
        "6:10: field cannot be tuorism [unknown-word] -> tourism?",
        "11:12: {x} is not a mark [unknown-mark] -> "
        "write {→faq} for a cross reference, or {{ and }} to show braces",
    ]


def test_every_invisible_character_is_told_and_the_rest_is_still_checked(editor):
    answers = editor.changes(
        ("星の案内人という", "星の\x0b案内人\u2028という"), ("tourism", "\x07tuorism")
    )
    assert answers == [
        "2:10: there is a character here that cannot be seen (U+000B) [control-character] -> "
        "delete it and type the text around it again",
        "2:14: there is a character here that cannot be seen (U+2028, line separator) "
        "[control-character] -> delete it and type the text around it again",
        "6:10: there is a character here that cannot be seen (U+0007) [control-character] -> "
        "delete it and type the text around it again",
        "6:11: field cannot be tuorism [unknown-word] -> tourism?",
    ]


def test_a_second_document_is_told_and_its_half_is_not_said_to_be_missing(editor):
    assert editor.changes(("provenance:", "---\nprovenance:")) == [
        "12:1: a second document starts here [many-documents] -> "
        "keep one document a file; remove the ---"
    ]


def test_a_line_of_hyphens_at_the_end_hides_no_other_problem(editor):
    answers = editor.writes_guide(editor.guide_text.replace("tourism", "tuorism") + "---\n")
    assert [answer.split(": ")[0] for answer in answers] == ["6:10", "17:1"]


def test_a_document_may_start_and_end_with_its_marks(editor):
    assert editor.writes_guide(f"---\n{editor.guide_text}...\n") == []


def test_an_alias_is_refused_and_nothing_else_is_said_about_its_place(editor):
    assert editor.changes(
        ("title: 星", "title: &star 星"), ("name: 星の案内人", "name: *star")
    ) == [
        "2:8: &star marks text for use elsewhere, and guides have no such shorthand [yaml-alias] "
        "-> remove &star; put the text in quotes if it has to start with &",
        "4:9: *star stands for text elsewhere, and guides have no such shorthand [yaml-alias] -> "
        "write the text out here; put it in quotes if it has to start with *",
    ]


def test_a_bomb_of_nested_aliases_is_refused_at_once(editor):
    layers = ["lol0: &lol0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"lol{n}: &lol{n} [{', '.join([f'*lol{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.perf_counter()
    answers = editor.writes_guide("\n".join(layers))
    assert time.perf_counter() - started < 1
    assert "1:7: &lol0 marks text" in answers[8]
    assert sum("[yaml-alias]" in answer for answer in answers) == 30 + 9 * 29


@pytest.mark.parametrize(
    ("bomb", "place"),
    [("[" * 100_000, "2:48"), ("{a: " * 50_000, "2:168"), ("- " * 50_000, "3:81")],
)
def test_deep_nesting_is_refused_at_once(editor, bomb, place):
    started = time.perf_counter()
    answers = editor.writes_guide(f"slug: hoshi\ntitle: {'' if bomb[0] != '-' else chr(10)}{bomb}")
    assert time.perf_counter() - started < 1
    assert answers == [
        f"{place}: this is nested more than 40 deep [nesting] -> "
        "no guide needs that; check the indentation"
    ]


def test_keys_nested_in_keys_are_refused_too(editor):
    assert "[nesting]" in editor.writes_guide("? " * 50_000 + "a")[-1]


def test_a_file_larger_than_any_guide_is_refused_unread(editor):
    assert editor.writes_guide(b"#" * 2_000_001) == [
        ": this file has 2,000,001 bytes [file-size] -> "
        "keep a guide under 2,000,000 bytes; put pictures beside it"
    ]


def test_the_slow_parser_without_libyaml_tells_the_same(editor, monkeypatch):
    """Some platforms build PyYAML without its C parser, whose words differ."""
    import yaml

    from booklet.content import yaml_reader as reading

    mistakes = ["title: 星: 月", "title：星", "title: @星", 'title: "星', 'title: "星" 月']
    mistakes += ["title: - 星", "title: | 星", "\ttitle: 星", "title: * 星", r'title: "\q"']
    mistakes += ["title: [星", "title: {ja: 星 en: x}", " title: 星", "title: !星!"]
    texts = [editor.guide_text.replace("title: 星の案内人という仕事", line) for line in mistakes]
    codes = [[problem.code for problem in told(editor, text)] for text in texts]
    monkeypatch.setattr(reading, "_LOADER", yaml.Loader)
    assert [[problem.code for problem in told(editor, text)] for text in texts] == codes
    assert editor.writes_guide(editor.guide_text) == []


def told(editor, text):
    editor.writes_guide(text)
    return editor.guide_problems()

"""Every mark and every character that cannot be set is told where it stands, each of them."""

import pytest

MARK_HINT = "write {→faq} for a cross reference, or {{ and }} to show braces"


def reference(target: str, hint: str) -> str:
    return f"there is no section called {target} to refer to [reference-target] -> {hint}"


def test_every_mark_of_a_text_is_told_at_its_own_place(editor):
    text = '"faq {→faq} と {{→faq}} と {→faq} {x} { {→closing} } {x}"'
    assert editor.writes_section(f"kind: overview\ntext: {text}") == [
        f"11:16: {reference('faq', 'one of closing, overview')}",
        f"11:36: {reference('faq', 'one of closing, overview')}",
        f"11:43: {{x}} is not a mark [unknown-mark] -> {MARK_HINT}",
        f"11:47: {{ is not a mark [unknown-mark] -> {MARK_HINT}",
        f"11:60: }} is not a mark [unknown-mark] -> {MARK_HINT}",
        f"11:62: {{x}} is not a mark [unknown-mark] -> {MARK_HINT}",
    ]


@pytest.mark.parametrize("block", ["|", ">", "|-", ">2", "|  # 本文"])
def test_a_mark_in_a_block_of_text_has_its_line_and_column(editor, block):
    text = f"text: {block}\n  空と\n  星の{{→nowhere}}と{{→clsing}}\n\n  月へ{{x}}"
    assert editor.writes_section(f"kind: overview\n{text}") == [
        f"13:9: {reference('nowhere', 'one of closing, overview')}",
        f"13:20: {reference('clsing', 'closing?')}",
        f"15:9: {{x}} is not a mark [unknown-mark] -> {MARK_HINT}",
    ]


@pytest.mark.parametrize("target", [" nowhere ", "nowhere"])
def test_spaces_in_a_reference_do_not_matter(editor, target):
    (answer,) = editor.writes_section(f"kind: overview\ntext: 星{{→{target}}}")
    assert answer.startswith("11:12: there is no section called nowhere ")


def test_a_mark_hidden_by_an_escape_is_told_at_its_text(editor):
    assert editor.writes_section(r"kind: overview" + "\n" + r'text: "星\u007Bx} と {y}"') == [
        f"11:11: {{x}} is not a mark [unknown-mark] -> {MARK_HINT}",
        f"11:11: {{y}} is not a mark [unknown-mark] -> {MARK_HINT}",
    ]


def test_a_reference_finds_a_section_by_its_id_and_then_no_longer_by_its_kind(editor):
    section = "kind: overview\nid: hajimeni\ntext: {}"
    assert editor.writes_section(section.format("星{→hajimeni}と{→closing}")) == []
    assert editor.writes_section(section.format("星{→overview}")) == [
        f"12:12: {reference('overview', 'one of closing, hajimeni')}"
    ]


def test_a_reference_to_a_section_declared_empty_says_so(editor):
    absent = "sections:\n  - kind: pay\n    status: withheld"
    assert editor.changes(("sections:", absent), ("架空の", "架空{→pay}の")) == [
        "8:9: the section pay is declared empty, so nothing can refer to it "
        "[reference-target] -> one of closing"
    ]


def test_doubled_braces_are_shown_and_a_web_address_may_hold_single_ones(editor):
    assert editor.writes_section("kind: overview\ntext: 星{{x}}と{{}}") == []
    work = "{title: 星, medium: novel, year: 2000, url: 'https://example.org/{x}'}"
    assert editor.writes_section(f"kind: fiction_works\nworks: [{work}]") == []


def test_a_source_is_named_once_and_found_by_its_name(editor):
    sources = (
        "  sources:\n"
        "    - {id: chosa, title: 星の調査, accessed_on: 2026-04-01}\n"
        "    - {id: chosa, title: 月の調査, accessed_on: 2026-04-01}\n"
    )
    assert editor.changes(("  rights:", f"{sources}  rights:")) == [
        "18:12: there are two sources called chosa [source-twice] -> give one of them another id"
    ]
    assert editor.changes(
        (
            "  rights:",
            f"{sources.replace('id: chosa, title: 月', 'id: tsuki, title: 月')}  rights:",
        ),
        ("text: 空", "evidence: {source: chosaa}\n    text: 空"),
    ) == [
        "11:24: there is no source called chosaa under provenance.sources [reference-source] "
        "-> chosa?"
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "空の📋と星の📋",
            "11:13: the font cannot draw 📋 (U+1F4CB, clipboard), which stands 2 times in this "
            "text [font-character] -> use the section's icon field or another character",
        ),
        (
            "空の\ue000",
            "11:13: the font cannot draw U+E000 [font-character] -> "
            "use an ordinary character; this one (外字) exists only on some computers",
        ),
        (
            "空の\u200b星",
            "11:13: the font cannot draw U+200B, zero width space [font-character] -> "
            "delete it and type the text around it again; it cannot be seen",
        ),
        (
            "☎\ufe0fの話",
            "11:12: the font cannot draw U+FE0F, variation selector-16 [font-character] -> "
            "delete it and type the text around it again; it cannot be seen",
        ),
        (
            "空の\t星",
            "11:13: the font cannot draw U+0009, tab [font-character] -> "
            "delete it and type the text around it again; it cannot be seen",
        ),
        (
            r'"空の\U0001F4CB"',
            "11:11: the font cannot draw 📋 (U+1F4CB, clipboard) [font-character] -> "
            "use the section's icon field or another character",
        ),
        (
            "空の\U0010fffd",
            "11:13: the font cannot draw U+10FFFD [font-character] -> "
            "use an ordinary character; this one (外字) exists only on some computers",
        ),
    ],
)
def test_a_character_the_font_cannot_draw_is_told_so_that_it_can_be_found(editor, text, answer):
    assert editor.writes_section(f"kind: overview\ntext: {text}") == [answer]


@pytest.mark.parametrize("text", ["髙﨑と𠮷野", "①〜⑳・㈱・℡", "ABC äöü ÅΩ", "—…※★♪", "アイウ（）"])
def test_the_characters_of_ordinary_japanese_are_fine(editor, text):
    assert editor.writes_section(f"kind: overview\ntext: {text}") == []


def test_characters_that_are_never_printed_need_no_font(editor):
    editor.write("content/images/📋.png", (editor.project / "content/images/fune.png").read_bytes())
    picture = "{file: images/📋.png, alt: 船}"
    assert editor.writes_section(f"kind: overview\ntext: 星\npicture: {picture}") == []


@pytest.mark.parametrize(
    ("ruby", "answer"),
    [
        (
            "{星空|ほし|ぞ|ら}",
            "{星空|ほし|ぞ|ら} has 3 readings for 2 characters [ruby-count]"
            " -> write one reading for the whole word, or one for each character",
        ),
        (
            "{星空|}",
            "{星空|} lacks a word or a reading [ruby-empty]"
            " -> write the word, a bar and its reading: {伴走者|ばんそうしゃ}",
        ),
        (
            "{|ほし}",
            "{|ほし} lacks a word or a reading [ruby-empty]"
            " -> write the word, a bar and its reading: {伴走者|ばんそうしゃ}",
        ),
        (
            "{星空|hoshi}",
            "the reading in {星空|hoshi} is not in kana [ruby-kana]"
            " -> write the reading in hiragana or katakana",
        ),
    ],
)
def test_a_reading_has_to_cover_its_word_in_kana(editor, ruby, answer):
    assert editor.writes_section(f"kind: overview\ntext: 空と{ruby}") == [f"11:13: {answer}"]


def test_a_good_reading_is_taken(editor):
    text = "{星空|ほしぞら}と{星空|ほし|ぞら}"
    assert editor.writes_section(f"kind: overview\ntext: 空と{text}") == []

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
            "11:11: ☎\ufe0f is set as ☎ [text-normalised] -> type it so, and this note goes",
        ),
        (
            "ﾊﾟﾝとｶﾞﾑ",
            "11:11: ﾊﾟﾝ is set as パン [text-normalised] -> type it so, and this note goes",
        ),
        (
            "か\u3099んばる",
            "11:11: か\u3099 is set as が [text-normalised] -> type it so, and this note goes",
        ),
        (
            "葛\U000e0105飾",
            "11:11: the font has no such form of 葛 (U+845B, cjk unified ideograph-845b, U+E0105) "
            "[font-character] -> 葛 without the invisible character behind it, or another form",
        ),
        (
            "約≒百",
            "11:12: the font cannot draw ≒ (U+2252, approximately equal to or the image of) "
            "[font-character] -> 約, or ≈ instead",
        ),
        ("終わり。。次", "11:14: 。 stands twice [stop-twice] -> 。 once, or …… for a pause"),
        (
            "、はじめに",
            "11:11: a text or a line of it cannot start with 、 [stop-first] -> "
            "delete it, or put it behind the text before",
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


@pytest.mark.parametrize(
    "text",
    [
        "髙﨑と𠮷野",
        "①〜⑳・㈱・℡",
        "ABC äöü ÅΩ",
        "—…※★♪♂✓☎！！！",
        "葛\U000e0100飾区と辻\U000e0100さん",
        "神\ufa19田。。。",
    ],
)
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


def test_all_of_jis_x_0208_is_text_that_can_be_set(editor):
    rows = [bytes((row, cell)) for row in range(0xA1, 0xF5) for cell in range(0xA1, 0xFF)]
    signs = [row.decode("euc_jp", "ignore") for row in rows]
    # The font lacks this one alone; what to write instead is told.
    text = "".join(sign for sign in signs if sign and sign not in "≒　")
    assert len(text) > 6_800
    text = text.translate({ord(sign): None for sign in "{}、。，．\u212b"})
    assert editor.writes_section(f"kind: overview\ntext: '星{text.replace(chr(39), '')}'") == []


def test_the_form_of_a_name_is_kept(editor):
    editor.writes_section("kind: overview\ntext: 葛\U000e0100飾の神\ufa19さん")
    assert editor.guide().sections[0].text == "葛\U000e0100飾の神\ufa19さん"


def test_a_title_is_set_without_readings_and_never_with_braces(editor):
    title = "title: 星の{案内人|あんないにん}という仕事と{{心}}"
    assert editor.changes(("title: 星の案内人という仕事", title)) == [
        "2:10: 案内人 is set here without its reading [ruby-place] -> "
        "write the word alone here, and its reading where it stands in a text"
    ]
    assert editor.guide().title == "星の案内人という仕事と{心}"


def test_a_cross_reference_cannot_stand_in_a_name(editor):
    told = editor.changes(("  name: 星の案内人", "  name: 星の{→closing}"))
    assert told == [
        "4:11: a cross reference cannot stand in a title or a name [reference-place] -> "
        "write it in a text"
    ]

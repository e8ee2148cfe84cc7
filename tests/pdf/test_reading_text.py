"""What is done to a page's text so that it is found, on a few instructions each."""

import pikepdf
import pytest

from booklet.pdf.reading_marks import PageMarks, readings_behind
from booklet.pdf.text_gaps import without_guessed_spaces

FONTS = {"/F": {b"\0\1": "A", b"\0\2": "I", b"\0\3": "代", b"\0\4": "替", b"\0\5": " "}}


def parsed(content: bytes) -> list[pikepdf.ContentStreamInstruction]:
    with pikepdf.new() as document:
        return list(pikepdf.parse_content_stream(document.make_stream(content)))


def written(instructions) -> bytes:
    return pikepdf.unparse_content_stream(instructions)


def line(shown: str) -> list[pikepdf.ContentStreamInstruction]:
    return parsed(f"BT 1 0 0 -1 50 60 Tm /F 10 Tf [{shown}] TJ ET".encode())


def actual_texts(instructions) -> list[str]:
    return [
        str(one.operands[1].ActualText)
        for one in instructions
        if str(one.operator) == "BDC" and "/ActualText" in one.operands[1]
    ]


def test_a_gap_beside_latin_letters_says_what_is_written_there():
    changed = without_guessed_spaces(line("<00010002> -250 <00030004>"), FONTS)
    assert actual_texts(changed) == ["I代"]


def test_gaps_near_each_other_are_one_phrase_and_gaps_far_apart_are_two():
    near = line("<0003> -250 <00010002> -250 <0003>")
    assert actual_texts(without_guessed_spaces(near, FONTS)) == ["代AI代"]
    far = line(f"<00030001> -250 <{'0003' * 20}> -250 <0001>")
    assert actual_texts(without_guessed_spaces(far, FONTS)) == ["A代", "代A"]


def test_text_without_gaps_stays_as_it_is():
    for shown in ("<00010003>", "<0001> -16 <0003>", "<0001> 250 <0003>", "<0001> -250 <0005>"):
        assert written(without_guessed_spaces(line(shown), FONTS)) == written(line(shown))


def test_no_glyph_moves_when_a_gap_is_closed():
    changed = without_guessed_spaces(line("-30 <00010002> -250 <0003> 100 <0004>"), FONTS)
    scale = next(float(one.operands[0]) for one in changed if str(one.operator) == "Tz")
    matrix = next(one.operands for one in changed if str(one.operator) == "Tm")
    assert scale / 100 * float(matrix[0]) == pytest.approx(1, abs=1e-5)
    assert [float(value) for value in matrix[1:]] == [0, 0, -1, 50, 60]
    shown = b" ".join(written([one]) for one in changed if str(one.operator) == "TJ")
    assert shown.split() == b"[ -30 <0001> ] TJ [ <0002> -250 <0003> 100 ] TJ [ <0004> ] TJ".split()
    assert [float(one.operands[0]) for one in changed if str(one.operator) == "Tz"][-1] == 100


def test_a_gap_beside_a_character_nobody_knows_is_left_alone():
    assert actual_texts(without_guessed_spaces(line("<0009> -250 <0003>"), FONTS)) == []


def marked(number: int, more: str = "") -> str:
    return f"/Span << /MCID {number} >> BDC {more} BT ({number}) Tj ET EMC"


def order(content: str, marks: PageMarks) -> list[int]:
    changed = readings_behind(parsed(content.encode()), marks)
    return [int(one.operands[1]["/MCID"]) for one in changed if str(one.operator) == "BDC"]


WORDS = PageMarks({0: 1, 1: 1, 2: 1, 3: 1, 4: 2}, {1, 3})


def test_readings_come_behind_their_paragraph_and_before_the_next():
    content = f"{marked(0)} q q {marked(1)} Q Q {marked(2)} q {marked(3)} Q {marked(4)}"
    assert order(content, WORDS) == [0, 2, 1, 3, 4]


def test_a_reading_keeps_the_colour_and_the_place_it_had():
    content = f"1 0 0 rg {marked(0)} q 1 0 0 1 5 6 cm 0 1 0 rg {marked(1)} Q {marked(2)}"
    changed = written(readings_behind(parsed(content.encode()), WORDS)).decode().split("\n")
    start = changed.index("q", changed.index("/Span << /MCID 2 >> BDC"))
    assert changed[start + 1 : start + 4] == [
        "1 0 0 1 5 6 cm", "0 1 0 rg", "/Span << /MCID 1 >> BDC",
    ]  # fmt: skip


def test_a_colour_set_for_a_reading_still_holds_for_what_follows():
    content = f"{marked(0)} {marked(1, '0 0 1 rg')} {marked(2)}"
    changed = written(readings_behind(parsed(content.encode()), WORDS)).decode()
    assert changed.index("0 0 1 rg") < changed.index("/MCID 2 ")


def test_a_reading_is_drawn_before_the_next_paragraph_is_clipped():
    content = f"{marked(0)} q {marked(1)} Q q 0 0 1 1 re W n {marked(4)} Q"
    changed = written(readings_behind(parsed(content.encode()), WORDS)).decode()
    assert changed.index("/MCID 1 ") < changed.index(" re")

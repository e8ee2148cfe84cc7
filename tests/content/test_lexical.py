"""The pass before the parser: each slip of the hand at its own line, and no false alarm."""

import time
from pathlib import Path

import pytest

from booklet.content.findings import edited
from booklet.content.lexical import certain_edits, lexical_pass, lexical_problems
from booklet.content.yaml_reader import read_yaml
from booklet.diagnostics import Severity

ROOT = Path(__file__).parents[2]
RIGHT = sorted(
    [
        *(ROOT / "content").rglob("*.yaml"),
        *(ROOT / "tests/examples").rglob("*.yaml"),
        *(ROOT / "src/booklet/profiles").glob("*.yaml"),
        *(ROOT / "src/booklet/starter").glob("sections.yaml"),
    ]
)

START = "slug: niwashi\noccupation:\n  name: 庭師\n"


def told(text: str) -> list[str]:
    """Return what is told of a guide, as `line:column code`."""
    problems = lexical_problems("content/guides/niwashi.yaml", text)
    return [
        f"{problem.where.line}:{problem.where.column} {problem.code}"
        for problem in problems
        if problem.where
    ]


def mended(text: str) -> str:
    """Return the text with every certain mend made."""
    edits = certain_edits("content/guides/niwashi.yaml", text)
    return edited(text, [edit for _, some in edits for edit in some])


@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.name)
def test_right_files_are_left_alone(file: Path) -> None:
    assert lexical_problems(str(file), file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("wrong", "places", "right"),
    [
        # A full-width colon, at the top, inside, behind a dash, in brackets.
        ("slug：niwashi\n", ["1:5 yaml-colon"], "slug: niwashi\n"),
        (
            "occupation:\n  name：庭師\n  reading: にわし\n",
            ["2:7 yaml-colon"],
            "occupation:\n  name: 庭師\n  reading: にわし\n",
        ),
        (
            "sections:\n  - kind：closing\n    text：　空です。\n",
            ["2:9 yaml-colon", "3:9 yaml-colon"],
            "sections:\n  - kind: closing\n    text: 空です。\n",
        ),
        (
            "page: {size：A5}\noutlook: {value：4、max: 5}\n",
            ["1:12 yaml-colon", "2:16 yaml-colon", "2:18 yaml-bracket"],
            "page: {size: A5}\noutlook: {value: 4, max: 5}\n",
        ),
        ("outlook: ｛value：4、max：5｝\n", ["1:10 yaml-bracket"], "outlook: {value: 4, max: 5}\n"),
        ("title:庭\nurl:https://a.example/\n", ["1:6 yaml-colon", "2:4 yaml-colon"], None),
        # Spaces that are none.
        (
            "occupation:\n　name: 庭師\n　reading: にわし\n",
            ["2:1 yaml-space", "3:1 yaml-space"],
            "occupation:\n  name: 庭師\n  reading: にわし\n",
        ),
        (
            "occupation:\n\u00a0\u00a0name: 庭師\n",
            ["2:1 yaml-space"],
            "occupation:\n  name: 庭師\n",
        ),
        ("title:　庭師\n", ["1:7 yaml-space"], "title: 庭師\n"),
        ("items:\n  -　庭師\n", ["2:4 yaml-space"], "items:\n  - 庭師\n"),
        ("title: 庭\n　\nslug: a\n", ["2:1 yaml-space"], "title: 庭\n\nslug: a\n"),
        ("title: 庭\u00a0の仕事\n", ["1:9 yaml-space"], "title: 庭 の仕事\n"),
        ("occupation:\n\tname: 庭師\n", ["2:1 yaml-tab"], "occupation:\n  name: 庭師\n"),
        (
            "lead: |\n  庭です。\n　　木です。\n",
            ["3:1 yaml-space"],
            "lead: |\n  庭です。\n  木です。\n",
        ),
        # Dashes: another sign, no space, none at all.
        ("suits:\n  ・木が好き\n  ・石が好き\n", ["2:3 yaml-dash", "3:3 yaml-dash"], None),
        ("suits:\n  － 木が好き\n", ["2:3 yaml-dash"], "suits:\n  - 木が好き\n"),
        ("suits:\n  – 木が好き\n", ["2:3 yaml-dash"], "suits:\n  - 木が好き\n"),
        ("suits:\n  * 木が好き\n", ["2:3 yaml-dash"], "suits:\n  - 木が好き\n"),
        ("suits:\n  -木が好き\n", ["2:3 yaml-dash"], "suits:\n  - 木が好き\n"),
        (
            "suits:\n  - 木が好き\n  石が好き\n  - 庭が好き\n",
            ["3:3 yaml-dash"],
            "suits:\n  - 木が好き\n  - 石が好き\n  - 庭が好き\n",
        ),
        (
            "items:\n  - title: 木\n    description: 植える\n    title: 石\n"
            "    description: 据える\n",
            ["4:5 yaml-dash"],
            "items:\n  - title: 木\n    description: 植える\n  - title: 石\n"
            "    description: 据える\n",
        ),
        (
            "items:\n  - title: 木\n  title: 石\n",
            ["3:3 yaml-dash"],
            "items:\n  - title: 木\n  title: 石\n",
        ),
        # Too far in.
        (
            "slug: niwashi\n   title: 庭師\nlead: 庭\n",
            ["2:4 yaml-indent"],
            "slug: niwashi\ntitle: 庭師\nlead: 庭\n",
        ),
        # Quotation marks.
        ("version: “1.0”\n", ["1:10 yaml-quote"], 'version: "1.0"\n'),
        ("title: “庭: 木と石”\n", ["1:8 yaml-quote"], 'title: "庭: 木と石"\n'),
        ("title: ＂庭師＂\n", ["1:8 yaml-quote"], 'title: "庭師"\n'),
        # What would be lost, joined or printed.
        ("tagline: #庭師\n", ["1:10 text-hash"], 'tagline: "#庭師"\n'),
        ("suits:\n  - #庭師\n", ["2:5 text-hash"], 'suits:\n  - "#庭師"\n'),
        ("tagline: 庭を #緑 で満たす\n", ["1:13 text-hash"], "tagline: 庭を #緑 で満たす\n"),
        ("lead: 庭を\n  守ります。\n", ["2:3 text-goes-on"], "lead: 庭を守ります。\n"),
        ("lead: 庭です。\n\n  木です。\n", ["3:3 text-goes-on"], "lead: 庭です。\n\n  木です。\n"),
        (
            "lead: 道具です。\n  - はさみ\n  - くわ\n",
            ["2:3 text-goes-on", "3:3 text-goes-on"],
            "lead: 道具です。\n  - はさみ\n  - くわ\n",
        ),
        ("lead: <b>庭</b>\n", ["1:7 text-markup", "1:11 text-markup"], "lead: <b>庭</b>\n"),
        ("lead: |\n  とても**広い**庭\n", ["2:6 text-markup"], None),
        ("lead: ｛→faq｝へ\n", ["1:7 text-braces"], 'lead: "{→faq}へ"\n'),
        ("lead: 庭の｛剪定｜せんてい｝\n", ["1:9 text-braces"], "lead: 庭の{剪定｜せんてい}\n"),
        ("lead: ｜剪定《せんてい》の日\n", ["1:7 text-ruby"], 'lead: "{剪定|せんてい}の日"\n'),
        ("lead: 剪定《せんてい》の日\n", ["1:7 text-ruby"], "lead: 剪定《せんてい》の日\n"),
        ("lead: ﾆﾜの木\n", ["1:7 text-half-width"], "lead: ニワの木\n"),
        ("lead: か\u3099け\nname: き\u3099\n", ["1:7 text-decomposed"], "lead: がけ\nname: ぎ\n"),
        ("alt: …\n", ["1:6 text-placeholder"], "alt: …\n"),
        ('alt: "..."\n', ["1:6 text-placeholder"], 'alt: "..."\n'),
    ],
)
def test_a_slip_is_told_at_its_own_line_and_mended_where_it_is_certain(
    wrong: str, places: list[str], right: str | None
) -> None:
    assert told(wrong) == places
    if right is not None:
        assert mended(wrong) == right
    if places and not told(mended(wrong)):
        assert read_yaml("g.yaml", mended(wrong).encode()).problems == []


@pytest.mark.parametrize(
    "text",
    [
        "title: 庭：木と石\n",  # a full-width colon inside a text
        "lead: |\n  次のとおりです。\n  ・木\n  - 石\n  # 印\n  name：庭\n",
        "lead: |\n  　字下げした段落です。\n\n  　次の段落です。\n",
        "volume: 1 # 1冊め\nfield: food #飲食\ntitle: 庭 # 仮の題\n",
        "title: “夢”の庭\nlead: “夢の庭”\n",
        "lead: The garden\n  and its trees\n",
        "lead: Go 100\u00a0km east\n",
        "title: 《新しい庭》の本\n",
        "hours: 平日 10:00〜16:00\n",
        "suits: [木, 石]\nmore: {a: b, c: d}\n",
        "suits:\n- 木\n- 石\ntitle: 庭\n",
        "a: 'it''s'\nb: \"木\n  と石\"\nc: d\n",
        'schedules:\n  - variant: 庭\n    entries:\n      - start: "04:00"\n        end: "05:00"\n'
        '      - start: "06:00"\n  - variant: 森\n    entries: []\n',
        "rows:\n  - [a, b]\n  - - c\n    - d\n",
        "lead: 5 ** 2 と <- と a < b\n",
        "x: -5\ny:\n  - -5\n  - 3\n",
        "title: 庭…木\ncredit: ©\n",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_all_slips_of_a_file_are_told_at_once_and_the_rest_is_checked_too() -> None:
    text = START.replace("slug:", "slug：").replace("  name", "　name") + "field: @庭\n"
    document = read_yaml("g.yaml", text.encode())
    assert [str(problem.where) for problem in document.problems] == [
        "g.yaml:1:5",
        "g.yaml:3:1",
        "g.yaml:4:8",
    ]


def test_what_follows_from_a_slip_nobody_can_mend_is_not_told_too() -> None:
    text = "items:\n  - title: 木\n    description: 植える\n  title: 石\n  description: 据える\n"
    document = read_yaml("g.yaml", text.encode())
    assert [problem.code for problem in document.problems] == ["yaml-dash"]


def test_a_mended_file_keeps_its_lines_so_that_later_places_are_right() -> None:
    text = "title：庭\nitems:\n　 - 木\n　\n-石\n"
    _, readable, _ = lexical_pass("g.yaml", text)
    assert readable.count("\n") == text.count("\n")


def test_every_slip_is_told_in_japanese_too_with_the_same_places() -> None:
    text = "title：庭\nversion: “1.0”\nlead: <b>庭</b>\nalt: …\n"
    english = lexical_problems("g.yaml", text)
    japanese = lexical_problems("g.yaml", text, "ja")
    assert [one.where for one in english] == [one.where for one in japanese]
    assert all(any("ぁ" <= sign <= "ん" for sign in one.message) for one in japanese)
    assert japanese[0].hint == "半角で「title: 値」と書きます"


def test_what_breaks_the_file_is_an_error_and_what_is_only_ugly_a_warning() -> None:
    errors = lexical_problems("g.yaml", "title：庭\n")
    warnings = lexical_problems("g.yaml", "title: <b>庭</b>\n")
    assert {one.severity for one in errors} == {Severity.ERROR}
    assert {one.severity for one in warnings} == {Severity.WARNING}


@pytest.mark.parametrize(
    "text",
    [
        "- " * 500_000,
        "a: " + "[" * 500_000,
        "a" + " " * 1_000_000 + "b",
        "a: " + "漢" * 600_000,
        "a: {" + "|" * 1_000_000,
        "a: " + "<b " * 300_000,
        "\n".join("・" + "a" * 8 for _ in range(60_000)),
        "\n".join("　name：a" for _ in range(50_000)),
        "\n".join(" " * n + "a:" for n in range(1500)),
        "a: " + "｜" * 500_000,
    ],
    ids=range(10),
)
def test_a_hostile_file_takes_two_seconds_at_most(text: str) -> None:
    started = time.process_time()
    lexical_pass("g.yaml", text)
    assert time.process_time() - started < 2

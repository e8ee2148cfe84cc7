"""Which characters a reader can see, and which fonts the build can see."""

import os
import subprocess
import sys

from fontTools.ttLib import TTFont
from tests.conftest import ROOT

from booklet.layout.fonts import character_test, find_typeface


def test_our_character_map_is_the_one_a_font_library_reads():
    typeface = find_typeface("Noto Sans CJK JP")
    can_draw = character_test(typeface)
    for file in typeface.files:
        with TTFont(file, lazy=True) as font:
            known = set(font.getBestCmap())
        assert all(can_draw(chr(code)) == (code in known) for code in range(0x30000))


def test_both_weights_draw_the_same_characters():
    maps = []
    for file in find_typeface("Noto Sans CJK JP").files:
        with TTFont(file, lazy=True) as font:
            maps.append(set(font.getBestCmap()))
    assert maps[0] == maps[1]


def test_emoji_and_private_characters_cannot_be_drawn_but_japanese_can():
    can_draw = character_test(find_typeface("Noto Sans CJK JP"))
    assert all(map(can_draw, "就労支援員のＡ型★◯〜①ーヶ"))
    assert not any(map(can_draw, "📋😀\ue000\u2611"))


def test_the_build_sees_its_own_fonts_and_no_others():
    script = (
        "from booklet.layout.fonts import find_typeface, use_only\n"
        "use_only(find_typeface('Noto Sans CJK JP'))\n"
        "import subprocess\n"
        "print(subprocess.run(['fc-list', ':', 'family'], capture_output=True, text=True).stdout)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    shown = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    families = {line for line in shown.stdout.splitlines() if line}
    assert families
    assert all("Noto Sans CJK JP" in family for family in families), families

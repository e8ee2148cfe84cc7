"""What someone hears who writes a print profile, and what a project's own profile changes."""

import shutil
from pathlib import Path

import pytest

from booklet.content.print_profiles import SHIPPED_PROFILES, load_print_profile, print_profiles
from booklet.diagnostics import BookletError
from booklet.model.print_profile import PrintUse

SHOP = (SHIPPED_PROFILES / "saddle-stitch.yaml").read_text("utf-8")
OFFICE = (SHIPPED_PROFILES / "office-a4-duplex.yaml").read_text("utf-8")


def write(project: Path, text: str, name: str = "ours") -> Path:
    folder = project / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def heard(project: Path, text: str) -> list[str]:
    """Return what booklet says about a profile, one line a problem."""
    write(project, text)
    try:
        load_print_profile(project, "ours")
    except BookletError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_project_has_the_profiles_that_come_with_booklet_and_its_own(tmp_path):
    write(tmp_path, SHOP)
    names = set(print_profiles(tmp_path))
    assert {"saddle-stitch", "office-a4-duplex", "convenience-store", "ours"} <= names


def test_a_projects_own_profile_wins_over_one_of_the_same_name(tmp_path):
    write(tmp_path, SHOP.replace("most: 40", "most: 60"), "saddle-stitch")
    profile, _ = load_print_profile(tmp_path, "saddle-stitch")
    assert profile.pages is not None
    assert profile.pages.most == 60


def test_the_shop_profile_says_what_the_facts_say(tmp_path):
    profile, _ = load_print_profile(tmp_path, "saddle-stitch")
    assert profile.use is PrintUse.PRESS
    assert profile.bleed is not None
    assert profile.bleed.mm == 3
    assert profile.pages is not None
    assert (profile.pages.multiple, profile.pages.fewest, profile.pages.most) == (4, 8, 40)
    assert profile.ink is not None
    assert profile.ink.most_percent == 300


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bleed:\n  mm: 3", "bleed:\n  mm: 3\n  mmm: 3", "no field called mmm here [unknown-key]"),
        ("ink:\n", "inks:\n", "there is no field called inks here [unknown-key]"),
        ("bleed:\n  mm: 3", "bleed:\n  mm: 5", "mm is over 3.0: 5 [out-of-range]"),
        ("mm: 3\n", 'mm: "3"\n', "mm has to be a number, not the text 3 [wrong-type]"),
        ("use: press", "use: web", "use cannot be web [unknown-word]"),
        ("standard: pdf-x-1a", "standard: pdf-x-3", "standard cannot be pdf-x-3 [unknown-word]"),
        ("standard: pdf-x-1a", "standard: pdf-1.7", "a press file is PDF/X [profile-standard]"),
        ("standard: pdf-x-1a", "standard: pdf-x-4", "[profile-icc-needed]"),
        ("fewest: 8", "fewest: 48", "pages ends before it starts: 48 to 40 [range-order]"),
        ('"{slug}-{part}.pdf"', '"same.pdf"', "name cannot be same.pdf [text-form]"),
        ("  source: digitaprint.jp/tg_attention_black_beta.php\n", "", "source is missing"),
        ("seen: 2026-11-23", "seen: yesterday", "seen cannot be yesterday [date-form]"),
        ("marks:\n  style: none", "marks:\n  style: swiss", "style cannot be swiss [unknown-word]"),
        ("title: ", "title: [", "[yaml-bracket]"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_profile_is_told_with_its_place(tmp_path, old, new, said):
    assert old in SHOP
    (problem, *_) = heard(tmp_path, SHOP.replace(old, new, 1))
    assert problem.startswith("profiles/ours.yaml:")
    assert said in problem
    assert "\n    try: " in problem


def test_the_line_of_an_unknown_key_is_told(tmp_path):
    line = SHOP.splitlines().index("bleed:") + 2
    (problem, *_) = heard(tmp_path, SHOP.replace("bleed:\n  mm: 3", "bleed:\n  mm: 3\n  glue: 1"))
    assert problem.startswith(f"profiles/ours.yaml:{line + 1}:3: ")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("standard: pdf-1.7", "standard: pdf-x-1a", "profile-standard"),
        ("sheet:\n", "# sheet:\n", None),
    ],
)
def test_an_office_profile_has_its_own_rules(tmp_path, old, new, code):
    said = heard(tmp_path, OFFICE.replace(old, new, 1))
    assert said
    assert code is None or code in said[0]


def test_an_office_profile_without_a_sheet_is_told(tmp_path):
    start, end = OFFICE.index("sheet:\n"), OFFICE.index("binding:\n")
    (problem,) = heard(tmp_path, OFFICE[:start] + OFFICE[end:])
    assert "sheet is missing [missing-key]" in problem


def test_an_unknown_profile_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(BookletError) as caught:
        load_print_profile(tmp_path, "sadle-stitch")
    (problem,) = caught.value.problems
    assert problem.code == "profile-missing"
    assert problem.hint == "saddle-stitch?"


X4 = SHOP.replace("standard: pdf-x-1a", "standard: pdf-x-4\n  icc: shop.icc")


def icc(device_class: bytes = b"prtr", space: bytes = b"CMYK", signature: bytes = b"acsp") -> bytes:
    head = bytearray(128)
    head[12:16], head[16:20], head[36:40] = device_class, space, signature
    return bytes(head)


def test_a_missing_icc_file_is_told(tmp_path):
    (problem,) = heard(tmp_path, X4)
    assert "there is no ICC profile shop.icc beside this file [profile-icc-missing]" in problem


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG", icc(space=b"RGB "), icc(device_class=b"mntr"), icc(signature=b"xxxx")],
)
def test_an_icc_file_for_something_else_is_told(tmp_path, content):
    (write(tmp_path, X4) / "shop.icc").write_bytes(content)
    (problem,) = heard(tmp_path, X4)
    assert "is not the ICC profile of a four-colour press [profile-icc-kind]" in problem


def test_an_icc_file_outside_the_folder_is_not_read(tmp_path):
    (tmp_path / "shop.icc").write_bytes(icc())
    (problem,) = heard(tmp_path, X4.replace("icc: shop.icc", "icc: ../shop.icc"))
    assert "[profile-icc-outside]" in problem


def test_the_shops_icc_profile_is_read(tmp_path):
    (write(tmp_path, X4) / "shop.icc").write_bytes(icc())
    assert load_print_profile(tmp_path, "ours")[1] == icc()


def test_a_profile_that_is_a_folder_is_told(tmp_path):
    (tmp_path / "profiles" / "ours.yaml").mkdir(parents=True)
    with pytest.raises(BookletError) as caught:
        load_print_profile(tmp_path, "ours")
    assert caught.value.problems[0].code == "profile-unreadable"


def test_every_profile_that_comes_with_booklet_can_be_copied_and_changed(tmp_path):
    shutil.copytree(SHIPPED_PROFILES, tmp_path / "profiles")
    for name in print_profiles(tmp_path):
        load_print_profile(tmp_path, name)


def test_files_are_called_as_the_profile_says_and_never_two_alike(tmp_path):
    write(tmp_path, SHOP.replace("{slug}-{part}.pdf", "{slug}_A5.pdf"))
    profile, _ = load_print_profile(tmp_path, "ours")
    names = [profile.file_name("hoshi", part) for part in ("press", "cover", "inner")]
    assert names == ["hoshi_A5.pdf", "hoshi_A5-cover.pdf", "hoshi_A5-inner.pdf"]

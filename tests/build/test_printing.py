"""The guide to printing goes in; whether it names every code, profile and rule comes out."""

import re
from pathlib import Path

import pytest

from booklet.content.print_profiles import load_print_profile, print_profiles
from booklet.model.print_profile import PrintProfile, Rule

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "booklet"
GUIDES = ("printing.md", "printing.ja.md")
CODE = re.compile(r"""(?:Finding|at_place|Problem|fault|note)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)+)\"""")


def codes() -> set[str]:
    files = [*SOURCE.glob("checks/preflight/*.py"), *SOURCE.glob("pdf/*.py")]
    names = ("print_files.py", "inspection.py", "profiles.py")
    files += [SOURCE / "build" / name for name in names]
    return {code for file in files for code in CODE.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_explains_every_code_and_none_that_is_gone(guide):
    text = (ROOT / "docs" / guide).read_text("utf-8")
    explained = set(re.findall(r"^\| `([a-z0-9]+(?:-[a-z0-9]+)+)` \|", text, re.MULTILINE))
    explained -= set(print_profiles(ROOT))
    assert len(codes()) > 50
    assert explained == codes()


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_names_every_profile_and_every_rule(guide):
    text = (ROOT / "docs" / guide).read_text("utf-8")
    wanted = {name for name in print_profiles(ROOT) if "/" not in name}
    wanted |= set(PrintProfile.model_fields) - {"title", "use", "note", "where"}
    for field in PrintProfile.model_fields.values():
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, Rule):
                wanted |= set(kind.model_fields) - set(Rule.model_fields)
    wanted -= {"condition", "condition_name"}  # told in words
    assert [word for word in sorted(wanted) if f"`{word}`" not in text] == []


@pytest.mark.parametrize("name", print_profiles(ROOT))
def test_a_profile_that_comes_with_booklet_says_where_each_rule_was_seen(name):
    profile, icc = load_print_profile(ROOT, name)
    assert icc == b""
    rules = [rule for _, rule in profile if isinstance(rule, Rule)]
    assert len(rules) >= 4
    for rule in rules:
        assert rule.source
        assert rule.seen.year == 2026

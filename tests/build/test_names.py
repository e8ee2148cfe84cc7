"""Two files are never one: whatever makes a name makes another one for each, or says so."""

import itertools
import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.projects import project_with_guides
from tests.test_cli import run

from booklet.build.names import TakenNames, file_names
from booklet.build.profiles import choose_profiles
from booklet.html.picture_names import picture_name
from booklet.model.book import section_anchor
from booklet.model.edition import Edition
from booklet.model.publication import Format

PROFILES = choose_profiles(ROOT)
SLUGS = st.lists(
    st.sampled_from(
        ["a", "a-mono", "a-press", "a-office", "a-cover", "a-page-01", "a-large-page-2", "b", "ab"]
    ),
    unique=True,
    min_size=1,
)


@given(SLUGS)
def test_no_two_files_of_a_build_have_one_name_without_a_word(slugs):
    taken, owners = TakenNames(), {}
    for slug, edition in itertools.product(slugs, Edition):
        names = file_names(slug, edition, list(Format), PROFILES)
        problems = taken.take(f"{slug} ({edition.value})", names)
        for name in names:
            for number in ("01", "2", "01-2"):
                written = name.replace("#", number).casefold()
                owner = owners.setdefault(written, (slug, edition))
                assert owner == (slug, edition) or any(name in one.message for one in problems)


def test_names_that_a_file_system_takes_for_the_same_are_the_same():
    taken = TakenNames()
    assert taken.take("one", ["がいど.pdf", "Office.pdf"]) == []
    decomposed = unicodedata.normalize("NFD", "がいど.pdf")
    (first, second, third) = taken.take("two", [decomposed, "office.PDF", "Report.json"])
    assert "two and one would both write" in first.message
    assert first.code == second.code == third.code == "name-taken"


@given(st.lists(st.text(string.ascii_lowercase + "-", min_size=1), unique=True, min_size=2))
def test_no_two_sections_have_one_anchor(names):
    assert len({section_anchor(name) for name in names}) == len(names)


PICTURES = st.text(st.sampled_from("aAb .-_/図写真がé0"), min_size=1, max_size=8)


@settings(max_examples=300)
@given(st.lists(PICTURES, min_size=2, max_size=6))
def test_no_two_pictures_have_one_name_in_an_epub(files):
    paths = {unicodedata.normalize("NFC", f"images/{name}.png") for name in files}
    names = {picture_name(path).casefold() for path in paths}
    assert len(names) == len(paths)
    assert all(name.isascii() and " " not in name for name in names)


@pytest.mark.parametrize(
    ("slugs", "arguments", "told"),
    [
        (
            ("hoshi", "hoshi-mono"),
            ("--edition", "standard", "--edition", "mono", "--format", "text"),
            "hoshi-mono (standard) and hoshi (mono) would both write hoshi-mono.txt",
        ),
        (
            ("hoshi", "hoshi-page-01"),
            ("--format", "pages", "--format", "text", "--edition", "standard"),
            "would both write",
        ),
    ],
)
def test_guides_whose_files_would_be_called_alike_are_told_and_the_first_is_made(
    tmp_path, slugs, arguments, told
):
    project = project_with_guides(tmp_path, slugs)
    output = tmp_path / "out"
    result = run("build", "--project", project, "--output", output, *arguments)
    assert result.exit_code == 1
    assert told in result.output
    assert "[name-taken]" in result.output
    assert (output / "hoshi.txt").exists()


def test_check_tells_names_that_collide_before_anything_is_made(tmp_path):
    project = project_with_guides(tmp_path, ("hoshi", "hoshi-mono"))
    text = (project / "content" / "booklet.yaml").read_text("utf-8")
    text += "\neditions: [standard, mono]\nformats: [reading]\n"
    (project / "content" / "booklet.yaml").write_text(text, "utf-8")
    result = run("check", "--project", project)
    assert result.exit_code == 1
    assert "[name-taken]" in result.output


def test_a_print_profile_that_calls_a_press_file_like_the_reading_file_is_told(tmp_path):
    project = project_with_guides(tmp_path, ("hoshi",))
    (project / "profiles").mkdir()
    shipped = (ROOT / "src/booklet/profiles/office-a4-duplex.yaml").read_text("utf-8")
    own = shipped.replace("{slug}-{part}.pdf", "{slug}.pdf")
    (project / "profiles" / "ours.yaml").write_text(own, "utf-8")
    arguments = ("--format", "reading", "--format", "office", "--profile", "ours")
    result = run("build", "--project", project, "--output", tmp_path / "out", *arguments)
    assert result.exit_code == 1
    assert "hoshi.pdf [name-taken]" in result.output

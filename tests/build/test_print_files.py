"""What someone at the command line gets who wants a booklet printed: files, faults, exit codes."""

import io
import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import FULL_EXAMPLE, ROOT
from tests.test_cli import run

from booklet.build.print_files import page_count_problems
from booklet.content.print_profiles import SHIPPED_PROFILES
from booklet.model.print_profile import PagesRule

SLUG = "hoshi-annainin"


@pytest.fixture
def project(tmp_path) -> Path:
    """The full example with a print profile of its own."""
    folder = tmp_path / "project"
    shutil.copytree(FULL_EXAMPLE, folder)
    return folder


def own_profile(project: Path, old: str, new: str, name: str = "saddle-stitch") -> str:
    """Give the project a profile called ours: one of booklet's with one place changed."""
    text = (SHIPPED_PROFILES / f"{name}.yaml").read_text("utf-8")
    assert text.count(old) >= 1
    (project / "profiles").mkdir(exist_ok=True)
    (project / "profiles" / "ours.yaml").write_text(text.replace(old, new, 1), "utf-8")
    return "ours"


def test_a_build_makes_press_and_office_files_that_pass(tmp_path):
    formats = ("--format", "press", "--format", "office")
    result = run("build", "--project", FULL_EXAMPLE, "--output", tmp_path, *formats, "--strict")
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert names == [f"{SLUG}-office.pdf", f"{SLUG}-press.pdf"]
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [file["verdict"] for file in report["files"]] == ["passed", "passed"]
    (plan,) = [problem for problem in report["problems"] if problem["code"] == "page-plan"]
    pages = report["files"][0]["pages"]
    assert plan["severity"] == "note"
    wanted = f"{pages} pages on {pages // 4} sheets, 0 blank, room for {40 - pages} more"
    assert plan["message"].endswith(wanted)


def test_the_same_content_gives_the_same_press_and_office_files(tmp_path):
    for name in ("one", "two"):
        formats = ("--format", "press", "--format", "office")
        run("build", "--project", FULL_EXAMPLE, "--output", tmp_path / name, *formats)
    for part in ("press", "office"):
        one, two = (
            (tmp_path / name / f"{SLUG}-{part}.pdf").read_bytes() for name in ("one", "two")
        )
        assert one == two


def test_a_cover_apart_gives_two_files(project, tmp_path):
    arguments = ("--format", "press", "--profile", "cover-and-inner")
    result = run("build", "--project", project, "--output", tmp_path / "out", *arguments)
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (tmp_path / "out").glob("*.pdf"))
    assert names == [f"{SLUG}-cover.pdf", f"{SLUG}-inner.pdf"]


def test_check_press_looks_and_writes_nothing(project):
    before = sorted(project.rglob("*"))
    result = run("check", "--press", "--project", project, "--strict")
    assert result.exit_code == 0, result.output
    assert re.search(rf"{SLUG}-press\.pdf .* passed\n", result.output)
    assert sorted(project.rglob("*")) == before


def test_too_many_pages_for_the_shop_keep_the_old_files(project, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    (output / f"{SLUG}-press.pdf").write_bytes(b"the old file")
    name = own_profile(project, "fewest: 8\n  most: 40", "fewest: 8\n  most: 12")
    arguments = ("--format", "press", "--profile", name)
    result = run("build", "--project", project, "--output", output, *arguments)
    assert result.exit_code == 1
    assert "at most 12 can be bound this way [page-range]" in result.output
    assert "try: leave out or shorten sections by" in result.output
    assert "Traceback" not in result.output
    assert (output / f"{SLUG}-press.pdf").read_bytes() == b"the old file"
    report = json.loads((output / "report.json").read_text("utf-8"))
    (one,) = report["not_made"]
    assert [problem["code"] for problem in one["problems"]] == ["page-range"]


@pytest.mark.parametrize(
    ("pages", "code", "hint"),
    [
        (41, "page-range", "shorten sections by 1 pages, make two volumes"),
        (44, "page-range", "shorten sections by 4 pages"),
        (4, "page-range", "add 4 pages"),
        (18, "page-multiple", "add 2 pages, such as pages for notes, or remove 2"),
        (40, None, ""),
        (8, None, ""),
    ],
)
def test_a_page_count_that_cannot_be_bound_is_told_with_what_to_do(pages, code, hint):
    rule = PagesRule(source="a test", seen="2026-01-01", multiple=4, fewest=8, most=40)
    problems = page_count_problems(pages, rule)
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert all(hint in problem.hint for problem in problems)


def test_a_colour_outside_the_palette_keeps_the_old_files(project, tmp_path):
    styles = project / "styles" / "sections"
    styles.mkdir(parents=True)
    faq = (ROOT / "styles" / "sections" / "faq.css").read_text("utf-8")
    (styles / "faq.css").write_text(faq + "\n.faq, .question { color: #ff8000; }\n", "utf-8")
    output = tmp_path / "out"
    result = run("build", "--project", project, "--output", output, "--format", "press")
    assert result.exit_code == 1
    assert re.search(r"page \d+ uses #ff8000, a colour the palette does not have", result.output)
    assert "[press-colour]" in result.output
    assert not (output / f"{SLUG}-press.pdf").exists()
    # On a screen any colour will do.
    assert (
        run("build", "--project", project, "--output", output, "--format", "reading").exit_code == 0
    )


def test_a_profile_with_an_unknown_key_is_told_before_anything_is_laid_out(project, tmp_path):
    name = own_profile(project, "bleed:\n  mm: 3", "bleed:\n  mm: 3\n  glue: 1")
    result = run("build", "--project", project, "--format", "press", "--profile", name)
    assert result.exit_code == 1
    assert re.search(r"profiles/ours\.yaml:\d+:3: there is no field called glue", result.output)
    assert "laying out" not in result.output


def test_a_missing_icc_file_is_told_before_anything_is_laid_out(project):
    name = own_profile(project, "standard: pdf-x-1a", "standard: pdf-x-4\n  icc: shop.icc")
    result = run("build", "--project", project, "--format", "press", "--profile", name)
    assert result.exit_code == 1
    assert "[profile-icc-missing]" in result.output
    assert "laying out" not in result.output


def test_two_profiles_for_the_press_are_one_too_many(project):
    both = ("--profile", "saddle-stitch", "--profile", "cover-and-inner")
    result = run("build", "--project", project, "--format", "press", *both)
    assert result.exit_code == 1
    assert "saddle-stitch and cover-and-inner are both for press [profile-twice]" in result.output


def test_an_unknown_profile_is_told_with_the_nearest_name(project):
    result = run("build", "--project", project, "--profile", "saddle-stich")
    assert result.exit_code == 1
    assert "try: saddle-stitch?" in result.output


@pytest.fixture
def foreign(tmp_path) -> Path:
    path = tmp_path / "flyer.pdf"
    with pikepdf.new() as document:
        for _ in range(8):
            document.add_blank_page(page_size=(419.53, 595.28))
        document.save(path)
    return path


def test_a_foreign_pdf_is_looked_at_one_line_a_rule(foreign):
    result = run("preflight", foreign)
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if not line.startswith("    try: ")]
    codes = [re.search(r"\[([a-z-]+)\]$", line)[1] for line in lines[:-1]]
    assert len(codes) == len(set(codes))
    assert "box-trim" in codes
    assert all(line.startswith("flyer.pdf: ") for line in lines)
    assert lines[-1].endswith("problems for saddle-stitch")


def test_a_good_file_is_told_to_be_good(tmp_path):
    run("build", "--project", FULL_EXAMPLE, "--output", tmp_path, "--format", "press")
    result = run("preflight", tmp_path / f"{SLUG}-press.pdf")
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"{SLUG}-press.pdf: no problems for saddle-stitch"


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    result = run("preflight", tmp_path / "none.pdf")
    assert result.exit_code == 1
    assert "[file-unreadable]" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "pdf-kind"),
        (b"%PDF-1.4\n%broken", "pdf-damaged"),
        (b"", "pdf-kind"),
    ],
)
def test_a_file_in_disguise_is_a_problem(tmp_path, content, code):
    path = tmp_path / "flyer.pdf"
    path.write_bytes(content)
    result = run("preflight", path)
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert "1 problem for saddle-stitch" in result.output


def test_an_encrypted_file_is_a_problem(foreign, tmp_path):
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(foreign) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    result = run("preflight", locked)
    assert result.exit_code == 1
    assert "[pdf-encrypted]" in result.output


def test_pdf_x_4_carries_the_shops_icc_profile(tmp_path):
    project = tmp_path / "first"
    # The first guide has no pictures, which would need a profile that really converts.
    shutil.copytree(ROOT / "content", project / "content")
    icc = bytearray(128)
    icc[12:16], icc[16:20], icc[36:40] = b"prtr", b"CMYK", b"acsp"
    name = own_profile(project, "standard: pdf-x-1a", "standard: pdf-x-4\n  icc: shop.icc")
    (project / "profiles" / "shop.icc").write_bytes(bytes(icc))
    output = tmp_path / "out"
    one = ("--format", "press", "--edition", "standard", "--profile", name)
    result = run("build", "--project", project, "--output", output, *one)
    assert result.exit_code == 0, result.output
    with pikepdf.open(io.BytesIO((output / "shuro-shienin-press.pdf").read_bytes())) as document:
        assert document.pdf_version == "1.6"
        (intent,) = document.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == bytes(icc)
        assert int(intent.DestOutputProfile.N) == 4
        with document.open_metadata() as xmp:
            assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"

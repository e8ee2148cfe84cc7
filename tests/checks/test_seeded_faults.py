"""Which faults a check names when someone puts them into a good file."""

import re
from pathlib import Path

import pytest
from tests.checks.right_epubs import RIGHT
from tests.checks.seeded import CSS, FAQ, FAULTS, changed_epub, without
from tests.checks.seeded_more import MORE_FAULTS, last
from tests.checks.seeded_pdf import PDF_FAULTS, changed_pdf
from tests.checks.validators_table import (
    TABLE,
    day_of_ace,
    epub_rows,
    known_ace_answers,
    pdf_rows,
    text,
)

from booklet.checks.epub.lint import check_epub
from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf
from booklet.checks.validators.epubcheck import run_epubcheck, why_not_run
from booklet.checks.validators.verapdf import why_not_run as verapdf_missing
from booklet.diagnostics import Severity

SOURCE = Path(__file__).parents[2] / "src" / "booklet" / "checks"


@pytest.mark.parametrize("fault", [*FAULTS, *MORE_FAULTS], ids=lambda fault: fault.name)
def test_our_check_names_the_fault_in_an_epub_and_nothing_else(full_guide, fault):
    problems = check_epub(changed_epub(full_guide.epub, fault.change))
    assert {problem.code for problem in problems} == {fault.code, *fault.also}, problems


@pytest.mark.parametrize("name", RIGHT)
def test_our_check_is_silent_on_a_book_that_is_right_and_unusual(full_guide, name):
    assert check_epub(changed_epub(full_guide.epub, RIGHT[name])) == []


def test_a_part_of_a_picture_is_no_broken_link(full_guide):
    link = '<p><a href="../image/p-fune-c83b010905.png#xywh=percent:0,0,50,50">左の半分</a></p>'
    assert check_epub(changed_epub(full_guide.epub, last(FAQ, link))) == []


def test_epubcheck_has_no_complaint_about_a_book_that_is_right_and_unusual(
    full_guide, tmp_path, in_ci
):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    files = []
    for number, change in enumerate(RIGHT.values()):
        files.append(tmp_path / f"{number}.epub")
        files[-1].write_bytes(changed_epub(full_guide.epub, change))
    loud = {
        name: [problem for problem in found if problem.severity >= Severity.WARNING]
        for name, found in zip(RIGHT, run_epubcheck(files), strict=True)
    }
    # What this project asks of its own books is more than the standard asks.
    assert {name: found for name, found in loud.items() if found} == {}


def test_our_check_finds_nothing_in_a_good_epub(built):
    assert check_epub(built.epub) == []


def test_a_file_that_is_no_epub_is_named():
    assert check_epub(b"no zip")[0].code == "epub-damaged"


@pytest.mark.parametrize("fault", PDF_FAULTS, ids=lambda fault: fault.name)
def test_our_check_names_the_fault_in_a_pdf(full_guide, fault):
    problems = check_reading_pdf(changed_pdf(full_guide.pdf, fault.change), 148, 210, "ja")
    assert {problem.code for problem in problems} == {fault.code}, problems


def test_our_check_finds_nothing_in_a_good_pdf(built):
    assert check_reading_pdf(built.pdf, 148, 210, "ja") == []


def test_a_file_that_is_no_pdf_is_named():
    assert check_reading_pdf(b"no pdf", 148, 210)[0].code == "pdf-damaged"


def test_every_code_of_our_checks_has_a_fault_that_brings_it_out():
    # Preflight has faults of its own; below it is asked the same.
    modules = [path for path in SOURCE.rglob("*.py") if path.parent.name != "preflight"]
    text = "".join(path.read_text("utf-8") for path in modules)
    codes = set(re.findall(r'"((?:epub|pdf|font|page)-[a-z]+(?:-[a-z]+)*)"', text))
    assert len(codes) >= 50
    tested = {fault.code for fault in (*FAULTS, *MORE_FAULTS, *PDF_FAULTS)}
    # These have tests of their own: no fault of a good file brings them out alone.
    tested |= {"epub-damaged", "pdf-damaged", "pdf-words"}
    limits = Path(__file__).with_name("test_epub_limits.py").read_text("utf-8")
    tested |= {code for code in codes if f'"{code}"' in limits}
    # Words of HTML, of CSS and of EPUB that look like codes.
    words = {"page-list", "page-break", "font-face", "font-size"}
    assert codes - tested - words == set()


def test_every_code_of_preflight_has_a_fault_that_brings_it_out():
    modules = (SOURCE / "preflight").glob("*.py")
    text = "".join(path.read_text("utf-8") for path in modules)
    told = r'(?:Finding|at_place|Problem|note)\(\s*"([a-z]+(?:-[a-z0-9]+)+)"'
    codes = set(re.findall(told, text))
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*pre*.py"))
    assert len(codes) >= 30
    assert {code for code in codes if f'"{code}"' not in tests} == set()


def test_there_are_enough_faults():
    assert len(FAULTS) + len(MORE_FAULTS) >= 150
    assert len(RIGHT) >= 60
    assert len(PDF_FAULTS) >= 75


def test_epubcheck_is_heard_when_it_finds_something(first_guide, tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    book = tmp_path / "bad.epub"
    book.write_bytes(changed_epub(first_guide.epub, without(CSS)))
    assert "rsc-001" in [problem.code for problem in run_epubcheck([book])[0]]


def test_epubcheck_on_a_missing_file_never_looks_like_a_pass(tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    with pytest.raises(ValueError, match="no such file"):
        run_epubcheck([tmp_path / "none.epub"])


def test_the_table_of_judges_says_what_the_judges_say(full_guide, in_ci):
    if not in_ci:
        pytest.skip("takes a minute; CI runs it")
    assert not (why_not_run() or verapdf_missing())
    epubs, pdfs = epub_rows(full_guide.epub), pdf_rows(full_guide.pdf)
    ace = known_ace_answers()
    assert set(ace) >= {fault.name for fault in FAULTS}
    said = text(epubs, pdfs, [ace[fault.name] for fault in FAULTS], day_of_ace())
    assert said == TABLE.read_text("utf-8")
    assert not [row for row in (*epubs, *pdfs) if row[1] == "–"]

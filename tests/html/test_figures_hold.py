"""Figures with one item and with twelve, short and long, in every edition: nothing lost or loose.

What is looked at is the finished PDF: its words, and the paths that are drawn in it.
"""

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.html.figures_guide import figures_project

from booklet.assembly.book import assemble
from booklet.build.pipeline import _lay_out, check
from booklet.diagnostics import Severity
from booklet.html.geometry import page_geometry
from booklet.model.edition import Edition

# The thick line is a quarter em wide, whatever the edition.
THICK_EM = 0.25
CASES = [(1, False), (3, True), (5, False), (12, False), (12, True)]


@dataclass(frozen=True)
class Made:
    pdf: bytes
    labels: list[str]
    warnings: list[str]
    em_pt: float


@pytest.fixture(scope="module", params=list(Edition), ids=lambda edition: edition.value)
def edition(request) -> Edition:
    return request.param


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def made(request, edition, tmp_path_factory) -> Made:
    count, long = request.param
    folder = tmp_path_factory.mktemp("figures")
    project, labels = figures_project(folder, count, long=long)
    contents = check(project)
    book = assemble(contents.guides[0], contents.publication, edition)
    found = _lay_out(project, book, contents.readings)
    warnings = [
        str(problem)
        for problem in found.problems
        if problem.code.startswith("looks-") and problem.severity is Severity.WARNING
    ]
    return Made(found.pdf, labels, warnings, page_geometry(contents.publication, edition).em_pt)


def test_no_item_is_lost(made, edition):
    document = pypdfium2.PdfDocument(made.pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    words = "".join(words.split())
    # A reading stands between the characters of a word: there, only the numbers are looked for.
    if edition is Edition.FURIGANA:
        assert sum(words.count(f"{number:02}") for number in range(12)) >= len(made.labels)
    else:
        assert [one for one in made.labels if "".join(one.split()) not in words] == []


def test_no_words_lie_on_others_or_leave_their_place(made):
    grave = ("overlap", "safe-area", "out-of-box", "column", "stretched", "running-head")
    assert [one for one in made.warnings if any(f"looks-{kind}" in one for kind in grave)] == []


def test_a_thick_line_ends_at_a_stop_a_goal_or_the_foot_of_a_page(made):
    document = pypdfium2.PdfDocument(made.pdf)
    lines = loose = 0
    for page in list(document)[3:-4]:
        shapes = [shape.get_bounds() for shape in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH])]
        thick = [
            shape
            for shape in shapes
            if abs(shape[2] - shape[0] - THICK_EM * made.em_pt) < 0.02 * made.em_pt
            and shape[3] - shape[1] > made.em_pt
        ]
        lines += len(thick)
        for left, bottom, right, top in thick:
            middle = (left + right) / 2
            others = [s for s in shapes if s != (left, bottom, right, top)]
            below = [s for s in others if s[0] < middle < s[2] and s[1] - 1 < bottom < s[3] + 1]
            # A line that goes on overleaf has nothing more of its figure below it.
            goes_on = not any(s[0] < middle < s[2] and s[3] < bottom for s in others)
            loose += not (below or goes_on)
            above = [s for s in others if s[0] < middle < s[2] and s[1] - 1 < top < s[3] + 1]
            came_over = not any(s[0] < middle < s[2] and s[1] > top for s in others)
            loose += not (above or came_over)
    document.close()
    assert lines
    assert loose == 0

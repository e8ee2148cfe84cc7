"""Figures with one item and with twelve, short and long, in every edition: nothing lost or loose.

What is looked at is the finished PDF: its words, and the paths that are drawn in it.
"""

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.building import job, laid_out_pages
from tests.html.figures_guide import figures_project

from booklet.build.project import open_project
from booklet.diagnostics import Severity
from booklet.html.geometry import page_geometry
from booklet.model.edition import Edition

# The thick line is a quarter em wide, whatever the edition.
THICK_EM = 0.25
# From the thick line's left edge to the thin one's.
BETWEEN_EM = 0.25 + 0.16
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
    (slug,) = open_project(project).slugs
    one = job(project, slug, edition)
    found = laid_out_pages(one)
    warnings = [
        str(problem)
        for problem in found.problems
        if problem.code.startswith("looks-") and problem.severity is Severity.WARNING
    ]
    return Made(found.pdf, labels, warnings, page_geometry(one.publication, edition).em_pt)


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


Box = tuple[float, float, float, float]


def pieces_of(shapes: list[Box], em: float) -> list[Box]:
    """Return the boxes that carry the two lines: one for the thick one, one for the thin one."""
    return [
        one
        for one in shapes
        if one[3] - one[1] > em / 2
        and any(
            abs(other[0] - one[0] - BETWEEN_EM * em) < 0.1
            and abs(other[1] - one[1]) < 0.1
            and abs(other[3] - one[3]) < 0.1
            for other in shapes
        )
    ]


def is_met(x: float, y: float, shapes: list[Box]) -> bool:
    return any(s[0] - 1 < x < s[2] + 1 and s[1] - 1 < y < s[3] + 1 for s in shapes)


def test_the_two_lines_run_from_stop_to_stop_or_on_to_the_next_page(made):
    document = pypdfium2.PdfDocument(made.pdf)
    em = made.em_pt
    pages = []
    for page in document:
        paths = page.get_objects([pdfium.FPDF_PAGEOBJ_PATH])
        pages.append([path.get_bounds() for path in paths])
    document.close()
    count, loose = 0, []
    for number, shapes in enumerate(pages):
        pieces = pieces_of(shapes, em)
        count += len(pieces)
        thin = {(s[1], s[3]) for s in pieces}
        closing = [s for s in shapes if s not in pieces and (s[1], s[3]) not in thin]
        for piece in pieces:
            x, bottom, top = piece[0] + THICK_EM * em / 2, piece[1], piece[3]
            others = [s for s in pieces if s != piece and abs(s[0] - piece[0]) < 0.1]
            following = pages[number + 1] if number + 1 < len(pages) else []
            # The last stop has no line of its own: then a stop stands in the line's way overleaf.
            beyond = pieces_of(following, em) + [
                s
                for s in following
                if em / 2 < s[2] - s[0] < 2.5 * em and abs((s[0] + s[2]) / 2 - x) < em
            ]
            before = pieces_of(pages[number - 1], em)
            lowest = not any(s[1] < bottom - 1 for s in others)
            highest = not any(s[3] > top + 1 for s in others)
            if not is_met(x, bottom, closing + others) and not (lowest and beyond):
                loose.append((number + 1, "foot", piece))
            if not is_met(x, top, closing + others) and not (highest and before):
                loose.append((number + 1, "head", piece))
    assert count
    assert loose == []

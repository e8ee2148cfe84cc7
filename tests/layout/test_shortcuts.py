"""The engine is made faster, and nobody can see it in what it makes."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import tinyhtml5
from tests.building import files_of, job, typeset_html
from tests.conftest import FULL_EXAMPLE, ROOT

from booklet.build.markup import print_markup
from booklet.build.project import open_project
from booklet.layout import document_tree
from booklet.layout.engine import Typeset
from booklet.layout.shortcuts import SHORTCUTS
from booklet.model.edition import Edition

PROJECTS = {"own": ROOT, "full": FULL_EXAMPLE}
SVG = "{http://www.w3.org/2000/svg}"
# Made in a process of its own: what was patched cannot be taken back, and what was kept shows only
# in the second document.
LAY_OUT = """
import hashlib, json, sys
from pathlib import Path
from booklet.layout import document_tree, engine, shortcuts
from tests.layout.test_shortcuts import laid_out
if sys.argv[1] == "without":
    engine.take_shortcuts = lambda weasyprint: None
    document_tree.VERSION = "none"
jobs = [one.split(":") for one in sys.argv[2:]]
print(json.dumps([hashlib.sha256(laid_out(*job).pdf).hexdigest() for job in jobs]))
"""


def html_of(project: str, edition: str = "standard") -> tuple[str, dict[str, bytes]]:
    (slug,) = open_project(PROJECTS[project]).slugs
    one = job(PROJECTS[project], slug, Edition(edition))
    return print_markup(one)[0], files_of(one)


def laid_out(project: str, edition: str = "standard") -> Typeset:
    return typeset_html(*html_of(project, edition))


def set_pages(html: str, folder: Path = ROOT) -> Typeset:
    return typeset_html(html, {f"styles/{name}": text for name, text in sheets(folder).items()})


def sheets(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "styles").glob("*.css"))}


def in_a_process(how: str, *jobs: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    run = subprocess.run(
        [sys.executable, "-c", LAY_OUT, how, *jobs],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(run.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def plain() -> dict[str, str]:
    """The hash of each laid-out file, each made in a process of its own, without shortcuts."""
    jobs = ("own:standard", "full:standard", "own:mono")
    return {job: in_a_process("without", job)[0] for job in jobs}


def test_the_engine_lays_out_the_same_bytes_with_and_without_its_shortcuts(plain):
    for one, expected in plain.items():
        assert in_a_process("with", one) == [expected], one


def test_a_file_does_not_depend_on_what_the_same_process_made_before(plain):
    jobs = ["full:standard", "own:standard", "own:mono", "full:standard"]
    assert in_a_process("with", *jobs) == [plain[job] for job in jobs]


def tree(root: ElementTree.Element) -> list[object]:
    """Return what the engine can see of a tree; the order of attributes it cannot."""
    return [
        (element.tag, sorted(element.items()), element.text, element.tail)
        for element in root.iter()
    ]


@pytest.mark.parametrize("edition", ["standard", "large", "mono"])
@pytest.mark.parametrize("project", PROJECTS)
def test_our_html_is_read_as_a_browser_reads_it(project, edition):
    html, _ = html_of(project, edition)
    found = document_tree._tree(html)
    assert found is not None, "the print HTML is no XML; it is read forty times as slowly"
    assert tree(found) == tree(tinyhtml5.parse(html, namespace_html_elements=False))


@pytest.mark.parametrize(
    "html",
    [
        "<p>no document",
        "<html><head/><body><p>&nbsp;</p></body></html>",
        "<html><head><base href='x/'/></head><body/></html>",
        "<html><head/><body><table><tr><td>1</td></tr></table></body></html>",
        "<html><body/></html>",
    ],
)
def test_html_that_xml_would_change_is_left_to_the_engine(html):
    assert document_tree._tree(html) is None


def test_in_another_version_nothing_is_touched():
    import pydyf
    import weasyprint
    from weasyprint import css
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    def parts():
        return (
            *(css.CSS, css.StyleFor.__init__, css.StyleFor.set_computed_styles),
            *(css.ComputedStyle.__missing__, css.AnonymousStyle.__missing__),
            *(percent.resolve_percentages, percent.percentage, percent.resolve_radii_percentages),
            *(line_break.strut, line_break.Layout.reactivate, boxes.ParentBox.page_values),
            *(pydyf._to_bytes, pydyf.PDF.write),
        )

    before = parts()
    other = SimpleNamespace(__version__="71.0", HTML=lambda **options: options)
    for shortcut in SHORTCUTS:
        shortcut(other)
    assert parts() == before
    options = document_tree.read_document(other, "<html><head/><body/></html>", "file:///x", None)
    assert options["string"] == "<html><head/><body/></html>"
    assert weasyprint.__version__ == "70.0", "look at every module of layout/ that names it"


def test_a_second_call_changes_nothing():
    import pydyf
    import weasyprint
    from weasyprint import css
    from weasyprint.layout import percent

    set_pages("<html><head><title>t</title></head><body><p>あ</p></body></html>")
    before = css.CSS, css.StyleFor.__init__, percent.resolve_percentages, pydyf.PDF.write
    for shortcut in SHORTCUTS:
        shortcut(weasyprint)
    assert before == (css.CSS, css.StyleFor.__init__, percent.resolve_percentages, pydyf.PDF.write)


def page_of(folder: Path, css: str) -> str:
    """Return the hash of a page under a stylesheet that the project's folder holds."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles" / "one.css").write_text(css, "utf-8")
    html = (
        '<html lang="ja"><head><title>t</title><link rel="stylesheet" href="styles/one.css"/>'
        "</head><body><p>星の案内人</p></body></html>"
    )
    made = set_pages(html, folder)
    messages = [problem.message for problem in made.problems]
    return hashlib.sha256(made.pdf).hexdigest() + "".join(messages)


def test_a_stylesheet_that_changed_is_read_again(tmp_path):
    small = page_of(tmp_path, "p { font-size: 10pt }")
    large = page_of(tmp_path, "p { font-size: 20pt }")
    assert small != large
    assert page_of(tmp_path, "p { font-size: 10pt }") == small


def test_an_imported_stylesheet_that_changed_is_read_again(tmp_path):
    importing = '@import "two.css"; p { margin: 0 }'
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "two.css").write_text("p { font-size: 10pt }", "utf-8")
    small = page_of(tmp_path, importing)
    (tmp_path / "styles" / "two.css").write_text("p { font-size: 20pt }", "utf-8")
    assert page_of(tmp_path, importing) != small


@pytest.mark.parametrize(
    "css",
    [
        "p { no-such-property: 1 }",
        ":root { --size: none } p { font-size: var(--size) }",
        "p { width: calc(1pt * nonsense) }",
    ],
)
def test_a_fault_in_a_stylesheet_is_told_for_each_document(tmp_path, css):
    first = page_of(tmp_path, css)
    assert "gnored" in first
    assert page_of(tmp_path, css) == first
    assert page_of(tmp_path, css) == first


def test_a_gradient_is_the_same_in_the_second_document(tmp_path):
    css = "p { font-size: 20pt; background: linear-gradient(#fff, #000 2em) }"
    first = page_of(tmp_path, css)
    page_of(tmp_path, "p { font-size: 5pt; background: linear-gradient(#fff, #000 2em) }")
    assert page_of(tmp_path, css) == first


def test_the_words_under_each_mark_are_those_in_the_file():
    from booklet.pdf.page_text import marked_text

    html = (
        '<html lang="ja"><head><title>t</title></head>'
        "<body><p>星の案内人</p><p>夜空を<b>紹介</b>します</p></body></html>"
    )
    made = set_pages(html)
    read = [
        {number: text for number, text in page.items() if number >= 0}
        for page in marked_text(made.pdf)
    ]
    assert [dict(page) for page in made.words] == read

"""What many tests need goes in once: both guides, built, with their files and pages."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pypdfium2
import pytest

from booklet.build.report import Report
from booklet.model.guide import Guide
from tests.building import build, check, job, laid_out_pages

# Builds of this run are done in the tests' own process, and share one cache that nobody else has:
# the layout that one test needs has often been made for another.
os.environ["BOOKLET_JOBS"] = "0"
if "BOOKLET_TEST_RUN" not in os.environ:
    _run = tempfile.TemporaryDirectory(prefix="booklet-tests-")
    os.environ["BOOKLET_TEST_RUN"] = _run.name
os.environ["XDG_CACHE_HOME"] = os.environ["BOOKLET_TEST_RUN"]

# The same examples in every run: a change is judged by what it does, and not by luck. New examples
# are looked for by hand, with `make fuzz`.
hypothesis.settings.register_profile("booklet", derandomize=True, deadline=None)
hypothesis.settings.load_profile("booklet")

ROOT = Path(__file__).parent.parent
FULL_EXAMPLE = ROOT / "tests" / "examples" / "full"


@dataclass(frozen=True)
class Built:
    """A built guide: its project, its content, its report, and its files by their endings."""

    project: Path
    guide: Guide
    report: Report
    pdf: bytes
    epub: bytes
    text: str


def _built(project: Path, slug: str, output: Path) -> Built:
    report = build(project, output, slugs=[slug], editions=["standard"])
    return Built(
        project,
        check(project, [slug]).guides[0],
        report,
        (output / f"{slug}.pdf").read_bytes(),
        (output / f"{slug}.epub").read_bytes(),
        (output / f"{slug}.txt").read_text("utf-8"),
    )


@pytest.fixture(scope="session")
def first_guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built(ROOT, "shuro-shienin", tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def full_guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built(FULL_EXAMPLE, "hoshi-annainin", tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session", params=["first_guide", "full_guide"])
def built(request: pytest.FixtureRequest) -> Built:
    """Both guides: the real one and the fictional one that fills every kind of section."""
    return request.getfixturevalue(request.param)


@dataclass(frozen=True)
class LaidOut:
    """The laid-out pages of a guide before they are finished, with their bleed."""

    project: Path
    guide: Guide
    pdf: bytes
    page_count: int


def _laid_out(project: Path, slug: str) -> LaidOut:
    one = job(project, slug)
    pages = laid_out_pages(one)
    return LaidOut(project, one.guide, pages.pdf, pages.page_count)


@pytest.fixture(scope="session")
def first_laid_out() -> LaidOut:
    return _laid_out(ROOT, "shuro-shienin")


@pytest.fixture(scope="session")
def full_laid_out() -> LaidOut:
    return _laid_out(FULL_EXAMPLE, "hoshi-annainin")


@pytest.fixture(scope="session", params=["first_laid_out", "full_laid_out"])
def laid_out(request: pytest.FixtureRequest) -> LaidOut:
    """Both guides, laid out."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def pages(built: Built) -> list[str]:
    """The text of each page of the reading PDF, without white space."""
    document = pypdfium2.PdfDocument(built.pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return ["".join(text.split()) for text in texts]


@pytest.fixture
def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")

"""A press file with nothing to complain about goes in; what tests of preflight spoil comes out."""

import pytest
from tests.conftest import ROOT, LaidOut

from booklet.content.print_profiles import load_print_profile
from booklet.html.theme import load_theme
from booklet.layout.fonts import find_typeface
from booklet.model.print_profile import PrintProfile
from booklet.pdf.press import PressJob, press_files


@pytest.fixture(scope="session")
def shop() -> PrintProfile:
    return load_print_profile(ROOT, "saddle-stitch")[0]


@pytest.fixture(scope="session")
def good_press_file(first_laid_out: LaidOut, shop: PrintProfile) -> bytes:
    font = find_typeface("Noto Sans CJK JP").files[0]
    job = PressJob(shop, b"", load_theme(ROOT).inks(), first_laid_out.guide.title, "v1.0", font)
    made = press_files(first_laid_out.pdf, job)
    assert made.problems == []
    return made.files["press"]

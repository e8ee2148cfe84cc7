"""The rules of a shop go in to the fuzz tests."""

import pytest

from booklet.content.print_profiles import load_print_profile
from booklet.model.print_profile import PrintProfile
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def shop() -> PrintProfile:
    return load_print_profile(ROOT, "saddle-stitch")[0]

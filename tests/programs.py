"""A program's name goes in; where it is comes out, or the test ends: skipped, failed in CI."""

import os
import shutil

import pytest

PACKAGES = {
    "gs": "ghostscript",
    "pdffonts": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "mutool": "mupdf-tools",
}


def program(name: str) -> str:
    """Return the path of a program that a test asks for a second opinion."""
    found = shutil.which(name)
    if found is not None:
        return found
    reason = f"{name} is not installed: install {PACKAGES[name]}"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"CI needs it: {reason}")
    pytest.skip(reason)

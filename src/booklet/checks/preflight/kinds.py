"""The bytes of a finished file go in; what it was made for, and what is wrong with it, come out."""

import io
import re
import zipfile
from typing import Any

import pikepdf
from pikepdf import Name

from booklet.checks.epub.lint import check_epub
from booklet.checks.preflight.bounded import Judged
from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.page_rules import trim_box
from booklet.checks.preflight.pdf_values import elements, entry
from booklet.checks.preflight.preflight import NOT_JUDGED, preflight
from booklet.checks.preflight.streams import UndecodableError
from booklet.checks.preflight.xmp_rules import read_xmp
from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf
from booklet.diagnostics import Problem
from booklet.model.print_profile import PrintProfile

_POINTS_PER_MM = 72 / 25.4
_CLAIMS = re.compile(r"\{http://www\.aiim\.org/pdf[ua]+/ns/id/\}part")
_UNREADABLE = (
    pikepdf.PdfError, pikepdf.PasswordError, zipfile.BadZipFile, ValueError, TypeError,
    LookupError, AttributeError, RuntimeError, ArithmeticError, OSError, MemoryError,
    EOFError, NotImplementedError,
)  # fmt: skip


def judged(content: bytes, kind: str, profile: str, seconds: float) -> Judged:
    """Look at a file by the rules of its kind.

    Args:
        content: The bytes of the file.
        kind: press, reading or epub; "" lets the file tell.
        profile: The print profile a press file is held against, as JSON.
        seconds: How long to look.
    """
    kind = kind or kind_of(content)
    if kind == "press":
        rules = PrintProfile.model_validate_json(profile)
        return Judged(kind, tuple(preflight(content, rules, seconds)))
    try:
        # The customs of our own books are no faults of somebody else's.
        is_epub = kind == "epub"
        problems = check_epub(content, ours=False) if is_epub else _check_reading(content)
    except _UNREADABLE as error:
        # These checks are made for our own files: a stranger's may end them.
        reason = type(error).__name__
        message = f"the file was not judged: it ends the check of this kind of file ({reason})"
        problems = [Problem(NOT_JUDGED, message, None, "is it of this kind, and whole?")]
    return Judged(kind, tuple(problems))


def kind_of(content: bytes) -> str:
    """Return what a file was made for, by what it says of itself.

    An EPUB says so in its container. A PDF that claims PDF/UA or PDF/A is for readers, unless it
    claims PDF/X too; every other file is looked at as a print shop does.
    """
    if content.startswith(b"PK") and _is_epub(content):
        return "epub"
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            intents = elements(entry(document.Root, "/OutputIntents"))
            if any(entry(intent, "/S") == Name.GTS_PDFX for intent in intents):
                return "press"
            claims = read_xmp(document)
    except (*_UNREADABLE, UndecodableError, OutOfBudgetError):
        return "press"
    return "reading" if any(_CLAIMS.fullmatch(name) for name in claims) else "press"


def _is_epub(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except _UNREADABLE:
        # Cut off before its list of entries, it still begins like one.
        return b"mimetypeapplication/epub+zip" in content[:100]
    return "META-INF/container.xml" in names or "mimetype" in names


def _check_reading(content: bytes) -> list[Problem]:
    width, height = _first_page(content)
    return check_reading_pdf(content, width, height)


def _first_page(content: bytes) -> tuple[float, float]:
    """Return the size of the first page in mm: the others are held against it."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            box: Any = trim_box(document.pages[0])
    except _UNREADABLE:
        return 0.0, 0.0
    return (box[2] - box[0]) / _POINTS_PER_MM, (box[3] - box[1]) / _POINTS_PER_MM

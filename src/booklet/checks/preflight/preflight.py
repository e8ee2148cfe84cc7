"""The bytes of any PDF and a print profile go in; what the printer would send back comes out.

One problem a rule, each with its page and place. The rules are in modules of their own: the file as
a whole, its pages and boxes, what the pages paint, fonts, ink over ink, and pictures. What nobody
could look at is a problem too.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf

from booklet.checks.findings import Finding, Tally
from booklet.checks.preflight.budget import DEFAULT_SECONDS, Budget, OutOfBudgetError
from booklet.checks.preflight.file_rules import file_findings, packing_findings
from booklet.checks.preflight.font_rules import font_findings
from booklet.checks.preflight.interpreter import painted_pages
from booklet.checks.preflight.page_rules import box_of, media_box, page_findings, trim_box
from booklet.checks.preflight.paint_rules import paint_findings
from booklet.checks.preflight.pdf_values import shown
from booklet.checks.preflight.picture_rules import picture_findings
from booklet.checks.preflight.plates import overprint_findings
from booklet.checks.preflight.streams import first_line
from booklet.diagnostics import Problem, Severity
from booklet.model.print_profile import PrintProfile

NOT_JUDGED = "preflight-not-judged"

_OTHER_KINDS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"PK\x03\x04": "a zip archive or an office document",
    b"%!PS": "a PostScript file",
    b"<!DO": "a web page",
    b"GIF8": "a GIF picture",
}
_END = 2048
# What is told of damage in its place is not told of the file again.
_DAMAGED = ("pdf-damaged", "page-broken", "font-broken", "picture-broken", "xmp-broken")
_MOST_PAGES = 5_000
# Of what qpdf repairs, this may cost a page or a part of one.
_GRAVE = ("damaged", "reconstruct", "stream", "loop", "expected", "EOF")
_CERTIFICATES = re.compile(rb"/Filter\s*/Adobe\.PubSec")


def preflight(pdf: bytes, profile: PrintProfile, seconds: float = DEFAULT_SECONDS) -> list[Problem]:
    """Look at a PDF as a print shop does before it makes plates.

    A file from elsewhere is to be given to `bounded.preflight_bounded`, which also keeps it within
    limits of memory.

    Args:
        pdf: The bytes of the file, from whatever program.
        profile: The rules. A rule it leaves out is not looked at.
        seconds: How long to look; what was not looked at by then is told.

    Returns:
        One problem for each rule that is broken; [] for a file that can be printed. A file that is
        no PDF, breaks off or is locked gives one problem and is not looked at further.
    """
    budget = Budget(seconds)
    if stopped := _not_readable(pdf):
        return [stopped]
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError:
        hint = "save it without a password"
        return [Problem("pdf-encrypted", "the PDF opens only with a password", None, hint)]
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        if _CERTIFICATES.search(pdf):
            return [_locked()]
        return [_damaged(first_line(error))]
    with document:
        if _CERTIFICATES.search(pdf) and document.is_encrypted:
            return [_locked()]
        return _looked_at(document, pdf, profile, budget)


def _looked_at(document: Any, pdf: bytes, profile: PrintProfile, budget: Budget) -> list[Problem]:
    """Return what is wrong with an open file, however far one came with it."""
    tally = Tally()
    try:
        for finding in _findings(document, pdf, profile, budget):
            tally.add(finding)
    except (OutOfBudgetError, MemoryError, RecursionError) as error:
        reason = str(error) or "it is too large or nested too deep"
        message = f"the file was not looked at to its end: {shown(reason, 120)}"
        hint = "ask the print shop to look at it, or make it simpler"
        tally.add(Finding(NOT_JUDGED, message, hint))
    except (pikepdf.PdfError, RuntimeError) as error:
        # What is wrong with such a file is not a rule of printing.
        tally.add(_damage(first_line(error)))
    if not tally.has(*_DAMAGED):
        for finding in _opened_with(document):
            tally.add(finding)
    return tally.problems()


def _locked() -> Problem:
    message = "the PDF opens only for those whose certificates it was locked for"
    return Problem("pdf-encrypted", message, None, "save it without encryption")


def _findings(
    document: Any, pdf: bytes, profile: PrintProfile, budget: Budget
) -> Iterator[Finding]:
    yield from _opened_with(document)
    count = len(document.pages)
    if count > _MOST_PAGES:
        message = f"the file has {count} pages; only {_MOST_PAGES} were looked at"
        yield Finding(NOT_JUDGED, message, "print it in parts")
    pages = [page for _, page in zip(range(_MOST_PAGES), document.pages, strict=False)]
    paints = painted_pages(pages, budget)
    yield from file_findings(document, pdf, profile, pages, budget)
    yield from page_findings(pages, profile, paints)
    yield from font_findings(profile, paints, budget)
    for finding in paint_findings(pages, profile, paints):
        budget.spend()
        yield finding
    if profile.is_pdf_x:
        for number, (page, paint) in enumerate(zip(pages, paints, strict=True), 1):
            budget.spend()
            sheet = box_of(page, "/BleedBox") or media_box(page)
            yield from overprint_findings(paint, profile, number, trim_box(page), sheet)
    yield from picture_findings(pages, profile, paints, budget)
    yield from packing_findings(document, profile, budget)


def _opened_with(document: Any) -> Iterator[Finding]:
    """Yield what had to be repaired to read the file, if anything that matters."""
    # A warning begins with the name of what was read, such as "stream <…>".
    warned = [first_line(ValueError(str(warning))) for warning in document.get_warnings()]
    said = [one for one in warned if "common error" not in one]
    if not said:
        return
    reason = next((one for one in said if "is damaged" not in one), said[0])
    finding = _damage(reason)
    is_slight = not any(sign in one for one in warned for sign in _GRAVE)
    if is_slight:
        message = finding.message.replace("is damaged", "was not written as it should be")
        finding = replace(finding, message=message, severity=Severity.WARNING)
    yield finding


def _not_readable(pdf: bytes) -> Problem | None:
    for start, kind in _OTHER_KINDS.items():
        if pdf.startswith(start):
            hint = "save the document as PDF; renaming a file does not change it"
            return Problem("pdf-kind", f"this is {kind}, not a PDF", None, hint)
    if not pdf.strip():
        return Problem("pdf-kind", "the file is empty", None, "save the document as PDF again")
    if b"%PDF-" not in pdf[:1024]:
        hint = "save the document as PDF"
        return Problem("pdf-kind", "this is not a PDF", None, hint)
    if b"%%EOF" not in pdf[-_END:] and b"startxref" not in pdf[-_END:]:
        # What is said of such a file would be said of what is missing.
        hint = "copy or download it again"
        return Problem("pdf-damaged", "the PDF is damaged: it breaks off", None, hint)
    return None


def _damage(reason: str) -> Finding:
    problem = _damaged(reason)
    return Finding(problem.code, problem.message, problem.hint)


def _damaged(reason: str) -> Problem:
    said = shown(reason or "it breaks off", 120)
    return Problem("pdf-damaged", f"the PDF is damaged: {said}", None, "save it again")

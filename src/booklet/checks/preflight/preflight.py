"""The bytes of any PDF and a print profile go in; what the printer would send back comes out.

One problem a rule, each with its page and place. The rules are in four modules: the file as a
whole, its pages and boxes, what the pages paint, and pictures.
"""

import io
from typing import Any

import pikepdf

from booklet.checks.findings import Finding, one_for_each_rule
from booklet.checks.preflight.file_rules import file_findings
from booklet.checks.preflight.interpreter import painted_pages
from booklet.checks.preflight.page_rules import page_findings
from booklet.checks.preflight.paint_rules import paint_findings
from booklet.checks.preflight.picture_rules import picture_findings
from booklet.diagnostics import Problem
from booklet.model.print_profile import PrintProfile

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


def preflight(pdf: bytes, profile: PrintProfile) -> list[Problem]:
    """Look at a PDF as a print shop does before it makes plates.

    Args:
        pdf: The bytes of the file, from whatever program.
        profile: The rules. A rule it leaves out is not looked at.

    Returns:
        One problem for each rule that is broken; [] for a file that can be printed. A file that is
        no PDF, is damaged or encrypted gives one problem and is not looked at further.
    """
    if stopped := _not_readable(pdf):
        return [stopped]
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError:
        hint = "save it without a password"
        return [Problem("pdf-encrypted", "the PDF opens only with a password", None, hint)]
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        return [_damaged(str(error))]
    with document:
        try:
            return one_for_each_rule(_findings(document, pdf, profile))
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
            # What is wrong with such a file is not a rule of printing.
            return [_damaged(str(error))]


def _findings(document: Any, pdf: bytes, profile: PrintProfile) -> list[Finding]:
    pages = painted_pages(document)
    return [
        *file_findings(document, pdf, profile, pages),
        *page_findings(document, profile),
        *paint_findings(document, profile, pages),
        *picture_findings(document, profile, pages),
    ]


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
    return None


def _damaged(reason: str) -> Problem:
    first_line = reason.splitlines()[0] if reason else "it breaks off"
    return Problem("pdf-damaged", f"the PDF is damaged: {first_line}", None, "save it again")

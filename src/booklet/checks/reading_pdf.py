"""The bytes of a reading PDF go in; what a reader or a screen reader would miss comes out."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from booklet.diagnostics import Problem

_POINTS_PER_MM = 72 / 25.4
_TOLERANCE_PT = 0.5


def check_reading_pdf(pdf: bytes, width_mm: float, height_mm: float) -> list[Problem]:
    """Look at what a PDF promises and holds.

    Args:
        pdf: The bytes of the file.
        width_mm: Width every page has to have.
        height_mm: Height every page has to have.

    Returns:
        A problem for each page of another size, each font that is not embedded as a subset, and
        each of these that is missing: tags, language, title, bookmarks.
    """
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        return [Problem("pdf-damaged", f"the PDF cannot be opened: {error}")]
    with document:
        problems = list(_page_sizes(document, width_mm, height_mm))
        problems += _fonts(document)
        problems += _catalogue(document)
    return problems


def _page_sizes(document: Any, width_mm: float, height_mm: float) -> Iterator[Problem]:
    for number, page in enumerate(document.pages, 1):
        left, bottom, right, top = (float(value) for value in page.trimbox)
        off_width = abs(right - left - width_mm * _POINTS_PER_MM)
        off_height = abs(top - bottom - height_mm * _POINTS_PER_MM)
        if max(off_width, off_height) > _TOLERANCE_PT:
            yield Problem("page-size", f"page {number} is not {width_mm:g} × {height_mm:g} mm")


def _fonts(document: Any) -> Iterator[Problem]:
    seen: set[str] = set()
    for page in document.pages:
        for font in (page.resources.get("/Font") or {}).values():
            name = str(font.BaseFont).lstrip("/")
            if name in seen:
                continue
            seen.add(name)
            descendants = font.get("/DescendantFonts")
            descriptor = (descendants[0] if descendants else font).get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield Problem("font-embedded", f"the font {name} is not embedded")
            elif not (len(name) > 7 and name[6] == "+"):
                yield Problem("font-subset", f"the font {name} is embedded whole")


def _catalogue(document: Any) -> Iterator[Problem]:
    root = document.Root
    if "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield Problem("pdf-tags", "the PDF has no tags: a screen reader cannot follow it")
    if not str(root.get("/Lang", "")):
        yield Problem("pdf-language", "the PDF does not say its language")
    if not str(document.docinfo.get("/Title", "")):
        yield Problem("pdf-title", "the PDF has no title")
    if "/Outlines" not in root:
        yield Problem("pdf-bookmarks", "the PDF has no bookmarks")

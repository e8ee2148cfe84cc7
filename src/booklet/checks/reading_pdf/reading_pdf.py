"""The bytes of a reading PDF go in; what a reader or a screen reader would miss comes out."""

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pikepdf

from booklet.checks.reading_pdf.content_rules import check_content
from booklet.checks.reading_pdf.page_content import read_pages
from booklet.checks.reading_pdf.places import check_places
from booklet.checks.reading_pdf.speech import Speech
from booklet.checks.reading_pdf.structure import TooMuchError, read_structure
from booklet.checks.reading_pdf.tags import check_tags
from booklet.checks.reading_pdf.words import check_words
from booklet.diagnostics import Problem

_POINTS_PER_MM = 72 / 25.4
_TOLERANCE_PT = 0.5
_MOST_OF_A_CODE = 10
_LONG = 300
# What objects of another type than the standard wants them to be bring about.
BROKEN = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError,
    NotImplementedError, MemoryError, zlib.error,
)  # fmt: skip


def check_reading_pdf(
    pdf: bytes, width_mm: float, height_mm: float, language: str = ""
) -> list[Problem]:
    """Look at what a PDF promises and holds.

    Args:
        pdf: The bytes of the file.
        width_mm: Width every page has to have.
        height_mm: Height every page has to have.
        language: The language it has to be in; empty where that is not known.

    Returns:
        A problem for each page of another size, each font that is not embedded as a subset, each
        fault of the tags and of what is heard, and each of these that is missing or wrong:
        language, title, bookmarks, page labels, metadata, output intent. What cannot be judged,
        because the file is broken or asks for too much work, is a problem too. The same problem is
        told once.
    """
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except (pikepdf.PdfError, *BROKEN) as error:
        return [Problem("pdf-damaged", f"the PDF cannot be opened: {error}")]
    with document:
        rules: list[Callable[[], Iterable[Problem]]] = [
            lambda: _page_sizes(document, width_mm, height_mm),
            lambda: _fonts(document),
            lambda: _catalogue(document, language),
            lambda: _opening(document.Root),
            lambda: _metadata(document),
            lambda: _pictures(document),
            lambda: _tags(document),
        ]
        found = dict.fromkeys(problem for rule in rules for problem in _judged(rule))
    return _shortened(found)


def _judged(rule: Callable[[], Iterable[Problem]]) -> list[Problem]:
    """Return what a rule finds; that it could not come to its end is a finding, too."""
    try:
        return list(rule())
    except TooMuchError as error:
        return [Problem("pdf-too-much", f"{error}: the PDF was not judged")]
    except (pikepdf.PdfError, *BROKEN) as error:
        return [Problem("pdf-damaged", f"the PDF is broken, and was not judged: {error}"[:_LONG])]


def _shortened(found: Iterable[Problem]) -> list[Problem]:
    """Return the first problems of each code and how many more there are of it."""
    by_code: dict[str, list[Problem]] = {}
    for problem in found:
        by_code.setdefault(problem.code, []).append(problem)
    kept: list[Problem] = []
    for code, problems in by_code.items():
        kept += problems[:_MOST_OF_A_CODE]
        if len(problems) > _MOST_OF_A_CODE:
            kept.append(Problem(code, f"and {len(problems) - _MOST_OF_A_CODE} more of this kind"))
    return kept


def _tags(document: Any) -> Iterator[Problem]:
    if "/StructTreeRoot" not in document.Root:
        return
    speech = read_speech(document)
    for fault in speech.structure.faults:
        yield Problem("pdf-structure", f"{fault}; what follows from it was not judged")
    if speech.structure.faults:
        return
    heights = [float(page.mediabox[3]) - float(page.mediabox[1]) for page in document.pages]
    yield from check_tags(speech.structure)
    yield from check_content(document, speech)
    yield from check_words(speech, str(document.Root.get("/Lang", "")), heights)
    yield from check_places(document, speech)


def read_speech(document: Any) -> Speech:
    """Return the tags of an open document that has some, with what is drawn on its pages.

    Raises:
        TooMuchError: There is more than any booklet needs.
    """
    pages = read_pages(document)
    return Speech(read_structure(document), pages)


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


def _catalogue(document: Any, language: str) -> Iterator[Problem]:
    root = document.Root
    if "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield Problem("pdf-tags", "the PDF has no tags: a screen reader cannot follow it")
    if not str(root.get("/Lang", "")):
        yield Problem("pdf-language", "the PDF does not say its language")
    elif language and str(root.Lang) != language:
        yield Problem("pdf-language", f"the PDF says that it is in {root.Lang}, and not {language}")
    if not str(document.docinfo.get("/Title", "")):
        yield Problem("pdf-title", "the PDF has no title")
    if "/Outlines" not in root:
        yield Problem("pdf-bookmarks", "the PDF has no bookmarks")


def _opening(root: Any) -> Iterator[Problem]:
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield Problem("pdf-title", "the window shows the name of the file and not the title")
    labels = root.get("/PageLabels", {}).get("/Nums", [])
    if [int(label) for label in labels[::2]][:1] != [0]:
        yield Problem("pdf-page-labels", "the pages have no labels that match their folios")
    for key in ("/OpenAction", "/AA"):
        if key in root:
            yield Problem("pdf-active", "the PDF does something by itself when it is opened")
    if "/EmbeddedFiles" in root.get("/Names", {}) or "/JavaScript" in root.get("/Names", {}):
        yield Problem("pdf-active", "the PDF carries a program or another file")


def _metadata(document: Any) -> Iterator[Problem]:
    root = document.Root
    if "/Metadata" not in root:
        yield Problem("pdf-metadata", "the PDF has no metadata")
    else:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if metadata.get("pdfuaid:part") != "1":
                yield Problem("pdf-metadata", "the metadata do not claim PDF/UA-1")
            if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("2", "A"):
                yield Problem("pdf-metadata", "the metadata do not claim PDF/A-2a")
            title = str(document.docinfo.get("/Title", ""))
            if title and str(metadata.get("dc:title", "")) != title:
                yield Problem("pdf-metadata", "the metadata have another title than the document")
    intents = [str(intent.get("/S", "")) for intent in root.get("/OutputIntents", [])]
    if "/GTS_PDFA1" not in intents:
        yield Problem("pdf-output-intent", "the PDF does not say which colours it means")


def _pictures(document: Any) -> Iterator[Problem]:
    for number, page in enumerate(document.pages, 1):
        for picture in page.get_images().values():
            if bool(picture.get("/Interpolate", False)):
                yield Problem("pdf-picture", f"page {number} asks viewers to smooth a picture")

"""Print HTML goes in; the bytes of a tagged PDF with its fonts embedded come out.

WeasyPrint is imported by the first call: fontconfig has to know our fonts before Pango is loaded.
"""

import contextlib
import ctypes.util
import importlib.util
import logging
import os
import posixpath
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from booklet.diagnostics import BookletError, Problem, Severity
from booklet.layout.document_tree import read_document
from booklet.layout.element_names import note_elements, words_of_pages
from booklet.layout.fonts import Typeface, use_only
from booklet.layout.japanese_lines import set_japanese_lines
from booklet.layout.lazy_import import imported_lazily
from booklet.layout.line_fitting import LineRules
from booklet.layout.looks import looks
from booklet.layout.readings import hide_repeated_readings
from booklet.layout.shortcuts import take_shortcuts

# What the engine imports for fonts that HarfBuzz cannot subset; ours it can.
_FOR_OTHER_FONTS = {
    "fontTools.subset": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
# The fontconfig file that this process has read, if any.
_read_fonts_of: list[str] = []
# Folded once and stapled, a sheet of paper has four pages.
PAGES_OF_A_SHEET = 4

# Where documents are said to lie. The folder need not exist, and is the same for every project:
# the engine names pictures in the PDF after their address.
_FOLDER = "/booklet/"
_ROOT = f"file://{_FOLDER}"

_MEDIA_TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Typeset:
    """A laid-out document.

    Attributes:
        pdf: The bytes of the file.
        page_count: Its pages.
        problems: What the typesetting engine complained about.
        words: For each page, what is written under each number of its marked content.
    """

    pdf: bytes
    page_count: int
    problems: tuple[Problem, ...]
    words: tuple[Mapping[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """What is laid out.

    Attributes:
        html: The document; its links are relative to the project's folder.
        files: What it may link to, `styles/…` and `content/…`, by the path from that folder.
        typeface: The fonts to use; no others are seen.
        identifier: Written into the trailer, so that a rebuilt file is the same file.
        modified: The date fonts are stamped with.
        readings_once: Whether a word keeps its reading only where it stands first on a page.
    """

    html: str
    files: Mapping[str, bytes]
    typeface: Typeface
    identifier: str
    modified: datetime
    readings_once: bool = False


def typeset(document: PrintDocument, line_rules: LineRules) -> Typeset:
    """Lay out print HTML and write it as a tagged PDF.

    Args:
        document: The document.
        line_rules: How Japanese lines break and are spaced.

    Returns:
        The PDF. The same input gives the same bytes, in whatever folder the project lies.

    Raises:
        BookletError: The engine's libraries are missing.
    """
    # Font subsets carry a time stamp; this is the standard way to fix it (reproducible-builds.org).
    os.environ["SOURCE_DATE_EPOCH"] = str(int(document.modified.timestamp()))
    weasyprint = _weasyprint(document.typeface)
    version_problem = set_japanese_lines(weasyprint, line_rules)
    note_elements(weasyprint)
    take_shortcuts(weasyprint)
    with _complaints() as complaints:
        if version_problem:
            complaints.append(version_problem)
        fetcher = _fetcher(weasyprint, document.files)
        address = f"{_ROOT}booklet.html"
        pages = read_document(weasyprint, document.html, address, fetcher).render()
        if document.readings_once:
            hide_repeated_readings(pages)
        pages = _without_surplus_pages(pages)
        complaints += looks(pages)
        # Not compressed: what finishes the pages reads them again and compresses them once.
        pdf = pages.write_pdf(
            pdf_tags=True,
            pdf_identifier=document.identifier.encode("ascii"),
            uncompressed_pdf=True,
        )
    return Typeset(pdf, len(pages.pages), tuple(complaints), words_of_pages(pages))


def _without_surplus_pages(document: Any) -> Any:
    """Return the document with a page count that a saddle-stitched booklet can have.

    The template lays out three pages more for notes than anybody needs, as pages named `spare`;
    nothing refers to them and no folio follows them, so they can go without a second layout.
    """
    surplus = len(document.pages) % PAGES_OF_A_SHEET
    spare = [page for page in document.pages if page._page_box.page_type.name == "spare"]
    leave_out = {id(page) for page in spare[len(spare) - min(surplus, len(spare)) :]}
    return document.copy([page for page in document.pages if id(page) not in leave_out])


def load_engine(typeface: Typeface) -> None:
    """Import the engine before there is anything to set.

    Raises:
        BookletError: The engine's libraries are missing.
    """
    _weasyprint(typeface)


def srgb_profile() -> bytes:
    """Return the ICC profile of the colours that every page is in; the engine brings it along."""
    spec = importlib.util.find_spec("weasyprint")
    if spec is None or spec.origin is None:
        raise ValueError("WeasyPrint is not installed")
    return (Path(spec.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _weasyprint(typeface: Typeface) -> ModuleType:
    """Import WeasyPrint with only `typeface` in sight."""
    use_only(typeface)
    try:
        with _no_library_search(), imported_lazily(_FOR_OTHER_FONTS):
            import weasyprint
    except OSError as error:
        raise BookletError(
            [
                Problem(
                    "system-library",
                    f"a library the typesetting engine needs is missing: {error}",
                    None,
                    "make setup, or install Pango and HarfBuzz (see README.md)",
                )
            ]
        ) from error
    _read_font_configuration_again()
    module: ModuleType = weasyprint
    return module


def _read_font_configuration_again() -> None:
    """Make fontconfig look at what `use_only` says now: it reads its rules once a process.

    Each document has a configuration of its own, but rules are taken from the process's.
    """
    if _read_fonts_of == [os.environ["FONTCONFIG_FILE"]]:
        return
    if _read_fonts_of:
        from weasyprint.text.ffi import ffi, fontconfig

        ffi.cdef("int FcInitReinitialize (void);", override=True)
        fontconfig.FcInitReinitialize()
    _read_fonts_of[:] = [os.environ["FONTCONFIG_FILE"]]


@contextlib.contextmanager
def _no_library_search() -> Iterator[None]:
    """Keep cffi from starting dozens of processes in search of libraries it names exactly.

    Measured: the import takes 0.2 s less. On macOS the search is what finds the libraries, so it
    stays there.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextlib.contextmanager
def _complaints() -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs as a warning or worse."""
    problems: list[Problem] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problems.append(
                Problem(
                    "typesetting",
                    record.getMessage(),
                    None,
                    "change the stylesheet, the template or the picture it names",
                    Severity.WARNING,
                )
            )

    logger = logging.getLogger("weasyprint")
    collector = Collector(level=logging.WARNING)
    before = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [collector], False
    try:
        yield problems
    finally:
        logger.handlers[:], logger.propagate = before


def _fetcher(weasyprint: ModuleType, files: Mapping[str, bytes]) -> Any:
    """Return a fetcher that knows these files and nothing else: no disk, no network."""

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            name = _named_file(url)
            if name not in files:
                raise ValueError(f"{url} is not a file of this project")
            # A picture's bytes say what it is; its ending may say something else.
            media_type = _MEDIA_TYPES.get(Path(name).suffix.lower())
            headers = {"Content-Type": media_type} if media_type else {}
            return weasyprint.urls.URLFetcherResponse(url, files[name], headers)

    return Fetcher()


def _named_file(url: str) -> str:
    """Return the name of the file that an address of a document means, from the project's folder.

    Raises:
        ValueError: It is no address of the project.
    """
    parts = urlsplit(url)
    path = posixpath.normpath(unquote(parts.path))
    if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
        raise ValueError(f"{url} is not a file of this project")
    if not path.startswith(_FOLDER):
        raise ValueError(f"{url} lies outside the project")
    return path.removeprefix(_FOLDER)

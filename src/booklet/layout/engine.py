"""Print HTML goes in; the bytes of a tagged PDF with its fonts embedded come out.

The only module that imports WeasyPrint. The importing is done by the first call, because it takes
longer than everything `booklet check` does.
"""

import contextlib
import ctypes.util
import importlib.util
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from booklet.diagnostics import BookletError, Problem, Severity
from booklet.layout.element_names import note_elements
from booklet.layout.fonts import Typeface, use_only
from booklet.layout.japanese_lines import set_japanese_lines
from booklet.layout.lazy_import import imported_lazily
from booklet.layout.line_fitting import LineRules
from booklet.layout.looks import looks
from booklet.layout.readings import hide_repeated_readings

FindStyle = Callable[[str], Path]

# What the engine imports for fonts that HarfBuzz cannot subset; ours it can.
_FOR_OTHER_FONTS = {
    "fontTools.subset": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
# The fontconfig file that this process has read, if any.
_read_fonts_of: list[str] = []
# Folded once and stapled, a sheet of paper has four pages.
PAGES_OF_A_SHEET = 4

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
    """

    pdf: bytes
    page_count: int
    problems: tuple[Problem, ...]


def typeset(
    html: str,
    *,
    project: Path,
    find_style: FindStyle,
    typeface: Typeface,
    line_rules: LineRules,
    identifier: str,
    modified: datetime,
    readings_once: bool = False,
) -> Typeset:
    """Lay out print HTML and write it as a tagged PDF.

    Args:
        html: The document; its links are relative to `project`.
        project: The project's folder. Nothing outside its `content/` and the theme is read.
        find_style: Returns the file of a stylesheet by its name below `styles/`.
        typeface: The fonts to use; no others are seen.
        line_rules: How Japanese lines break and are spaced.
        identifier: Written into the trailer, so that a rebuilt file is the same file.
        modified: The date fonts are stamped with.
        readings_once: Whether a word keeps its reading only where it stands first on a page.

    Returns:
        The PDF. The same input gives the same bytes.

    Raises:
        BookletError: The engine's libraries are missing.
    """
    # Font subsets carry a time stamp; this is the standard way to fix it (reproducible-builds.org).
    os.environ["SOURCE_DATE_EPOCH"] = str(int(modified.timestamp()))
    weasyprint = _weasyprint(typeface)
    fetcher = _jail(weasyprint, project, find_style)
    version_problem = set_japanese_lines(weasyprint, line_rules)
    note_elements(weasyprint)
    with _complaints() as complaints:
        if version_problem:
            complaints.append(version_problem)
        document = weasyprint.HTML(
            string=html, base_url=(project.resolve() / "booklet.html").as_uri(), url_fetcher=fetcher
        ).render()
        if readings_once:
            hide_repeated_readings(document)
        document = _without_surplus_pages(document)
        complaints += looks(document)
        # Not compressed: what finishes the pages reads them again and compresses them once.
        pdf = document.write_pdf(
            pdf_tags=True, pdf_identifier=identifier.encode("ascii"), uncompressed_pdf=True
        )
    return Typeset(pdf, len(document.pages), tuple(complaints))


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


def _jail(weasyprint: ModuleType, project: Path, find_style: FindStyle) -> Any:
    """Return a fetcher that reads pictures below content/ and styles of the theme, nothing else."""
    content = (project / "content").resolve()
    styles = project.resolve() / "styles"

    class Jail(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
                raise ValueError(f"{url} is not a file of this project")
            path = _allowed_file(Path(unquote(parts.path)), content, styles, find_style)
            media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
            return weasyprint.urls.URLFetcherResponse(
                url, path.read_bytes(), {"Content-Type": media_type}
            )

    return Jail()


def _allowed_file(path: Path, content: Path, styles: Path, find_style: FindStyle) -> Path:
    """Return the file to read for `path`.

    Raises:
        ValueError: It lies outside; symbolic links and `..` are followed before that is decided.
    """
    # normpath, not resolve: a style is looked up by name, and the theme says where it really is.
    named = Path(os.path.normpath(path))
    if named.is_relative_to(styles):
        return find_style(named.relative_to(styles).as_posix())
    real = path.resolve()
    if not real.is_relative_to(content):
        raise ValueError(f"{path.name} lies outside the content folder")
    return real

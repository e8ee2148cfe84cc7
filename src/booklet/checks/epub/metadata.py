"""An opened EPUB goes in; what its package says wrongly or leaves out of itself comes out."""

import re
from collections.abc import Iterator

from booklet.checks.epub.book import EpubBook, select
from booklet.diagnostics import Problem

_URN = re.compile(r"urn:(uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|isbn:\d{13})")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・ 　0-9０-９A-Za-z]+")
_CLAIM = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[012] Level (A|AA|AAA)")
_MODES = frozenset(("textual", "visual", "auditory", "tactile"))
# fmt: off
_HAZARDS = frozenset((
    "none", "flashing", "motionSimulation", "sound", "unknown",
    "noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard",
))
# The features of the schema.org vocabulary that a book of words and pictures can have.
_FEATURES = frozenset((
    "ARIA", "alternativeText", "displayTransformability", "describedMath", "index",
    "longDescription", "MathML", "pageBreakMarkers", "pageNavigation", "readingOrder",
    "rubyAnnotations", "fullRubyAnnotations", "structuralNavigation", "tableOfContents",
    "highContrastDisplay", "largePrint", "unlocked", "ttsMarkup", "none",
))
# fmt: on
_REQUIRED = (
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)


def check_metadata(book: EpubBook) -> Iterator[Problem]:
    """Check the metadata (EPUB 3.3, 5.5; EPUB Accessibility 1.1, 2.2): rules 14 to 16, 18 to 24.

    Yields:
        A problem for each fault.
    """
    yield from _publication(book)
    yield from _series(book)
    yield from _accessibility(book)
    yield from _claims(book)


def _publication(book: EpubBook) -> Iterator[Problem]:
    identifier = book.package.get("unique-identifier")
    names = select(book.package, "//dc:identifier[@id=$name]", name=identifier or "")
    if not names or not _URN.fullmatch(str(names[0].text or "")):
        yield Problem("epub-identifier", "the identifier is neither a UUID nor an ISBN as a URN")
    moments = book.properties("dcterms:modified")
    if len(moments) != 1 or not _MOMENT.fullmatch(moments[0]):
        yield Problem("epub-modified", "dcterms:modified is not one moment in UTC")
    else:
        year, month, day = (int(part) for part in moments[0][:10].split("-"))
        if any(entry.date_time[:3] != (year, month, day) for entry in book.archive.infolist()):
            yield Problem("epub-modified", "dcterms:modified is another day than the archive's")
    if "main" not in book.properties("title-type"):
        yield Problem("epub-title-type", "no title is called the main one")
    for reading in book.properties("file-as"):
        if not _KANA.fullmatch(reading):
            yield Problem("epub-file-as", f"{reading} is no reading to sort by")
    for element in select(book.package, "//o:metadata/*[not(@content) and not(@href)]"):
        if not str(element.text or "").strip():
            yield Problem("epub-empty", f"the package has an empty {element.tag.split('}')[-1]}")


def _series(book: EpubBook) -> Iterator[Problem]:
    for series in select(book.package, "//o:meta[@property='belongs-to-collection']"):
        name = f"#{series.get('id')}"
        refined = {
            meta.get("property"): str(meta.text)
            for meta in select(book.package, "//o:meta[@refines=$name]", name=name)
        }
        position = refined.get("group-position")
        if refined.get("collection-type") != "series" or not (position or "1").isdigit():
            yield Problem("epub-series", "the series has no kind, or a place that is no number")


def _accessibility(book: EpubBook) -> Iterator[Problem]:
    for name in _REQUIRED:
        if not any(book.properties(name)):
            yield Problem("epub-accessibility", f"the package does not say {name}")
    modes = [
        mode.strip()
        for name in ("schema:accessMode", "schema:accessModeSufficient")
        for value in book.properties(name)
        for mode in value.split(",")
    ]
    known = (
        ("accessMode", modes, _MODES),
        ("accessibilityHazard", book.properties("schema:accessibilityHazard"), _HAZARDS),
        ("accessibilityFeature", book.properties("schema:accessibilityFeature"), _FEATURES),
    )
    for name, values, vocabulary in known:
        for value in values:
            if value.split("/")[0] not in vocabulary:
                yield Problem("epub-vocabulary", f"{value} is no {name} of schema.org")
    claims = book.properties("dcterms:conformsTo")
    for claim in claims:
        if not _CLAIM.fullmatch(claim):
            yield Problem("epub-conformance", f"{claim} is not how conformance is claimed")
    if bool(claims) != bool(book.properties("a11y:certifiedBy")):
        yield Problem("epub-conformance", "conformance is claimed and nobody has certified it")


def _claims(book: EpubBook) -> Iterator[Problem]:
    """Rule 22: what the package claims is in the pages, and what is in the pages is claimed."""
    pages = book.pages.values()

    def there(path: str) -> bool:
        return any(select(tree, f"boolean({path})") for tree in pages)

    features = {value.split("/")[0] for value in book.properties("schema:accessibilityFeature")}
    claimed = {
        "visual": "visual" in book.properties("schema:accessMode"),
        "rubyAnnotations": bool(features & {"rubyAnnotations", "fullRubyAnnotations"}),
        "pageBreakMarkers": "pageBreakMarkers" in features,
        "pageNavigation": "pageNavigation" in features,
        "MathML": bool(features & {"MathML", "describedMath"}),
    }
    true = {
        "visual": there("//h:img | //s:svg"),
        "rubyAnnotations": there("//h:ruby"),
        "pageBreakMarkers": there("//*[@role='doc-pagebreak']"),
        "pageNavigation": there("//h:nav[@e:type='page-list']"),
        "MathML": there("//*[namespace-uri()='http://www.w3.org/1998/Math/MathML']"),
    }
    for name, value in claimed.items():
        if value and not true[name]:
            yield Problem("epub-claim", f"the package claims {name}, which the book does not have")
        elif true[name] and not value:
            yield Problem("epub-claim", f"the book has {name}, which the package does not say")

"""An opened EPUB goes in; what it says wrongly about who can read it comes out."""

import re
from collections.abc import Iterator

from booklet.checks.epub.book import EpubBook, select
from booklet.diagnostics import Problem

# EPUB Accessibility 1.1, 4.2; 1.2 keeps the form.
_CLAIM = re.compile(r"EPUB Accessibility 1\.[12] - WCAG 2\.[012] Level (A|AA|AAA)")
_OLD_CLAIM = re.compile(
    r"http://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-(a|aa|aaa)"
)
_ABOUT_ACCESS = re.compile(r"accessib|wcag|a11y", re.IGNORECASE)
# fmt: off
_SUFFICIENT = frozenset(("textual", "visual", "auditory", "tactile"))
_MODES = _SUFFICIENT | {
    "chartOnVisual", "chemOnVisual", "colorDependent", "diagramOnVisual", "mathOnVisual",
    "musicOnVisual", "textOnVisual",
}
_HAZARDS = frozenset((
    "none", "flashing", "motionSimulation", "sound", "unknown",
    "noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard",
    "unknownFlashingHazard", "unknownMotionSimulationHazard", "unknownSoundHazard",
))
# The features of the schema.org vocabulary (Schema.org Accessibility Properties, W3C).
_FEATURES = frozenset((
    "annotations", "ARIA", "bookmarks", "index", "pageBreakMarkers", "printPageNumbers",
    "pageNavigation", "readingOrder", "structuralNavigation", "tableOfContents", "taggedPDF",
    "alternativeText", "audioDescription", "closedCaptions", "captions", "openCaptions",
    "describedMath", "longDescription", "longDescriptions", "rubyAnnotations",
    "fullRubyAnnotations", "signLanguage", "transcript", "displayTransformability",
    "synchronizedAudioText", "timingControl", "unlocked", "ChemML", "latex", "latex-chemistry",
    "MathML", "MathML-chemistry", "ttsMarkup", "highContrastAudio", "highContrastDisplay",
    "largePrint", "braille", "tactileGraphic", "tactileObject", "horizontalWriting",
    "verticalWriting", "withAdditionalWordSegmentation", "withoutAdditionalWordSegmentation",
    "none", "unknown",
))
# fmt: on
_REQUIRED = (
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)
# A picture that says something: not decoration.
_SPEAKING = (
    "//h:img[not(@alt='') and not(@aria-hidden='true') and not(@role='presentation') "
    "and not(@role='none')] | //s:svg[not(ancestor-or-self::*[@aria-hidden='true']) "
    "and not(@role='presentation') and not(@role='none')]"
)
_PICTURES = "//h:img | //s:svg | //h:video | //h:object | //h:canvas | //s:image | //h:picture"
_FORMULA_PICTURES = (
    "//*[@role='math'] | //h:img[contains(@class, 'math') or contains(@class, 'equation') "
    "or contains(@class, 'formula')]"
)
_BREAK = (
    "//*[contains(concat(' ', normalize-space(@role), ' '), ' doc-pagebreak ') or "
    "contains(concat(' ', normalize-space(@e:type), ' '), ' pagebreak ')]"
)
_PAGE_LIST = "//h:nav[contains(concat(' ', normalize-space(@e:type), ' '), ' page-list ')]"


def check_accessibility(book: EpubBook) -> Iterator[Problem]:
    """Check the accessibility metadata (EPUB Accessibility 1.1, 2.2 and 4): rules 18 to 22.

    Yields:
        A problem for each fault.
    """
    for name in _REQUIRED:
        if not any(book.properties(name)):
            yield Problem("epub-accessibility", f"the package does not say {name}")
    features = book.properties("schema:accessibilityFeature")
    hazards = book.properties("schema:accessibilityHazard")
    sufficient = [
        mode.strip()
        for value in book.properties("schema:accessModeSufficient")
        for mode in value.split(",")
    ]
    known = (
        ("accessMode", book.properties("schema:accessMode"), _MODES),
        ("accessModeSufficient", sufficient, _SUFFICIENT),
        ("accessibilityHazard", hazards, _HAZARDS),
        ("accessibilityFeature", features, _FEATURES),
    )
    for name, values, vocabulary in known:
        for value in values:
            if value and value.split("/")[0] not in vocabulary:
                yield Problem("epub-vocabulary", f"{value} is no {name} of schema.org")
    if "none" in hazards and len(set(hazards)) > 1:
        yield Problem("epub-vocabulary", "the package names hazards, and none")
    if "none" in features and len(set(features)) > 1:
        yield Problem("epub-vocabulary", "the package names features, and none")
    yield from _conformance(book)
    yield from _claims(book, {value.split("/")[0] for value in features})


def _conformance(book: EpubBook) -> Iterator[Problem]:
    """Rules 20 and 21: what is claimed of accessibility is in the exact words, and certified."""
    claims = [one for one in book.properties("dcterms:conformsTo") if _ABOUT_ACCESS.search(one)]
    links = select(book.package, "//o:link")
    claims += [
        str(link.get("href", ""))
        for link in links
        if "dcterms:conformsTo" in str(link.get("rel", "")).split()
        and _ABOUT_ACCESS.search(str(link.get("href", "")))
    ]
    for claim in claims:
        if not _CLAIM.fullmatch(claim) and not _OLD_CLAIM.fullmatch(claim):
            yield Problem("epub-conformance", f"{claim} is not how conformance is claimed")
    certified = any(book.refinements("a11y:certifiedBy")) or any(
        "a11y:certifiedBy" in str(link.get("rel", "")).split() for link in links
    )
    if claims and not certified:
        yield Problem("epub-conformance", "conformance is claimed and nobody has certified it")


def _claims(book: EpubBook, features: set[str]) -> Iterator[Problem]:
    """Rule 22: what the package claims is in the pages, and what is in the pages is claimed."""
    pages = [*book.pages.values(), *book.drawings.values()]

    def there(path: str) -> bool:
        return any(select(tree, f"boolean({path})") for tree in pages)

    modes = book.properties("schema:accessMode")
    # What is claimed; what makes the claim true; what there must be no silence about.
    ruby = "//h:ruby"
    formulas = "//m:math"
    rules = (
        ("visual", "visual" in modes, _PICTURES, _SPEAKING),
        (
            "rubyAnnotations",
            bool(features & {"rubyAnnotations", "fullRubyAnnotations"}),
            ruby,
            ruby,
        ),
        (
            "pageBreakMarkers",
            bool(features & {"pageBreakMarkers", "printPageNumbers"}),
            _BREAK,
            _BREAK,
        ),
        (
            "pageNavigation",
            bool(features & {"pageNavigation", "printPageNumbers"}),
            _PAGE_LIST,
            _PAGE_LIST,
        ),
        ("MathML", "MathML" in features, formulas, formulas),
        ("describedMath", "describedMath" in features, f"{formulas} | {_FORMULA_PICTURES}", "/.."),
    )
    for name, claimed, makes_true, must_be_said in rules:
        if claimed and not there(makes_true):
            yield Problem("epub-claim", f"the package claims {name}, which the book does not have")
        # Where it says nothing at all of access, rule 18 has told it.
        elif not claimed and there(must_be_said) and (modes if name == "visual" else features):
            yield Problem("epub-claim", f"the book has {name}, which the package does not say")

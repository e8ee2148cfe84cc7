"""An opened EPUB goes in; what its package says wrongly or leaves out of itself comes out."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from booklet.checks.epub.book import EpubBook, select, words
from booklet.checks.epub.languages import is_language
from booklet.diagnostics import Problem

_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ISBN = re.compile(r"(urn:isbn:|isbn:?\s*)?([0-9][- 0-9]{8,15}[0-9X])", re.IGNORECASE)
_OTHER_NAME = re.compile(r"(urn:[a-z0-9][a-z0-9-]+:|doi:|https?://|tag:|info:)\S+", re.IGNORECASE)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_KANJI = re.compile("[\u3400-\u9fff]")
_TITLE_TYPES = frozenset(("main", "subtitle", "short", "collection", "edition", "expanded"))
# What a date of an archive is where its maker writes none.
_NO_DATE = (1980, 1, 1)


def check_metadata(book: EpubBook) -> Iterator[Problem]:
    """Check the metadata (EPUB 3.3, 5.5): rules 14 to 16, 23 and 24.

    Yields:
        A problem for each fault.
    """
    version = str(book.package.get("version", ""))
    if not version.startswith("3"):
        yield Problem("epub-package", f"the package is of EPUB {version or 'without a version'}")
    yield from _identifier(book)
    yield from _modified(book)
    yield from _titles(book)
    yield from _languages(book)
    yield from _series(book)
    yield from _refinements(book)
    for element in select(book.package, "//o:metadata/*[not(@content) and not(@href)]"):
        if not words(element).strip():
            yield Problem("epub-empty", f"the package has an empty {element.tag.split('}')[-1]}")


def _identifier(book: EpubBook) -> Iterator[Problem]:
    name = book.package.get("unique-identifier")
    found = select(book.package, "//dc:identifier[@id=$name]", name=name or "")
    identifier = words(found[0]).strip() if found else ""
    if not found:
        yield Problem("epub-identifier", "the package does not say which identifier is its own")
        return
    isbn = _ISBN.fullmatch(identifier)
    if isbn and not _is_isbn(re.sub("[- ]", "", isbn[2]).upper()):
        yield Problem("epub-identifier", f"{identifier} is no ISBN: its check digit is wrong")
    uuid_like = identifier.lower().startswith("urn:uuid:")
    known = _UUID.fullmatch(identifier) if uuid_like else isbn or _OTHER_NAME.fullmatch(identifier)
    if identifier and not known:
        yield Problem(
            "epub-identifier",
            f"the identifier is neither a UUID, an ISBN nor an address: {identifier}",
        )


def _is_isbn(digits: str) -> bool:
    """Return whether the check digit is right, of ten or thirteen digits (ISO 2108)."""
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(one) * (1, 3)[place % 2] for place, one in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if one == "X" else int(one) for one in digits]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False


def _modified(book: EpubBook) -> Iterator[Problem]:
    moments = book.properties("dcterms:modified")
    try:
        (moment,) = (
            datetime.datetime.strptime(one, _MOMENT).replace(tzinfo=datetime.UTC) for one in moments
        )
    except ValueError:
        yield Problem("epub-modified", "dcterms:modified is not one moment in UTC")
        return
    # The date of an entry has no time zone: a day earlier or later is the same moment elsewhere.
    days = {entry.date_time[:3] for entry in book.archive.entries} - {_NO_DATE}
    if len(days) == 1 and days != {(moment.year, moment.month, moment.day)}:
        yield Problem("epub-modified", "dcterms:modified is another day than the archive's")


def _titles(book: EpubBook) -> Iterator[Problem]:
    if not select(book.package, "//o:metadata/dc:title"):
        yield Problem("epub-title-type", "the book has no title")
    types = book.refinements("title-type")
    if types and "main" not in types:
        yield Problem("epub-title-type", "no title is called the main one")
    for one in sorted(set(types) - _TITLE_TYPES):
        yield Problem("epub-title-type", f"{one} is no kind of title")
    if any(one.lower().startswith("ja") for one in languages(book)):
        for reading in book.refinements("file-as"):
            if _KANJI.search(reading):
                yield Problem("epub-file-as", f"{reading} is no reading to sort by")


def languages(book: EpubBook) -> list[str]:
    """Return the languages of the package, as they stand there."""
    return [words(one).strip() for one in select(book.package, "//o:metadata/dc:language")]


def _languages(book: EpubBook) -> Iterator[Problem]:
    found = languages(book)
    if not found:
        yield Problem("epub-language", "the package does not say its language")
    tags = [*found, *(str(tag) for tag in select(book.package, "//@xml:lang"))]
    for tag in dict.fromkeys(tags):
        if tag and not is_language(tag):
            yield Problem("epub-language", f"the package: {tag} is no language tag")


def _series(book: EpubBook) -> Iterator[Problem]:
    for series in select(book.package, "//o:meta[@property='belongs-to-collection']"):
        name = f"#{series.get('id')}"
        refined = {
            meta.get("property"): meta
            for meta in select(book.package, "//o:meta[@refines=$name]", name=name)
        }
        kind, position = refined.get("collection-type"), refined.get("group-position")
        known = kind is None or kind.get("scheme") or words(kind).strip() in ("series", "set")
        place = "1" if position is None else words(position).strip()
        if not known or not re.fullmatch(r"\d+(\.\d+)*", place):
            yield Problem("epub-series", "the series is of no kind, or its place is no number")


def _refinements(book: EpubBook) -> Iterator[Problem]:
    """Rule 13 in the package: an id is there once, and what is refined is there."""
    known = Counter(str(name) for name in select(book.package, "//@id"))
    items = {str(item.get("id")) for item in select(book.package, "//o:manifest/o:item")}
    for name, count in known.items():
        if count > 1 and name not in items:  # those of the manifest have a rule of their own
            yield Problem("epub-id", f"the package: {name} is the name of two places")
    for target in select(book.package, "//@refines"):
        if str(target).startswith("#") and str(target)[1:] not in known:
            yield Problem("epub-id", f"the package refines {target}, which is not there")

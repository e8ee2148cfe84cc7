"""A book and its rendered parts go in; the items and metadata of its EPUB package come out."""

from collections.abc import Mapping, Sequence

from booklet.model.book import Book
from booklet.output.epub import Item, Meta

_PICTURE_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def package_items(
    documents: Sequence[tuple[str, str, bool]],
    *,
    navigation: str,
    stylesheet: str,
    cover: bytes,
    pictures: Mapping[str, bytes],
) -> list[Item]:
    """Return every file of the book.

    Args:
        documents: File name, XHTML, and whether it draws with SVG; in reading order, cover first.
        navigation: The contents page; it stands after the title page.
        stylesheet: The CSS.
        cover: The cover as JPEG.
        pictures: Other pictures by their name in the book.

    Returns:
        The items; those of the spine in reading order.
    """
    pages = [
        Item(
            f"xhtml/{name}",
            content.encode("utf-8"),
            properties=("svg",) if has_svg else (),
            in_spine=True,
        )
        for name, content, has_svg in documents
    ]
    contents = Item(
        "xhtml/nav.xhtml", navigation.encode("utf-8"), properties=("nav",), in_spine=True
    )
    pages[2:2] = [contents]
    return [
        *pages,
        Item("style/booklet.css", stylesheet.encode("utf-8"), "text/css"),
        Item("image/cover.jpg", cover, "image/jpeg", ("cover-image",)),
        *(
            Item(f"image/{name}", content, _PICTURE_TYPES[name.rsplit(".", 1)[-1]])
            for name, content in sorted(pictures.items())
        ),
    ]


def package_metadata(book: Book, summary: str) -> list[Meta]:
    """Return what the package says about the book.

    Args:
        book: The book.
        summary: What an EPUB reader's user should know about accessibility, in one paragraph.

    Returns:
        Metadata in order: Dublin Core, the date, the series, accessibility (EPUB Accessibility
        1.1, 2.2). Conformance is not claimed: that takes a person's review.
    """
    guide, publication = book.guide, book.publication
    lines = [
        Meta("dc:identifier", book.identifier, (("id", "pub-id"),)),
        Meta("dc:title", book.title, (("id", "title"),)),
        _refine("title", "title-type", "main"),
        Meta("dc:language", publication.language),
        Meta("dc:description", guide.tagline or guide.title),
        Meta("dc:subject", guide.classification.field.label),
        Meta("dc:subject", guide.occupation.name),
        Meta("dc:date", guide.provenance.first_published.isoformat()),
        Meta(
            "meta",
            book.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
            (("property", "dcterms:modified"),),
        ),
    ]
    if publication.publisher:
        name = publication.publisher.name
        lines += [
            Meta("dc:creator", name, (("id", "creator"),)),
            _refine("creator", "role", "pbl", (("scheme", "marc:relators"),)),
            Meta("dc:publisher", name),
        ]
    if guide.provenance.rights.licence:
        lines.append(Meta("dc:rights", guide.provenance.rights.licence))
    if publication.series:
        lines += _series(book)
    lines += [
        *(_property("schema:accessMode", mode) for mode in ("textual", "visual")),
        *(_property("schema:accessModeSufficient", mode) for mode in ("textual,visual", "textual")),
        *(
            _property("schema:accessibilityFeature", feature)
            for feature in (
                "alternativeText",
                "displayTransformability",
                "readingOrder",
                "structuralNavigation",
                "tableOfContents",
            )
        ),
        _property("schema:accessibilityHazard", "none"),
        Meta(
            "meta",
            summary,
            (("property", "schema:accessibilitySummary"), ("xml:lang", publication.language)),
        ),
        # Kobo looks for this older form beside the cover-image property.
        Meta("meta", attributes=(("name", "cover"), ("content", "cover-jpg"))),
    ]
    return lines


def _series(book: Book) -> list[Meta]:
    series = book.publication.series
    if series is None:
        return []
    lines = [
        Meta("meta", series.title, (("property", "belongs-to-collection"), ("id", "series"))),
        _refine("series", "collection-type", "series"),
    ]
    if series.reading:
        lines.append(_refine("series", "file-as", series.reading))
    volumes = [entry.volume for entry in book.publication.guides if entry.slug == book.guide.slug]
    lines += [_refine("series", "group-position", str(volume)) for volume in volumes if volume]
    return lines


def _refine(target: str, name: str, text: str, more: tuple[tuple[str, str], ...] = ()) -> Meta:
    return Meta("meta", text, (("refines", f"#{target}"), ("property", name), *more))


def _property(name: str, text: str) -> Meta:
    return Meta("meta", text, (("property", name),))

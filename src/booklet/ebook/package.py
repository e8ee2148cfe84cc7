"""A book and its rendered parts go in; the items and metadata of its EPUB package come out."""

import re
from collections.abc import Mapping, Sequence

from booklet.ebook.container import Item, Meta
from booklet.model.book import Book
from booklet.model.provenance import Provenance

# What stands in ruby; what is no word of the text; elements; kanji.
_READ = re.compile(r"<ruby\b.*?</ruby>", re.DOTALL)
_APART = re.compile(r"<(head|svg|rt|rp|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_KANJI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_PICTURE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}


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
    properties = ("nav", "svg") if "<svg" in navigation else ("nav",)
    contents = Item(
        "xhtml/nav.xhtml", navigation.encode("utf-8"), properties=properties, in_spine=True
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


def package_metadata(book: Book, documents: Sequence[str]) -> list[Meta]:
    """Return what the package says about the book.

    Args:
        book: The book.
        documents: Its XHTML documents; what is claimed is what is found in them.

    Returns:
        Metadata in order: Dublin Core, the date, the series, accessibility (EPUB Accessibility
        1.1, 2.2), the printed book of the page list. Conformance is claimed only where a person has
        reviewed this version.
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
            _refine("creator", "role", "isb", (("scheme", "marc:relators"),)),
            Meta("dc:publisher", name),
        ]
    if guide.provenance.rights.licence:
        lines.append(Meta("dc:rights", guide.provenance.rights.licence))
    if publication.series:
        lines += _series(book)
    lines += [
        *accessibility_metadata(documents, publication.language),
        *_conformance(guide.provenance),
        # The printed book whose pages the page list names; its PDF has this identifier in its XMP.
        Meta("dc:source", book.printed_identifier, (("id", "print"),)),
        _property("pageBreakSource", book.printed_identifier),
        # Kobo looks for this older form beside the cover-image property.
        Meta("meta", attributes=(("name", "cover"), ("content", "cover-jpg"))),
    ]
    return lines


def accessibility_metadata(documents: Sequence[str], language: str) -> list[Meta]:
    """Return what is true of the documents, in the words of schema.org.

    Args:
        documents: XHTML documents.
        language: Language tag of the summary.

    Returns:
        Modes, features, hazards and a summary. Pictures have alternatives, because the content
        checks ask for them, so words alone are enough to read the book.
    """
    whole = "\n".join(documents)
    has_ruby, has_pages = "<ruby" in whole, 'role="doc-pagebreak"' in whole
    has_pictures = "<img" in whole or "<svg" in whole
    modes = ("textual", "visual") if has_pictures else ("textual",)
    sufficient = ("textual,visual", "textual") if has_pictures else ("textual",)
    share = _share_with_readings(whole) if has_ruby else 0.0
    features = {
        "ARIA": ' role="doc-' in whole,
        "alternativeText": has_pictures,
        "displayTransformability": True,
        "fullRubyAnnotations": share == 1,
        "pageBreakMarkers": has_pages,
        "pageNavigation": has_pages,
        "readingOrder": True,
        "rubyAnnotations": has_ruby,
        "structuralNavigation": True,
        "tableOfContents": True,
    }
    summary = [
        "本文はすべてテキストで、見出しと読む順序が正しく付けられています。",
        _pictures_in_words(whole),
        "冊子版のページの始まりに印があり、ページ番号で移動できます。" if has_pages else "",
        _readings_in_words(share) if has_ruby else "",
        "音声、動画、点滅するものはありません。",
    ]
    return [
        *(_property("schema:accessMode", mode) for mode in modes),
        *(_property("schema:accessModeSufficient", mode) for mode in sufficient),
        *(
            _property("schema:accessibilityFeature", feature)
            for feature, is_there in features.items()
            if is_there
        ),
        _property("schema:accessibilityHazard", "none"),
        Meta(
            "meta",
            "".join(summary),
            (("property", "schema:accessibilitySummary"), ("xml:lang", language)),
        ),
    ]


def _pictures_in_words(whole: str) -> str:
    """Return the sentence on alternatives; it names only what there is."""
    # The cover is a picture too, and its words are those of the title page.
    is_there = {
        "図": 'role="img"' in whole,
        "画像": bool(re.search(r"<img (?![^>]*doc-cover)", whole)),
    }
    named = "と".join(name for name, there in is_there.items() if there)
    return f"{named}には、同じ内容を伝える代替テキストがあります。" if named else ""


def _share_with_readings(whole: str) -> float:
    """Return which share of the kanji in the words of XHTML documents has a reading."""
    read = "".join(_READ.findall(whole))
    words = _TAG.sub("", _APART.sub("", whole))
    kanji = len(_KANJI.findall(words))
    return len(_KANJI.findall(_TAG.sub("", _APART.sub("", read)))) / kanji if kanji else 1.0


def _readings_in_words(share: float) -> str:
    if share == 1:
        return "漢字にはすべて、ふりがなが付いています（総ルビ）。"
    words = "漢字の多く" if share > 0.5 else "読みにくい言葉の一部"
    return f"{words}に、ふりがなが付いています（パラルビ）。"


def _conformance(provenance: Provenance) -> list[Meta]:
    """Return the claim of a person who has reviewed this very version, or nothing."""
    review = provenance.accessibility_review
    if review is None or review.version != provenance.edition.version:
        return []
    lines = [
        Meta("meta", review.standard, (("property", "dcterms:conformsTo"), ("id", "conformance"))),
        _refine("conformance", "a11y:certifiedBy", review.reviewer),
    ]
    if review.report:
        lines.append(
            Meta(
                "link",
                attributes=(
                    ("rel", "a11y:certifierReport"),
                    ("refines", "#conformance"),
                    ("href", review.report),
                ),
            )
        )
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

"""A guide and its publication go in; the book with everything resolved comes out."""

import datetime
import uuid

from booklet.assembly.colophon import colophon, edition_words
from booklet.assembly.facts import quick_facts
from booklet.assembly.questions import visitor_questions
from booklet.diagnostics import Problem, Severity
from booklet.model.book import Book, BookSection, section_anchor
from booklet.model.choices import RightsStatus
from booklet.model.edition import Edition
from booklet.model.guide import Guide, Section, section_name
from booklet.model.publication import Format, Publication
from booklet.model.section import AbsentSection

# The namespace under which every book of this tool has its UUID (RFC 9562, version 5).
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "booklet.invalid")


def assemble(guide: Guide, publication: Publication, edition: Edition = Edition.STANDARD) -> Book:
    """Put a guide in its final order and resolve all it refers to.

    Args:
        guide: The guide.
        publication: Its publication.
        edition: Which edition; each has an identifier of its own.

    Returns:
        The book.
    """
    present = [section for section in guide.sections if not isinstance(section, AbsentSection)]
    numbered = [section for section in present if not section.in_glance]
    provenance = guide.provenance
    return Book(
        guide=guide,
        publication=publication,
        identifier=uuid.uuid5(_NAMESPACE, f"{guide.slug}/{edition.value}").urn,
        modified=datetime.datetime.combine(
            provenance.revised_on, datetime.time(), tzinfo=datetime.UTC
        ),
        version=f"v{provenance.edition.version}",
        edition_label=edition_words(provenance, edition),
        edition=edition,
        glance=tuple(_placed(section, 0) for section in present if section.in_glance),
        facts=quick_facts(guide),
        sections=tuple(_placed(section, number) for number, section in enumerate(numbered, 1)),
        colophon=colophon(guide, publication, edition),
        questions=visitor_questions(guide),
        absent=tuple(section for section in guide.sections if isinstance(section, AbsentSection)),
    )


def remarks(book: Book) -> list[Problem]:
    """Return what the makers of a book should know though nothing is wrong with it."""
    guide, publication = book.guide, book.publication
    place = guide.where
    found = [
        Problem(
            "not-provided",
            f"{absent.kind} is {absent.status.value}: nothing is printed for it",
            absent.where,
            "",
            Severity.NOTE,
        )
        for absent in book.absent
    ]
    if publication.publisher is None:
        found.append(
            Problem(
                "publisher-missing",
                "no publisher is named",
                publication.where,
                "publisher: {name: …}",
                Severity.NOTE,
            )
        )
    told = "formats" in publication.model_fields_set and Format.EPUB in publication.formats
    if told and Format.EPUB not in publication.formats_of(book.edition):
        found.append(
            Problem(
                "edition-format",
                f"the {book.edition.value} edition gets no EPUB and text of its own: readers set "
                "their letters and colours themselves, and the standard ones say the same",
                publication.where,
                "",
                Severity.NOTE,
            )
        )
    if publication.contact is None:
        found.append(
            Problem(
                "contact-missing",
                "no contact is named: the back cover keeps an empty box for a stamp",
                publication.where,
                "contact: {organisation: …}",
                Severity.NOTE,
            )
        )
    if book.address is None:
        found.append(
            Problem(
                "address-missing",
                "no web address is given: there is no 2D code",
                publication.where,
                "contact: {url: …}",
                Severity.NOTE,
            )
        )
    review = guide.provenance.accessibility_review
    if review is not None and review.version != guide.provenance.edition.version:
        found.append(
            Problem(
                "review-outdated",
                f"the accessibility review is of version {review.version}, and this is "
                f"{guide.provenance.edition.version}: conformance is not claimed",
                review.where or place,
                "review the e-book again, then set version and date",
                Severity.NOTE,
            )
        )
    if guide.provenance.rights.status is RightsStatus.UNKNOWN:
        found.append(
            Problem(
                "rights-unknown",
                "the rights are not cleared: this is a draft, not for release",
                guide.provenance.rights.where or place,
                "ask the rights holder",
                Severity.NOTE,
            )
        )
    return found


def _placed(section: Section, number: int) -> BookSection:
    return BookSection(
        number=number,
        anchor=section_anchor(section_name(section)),
        kind=section.kind,
        title=section.title or section.default_title,
        icon=(section.icon or section.default_icon).value,
        content=section,
    )

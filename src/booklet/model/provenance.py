"""What an author says of edition, dates, sources and rights goes in; checked records come out."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from booklet.model.choices import EditionStatus, RightsStatus
from booklet.model.parts import Confidence, Count, Date, Line, Part, Slug, Text, WebAddress


class Edition(Part):
    """Which printing this is and how far it has come."""

    number: Count
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    status: EditionStatus


class Revision(Part):
    """One line of the guide's history."""

    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    date: Date
    summary: Line


class Source(Part):
    """Where facts come from."""

    id: Slug
    title: Line
    publisher: Line | None = None
    url: WebAddress | None = None
    published_on: Date | None = None
    accessed_on: Date
    licence: Line | None = None
    use: Literal["quoted", "derived"] = "derived"


class Rights(Part):
    """Who may allow this guide to be published."""

    status: RightsStatus
    holder: Line | None = None
    licence: Line | None = None
    permission_ref: Line | None = None
    note: Line | None = None


class Watch(Part):
    """A law or a figure that is known to change on a day."""

    topic: Line
    date: Date


class AccessibilityReview(Part):
    """A person's review of the e-book of one version; without one no conformance is claimed."""

    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    date: Date
    reviewer: Line
    level: Literal["A", "AA"] = "AA"
    report: WebAddress | None = None

    @property
    def standard(self) -> str:
        """Return the claim in the words that EPUB Accessibility 1.1, 5.2, asks for."""
        return f"EPUB Accessibility 1.1 - WCAG 2.2 Level {self.level}"


class Provenance(Part):
    """Where a guide comes from, when it was checked and who answers for it."""

    edition: Edition
    first_published: Date
    revised_on: Date
    content_cutoff: Date | None = None
    checked_on: Date | None = None
    checked_by: Line | None = None
    next_review_on: Date | None = None
    accessibility_review: AccessibilityReview | None = None
    revision_history: list[Revision] = []
    sources: list[Source] = []
    confidence: Confidence = Confidence.UNSOURCED
    rights: Rights
    credits: list[Line] = []
    watch: list[Watch] = []
    disclaimer: Text | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.revised_on < self.first_published:
            raise PydanticCustomError(
                "date_order",
                "the revision of {revised} is earlier than the first publication of {first}",
                {
                    "revised": self.revised_on.isoformat(),
                    "first": self.first_published.isoformat(),
                    "at": "revised_on",
                },
            )
        return self

    @model_validator(mode="after")
    def _released_with_rights(self) -> Self:
        unclear = self.rights.status is RightsStatus.UNKNOWN
        if self.edition.status is EditionStatus.RELEASED and unclear:
            raise PydanticCustomError(
                "rights_unknown",
                "a released edition needs its rights cleared, and here they are unknown",
                {"at": "rights"},
            )
        return self

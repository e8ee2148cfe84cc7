"""One guide as an author writes it: YAML values go in; typed sections in order come out.

A new kind of section is a class in occupation.py or stories.py and its name in `Section` below;
docs/adding-a-section.md has the other three files.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import Discriminator, Field, Tag

from booklet.model import choices
from booklet.model.occupation import (
    CareerPath,
    DaySchedule,
    Duties,
    Entry,
    Fit,
    Overview,
    Pay,
    Qualifications,
    Ratings,
    RecommendedFor,
    Skills,
    TraitProfile,
    WorkConditions,
)
from booklet.model.parts import LanguageTag, Line, Part, Picture, Slug, Text
from booklet.model.provenance import Provenance
from booklet.model.section import AbsentSection, SectionBase
from booklet.model.stories import (
    Closing,
    Faq,
    Fiction,
    FictionWorks,
    Insider,
    Motivation,
    Prose,
    Reality,
    Trivia,
    Voices,
)

Section = (
    Ratings
    | RecommendedFor
    | Overview
    | Duties
    | DaySchedule
    | Skills
    | Qualifications
    | TraitProfile
    | Fit
    | Entry
    | WorkConditions
    | Pay
    | CareerPath
    | Reality
    | Voices
    | Fiction
    | FictionWorks
    | Insider
    | Trivia
    | Motivation
    | Faq
    | Closing
    | Prose
)

KINDS: dict[str, type[SectionBase]] = {
    get_args(section.model_fields["kind"].annotation)[0]: section for section in get_args(Section)
}
"""Every kind of section, in the order in which a guide usually has them."""


def _tag(section: Any) -> str | None:
    """Return which class a mapping is for: its kind, or `absent` when it declares a status."""
    if not isinstance(section, Mapping):
        return getattr(section, "kind", None)
    kind = section.get("kind")
    if not isinstance(kind, str):
        return None
    return "absent" if kind in KINDS and "status" in section else kind


if TYPE_CHECKING:
    AnySection = Section | AbsentSection
else:
    _tagged = Annotated[AbsentSection, Tag("absent")]
    for _kind, _section in KINDS.items():
        _tagged = _tagged | Annotated[_section, Tag(_kind)]
    AnySection = Annotated[
        _tagged,
        Discriminator(
            _tag,
            custom_error_type="section_kind",
            custom_error_message="there is no section of this kind",
        ),
    ]


class Occupation(Part):
    """The occupation a guide is about."""

    # The cover has place for so much, in the smallest type that can be read from afar.
    name: Annotated[Line, Field(max_length=60)]
    reading: Annotated[Line, Field(max_length=100)] | None = None
    alt_names: list[Line] = []


class Code(Part):
    """The occupation's number in somebody's list of occupations."""

    scheme: Line
    code: Line


class Classification(Part):
    """Where the occupation stands among others."""

    field: choices.Field
    subfield: Line
    codes: list[Code] = []


class Guide(Part):
    """A guide to one occupation."""

    slug: Slug
    language: LanguageTag = "ja"
    title: Annotated[Line, Field(max_length=100)]
    occupation: Occupation
    classification: Classification
    tagline: Annotated[Line, Field(max_length=60)] | None = None
    lead: Text
    cover_picture: Picture | None = None
    sections: Annotated[list[AnySection], Field(min_length=1)]
    provenance: Provenance


def section_name(section: Section | AbsentSection) -> str:
    """Return the name other sections refer to: its id, or its kind when it has none."""
    identifier = None if isinstance(section, AbsentSection) else section.id
    return identifier or section.kind.replace("_", "-")


def pictures(part: Part) -> list[Picture]:
    """Return every picture anywhere in `part`, in reading order."""
    found: list[Picture] = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        for member in value if isinstance(value, list) else [value]:
            if isinstance(member, Picture):
                found.append(member)
            elif isinstance(member, Part):
                found += pictures(member)
    return found

"""What all sections share: YAML values go in; a section's title, icon and status come out."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from booklet.model.choices import AbsenceStatus, Icon
from booklet.model.parts import Fact, Line, Part, Slug

Items = Annotated[list[Line], Field(min_length=1)]


class SectionBase(Fact):
    """What every kind of section has: a title, an icon and, where it helps, a lead sentence."""

    default_title: ClassVar[str]
    default_icon: ClassVar[Icon]
    in_glance: ClassVar[bool] = False
    needs_one_of: ClassVar[tuple[str, ...]] = ()

    id: Slug | None = None
    title: Line | None = None
    icon: Icon | None = None
    lead: Line | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if self.needs_one_of and not any(getattr(self, name) for name in self.needs_one_of):
            raise PydanticCustomError(
                "section_empty",
                "the section has nothing in it; it needs at least one of {names}",
                {"names": ", ".join(self.needs_one_of)},
            )
        return self


class AbsentSection(Part):
    """A section known to the format that this guide does not fill, and why."""

    kind: Annotated[str, Field(pattern="^[a-z_]+$")]
    status: AbsenceStatus
    note: Line | None = None

"""What an occupation feels like: YAML values go in; typed sections and free prose come out."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StrictInt, Tag, model_validator
from pydantic_core import PydanticCustomError

from booklet.model import choices
from booklet.model.choices import Icon
from booklet.model.parts import Fact, Line, Part, Picture, Text, WebAddress, YesNo
from booklet.model.section import Items, SectionBase


class Gap(Fact):
    """What people expect of the occupation, where they said so, and what it is."""

    expectation: Line | None = None
    actual: Line


class Reality(SectionBase):
    """What is hard, and what is other than expected."""

    default_title = "現実を知る"
    default_icon = Icon.BULB
    needs_one_of = ("hardships", "gaps")

    kind: Literal["reality"]
    hardships: list[Line] = []
    gaps: list[Gap] = []


class Voice(Fact):
    """What somebody in the occupation told, and how it came to us."""

    kind: choices.VoiceKind
    text: Text
    speaker: Line | None = None
    basis: choices.VoiceBasis
    consent: YesNo | None = None

    @model_validator(mode="after")
    def _interview_with_consent(self) -> Self:
        if self.basis is choices.VoiceBasis.INTERVIEW and not self.consent:
            raise PydanticCustomError(
                "voice_consent", "a voice from an interview needs the speaker's consent"
            )
        return self


class Voices(SectionBase):
    """Voices from the workplace."""

    default_title = "現場の声"
    default_icon = Icon.VOICE

    kind: Literal["voices"]
    items: Annotated[list[Voice], Field(min_length=1)]


class Fiction(SectionBase):
    """How stories show the occupation, and how it is."""

    default_title = "フィクションと現実"
    default_icon = Icon.FILM

    kind: Literal["fiction"]
    image: Text
    reality: Text


class FictionWork(Fact):
    """A film, book or game in which the occupation appears."""

    title: Line
    medium: choices.Medium
    year: Annotated[StrictInt, Field(ge=1800, le=2200)]
    creator: Line | None = None
    url: WebAddress | None = None


class FictionWorks(SectionBase):
    """Works in which the occupation appears."""

    default_title = "この職業が登場する作品"
    default_icon = Icon.MASK

    kind: Literal["fiction_works"]
    works: Annotated[list[FictionWork], Field(min_length=1)]


class Misconception(Fact):
    """Something people wrongly believe, and how it is."""

    claim: Line
    fact: Line


class Term(Fact):
    """A word of the trade."""

    term: Line
    definition: Text
    reading: Line | None = None


class Insider(SectionBase):
    """Jokes, misunderstandings and words of the trade."""

    default_title = "業界あるある"
    default_icon = Icon.SMILE
    needs_one_of = ("jokes", "misconceptions", "glossary")

    kind: Literal["insider"]
    jokes: list[Line] = []
    misconceptions: list[Misconception] = []
    glossary: list[Term] = []


class Trivia(SectionBase):
    """Things few people know."""

    default_title = "トリビア・豆知識"
    default_icon = Icon.SPARKLE
    needs_one_of = ("surprises", "hidden_perks", "secrets")

    kind: Literal["trivia"]
    surprises: list[Line] = []
    hidden_perks: list[Line] = []
    secrets: list[Line] = []


class Motivation(SectionBase):
    """What makes the work worth doing."""

    default_title = "やりがい・モチベーション"
    default_icon = Icon.FLAME
    needs_one_of = ("rewards", "proud_moments", "legacy")

    kind: Literal["motivation"]
    rewards: list[Line] = []
    proud_moments: list[Line] = []
    legacy: Text | None = None


class QuestionAnswer(Fact):
    """A question and its answer."""

    question: Line
    answer: Text


class Faq(SectionBase):
    """Questions people ask."""

    default_title = "よくある質問"
    default_icon = Icon.QUESTION

    kind: Literal["faq"]
    items: Annotated[list[QuestionAnswer], Field(min_length=1)]


class Closing(SectionBase):
    """The last word to the reader."""

    default_title = "おわりに"
    default_icon = Icon.FLAG

    kind: Literal["closing"]
    text: Text


class HeadingBlock(Part):
    """A heading inside free prose. The section's title is level 2."""

    heading: Line
    level: Annotated[StrictInt, Field(ge=3, le=4)] = 3


class TextBlock(Part):
    """Paragraphs."""

    text: Text


class ListBlock(Part):
    """A list of one-line items."""

    items: Items = Field(alias="list")
    numbered: YesNo = False


class PictureBlock(Part):
    """A picture with its text alternative."""

    picture: Picture


class TableBlock(Part):
    """A small table: its first row names the columns."""

    table: Line
    head: Items
    rows: Annotated[list[Items], Field(min_length=1)]

    @model_validator(mode="after")
    def _rows_as_wide_as_head(self) -> Self:
        for index, row in enumerate(self.rows):
            if len(row) != len(self.head):
                raise PydanticCustomError(
                    "table_width",
                    "row {row} and the head differ in their number of cells: {cells} and {columns}",
                    {
                        "row": index + 1,
                        "cells": len(row),
                        "columns": len(self.head),
                        "at": f"rows.{index}",
                    },
                )
        return self


BLOCKS: dict[str, type[Part]] = {
    "heading": HeadingBlock,
    "text": TextBlock,
    "list": ListBlock,
    "picture": PictureBlock,
    "table": TableBlock,
}
"""What free prose is made of, by the field that starts a block."""


def block_key(block: Any) -> str | None:
    """Return which field says what a block is, or None when none does."""
    if isinstance(block, Mapping):
        return next((key for key in BLOCKS if key in block), None)
    return next((key for key, kind in BLOCKS.items() if isinstance(block, kind)), None)


Block = Annotated[
    Annotated[HeadingBlock, Tag("heading")]
    | Annotated[TextBlock, Tag("text")]
    | Annotated[ListBlock, Tag("list")]
    | Annotated[PictureBlock, Tag("picture")]
    | Annotated[TableBlock, Tag("table")],
    Discriminator(
        block_key,
        custom_error_type="block_kind",
        custom_error_message="this starts with none of heading, text, list, picture, table",
    ),
]


class Prose(SectionBase):
    """Anything no other kind fits: headings, paragraphs, lists, pictures, tables."""

    default_title = "コラム"
    default_icon = Icon.BOOK

    kind: Literal["prose"]
    title: Line
    blocks: Annotated[list[Block], Field(min_length=1)]

    @model_validator(mode="after")
    def _no_heading_level_skipped(self) -> Self:
        headed = False
        for index, block in enumerate(self.blocks):
            if isinstance(block, HeadingBlock):
                if block.level == 4 and not headed:
                    raise PydanticCustomError(
                        "heading_skip",
                        "a heading of level 4 stands before any of level 3",
                        {"at": f"blocks.{index}.level"},
                    )
                headed = True
        return self

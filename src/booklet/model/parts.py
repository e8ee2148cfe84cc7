"""Plain YAML values go in; the small typed parts that every section is made of come out."""

import datetime
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from booklet.diagnostics import Location
from booklet.model.languages import LANGUAGE_TAG, language_exists

_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00|翌([01]?[0-9]|2[0-3]):[0-5][0-9]")

# On 34 mm, 500 bytes at level M (JIS X 0510, version 17) make cells of 0.36 mm.
MOST_CODE_BYTES = 500


class Choice(StrEnum):
    """A word an editor writes in YAML, together with the words a reader sees."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Return the member for `value`, shown to readers as `label`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def _in_wanted_language(value: Any, info: ValidationInfo) -> Any:
    """Return the text itself, or from `{ja: …, en: …}` the one in the language of this build."""
    if not isinstance(value, Mapping):
        return value
    wanted = (info.context or {}).get("language", "ja")
    texts = {str(tag): text for tag, text in value.items() if tag != "where"}
    for tag, text in texts.items():
        if not LANGUAGE_TAG.match(tag):
            raise PydanticCustomError(
                "language_tag", "{tag} is no language, such as ja or en", {"tag": tag, "at": tag}
            )
        _existing_language(tag, tag)
        if not isinstance(text, str) or not text.strip():
            raise PydanticCustomError(
                "language_text", "there is no text behind {tag}", {"tag": tag, "at": tag}
            )
    if wanted not in texts:
        raise PydanticCustomError(
            "language_missing",
            "there is no text in {wanted} here{others}",
            {"wanted": wanted, "others": ", only in " + ", ".join(texts) if texts else ""},
        )
    return texts[wanted]


def _existing_language(tag: str, at: str | None = None) -> str:
    if not language_exists(tag):
        raise PydanticCustomError(
            "language_unknown",
            "{tag} names a language or a country that does not exist",
            {"tag": tag, "at": at} if at else {"tag": tag},
        )
    return tag


def _one_line(text: str) -> str:
    text = text.strip()
    if not text:
        raise PydanticCustomError("text_empty", "this is empty")
    if "\n" in text:
        raise PydanticCustomError("text_lines", "this has to be one line")
    return text


def _some_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise PydanticCustomError("text_empty", "this is empty")
    return text


def _iso_date(value: Any) -> Any:
    """Return a date from `2026-04-01`; a bare number is no date, though pydantic would take it."""
    if isinstance(value, datetime.date):
        return value
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_form", "this is not a date") from None


def _clock_time(value: Any) -> Any:
    if not isinstance(value, str) or not _CLOCK_TIME.fullmatch(value):
        raise PydanticCustomError("time_form", "this is not a time of day")
    return value


def _web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets without an address in them, a port that is no number
        known = False
    if not known:
        raise PydanticCustomError(
            "text_form",
            "this names no place in the web",
            {"hint": "a web address such as https://example.org/"},
        )
    return address


def _fits_a_code(address: str) -> str:
    length = len(address.encode("utf-8"))
    if length > MOST_CODE_BYTES:
        raise PydanticCustomError(
            "text_form",
            "this has {length} bytes, and a 2D code that phones can read holds {most}",
            {
                "length": length,
                "most": MOST_CODE_BYTES,
                "hint": "a shorter address that leads there",
            },
        )
    return address


Line = Annotated[str, AfterValidator(_one_line), BeforeValidator(_in_wanted_language)]
"""One line of text."""
Text = Annotated[str, AfterValidator(_some_text), BeforeValidator(_in_wanted_language)]
"""One or more paragraphs, parted by empty lines."""
Date = Annotated[datetime.date, BeforeValidator(_iso_date)]
"""A day, written 2026-04-01."""
ClockTime = Annotated[str, BeforeValidator(_clock_time)]
"""A time of day, written 09:30; 24:00 is midnight, and 翌9:00 is on the next day."""
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A short name for files and links: lower-case letters, digits and hyphens."""
LanguageTag = Annotated[
    str, Field(pattern=LANGUAGE_TAG.pattern), AfterValidator(_existing_language)
]
"""A BCP 47 tag such as ja, en or ja-x-easy."""
WebAddress = Annotated[
    str,
    Field(pattern=r"^https?://[^\s<>\"\\]+$", max_length=2000),
    AfterValidator(_web_address),
]
"""A web address with its scheme."""
CodeAddress = Annotated[WebAddress, AfterValidator(_fits_a_code)]
"""A web address that a 2D code on the back cover can lead to."""
Count = Annotated[StrictInt, Field(ge=1, le=1_000_000_000)]
"""A whole number of 1 or more."""
YesNo = StrictBool


class Confidence(Choice):
    """How well a fact is supported."""

    SOURCED = "sourced", "出典あり"
    EDITORIAL = "editorial", "編集部による目安"
    UNSOURCED = "unsourced", "出典未確認"


class Part(BaseModel):
    """Anything an author writes as a mapping: frozen, complete, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    where: Location = Field(default=Location("(made in code)"), repr=False)


class Evidence(Part):
    """What supports a fact: a source of the guide, a date, a method."""

    source: Slug | None = None
    as_of: Date | None = None
    method: Line | None = None
    sample_n: Count | None = None
    confidence: Confidence = Confidence.UNSOURCED


class Fact(Part):
    """A part that may carry its own evidence, over the guide's."""

    evidence: Evidence | None = None


class Stars(Fact):
    """A rating: so many of so many stars. The maximum is always stated."""

    value: Annotated[StrictInt, Field(ge=0, le=10)]
    max: Annotated[StrictInt, Field(ge=1, le=10)]

    @model_validator(mode="after")
    def _value_within_max(self) -> Self:
        if self.value > self.max:
            raise PydanticCustomError(
                "stars_over_max",
                "{value} stars are more than the maximum of {max}",
                {"value": self.value, "max": self.max, "at": "value"},
            )
        return self


class Percentage(Fact):
    """A share from 0 to 100 per cent."""

    percent: Annotated[StrictInt, Field(ge=0, le=100)]


class HoursPerMonth(Fact):
    """A span of hours in a month."""

    min: Annotated[StrictInt, Field(ge=0, le=100)]
    max: Annotated[StrictInt, Field(ge=0, le=100)]
    approximate: YesNo = False

    @model_validator(mode="after")
    def _min_before_max(self) -> Self:
        if self.min > self.max:
            raise PydanticCustomError(
                "range_order",
                "this ends before it starts: {min} to {max}",
                {"low": "min", "min": self.min, "high": "max", "max": self.max, "at": "min"},
            )
        return self


class Picture(Part):
    """An image file beside the content, with what it shows in words."""

    file: Line
    alt: Line
    caption: Line | None = None
    credit: Line | None = None

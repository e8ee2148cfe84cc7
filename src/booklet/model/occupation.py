"""What an occupation is, asks and offers: YAML values go in; typed sections come out."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, field_validator, model_validator
from pydantic_core import PydanticCustomError

from booklet.model import choices
from booklet.model.choices import Icon
from booklet.model.parts import (
    ClockTime,
    Count,
    Evidence,
    Fact,
    HoursPerMonth,
    Line,
    Percentage,
    Picture,
    Stars,
    Text,
    WebAddress,
    YesNo,
)
from booklet.model.section import Items, SectionBase

Yen = Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]
"""A sum of money; nobody is paid more than the limit, so a larger one is a slip."""


class Ratings(SectionBase):
    """The occupation in four figures."""

    default_title = "4つの目安"
    default_icon = Icon.STAR
    in_glance = True
    needs_one_of = ("outlook", "income_potential", "fulfilment", "ai_replacement_risk")

    kind: Literal["ratings"]
    outlook: Stars | None = None
    income_potential: Stars | None = None
    fulfilment: Stars | None = None
    ai_replacement_risk: Percentage | None = None
    method: Line | None = None


class RecommendedFor(SectionBase):
    """Who should read on."""

    default_title = "こんな方におすすめ"
    default_icon = Icon.CHECK
    in_glance = True

    kind: Literal["recommended_for"]
    items: Annotated[list[Line], Field(min_length=1, max_length=8)]


class Overview(SectionBase):
    """What the occupation is."""

    default_title = "概要"
    default_icon = Icon.CLIPBOARD

    kind: Literal["overview"]
    text: Text
    workplaces: list[Line] = []
    clients: list[Line] = []
    picture: Picture | None = None


class Duty(Fact):
    """One thing people in this occupation do."""

    title: Line
    description: Text


class Duties(SectionBase):
    """What people in this occupation do."""

    default_title = "仕事内容"
    default_icon = Icon.BRIEFCASE

    kind: Literal["duties"]
    items: Annotated[list[Duty], Field(min_length=1, max_length=12)]


class ScheduleEntry(Fact):
    """One stretch of a day."""

    start: ClockTime
    end: ClockTime | None = None
    activity: Line
    note: Line | None = None


class Schedule(Fact):
    """One day, in one kind of workplace."""

    variant: Line
    entries: Annotated[list[ScheduleEntry], Field(min_length=1)]

    @field_validator("entries")
    @classmethod
    def _times_ascend(cls, entries: list[ScheduleEntry]) -> list[ScheduleEntry]:
        """Return the entries with 翌 at each time past midnight."""
        told = []
        clock = before = -1
        for index, entry in enumerate(entries):
            start = _minutes(entry.start, clock)
            if start < clock or start == before:
                raise PydanticCustomError(
                    "schedule_order",
                    "the entry at {start} starts before the one above it is over at {clock}",
                    {"start": entry.start, "clock": _clock(clock), "at": f"{index}.start"},
                )
            end = None if entry.end is None else _minutes(entry.end, start)
            if end is not None and end <= start:
                raise PydanticCustomError(
                    "schedule_order",
                    "the entry at {start} ends at {end}, which is not later",
                    {"start": entry.start, "end": entry.end, "at": f"{index}.end"},
                )
            times = {
                "start": _dated(entry.start, start),
                "end": None if entry.end is None or end is None else _dated(entry.end, end),
            }
            told.append(entry.model_copy(update=times))
            clock, before = (start if end is None else end), start
        return told


_DAY = 24 * 60
# A time up to noon after one from four in the afternoon is the next day's; others are slips.
_EVENING, _NOON = 16 * 60, 12 * 60


def _minutes(time: str, clock: int) -> int:
    """Return the minutes from the midnight before the day began, seen from what came before."""
    hours, minutes = time.removeprefix("翌").split(":")
    count = int(hours) * 60 + int(minutes)
    past_midnight = clock > _DAY or (count < clock and clock >= _EVENING and count <= _NOON)
    return count + _DAY if time.startswith("翌") or past_midnight else count


def _clock(minutes: int) -> str:
    day, rest = divmod(minutes, _DAY)
    return f"{'翌' if day else ''}{rest // 60:02}:{rest % 60:02}"


def _dated(time: str, minutes: int) -> str:
    return f"翌{time}" if minutes > _DAY and not time.startswith("翌") else time


class DaySchedule(SectionBase):
    """A day at work."""

    default_title = "1日のスケジュール"
    default_icon = Icon.CLOCK

    kind: Literal["day_schedule"]
    schedules: Annotated[list[Schedule], Field(min_length=1)]


class Skill(Fact):
    """Something one has to be able to do."""

    name: Line
    description: Text
    level: Stars | None = None


class Skills(SectionBase):
    """What one has to be able to do."""

    default_title = "必要なスキル"
    default_icon = Icon.TOOLS

    kind: Literal["skills"]
    items: Annotated[list[Skill], Field(min_length=1, max_length=12)]


class Qualification(Fact):
    """A certificate or training."""

    name: Line
    aliases: list[Line] = []
    status: choices.QualificationStatus
    kind: choices.QualificationKind | None = None
    url: WebAddress | None = None


class Education(Fact):
    """The schooling people in this occupation have."""

    typical: Annotated[list[choices.Schooling], Field(min_length=1)]
    or_higher: YesNo = False
    requirement: choices.SchoolingRequirement
    note: Line | None = None


class Qualifications(SectionBase):
    """Certificates and schooling."""

    default_title = "資格・学歴"
    default_icon = Icon.CERTIFICATE
    needs_one_of = ("items", "education")

    kind: Literal["qualifications"]
    items: list[Qualification] = []
    education: Education | None = None


class Trait(Fact):
    """How much of one trait the occupation asks for."""

    trait: Line
    score: Stars


class TraitProfile(SectionBase):
    """What the occupation asks of a person, in figures."""

    default_title = "求められる特性"
    default_icon = Icon.CHART

    kind: Literal["trait_profile"]
    traits: Annotated[list[Trait], Field(min_length=3, max_length=10)]


class Fit(SectionBase):
    """Whom the occupation suits, and whom it does not."""

    default_title = "向いている人・向いていない人"
    default_icon = Icon.CHECK
    needs_one_of = ("suits", "not_suits")

    kind: Literal["fit"]
    suits: list[Line] = []
    not_suits: list[Line] = []


class Route(Fact):
    """One way into the occupation."""

    start: Line = Field(alias="from")
    steps: Items
    note: Line | None = None


class Duration(Fact):
    """A length of time and what it includes."""

    value: Count
    unit: choices.DurationUnit
    includes: list[Line] = []


class AgeLimit(Fact):
    """Whether age matters."""

    kind: choices.AgeLimitKind
    min: Annotated[StrictInt, Field(ge=0, le=120)] | None = None
    max: Annotated[StrictInt, Field(ge=0, le=120)] | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _ages_fit_kind(self) -> Self:
        given = {name for name in ("min", "max") if getattr(self, name) is not None}
        wanted: set[str]
        wanted, form = {
            "none": (set(), "neither min nor max"),
            "min": ({"min"}, "its min and no max"),
            "max": ({"max"}, "its max and no min"),
            "range": ({"min", "max"}, "both min and max"),
        }[self.kind.value]
        if given != wanted:
            raise PydanticCustomError(
                "age_limit_form",
                "an age limit of kind {kind} states {form}",
                {"kind": self.kind.value, "form": form},
            )
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError(
                "range_order",
                "this ends before it starts: {min} to {max}",
                {"low": "min", "min": self.min, "high": "max", "max": self.max, "at": "min"},
            )
        return self


class Entry(SectionBase):
    """How to get into the occupation."""

    default_title = "なり方・参入ルート"
    default_icon = Icon.ROUTE

    kind: Literal["entry"]
    routes: Annotated[list[Route], Field(min_length=1)]
    shortest_duration: Duration | None = None
    age_limit: AgeLimit | None = None
    inexperienced: choices.Inexperienced | None = None


class Holidays(Fact):
    """When the days off fall."""

    pattern: choices.HolidayPattern
    note: Line | None = None


class WorkConditions(SectionBase):
    """Hours, days off and place of work."""

    default_title = "ワークライフバランス"
    default_icon = Icon.SCALES
    needs_one_of = ("overtime_hours_per_month", "holidays", "remote", "flexibility")

    kind: Literal["work_conditions"]
    overtime_hours_per_month: HoursPerMonth | None = None
    holidays: Holidays | None = None
    remote: choices.RemoteWork | None = None
    flexibility: Stars | None = None


class PaySpan(Fact):
    """What one group of people earns, in yen. The evidence is not optional."""

    basis: Line
    min: Yen | None = None
    median: Yen | None = None
    max: Yen | None = None
    unit: choices.PayUnit
    area: Line | None = None
    year: Annotated[StrictInt, Field(ge=1950, le=2200)]
    evidence: Evidence

    @model_validator(mode="after")
    def _sums_in_order(self) -> Self:
        names = ("min", "median", "max")
        sums = [(name, value) for name in names if (value := getattr(self, name)) is not None]
        if not sums:
            raise PydanticCustomError("pay_empty", "pay needs at least one of min, median and max")
        for (low, value), (high, next_value) in pairwise(sums):
            if value > next_value:
                raise PydanticCustomError(
                    "range_order",
                    "the {low} of {min} is more than the {high} of {max}",
                    {"low": low, "min": value, "high": high, "max": next_value, "at": low},
                )
        return self


class Pay(SectionBase):
    """What the occupation pays, in yen."""

    default_title = "収入"
    default_icon = Icon.YEN

    kind: Literal["pay"]
    spans: Annotated[list[PaySpan], Field(min_length=1)]
    note: Line | None = None


class Stage(Fact):
    """A step of a career."""

    name: Line
    requires: Line | None = None


class Branch(Fact):
    """A way that leads off from a career."""

    name: Line
    requires: Line | None = None


class CareerPath(SectionBase):
    """Where the occupation leads."""

    default_title = "キャリアパス"
    default_icon = Icon.GROWTH

    kind: Literal["career_path"]
    text: Text
    stages: list[Stage] = []
    branches: list[Branch] = []

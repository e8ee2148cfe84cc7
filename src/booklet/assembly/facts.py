"""A guide's sections go in; the fact box that is read at a glance comes out."""

from collections.abc import Callable
from typing import TypeVar

from booklet.assembly.words import age_words, duration_words, education_words, overtime_words
from booklet.model import choices
from booklet.model.book import Drawing, Mark, QuickFact, Span, Week
from booklet.model.guide import Guide
from booklet.model.occupation import (
    AgeLimit,
    Duration,
    Education,
    Entry,
    Holidays,
    Qualifications,
    WorkConditions,
)
from booklet.model.parts import HoursPerMonth, Stars

# The overtime figure has an axis from 0 to at least this, so that guides can be compared.
OVERTIME_SCALE_HOURS = 40

Value = TypeVar("Value")

_WEEKS = {
    choices.HolidayPattern.WEEKENDS_HOLIDAYS: Week((0, 0, 0, 0, 0, 1, 1)),
}
_REMOTE = {
    choices.RemoteWork.POSSIBLE: Mark(1),
    choices.RemoteWork.PARTIAL: Mark(0.5),
    choices.RemoteWork.NOT_POSSIBLE: Mark(0),
}
_INEXPERIENCED = {
    choices.Inexperienced.POSSIBLE: Mark(1),
    choices.Inexperienced.CONDITIONAL: Mark(0.5),
    choices.Inexperienced.NOT_POSSIBLE: Mark(0),
}


def quick_facts(guide: Guide) -> tuple[QuickFact, ...]:
    """Return what a hurried reader wants to know, as far as the guide says it.

    Args:
        guide: The guide.

    Returns:
        At most eight facts, always in the same order, so that guides can be compared.
    """
    facts: list[QuickFact | None] = []
    for section in guide.sections:
        if isinstance(section, WorkConditions):
            facts += [
                _if(section.overtime_hours_per_month, _overtime),
                _if(section.holidays, _holidays),
                _if(section.remote, _remote),
                _if(section.flexibility, _flexibility),
            ]
        elif isinstance(section, Qualifications):
            facts.append(_if(section.education, _education))
        elif isinstance(section, Entry):
            facts += [
                _if(section.shortest_duration, _shortest),
                _if(section.age_limit, _age),
                _if(section.inexperienced, _inexperienced),
            ]
    order = ("残業", "休日", "リモート", "柔軟性", "学歴", "最短期間", "年齢制限", "未経験")
    present = [fact for fact in facts if fact is not None]
    return tuple(sorted(present, key=lambda fact: order.index(fact.name)))


def _if(value: Value | None, make: Callable[[Value], QuickFact]) -> QuickFact | None:
    return None if value is None else make(value)


def _overtime(hours: HoursPerMonth) -> QuickFact:
    scale_end = max(OVERTIME_SCALE_HOURS, hours.max)
    return QuickFact(
        "clock", "残業", overtime_words(hours), drawing=Span(hours.min, hours.max, scale_end)
    )


def _holidays(holidays: Holidays) -> QuickFact:
    return QuickFact(
        "calendar", "休日", holidays.pattern.label, holidays.note, _WEEKS.get(holidays.pattern)
    )


def _remote(remote: choices.RemoteWork) -> QuickFact:
    return QuickFact("home", "リモート", remote.label, drawing=_REMOTE.get(remote))


def _flexibility(stars: Stars) -> QuickFact:
    return QuickFact("scales", "柔軟性", f"{stars.max}段階中{stars.value}", drawing=stars)


def _education(education: Education) -> QuickFact:
    return QuickFact("certificate", "学歴", education_words(education))


def _shortest(duration: Duration) -> QuickFact:
    note = "・".join(duration.includes) + "を含む" if duration.includes else None
    drawing: Drawing | None = None
    return QuickFact("route", "最短期間", duration_words(duration), note, drawing)


def _age(limit: AgeLimit) -> QuickFact:
    return QuickFact("person", "年齢制限", age_words(limit))


def _inexperienced(answer: choices.Inexperienced) -> QuickFact:
    return QuickFact("flag", "未経験", answer.label, drawing=_INEXPERIENCED.get(answer))

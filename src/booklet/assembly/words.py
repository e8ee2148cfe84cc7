"""Facts go in; the words in which a Japanese reader is told them come out."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from booklet.model import choices
from booklet.model.occupation import AgeLimit, Duration, Education
from booklet.model.parts import HoursPerMonth
from booklet.model.publication import Contact


def overtime_words(hours: HoursPerMonth) -> str:
    """Return overtime in words, such as 月10〜20時間程度."""
    span = f"{hours.min}〜{hours.max}" if hours.min != hours.max else f"{hours.max}"
    return f"月{span}時間{'程度' if hours.approximate else ''}"


def education_words(education: Education) -> str:
    """Return schooling in words, such as 専門学校卒・短大卒以上が一般的."""
    levels = "・".join(level.label for level in education.typical)
    higher = "以上" if education.or_higher else ""
    requirement = {
        choices.SchoolingRequirement.REQUIRED: "が必須",
        choices.SchoolingRequirement.TYPICAL: "が一般的",
        choices.SchoolingRequirement.NONE: "（問わない）",
    }[education.requirement]
    return f"{levels}{higher}{requirement}"


def duration_words(duration: Duration) -> str:
    """Return a length of time in words, such as 3ヶ月."""
    return f"{duration.value}{duration.unit.label}"


def age_words(limit: AgeLimit) -> str:
    """Return an age limit in words, such as 18歳以上."""
    if limit.kind is choices.AgeLimitKind.MIN:
        return f"{limit.min}歳以上"
    if limit.kind is choices.AgeLimitKind.MAX:
        return f"{limit.max}歳以下"
    if limit.kind is choices.AgeLimitKind.RANGE:
        return f"{limit.min}〜{limit.max}歳"
    return limit.kind.label


def japanese_date(day: datetime.date) -> str:
    """Return a date in words, such as 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def contact_lines(contact: Contact) -> list[str | None]:
    """Return whom to turn to, a line each."""
    name = "　".join(part for part in (contact.organisation, contact.department) if part)
    return [
        name,
        f"電話　{contact.phone}" if contact.phone else None,
        f"メール　{contact.mail}" if contact.mail else None,
        contact.url,
        f"受付時間　{contact.hours}" if contact.hours else None,
    ]


WORDS: Mapping[str, Callable[[Any], Any]] = {
    words.__name__: words
    for words in (
        overtime_words,
        education_words,
        duration_words,
        age_words,
        contact_lines,
        japanese_date,
    )
}
"""The functions templates know by name, as filters."""

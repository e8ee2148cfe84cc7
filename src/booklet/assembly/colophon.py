"""A guide's provenance and its publication go in; the lines of the colophon (奥付) come out."""

import datetime

from booklet.assembly.words import contact_lines, japanese_date
from booklet.model.book import ColophonRow
from booklet.model.choices import RightsStatus
from booklet.model.edition import Edition
from booklet.model.guide import Guide
from booklet.model.provenance import Provenance, Rights, Source
from booklet.model.publication import Publication


def edition_words(provenance: Provenance, edition: Edition = Edition.STANDARD) -> str:
    """Return edition, version and status in words, such as 第1版　バージョン1.0（草稿）."""
    stated = provenance.edition
    words = f"第{stated.number}版　バージョン{stated.version}（{stated.status.label}）"
    return words if edition is Edition.STANDARD else f"{edition.label}　{words}"


def other_editions(publication: Publication, edition: Edition) -> str | None:
    """Return which other editions there are, in words, or None when there are none."""
    others = [one.label for one in publication.editions if one is not edition]
    return f"同じ内容の{'・'.join(others)}もあります。" if others else None


def colophon(
    guide: Guide, publication: Publication, edition: Edition = Edition.STANDARD
) -> tuple[ColophonRow, ...]:
    """Return what a colophon says, without a row for what nobody gave.

    Args:
        guide: The guide.
        publication: Its publication.
        edition: Which edition it stands in.

    Returns:
        Rows in the order usual in Japanese books: title, dates, people, sources, rights.
    """
    provenance, imprint = guide.provenance, publication.imprint
    publisher = publication.publisher
    rows: list[tuple[str, list[str | None]]] = [
        ("書名", [guide.title]),
        ("シリーズ", [_series(guide, publication)]),
        ("版", [edition_words(provenance, edition)]),
        ("発行日", [japanese_date(provenance.first_published)]),
        ("改訂日", [japanese_date(provenance.revised_on)]),
        (
            "改訂履歴",
            [
                f"{revision.version}　{japanese_date(revision.date)}　{revision.summary}"
                for revision in provenance.revision_history
            ],
        ),
        ("内容の基準日", [_date(provenance.content_cutoff)]),
        ("内容の確認", [_check(provenance)]),
        ("EPUBの確認", _accessibility(provenance)),
        ("次の見直し", [_date(provenance.next_review_on)]),
        ("発行者", [publisher.name, publisher.address, publisher.url] if publisher else []),
        ("問い合わせ", contact_lines(publication.contact) if publication.contact else []),
        ("編集", [imprint.editor]),
        ("印刷", [imprint.printer]),
        ("ISBN", [imprint.isbn]),
        ("出典", [source_words(source) for source in provenance.sources]),
        ("情報の確かさ", [provenance.confidence.label]),
        ("権利", _rights(provenance.rights, imprint.copyright)),
        ("協力・素材", list(provenance.credits)),
        ("ほかの形式", [imprint.other_formats, other_editions(publication, edition)]),
        ("ご注意", [provenance.disclaimer, imprint.disclaimer]),
    ]
    return tuple(
        ColophonRow(name, tuple(value for value in values if value))
        for name, values in rows
        if any(values)
    )


def source_words(source: Source) -> str:
    """Return a source the way a list of references names it."""
    published = f"{japanese_date(source.published_on)}公開" if source.published_on else None
    parts = [
        f"「{source.title}」",
        source.publisher,
        published,
        source.url,
        f"{japanese_date(source.accessed_on)}参照",
        source.licence,
        "引用" if source.use == "quoted" else "内容をもとに編集部が書き直し",
    ]
    return "、".join(part for part in parts if part)


def _series(guide: Guide, publication: Publication) -> str | None:
    if publication.series is None:
        return None
    volume = next((entry.volume for entry in publication.guides if entry.slug == guide.slug), None)
    return f"{publication.series.title}　{volume}" if volume else publication.series.title


def _date(day: datetime.date | None) -> str | None:
    return japanese_date(day) if day else None


def _check(provenance: Provenance) -> str | None:
    parts = (_date(provenance.checked_on), provenance.checked_by)
    return "　".join(part for part in parts if part) or None


def _accessibility(provenance: Provenance) -> list[str | None]:
    review = provenance.accessibility_review
    if review is None or review.version != provenance.edition.version:
        return []
    return [f"{japanese_date(review.date)}　{review.reviewer}", review.standard]


def _rights(rights: Rights, copyright_line: str | None) -> list[str | None]:
    unclear = rights.status is RightsStatus.UNKNOWN
    return [
        copyright_line,
        rights.holder,
        rights.licence,
        f"許諾番号　{rights.permission_ref}" if rights.permission_ref else None,
        rights.note or (rights.status.label if unclear else None),
    ]

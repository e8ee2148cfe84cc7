"""A list of occupations goes in, as a CSV file; a first draft of a guide for each comes out."""

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Mapping

import jaconv

from booklet.content.leniency import accept
from booklet.content.starter_files import NewGuide
from booklet.diagnostics import Location, Problem
from booklet.model import choices
from booklet.model.guide import Guide
from booklet.model.sentences import told

MOST_OCCUPATIONS = 2000

# What people call the columns.
_COLUMNS = {
    "name": ("職業", "職業名", "職業の名前", "名前", "name", "occupation"),
    "reading": ("よみ", "読み", "よみがな", "読みがな", "ふりがな", "フリガナ", "reading"),
    "field": ("分野", "field"),
    "slug": ("ファイル名", "ファイルの名前", "slug"),
}
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def read_occupations(
    name: str, content: bytes, today: datetime.date, language: str
) -> tuple[list[NewGuide], list[Problem]]:
    """Read a list of occupations.

    Args:
        name: The file's name, as it is shown.
        content: A CSV file with a head, in UTF-8 or Shift_JIS; parted by commas, semicolons, tabs.
        today: The day the guides are dated.
        language: The language to tell problems in.

    Returns:
        The guides in the order of the list; those that are clear, and what is wrong with the rest.
    """
    text = _decoded(content)
    if text is None:
        return [], [told(language, "list-file", "", Location(name))]
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))[: MOST_OCCUPATIONS + 1]
    head = [_column(cell) for cell in rows[0]] if rows else []
    if "name" not in head:
        return [], [told(language, "list-file", "head", Location(name, 1, 1))]
    guides: list[NewGuide] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for number, cells in enumerate(rows[1:], 2):
        row = {key: cell.strip() for key, cell in zip(head, cells, strict=False) if key}
        if not any(row.values()):
            continue
        where = Location(name, number, 1)
        made = _guide(row, today)
        if isinstance(made, str):
            shown = row.get(made, "")
            problems.append(told(language, "list-row", made, where, shown=shown))
        elif made.slug in used:
            problems.append(told(language, "list-row", "twice", where, shown=made.slug))
        else:
            used.add(made.slug)
            guides.append(made)
    return guides, problems


def _guide(row: Mapping[str, str], today: datetime.date) -> NewGuide | str:
    """Return the guide of a row, or which column is not clear."""
    if not (name := row.get("name", "")):
        return "name"
    reading = jaconv.kata2hira(unicodedata.normalize("NFKC", row.get("reading", "")))
    slug = row.get("slug", "") or slug_of(reading or name)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        return "slug"
    field = row.get("field", "") or choices.Field.OTHER.value
    given = accept({"classification": {"field": field}}, Guide)["classification"]["field"]
    if given not in {one.value for one in choices.Field}:
        return "field"
    return NewGuide(slug, name, reading, given, today)


def slug_of(kana: str) -> str:
    """Return the name of a file for an occupation, from its reading or its Latin letters.

    Returns:
        The reading in Latin letters; empty when `kana` has kanji or other signs in it.
    """
    hiragana = jaconv.kata2hira(unicodedata.normalize("NFKC", kana.strip()))
    latin = jaconv.kana2alphabet(hiragana).lower().replace("ー", "")
    latin = re.sub(r"[\s・/＆&]+", "-", latin)
    latin = re.sub(r"-(?=-)|^-|-$", "", latin.replace("'", ""))
    return latin if _SLUG.fullmatch(latin) else ""


def _column(cell: str) -> str:
    word = unicodedata.normalize("NFKC", cell.strip().lstrip("\ufeff")).casefold()
    return next((name for name, words in _COLUMNS.items() if word in words), "")


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None

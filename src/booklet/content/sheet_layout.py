"""The model goes in; the sheets of a workbook and their columns come out.

A sheet a kind of section, a row an item. What belongs to the section stands in its first row; lists
stand side by side, each downwards. Outside the sections a guide is one row, and each of its lists
of records a sheet.
"""

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from booklet.content.field_words import field_words
from booklet.model import parts
from booklet.model.fields import classes_in, fields_of
from booklet.model.guide import KINDS, Guide
from booklet.model.parts import Choice, Part
from booklet.model.section import AbsentSection
from booklet.model.stories import BLOCKS, Prose

Names = tuple[str, ...]

# Parts that people write in one cell: 4/5, 5%, 10〜20時間.
IN_ONE_CELL = (parts.Stars, parts.Percentage, parts.HoursPerMonth)
ORDER = ("#order",)
GUIDE = ("#guide",)
GUIDE_SHEET = "ガイド"
_FIRST_IN_SECTION = ("status", "note", "id", "title", "icon", "lead")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        path: The field it holds, from the sheet's root on.
        lists: How many names of `path` lead to each list that goes down the rows.
        sort: text, lines (a list in one cell), cells (a table in one cell), number, day, yes, part.
        choice: The words to choose from, or None.
        part: What a cell of the sort `part` stands for, or None.
        label: Its name in an editor's words.
        note: What is written there and what limits it.
        needed: Whether it has to be filled where its part is there.
        usual: Whether it is there when nothing is in it.
    """

    path: Names
    lists: tuple[int, ...]
    sort: str
    choice: type[Choice] | None
    part: type[Part] | None
    label: str
    note: str
    needed: bool
    usual: bool

    @property
    def name(self) -> str:
        """Return the name that identifies the column in a file."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Attributes:
        title: Its name.
        root: Where in a guide its rows come from: empty for the guide itself, a kind of section
            after `sections`, or the list they are.
        columns: Its columns.
    """

    title: str
    root: Names
    columns: tuple[Column, ...]

    @property
    def is_section(self) -> bool:
        """Return whether its rows are those of a kind of section."""
        return self.root[:1] == ("sections",)


@functools.cache
def tables() -> tuple[Table, ...]:
    """Return the sheets of a workbook: the guides, their records, and every kind of section."""
    own: list[Column] = []
    records: list[Column] = []
    for column in _columns(Guide, (), (), "guide"):
        (records if column.lists else own).append(column)
    roots = list(dict.fromkeys(column.path[: column.lists[0]] for column in records))
    made = [Table(GUIDE_SHEET, (), tuple(own))]
    for root in roots:
        inner = [_below(column, root) for column in records if column.path[: len(root)] == root]
        made.append(Table(_title(root), root, tuple(inner)))
    for kind, section in KINDS.items():
        columns = list(_columns(section, (), (), kind))
        taken = {column.path for column in columns}
        absent = _columns(AbsentSection, (), (), "absent")
        columns += [column for column in absent if column.path not in taken]
        columns.sort(key=_rank)
        title = section.default_title.replace("/", "／")[:31]
        made.append(Table(title, ("sections", kind), tuple(columns)))
    return tuple(made)


def _rank(column: Column) -> tuple[int, int]:
    if column.path[0] in _FIRST_IN_SECTION and len(column.path) == 1:
        return (0, _FIRST_IN_SECTION.index(column.path[0]))
    # The section's own evidence is seldom given; it stands last.
    return (2 if column.path[0] == "evidence" else 1, 0)


def _title(root: Names) -> str:
    chapter = "provenance" if root[0] == "provenance" else "guide"
    row = root[1:] if chapter == "provenance" else root
    return field_words()[chapter].fields[row].meaning[:31]


def _below(column: Column, root: Names) -> Column:
    """Return a column of a record as it stands in the sheet of that record."""
    lists = tuple(count - len(root) for count in column.lists if count > len(root))
    path = column.path[len(root) :]
    label = column.label.split(" › ")[-1]
    return replace(column, path=path, lists=lists, label=label)


def _columns(
    model: type[Part],
    path: Names,
    lists: tuple[int, ...],
    chapter: str,
    usual: bool = True,
    needed: bool = True,
) -> Iterator[Column]:
    for name, field in fields_of(model):
        if name in ("kind", "sections") and model in (*KINDS.values(), Guide, AbsentSection):
            continue
        here = (*path, name)
        is_usual = usual and (name != "evidence" or field.is_required())
        place = (chapter, here)
        if model is Prose and name == "blocks":
            yield from _block_columns(here, chapter)
            continue
        is_needed = needed and field.is_required() and model is not AbsentSection
        yield from _field_columns(field.annotation, place, lists, is_needed, is_usual)


def _field_columns(
    annotation: Any, place: tuple[str, Names], lists: tuple[int, ...], needed: bool, usual: bool
) -> Iterator[Column]:
    chapter, here = place
    member = _member(annotation)
    models = classes_in(annotation, Part)
    if member is not None:
        if not lists and (chapter in KINDS or models):
            lists = (len(here),)
        elif models:
            lists = (*lists, len(here))
        else:
            sort = "cells" if _member(member) is not None else "lines"
            yield _column(place, lists, sort, annotation, needed, usual)
            return
    if not models:
        yield _column(place, lists, _sort(annotation), annotation, needed, usual)
    elif models[0] in IN_ONE_CELL:
        yield _column(place, lists, "part", models[0], needed, usual)
        yield from _columns(parts.Fact, here, lists, chapter, usual=False)
    else:
        inner_needed = needed or member is not None
        yield from _columns(models[0], here, lists, chapter, usual, inner_needed)


def _block_columns(here: Names, chapter: str) -> Iterator[Column]:
    """Yield the columns of free prose: a block a row, and every sort of block has its own."""
    for block in BLOCKS.values():
        yield from _columns(block, here, (len(here),), chapter, needed=False)


def _column(
    place: tuple[str, Names],
    lists: tuple[int, ...],
    sort: str,
    annotation: Any,
    needed: bool,
    usual: bool,
) -> Column:
    chapter, path = place
    label, note = _words(chapter, path)
    found = classes_in(annotation, Choice)
    choice = found[0] if found else None
    part = annotation if sort == "part" else None
    return Column(path, lists, sort, choice, part, label, note, needed, usual)


def _words(chapter: str, path: Names) -> tuple[str, str]:
    """Return label and note of a field: what docs/editing.md calls it, and says of it."""
    labels: list[str] = []
    note = ""
    words = field_words()
    row: Names = ()
    for name in path:
        row = (*row, name)
        if chapter == "guide" and name == "provenance":
            chapter, row = "provenance", ()
            continue
        found = words[chapter].fields.get(row)
        if found is None:  # a part with a chapter of its own, or what every section has
            for other in ("section", *_SHARED):
                if (name,) in words[other].fields and (other == "section" or len(row) > 1):
                    chapter, row, found = other, (name,), words[other].fields[(name,)]
                    break
        if found is None:
            raise ValueError(f"docs/editing.md does not know {chapter} {row}")
        labels.append(found.meaning)
        note = f"{found.sentence}（{found.form}）"
        if found.form in _BY_FORM:
            chapter, row = _BY_FORM[found.form], ()
    return " › ".join(labels), note


_BY_FORM = {
    "絵": "picture",
    "根拠": "evidence",
    "星": "stars",
    "割合": "percentage",
    "時間": "hours",
}
_SHARED = tuple(_BY_FORM.values())


def _member(annotation: Any) -> Any:
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    for argument in get_args(annotation):
        if (found := _member(argument)) is not None:
            return found
    return None


def _sort(annotation: Any) -> str:
    kinds = classes_in(annotation, object)
    if bool in kinds:
        return "yes"
    if int in kinds:
        return "number"
    return "day" if datetime.date in kinds else "text"

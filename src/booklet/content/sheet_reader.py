"""A workbook goes in; guides as their files would hold them come out, each value with its cell."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from booklet.content.leniency import shorthand
from booklet.content.sheet_cells import value_of
from booklet.content.sheet_layout import GUIDE, ORDER, Column, Names, Table, tables
from booklet.content.sheet_writer import ABOUT_SHEET, CHOICES_SHEET, HEAD_ROWS
from booklet.content.yaml_reader import Document, Path, Span
from booklet.diagnostics import Location, Problem
from booklet.model.guide import KINDS
from booklet.model.sentences import told

# More than any workbook of ours: what has more is no list of guides.
MOST_ROWS = 20_000
LARGEST_UNPACKED = 200_000_000


@dataclass(slots=True)
class SheetGuide:
    """One guide of a workbook, as a document whose places are cells.

    Attributes:
        slug: Its name.
        document: Its values. A place in it is a line of `document.text`, one line or more a cell.
        cells: The cell each line of the text comes from, such as `仕事内容!D5`.
    """

    slug: str
    document: Document
    cells: list[str] = field(default_factory=list)

    def at_cells(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return `problems` of the document with the workbook's cells as their places."""
        return [replace(one, where=self._cell(one.where)) for one in problems]

    def _cell(self, where: Location | None) -> Location | None:
        if where is None or not 0 < where.line <= len(self.cells):
            return where and Location(self.document.file)
        return Location(f"{self.document.file} {self.cells[where.line - 1]}")

    def add(self, path: Path, text: str, cell: str) -> None:
        """Note where the value at `path` stands and what is written there."""
        document = self.document
        start = len(document.text)
        where = Location(document.file, len(self.cells) + 1, 1)
        document.text += text + "\n"
        self.cells += [cell] * (text.count("\n") + 1)
        document.values[path] = Span(where, start, start + len(text))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that is not empty, and where it stands."""

    value: Any
    place: str


_Row = dict[str, _Cell]


def read_workbook(
    name: str, content: bytes, language: str
) -> tuple[list[SheetGuide], list[Problem]]:
    """Read the guides of a workbook.

    Args:
        name: The file's name, as it is shown.
        content: The XLSX file.
        language: The language to tell problems in.

    Returns:
        The guides in the order in which they first come, and what is wrong with the workbook
        itself. Whether a guide is right is for `validate` to say.
    """
    book = _opened(content)
    if isinstance(book, str):
        return [], [told(language, "sheet-file", book, Location(name))]
    guides: dict[str, SheetGuide] = {}
    problems: list[Problem] = []
    sections: dict[str, list[_Found]] = {}
    by_title = {table.title: table for table in tables()}
    for sheet in book.worksheets:
        table = by_title.get(sheet.title)
        if table is None:
            if sheet.title not in (ABOUT_SHEET, CHOICES_SHEET) and sheet.max_row > 1:
                where = Location(f"{name} {sheet.title}")
                problems.append(told(language, "sheet-unknown", "", where, title=sheet.title))
            continue
        reader = _SheetReader(name, table, language)
        reader.read(sheet)
        problems += reader.problems
        for slug, order, value, places in reader.found:
            empty = Document(name, value={"sections": []})
            guide = guides.setdefault(slug, SheetGuide(slug, empty))
            if table.is_section:
                rank = list(KINDS).index(table.root[1])
                sections.setdefault(slug, []).append((order, rank, value, places))
            else:
                _merge(guide, table.root, value, places)
    for slug, found in sections.items():
        _put_sections(guides[slug], found)
    return list(guides.values()), problems


_Places = list[tuple[Path, str, str]]
_Found = tuple[int, int, Any, _Places]


def _opened(content: bytes) -> openpyxl.Workbook | str:
    """Return the workbook, or which sentence says why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                return "large"
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception:  # a foreign file breaks the library in a hundred ways
        return ""


def _put_sections(guide: SheetGuide, found: Sequence[_Found]) -> None:
    """Put the sections of a guide into their order."""
    for index, (_, _, value, places) in enumerate(sorted(found, key=lambda one: one[:2])):
        guide.document.value["sections"].append(value)
        for path, text, cell in places:
            guide.add(("sections", index, *path), text, cell)


def _merge(guide: SheetGuide, root: Names, value: Any, places: Sequence[Any]) -> None:
    """Put the fields of a guide's row, or one record of a list, into the guide's value."""
    target = guide.document.value
    above: Path = ()
    if root:
        for name in root[:-1]:
            target = target.setdefault(name, {})
        records = target.setdefault(root[-1], [])
        above = (*root, len(records))
        records.append(value)
    else:
        for name, inner in value.items():
            if isinstance(inner, dict) and isinstance(target.get(name), dict):
                target[name] = {**inner, **target[name]}
            else:
                target[name] = inner
    for path, text, cell in places:
        guide.add((*above, *path), text, cell)


class _SheetReader:
    def __init__(self, name: str, table: Table, language: str) -> None:
        self.name = name
        self.table = table
        self.language = language
        self.problems: list[Problem] = []
        self.found: list[tuple[str, int, Any, list[tuple[Path, str, str]]]] = []

    def read(self, sheet: Worksheet) -> None:
        heads = self._heads(sheet)
        if not any(heads):
            return
        groups: list[tuple[str, int, list[_Row]]] = []
        slug, order = "", 0
        last = min(sheet.max_row, MOST_ROWS)
        if last <= HEAD_ROWS:
            return
        rows = sheet.iter_rows(min_row=HEAD_ROWS + 1, max_row=last, values_only=True)
        for number, values in enumerate(rows, HEAD_ROWS + 1):
            row = {
                name: _Cell(value, f"{self.table.title}!{get_column_letter(index)}{number}")
                for index, (name, value) in enumerate(zip(heads, values, strict=False), 1)
                if name and value is not None and str(value).strip()
            }
            given, placed = row.pop(GUIDE[0], None), row.pop(ORDER[0], None)
            if not row:
                continue
            before = (slug, order)
            slug = str(given.value).strip() if given else slug
            order = self._order(placed, order if slug == before[0] else 10_000)
            if not slug:
                where = Location(f"{self.name} {next(iter(row.values())).place}")
                self.problems.append(told(self.language, "sheet-guide", "", where))
                continue
            goes_on = self.table.is_section and groups and (slug, order) == before
            if goes_on:
                groups[-1][2].append(row)
            else:
                groups.append((slug, order, [row]))
        for slug, order, some in groups:
            value, places = self._value(self.table.columns, some)
            if self.table.is_section:
                value = {"kind": self.table.root[1], **value}
                places.insert(0, ((), "", next(iter(some[0].values())).place))
            self.found.append((slug, order, value, places))

    def _order(self, cell: _Cell | None, otherwise: int) -> int:
        if cell is None:
            return otherwise
        try:
            return int(float(str(cell.value)))
        except ValueError:
            where = Location(f"{self.name} {cell.place}")
            given = str(cell.value)[:40]
            self.problems.append(told(self.language, "sheet-order", "", where, given=given))
            return otherwise

    def _heads(self, sheet: Worksheet) -> list[str]:
        """Return the name of each column; one that is unknown is told and left out."""
        known = {column.name for column in self.table.columns} | {GUIDE[0], ORDER[0]}
        labels = {column.label: column.name for column in self.table.columns}
        first, second = (
            [str(value or "").strip() for value in row]
            for row in sheet.iter_rows(min_row=1, max_row=2, values_only=True)
        )
        heads = []
        for index, (label, name) in enumerate(zip(first, second, strict=True), 1):
            if name.partition("@")[0] not in known:
                name = labels.get(label.rstrip("＊"), name)
            if name.partition("@")[0] in known:
                heads.append(name)
                continue
            if name or label:
                where = Location(f"{self.name} {self.table.title}!{get_column_letter(index)}2")
                self.problems.append(
                    told(self.language, "sheet-column", "", where, name=name or label)
                )
            heads.append("")
        return heads

    def _value(
        self, columns: Sequence[Column], rows: Sequence[_Row], above: Names = ()
    ) -> tuple[dict[str, Any], list[tuple[Path, str, str]]]:
        """Return the value that stands in `rows`, and the places of what is in it."""
        value: dict[str, Any] = {}
        places: list[tuple[Path, str, str]] = []
        lists = dict.fromkeys(
            column.path[: min(count for count in column.lists if count > len(above))]
            for column in columns
            if any(count > len(above) for count in column.lists)
        )
        for column in columns:
            if not any(count > len(above) for count in column.lists):
                for row in rows[:1]:
                    self._put(value, column, above, row, places)
        for start in lists:
            inner = [column for column in columns if column.path[: len(start)] == start]
            entries = []
            for index, some in enumerate(_entries(inner, rows, start)):
                entry, found = self._value(inner, some, start)
                entries.append(entry.get("", entry))
                local = start[len(above) :]
                places += [((*local, index, *path), text, cell) for path, text, cell in found]
            if entries:
                _set(value, start[len(above) :], entries)
        return value, places

    def _put(
        self,
        value: dict[str, Any],
        column: Column,
        above: Names,
        row: Mapping[str, _Cell],
        places: list[tuple[Path, str, str]],
    ) -> None:
        path = column.path[len(above) :]
        for name, cell in row.items():
            base, _, language = name.partition("@")
            if base != column.name:
                continue
            read = value_of(cell.value, column)
            if column.part is not None:
                read = shorthand(read, column.part) or read
            here = (*path, language) if language else path
            _set(value, here or ("",), read)
            places.append((here, str(cell.value).strip(), cell.place))


def _entries(columns: Sequence[Column], rows: Sequence[_Row], start: Names) -> list[list[_Row]]:
    """Return the rows of each entry of a list: one row each, or those of the list inside it."""
    depth = len(start)
    own = {one.name for one in columns if not any(count > depth for count in one.lists)}
    inner = {one.name for one in columns} - own
    entries: list[list[_Row]] = []
    for row in rows:
        bases = {name.partition("@")[0] for name in row}
        if bases & own or (bases & inner and not entries):
            entries.append([row])
        elif bases & inner:
            entries[-1].append(row)
    return entries


def _set(value: dict[str, Any], path: Names, new: Any) -> None:
    for name in path[:-1]:
        value = value.setdefault(name, {})
        if not isinstance(value, dict):
            return  # a cell that was not understood: it is told, so what belongs to it can wait
    last = path[-1]
    if isinstance(value.get(last), dict) and isinstance(new, dict):
        value[last] |= new
    else:
        value[last] = new

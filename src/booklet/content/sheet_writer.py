"""Guides go in; a workbook for Excel and its relatives comes out.

The first row of a sheet names its columns, the second one identifies them for the way back.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from booklet.content.sheet_cells import cell_of, languages_of
from booklet.content.sheet_layout import GUIDE, ORDER, Column, Names, Table, tables
from booklet.model.parts import Choice
from booklet.model.sentences import say

Row = dict[str, Any]

HEAD_ROWS = 2
CHOICES_SHEET = "選択肢"
ABOUT_SHEET = "はじめに"
LONGEST_CELL = 32_767
_EMPTY_ROWS = 200
_FACE = "Yu Gothic"
_NEEDED = PatternFill("solid", fgColor="FDE9D9")
_USUAL = PatternFill("solid", fgColor="E4EFEB")
_LINE = Border(bottom=Side("thin", color="BBBBBB"), right=Side("thin", color="DDDDDD"))
_YES = ("はい", "いいえ")


def workbook(guides: Mapping[str, Mapping[str, Any]], language: str) -> bytes:
    """Return a workbook that holds everything in `guides`.

    Args:
        guides: The values of guides' files, without places, by slug.
        language: The language of the sentences on its first sheet.

    Returns:
        An XLSX file.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    about = book.create_sheet(ABOUT_SHEET)
    _write_about(about, language)
    lists = book.create_sheet(CHOICES_SHEET)
    lists.sheet_state = "hidden"
    ranges: dict[Any, str] = {}
    for table in tables():
        rows = [row for slug, guide in guides.items() for row in _rows(table, slug, guide)]
        sheet = book.create_sheet(table.title)
        sheet.sheet_properties.tabColor = "005F5B" if table.is_section else "B0702B"
        _write_sheet(sheet, table, rows, lambda choice: _range(lists, ranges, choice))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells_too_long(guides: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return slug and column of each text that no cell can hold."""
    return [
        (slug, name)
        for table in tables()
        for slug, guide in guides.items()
        for row in _rows(table, slug, guide)
        for name, value in row.items()
        if isinstance(value, str) and len(value) > LONGEST_CELL
    ]


def _rows(table: Table, slug: str, guide: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of one guide in one sheet: the text of each cell by the column's name."""
    if not table.is_section:
        value = _at(guide, table.root)
        records = [guide] if not table.root else value or []
        for record in records:
            for row in _value_rows(table.columns, record):
                yield {GUIDE[0]: slug, **row}
        return
    for number, section in enumerate(guide["sections"], 1):
        if section.get("kind") == table.root[1]:
            for row in _value_rows(table.columns, section):
                yield {GUIDE[0]: slug, ORDER[0]: number, **row}


def _value_rows(columns: Sequence[Column], value: Any) -> list[Row]:
    """Return a value as rows: what is no list in the first, each list from there downwards."""
    rows: list[Row] = [{}]
    for column in columns:
        if not column.lists:
            _fill(rows[0], column, _at(value, column.path))
    starts = [column.path[: column.lists[0]] for column in columns if column.lists]
    for start in dict.fromkeys(starts):
        number = 0
        inner = [_inside(one, len(start)) for one in columns if one.path[: len(start)] == start]
        for entry in _at(value, start) or []:
            below = _value_rows(inner, entry)
            while len(rows) < number + len(below):
                rows.append({})
            for offset, row in enumerate(below):
                rows[number + offset] |= {_joined(start, name): one for name, one in row.items()}
            number += len(below)
    return rows


def _joined(start: Names, name: str) -> str:
    """Return the name of a column below `start`; `@en` belongs to the entries themselves."""
    return ".".join(start) + (name if name.startswith("@") or not name else f".{name}")


def _inside(column: Column, depth: int) -> Column:
    lists = tuple(count - depth for count in column.lists if count > depth)
    return replace(column, path=column.path[depth:], lists=lists)


def _fill(row: Row, column: Column, value: Any) -> None:
    if value is None or value == []:
        return
    if column.sort != "part" and (languages := languages_of(value)):
        for language in languages:
            row[f"{column.name}@{language}"] = value[language].rstrip("\n")
        return
    cell = cell_of(value, column)
    row[column.name] = cell.rstrip("\n") if isinstance(cell, str) else cell


def _at(value: Any, path: Names) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _write_sheet(sheet: Worksheet, table: Table, rows: Sequence[Row], choice_range: Any) -> None:
    used = dict.fromkeys(name for row in rows for name in row)
    heads: list[tuple[str, Column | None]] = [(GUIDE[0], None)]
    heads += [(ORDER[0], None)] if table.is_section else []
    for column in table.columns:
        languages = [name for name in used if name.startswith(f"{column.name}@")]
        if column.name in used or (column.usual and not languages):
            heads.append((column.name, column))
        heads += [(name, column) for name in languages]
    for index, (name, found) in enumerate(heads, 1):
        _write_column(sheet, index, (name, found), rows)
        _offer(sheet, index, found, len(rows), choice_range)
    for number, row in enumerate(rows, HEAD_ROWS + 1):
        for index, (name, _) in enumerate(heads, 1):
            if name in row:
                _write_cell(sheet, number, index, row[name])
    sheet.freeze_panes = f"{'C' if table.is_section else 'B'}{HEAD_ROWS + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROWS}:{get_column_letter(len(heads))}{HEAD_ROWS + len(rows)}"


def _write_column(
    sheet: Worksheet, index: int, head: tuple[str, Column | None], rows: Sequence[Row]
) -> None:
    """Write the head of a column and give the column its width and its form."""
    name, column = head
    _write_head(sheet, index, name, column)
    texts = [row[name] for row in rows if name in row]
    sheet.column_dimensions[get_column_letter(index)].width = _width(column, texts)
    # Texts stay texts: Excel would make a day of 1-2 and a number of a version.
    form = "General" if _is_number(column) else "@"
    sheet.column_dimensions[get_column_letter(index)].number_format = form


def _offer(
    sheet: Worksheet, index: int, column: Column | None, rows: int, choice_range: Any
) -> None:
    """Offer the words to choose from in every row of a column that has any."""
    if column is None or not (source := choice_range(column.choice or column.sort)):
        return
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.error, rule.errorTitle = "一覧から選んでください。", column.label[:30]
    letter = get_column_letter(index)
    rule.add(f"{letter}{HEAD_ROWS + 1}:{letter}{HEAD_ROWS + rows + _EMPTY_ROWS}")
    sheet.add_data_validation(rule)


def _write_head(sheet: Worksheet, index: int, name: str, column: Column | None) -> None:
    label, note = _LABELS.get(name, ("", "")) if column is None else (column.label, column.note)
    language = name.partition("@")[2]
    needed = column is None or column.needed
    label += f"（{language}）" if language else ""
    head: Any = sheet.cell(1, index, f"{label}＊" if needed else label)
    head.font = Font(_FACE, bold=True)
    head.fill = _NEEDED if needed else _USUAL
    head.alignment = Alignment(wrap_text=True, vertical="center")
    if note:
        head.comment = Comment(note, "booklet", height=110, width=320)
    identity: Any = sheet.cell(2, index, name)
    identity.font = Font("Consolas", size=8, color="888888")
    for cell in (head, identity):
        cell.border = _LINE
    sheet.row_dimensions[1].height = 48


_LABELS = {
    GUIDE[0]: ("ガイド", "ガイドの名前（slug）。行ごとに書きます。空のところは上の行と同じです。"),
    ORDER[0]: ("章の順", "ガイドの中で何番目の章か。空のところは上の行と同じです。"),
}


def _write_cell(sheet: Worksheet, number: int, index: int, value: Any) -> None:
    cell: Any = sheet.cell(number, index)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that starts with = is no formula
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.alignment = Alignment(vertical="top")
    cell.font = Font(_FACE)


def _is_number(column: Column | None) -> bool:
    return column is not None and column.sort == "number"


def _width(column: Column | None, texts: Sequence[Any]) -> float:
    """Return the width of a column in digits: long texts are wrapped, short words stand whole."""
    if column is None:
        return 16
    longest = max((_columns(line) for text in texts for line in str(text).split("\n")), default=0)
    label = _columns(column.label) / 2.5 + 3
    return float(min(max(12, label, longest + 2), 48))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _range(lists: Worksheet, ranges: dict[Any, str], choice: Any) -> str:
    """Return where the words to choose from stand; written there when they are first asked for."""
    if choice in ranges:
        return ranges[choice]
    if choice == "yes":
        words: Sequence[str] = _YES
    elif isinstance(choice, type) and issubclass(choice, Choice):
        words = [one.label for one in choice]
    else:
        return ""
    index = len(ranges) + 1
    for number, word in enumerate(words, 1):
        lists.cell(number, index, word)
    letter = get_column_letter(index)
    ranges[choice] = f"'{CHOICES_SHEET}'!${letter}$1:${letter}${len(words)}"
    return ranges[choice]


def _write_about(sheet: Worksheet, language: str) -> None:
    sheet.column_dimensions["A"].width = 96
    for number, line in enumerate(say(language, "sheet.about").split("\n"), 1):
        cell = sheet.cell(number, 1, line)
        cell.font = Font(_FACE, bold=number == 1, size=14 if number == 1 else 11)
        cell.alignment = Alignment(wrap_text=True, vertical="top")

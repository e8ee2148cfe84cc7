"""One value of a guide goes in; the text of its cell comes out; and the other way round."""

import datetime
import json
import re
from typing import Any

from booklet.content.sheet_layout import Column
from booklet.model.languages import LANGUAGE_TAG

Value = Any
Cell = str | int | None

_BETWEEN_CELLS = " | "
_BAR = re.compile(r"(?<!\\) ?\| ?")


def cell_of(value: Value, column: Column) -> Cell:
    """Return what stands in the cell of a value.

    Args:
        value: A value as a guide's file has it, without the place of anything.
        column: Its column.
    """
    if value is None:
        return None
    if column.sort == "part":
        return _part(value)
    if column.sort == "lines":
        return "\n".join(_line(one, column) for one in value)
    if column.sort == "cells":
        return "\n".join(
            _BETWEEN_CELLS.join(_line(one, column).replace("|", r"\|") for one in row)
            for row in value
        )
    if column.sort == "number" and isinstance(value, int):
        return value
    return _line(value, column)


def value_of(cell: Any, column: Column) -> Value:
    """Return the value of a cell as a guide's file would have it; labels and shorthand stay.

    Args:
        cell: What the workbook has there: text, a number, a day, a time.
        column: Its column.
    """
    text = _text(cell)
    if column.sort == "lines":
        return [_read_line(line) for line in text.split("\n") if line.strip()]
    if column.sort == "cells":
        rows = [line for line in text.split("\n") if line.strip()]
        return [
            [_read_line(one.replace(r"\|", "|").strip()) for one in _BAR.split(row)] for row in rows
        ]
    if column.sort == "number" and re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    return text


def languages_of(value: Value) -> list[str]:
    """Return the languages of a text that is given in several; none for one that is not."""
    if isinstance(value, dict) and value and all(map(LANGUAGE_TAG.match, value)):
        return list(value)
    return []


def _part(value: Value) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "percent" in value:
        return f"{value['percent']}%"
    if "value" in value:
        return f"{value['value']}/{value['max']}"
    least, most = value["min"], value["max"]
    span = f"{least}" if least == most else f"{least}〜{most}"
    return f"{span}時間{'程度' if value.get('approximate') else ''}"


def _line(value: Value, column: Column) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if column.choice is not None:
        labels: dict[str, str] = {one.value: one.label for one in column.choice}
        return labels.get(str(value), str(value))
    return str(value)


def _read_line(text: str) -> Value:
    if text.startswith('{"'):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "はい" if cell else "いいえ"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, datetime.time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # Excel breaks lines in a cell with a line feed, others with both signs.
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()

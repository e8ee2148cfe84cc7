"""Numbered paragraphs go in; a Word file to correct comes out; and back: what was changed in it.

Each paragraph of the guide stands in a content cell of a table beside its number, so that what a
colleague changes can be found again by the number.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FACE = "Yu Gothic"
_BOX = "☐"
_WIDTHS_MM = (13, 142, 15)
LARGEST_UNPACKED = 100_000_000


@dataclass(frozen=True, slots=True)
class ProofParagraph:
    """One text of a guide, in reading order.

    Attributes:
        number: Its number in the proof.
        heading: The heading it starts, such as the title of a section; empty for any other.
        label: What it is, in an editor's words.
        text: The text as it is written in the guide.
        place: Where it stands, such as `content/guides/a.yaml:12`.
    """

    number: int
    heading: str
    label: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a colleague did to one paragraph.

    Attributes:
        number: The paragraph's number.
        text: The text as it stands in the proof now.
        comments: What was written in the margin, with its author.
    """

    number: int
    text: str
    comments: tuple[str, ...]


def proof_docx(
    title: str,
    intro: str,
    paragraphs: Sequence[ProofParagraph],
    lists: Mapping[str, Sequence[str]],
) -> bytes:
    """Return a Word file.

    Args:
        title: Its title.
        intro: What a reader is asked to do, a paragraph a line.
        paragraphs: The texts of the guide.
        lists: Further lists by their heading, such as sources; each line gets a box to tick.
    """
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
    document.add_heading(title, 0)
    for line in intro.split("\n"):
        document.add_paragraph(line)
    table = None
    for one in paragraphs:
        if one.heading:
            document.add_heading(one.heading, 1)
            table = None
        if table is None:
            table = document.add_table(rows=0, cols=3)
            table.style = "Table Grid"
            table.autofit = False
            # Word goes by the cells, LibreOffice by the columns.
            for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
                column.width = Mm(width)
        cells = table.add_row().cells
        for cell, width in zip(cells, _WIDTHS_MM, strict=True):
            cell.width = Mm(width)
        cells[0].text = str(one.number)
        cells[1].text = one.text
        note = cells[1].add_paragraph().add_run(f"{one.label}　{one.place.rpartition('/')[2]}")
        note.font.size, note.italic = Pt(7), True
        cells[2].text = _BOX
    for heading, lines in lists.items():
        document.add_heading(heading, 1)
        for line in lines:
            document.add_paragraph(f"{_BOX} {line}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read_proof(content: bytes) -> list[Correction]:
    """Read what stands in a proof that came back: texts with accepted changes, and comments.

    Args:
        content: A DOCX file, saved by Word or LibreOffice. Tracked changes count as made.

    Returns:
        One correction a numbered paragraph, changed or not.

    Raises:
        ValueError: This is no Word file, or no proof of ours.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise ValueError("the file is too large")
            names = packed.namelist()
            body = packed.read("word/document.xml")
            told = packed.read("word/comments.xml") if "word/comments.xml" in names else b""
    except (KeyError, zipfile.BadZipFile) as error:
        raise ValueError("this is no Word file") from error
    comments = _comments(told)
    found = []
    for row in _parsed(body).iter(f"{_W}tr"):
        cells = row.findall(f"{_W}tc")
        number = _text(cells[0]).strip() if cells else ""
        if len(cells) != 3 or not number.isdecimal():
            continue
        lines = [_text(one) for one in cells[1].findall(f"{_W}p")]
        # The last line is the place; whoever deleted it deleted nothing of the text.
        if lines and ".yaml" in lines[-1]:
            lines.pop()
        marks = [one.get(f"{_W}id") for one in row.iter(f"{_W}commentReference")]
        said = tuple(comments[mark] for mark in marks if mark in comments)
        found.append(Correction(int(number), "\n".join(lines).strip(), said))
    if not found:
        raise ValueError("there are no numbered paragraphs in it")
    return found


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("this is no Word file") from error


def _text(element: etree._Element) -> str:
    """Return the text of an element without what a tracked change deleted."""
    text = ""
    for one in element.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        text += (one.text or "") if one.tag == f"{_W}t" else "\n" if one.tag == f"{_W}br" else "\t"
    return text


def _comments(content: bytes) -> dict[str | None, str]:
    if not content:
        return {}
    return {
        one.get(f"{_W}id"): f"{one.get(f'{_W}author') or ''}: {_text(one).strip()}"
        for one in _parsed(content).iter(f"{_W}comment")
    }

"""A laid-out PDF goes in; the PDF for reading, PDF/UA-1 and PDF/A-2a at once, comes out."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from booklet.pdf.fonts import drop_residues
from booklet.pdf.reading_marks import page_marks, readings_behind
from booklet.pdf.reading_order import Spoken, spoken
from booklet.pdf.tag_repair import picture_boxes, repaired
from booklet.pdf.tag_tree import Annotation, Element, read_tags, write_tags
from booklet.pdf.text_gaps import characters_of, without_guessed_spaces
from booklet.pdf.xmp import IDENTIFIER, utc_dates, xmp_packet

_BEGIN, _BEGIN_PLAIN = Operator("BDC"), Operator("BMC")
# What leaves ink: text, pictures, shadings and filled or stroked paths (ISO 32000-1, table 51).
_PAINTING = frozenset(
    ("Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "BI")
)
_PRINTED = 4  # the annotation flag Print (ISO 32000-1, 12.5.3)


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """A finished PDF for reading.

    Attributes:
        pdf: Its bytes.
        order: What a screen reader reads out of it, in order, as `reading_order` finds it there.
    """

    pdf: bytes
    order: tuple[Spoken, ...]


def reading_pdf(pdf: bytes, colour_profile: bytes, language: str) -> bytes:
    """Return the bytes of `reading_file`."""
    return reading_file(pdf, colour_profile, language).pdf


def reading_file(pdf: bytes, colour_profile: bytes, language: str) -> ReadingFile:
    """Return the laid-out pages as a file for reading on a screen and by a screen reader.

    Args:
        pdf: Tagged pages as they were laid out, perhaps with bleed; the notes of
            `layout/element_names` are in their tags.
        colour_profile: The ICC profile of sRGB, which every colour of the pages is in.
        language: Language tag of the document.

    Returns:
        The pages cut to their trim, with mended tags, page labels, metadata and output intent. The
        same input gives the same bytes.

    Raises:
        ValueError: The PDF has no tags.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/StructTreeRoot" not in document.Root:
            raise ValueError("the laid-out PDF has no tags")
        trims = _cut_to_trim(document)
        drawn = [pikepdf.parse_content_stream(page) for page in document.pages]
        tags = read_tags(document)
        tags.drop([_shown(instructions) for instructions in drawn])
        tags = repaired(tags, "、" if language.startswith(("ja", "zh")) else ", ")
        picture_boxes(tags, trims)
        _mark_decoration(document, tags, drawn)
        _mend_links(document, tags)
        _draw_pictures_plainly(document)
        drop_residues(document)
        order = tuple(spoken(tags, as_written=True))
        write_tags(document, tags)
        _describe(document, colour_profile, language)
        saved = io.BytesIO()
        document.save(
            saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return ReadingFile(saved.getvalue(), order)


def _cut_to_trim(document: pikepdf.Pdf) -> list[Array]:
    """Take bleed and marks off the pages; what lies outside the trim is no longer seen."""
    trims = []
    for page in document.pages:
        trim = Array([float(value) for value in page.trimbox])
        trims.append(trim)
        page.obj.MediaBox = trim
        for box in ("/CropBox", "/BleedBox", "/ArtBox", "/TrimBox"):
            if box in page.obj:
                del page.obj[box]
        page.obj.Tabs = Name.S
    return trims


def _shown(instructions: Sequence[Any]) -> set[int]:
    """Return the marked content of a page that shows anything; an empty line is content too."""
    shown: set[int] = set()
    inside = -1
    for instruction in instructions:
        if instruction.operator == _BEGIN:
            inside = _number(instruction.operands[1])
        elif inside >= 0 and str(instruction.operator) in _PAINTING:
            shown.add(inside)
    return shown


def _mark_decoration(document: pikepdf.Pdf, tags: Element, drawn: Sequence[Sequence[Any]]) -> None:
    """Mark what no tag holds as an artifact: folios, running heads, icons, repeated table heads."""
    spoken: dict[int, set[int]] = {}
    for mark in tags.marks():
        spoken.setdefault(mark.page, set()).add(mark.number)
    marks = page_marks(tags, len(drawn))
    known: dict[Any, Mapping[bytes, str]] = {}
    for number, page in enumerate(document.pages):
        kept = spoken.get(number, set())
        instructions: list[Any] = []
        for instruction in drawn[number]:
            if instruction.operator == _BEGIN and _number(instruction.operands[1]) not in kept:
                instructions.append(pikepdf.ContentStreamInstruction([Name.Artifact], _BEGIN_PLAIN))
            else:
                instructions.append(instruction)
        instructions = readings_behind(instructions, marks[number])
        instructions = without_guessed_spaces(instructions, _fonts(page, known))
        page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _fonts(page: Any, known: dict[Any, Mapping[bytes, str]]) -> dict[str, Mapping[bytes, str]]:
    """Return what the codes of a page's fonts stand for, by the fonts' names; each is read once."""
    fonts = {}
    for name, font in (page.resources.get("/Font") or {}).items():
        if font.objgen not in known:
            known[font.objgen] = characters_of(font)
        fonts[name] = known[font.objgen]
    return fonts


def _number(properties: Any) -> int:
    return int(properties.get("/MCID", -1)) if isinstance(properties, Dictionary) else -1


def _mend_links(document: pikepdf.Pdf, tags: Element) -> None:
    """Keep one annotation a place, have it printed, and let it say the words of its link."""
    wanted = set()
    for element in tags.walk():
        for kid in element.kids:
            if isinstance(kid, Annotation):
                annotation = kid.target
                wanted.add(annotation.objgen)
                annotation.F = _PRINTED
                x1, y1, x2, y2 = (float(value) for value in annotation.Rect)
                annotation.Rect = Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
                if element.words:
                    annotation.Contents = String(element.words)
    for page in document.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array([one for one in page.obj.Annots if one.objgen in wanted])


def _draw_pictures_plainly(document: pikepdf.Pdf) -> None:
    """Ask no viewer to smooth pictures: ISO 19005-2, 6.2.8, forbids it."""
    for page in document.pages:
        for picture in page.get_images().values():
            if "/Interpolate" in picture:
                del picture["/Interpolate"]


def _describe(document: pikepdf.Pdf, colour_profile: bytes, language: str) -> None:
    root = document.Root
    utc_dates(document.docinfo)
    root.Lang = String(language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    # Folios count the cover as page 1 and are plain figures.
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    information = {name: str(value) for name, value in document.docinfo.items()}
    named = str(document.trailer.ID[0]) if "/ID" in document.trailer else ""
    if named.startswith("urn:"):
        information[IDENTIFIER] = named
    packet = document.make_stream(xmp_packet(information, language))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    root.Metadata = packet
    profile = document.make_stream(colour_profile)
    profile.N = 3
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )

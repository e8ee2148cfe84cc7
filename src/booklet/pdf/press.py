"""A laid-out PDF and a shop's profile go in; the files for its press come out."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from booklet.diagnostics import Problem
from booklet.model.print_profile import PrintProfile
from booklet.pdf.boxes import POINTS_PER_MM, array, grown, trim_of
from booklet.pdf.fonts import embed_bare_fonts
from booklet.pdf.imposition import Side, join_pairs
from booklet.pdf.inks import Palette
from booklet.pdf.pdfx import pdf_x_bytes
from booklet.pdf.pictures import picture_converter
from booklet.pdf.separation import separate

if TYPE_CHECKING:
    from booklet.pdf.outlines import Lettering


@dataclass(frozen=True, slots=True)
class PressJob:
    """What a press file needs beside the laid-out pages.

    Attributes:
        profile: The shop's rules.
        icc: The shop's ICC profile; empty when there is none.
        inks: Cyan, magenta, yellow and black in per cent by #rrggbb.
        title: Title of the booklet, for the slug text.
        version: Its version, for the slug text.
        font: The font file of slug text and hidden folios.
    """

    profile: PrintProfile
    icc: bytes
    inks: Mapping[str, Sequence[float]]
    title: str
    version: str
    font: Path


@dataclass(frozen=True, slots=True)
class PressFiles:
    """What was made for the press.

    Attributes:
        files: The bytes by part: press alone, or cover and inner.
        problems: What stands in the way of printing them.
    """

    files: dict[str, bytes]
    problems: list[Problem]


def press_files(pdf: bytes, job: PressJob) -> PressFiles:
    """Finish a laid-out PDF for the press.

    Args:
        pdf: The file, laid out with bleed, in screen colours.
        job: What the shop asks for.

    Returns:
        One file of single pages in order, or cover and inner pages apart; and every colour, picture
        and transparency that cannot be printed. The same input gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        black = job.profile.black
        problems = separate(
            document,
            Palette(job.inks),
            overprint=black is not None and black.overprint,
            convert_picture=picture_converter(job.icc),
        )
        embed_bare_fonts(document)
        _set_boxes(document, _bleed_mm(job.profile))
        lettering = _lettering(job)
        _number_gutters(document, job.profile, lettering)
        if job.profile.cover is None or not job.profile.cover.apart:
            return PressFiles({"press": _written(document, job, lettering, "")}, problems)
        saved = io.BytesIO()
        document.save(saved, deterministic_id=True)
    files = {}
    for part in ("cover", "inner"):
        with pikepdf.open(io.BytesIO(saved.getvalue())) as document:
            if part == "cover":
                pairs = cover_pairs(len(document.pages), job.profile.right_bound)
                join_pairs(document, pairs, _bleed_mm(job.profile))
            else:
                del document.pages[-2:]
                del document.pages[:2]
            files[part] = _written(document, job, lettering, part)
    return PressFiles(files, problems)


def cover_pairs(page_count: int, right_bound: bool = False) -> list[Side]:
    """Return the two spreads of a cover: 表4 and 表1 outside, 表2 and 表3 inside.

    Args:
        page_count: Pages of the booklet, 4 or more.
        right_bound: Whether the booklet opens from the other side.

    Raises:
        ValueError: There are too few pages for a cover.
    """
    if page_count < 4:
        raise ValueError("a cover has four pages")
    outside, inside = (page_count - 1, 0), (1, page_count - 2)
    return [outside[::-1], inside[::-1]] if right_bound else [outside, inside]


def _bleed_mm(profile: PrintProfile) -> float:
    return profile.bleed.mm if profile.bleed else 0.0


def _set_boxes(document: Any, bleed_mm: float) -> None:
    for page in document.pages:
        trim = trim_of(page)
        page.obj.TrimBox = array(trim)
        page.obj.MediaBox = page.obj.BleedBox = array(grown(trim, bleed_mm * POINTS_PER_MM))


def _lettering(job: PressJob) -> "Lettering | None":
    """Open the font only for those who want something lettered: it takes longer than all else."""
    profile = job.profile
    slug = profile.marks is not None and profile.marks.style != "none" and profile.marks.slug
    hidden = profile.folio is not None and profile.folio.hidden
    if not (slug or hidden):
        return None
    from booklet.pdf.outlines import Lettering

    return Lettering(job.font)


def _number_gutters(document: Any, profile: PrintProfile, lettering: "Lettering | None") -> None:
    if profile.folio is None or not profile.folio.hidden or lettering is None:
        return
    from booklet.pdf.marks import add_hidden_folios

    last = len(document.pages)
    # The outside of the cover has no folio, hidden or not.
    numbers = [0 if number in (1, last) else number for number in range(1, last + 1)]
    overprint = profile.black is not None and profile.black.overprint
    add_hidden_folios(document, numbers, profile.right_bound, overprint, lettering)


def _written(document: Any, job: PressJob, lettering: "Lettering | None", part: str) -> bytes:
    marks = job.profile.marks
    if marks is not None and marks.style == "japanese":
        from booklet.pdf.marks import add_trim_marks

        count = len(document.pages)
        name = f"{job.title}　{part}" if part else job.title
        slug = [f"{name}　{number}/{count}　{job.version}" for number in range(1, count + 1)]
        add_trim_marks(document, _bleed_mm(job.profile), slug if marks.slug else [], lettering)
    return pdf_x_bytes(document, job.profile, job.icc)

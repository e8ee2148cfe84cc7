"""A laid-out PDF goes in; a PDF for an office printer comes out, two pages on a sheet's side."""

import io

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode

from booklet.model.print_profile import PrintProfile
from booklet.pdf.fonts import embed_bare_fonts
from booklet.pdf.imposition import impose, sheet_sides


def office_file(pdf: bytes, profile: PrintProfile) -> bytes:
    """Impose a laid-out PDF for duplex printing, turned on the short edge.

    Args:
        pdf: The file, in screen colours; its bleed is left out.
        profile: The rules of the office printer, with a sheet.

    Returns:
        A PDF 1.7 without tags and links. The same input gives the same bytes.

    Raises:
        ValueError: The profile has no sheet.
    """
    if profile.sheet is None:
        raise ValueError("an office file needs a sheet")
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sides = sheet_sides(len(document.pages), profile.right_bound)
        embed_bare_fonts(document)
        impose(document, sides, profile.sheet.leaf_mm, profile.sheet.scale_percent / 100)
        for key in set(document.Root.keys()) - {"/Type", "/Pages", "/Lang"}:
            del document.Root[key]
        # The print dialogue of a reader that heeds this is set right before anyone touches it
        # (ISO 32000-1, 12.2).
        document.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
        )
        document.save(
            saved,
            force_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return saved.getvalue()

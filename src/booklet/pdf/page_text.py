"""A PDF goes in; the text of each piece of marked content on its pages comes out."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium


def marked_text(pdf: bytes) -> list[dict[int, str]]:
    """Return what is written on each page, by the number of its marked content.

    Args:
        pdf: The bytes of the file.

    Returns:
        For each page the text under each number, as the fonts' tables of characters tell it; -1
        holds what has no number, such as folios and running heads.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> dict[int, str]:
    text_page = page.get_textpage()
    found: dict[int, str] = {}
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(piece) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        size = pdfium.FPDFTextObj_GetText(piece, text_page, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        pdfium.FPDFTextObj_GetText(piece, text_page, buffer, size)
        text = bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")
        number = int(pdfium.FPDFPageObj_GetMarkedContentID(piece))
        found[number] = found.get(number, "") + text
    return found

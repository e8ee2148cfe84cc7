"""A PDF goes in; a PNG of every page and one sheet of all spreads come out, to be looked at."""

import io

import pypdfium2
from PIL import Image

_SHEET_GROUND = (120, 120, 120)
_SPREADS_IN_A_ROW = 3
_GAP_PX = 12


def page_pictures(pdf: bytes, dots_per_inch: int) -> dict[str, bytes]:
    """Return pictures of all pages.

    Args:
        pdf: The file.
        dots_per_inch: Resolution of the single pages; the sheet has a third of it.

    Returns:
        PNG files by name: `01.png` and so on in page order, and `spreads.png` with the pages side
        by side as they lie in the open booklet, the cover alone on the right.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=dots_per_inch / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    pictures = {f"{number:02}.png": _png(page) for number, page in enumerate(pages, 1)}
    return {**pictures, "spreads.png": _png(_sheet(pages))}


def _sheet(pages: list[Image.Image]) -> Image.Image:
    width, height = pages[0].width // 3, pages[0].height // 3
    spread_width = 2 * width + _GAP_PX
    # Page 1 is a right-hand page, so it lies in the second half of the first spread.
    spreads = (len(pages) + 2) // 2
    columns = min(_SPREADS_IN_A_ROW, spreads)
    rows = -(-spreads // columns)
    size = (columns * spread_width + _GAP_PX, rows * (height + _GAP_PX) + _GAP_PX)
    sheet = Image.new("RGB", size, _SHEET_GROUND)
    for index, page in enumerate(pages, start=1):
        row, column = divmod(index // 2, columns)
        left = _GAP_PX + column * spread_width + (index % 2) * width
        top = _GAP_PX + row * (height + _GAP_PX)
        sheet.paste(page.resize((width, height), Image.Resampling.LANCZOS), (left, top))
    return sheet


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()

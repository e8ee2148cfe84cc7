"""A PDF goes in; a JPEG of its cover in the shape e-book shops ask for comes out."""

import io

import pypdfium2
from PIL import Image

WIDTH_PX, HEIGHT_PX = 1560, 2496
"""1 to 1.6, and under 4 million pixels, the limit of some Japanese shops."""


def cover_jpeg(pdf: bytes, title: str) -> bytes:
    """Return a picture of the first page.

    Args:
        pdf: A PDF whose first page is the cover.
        title: Kept in the picture's comment.

    Returns:
        A JPEG of 1560 × 2496 pixels. Book covers for screens are taller than A5: the page keeps its
        proportions and what is missing takes the colour of its lower edge.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = min(WIDTH_PX / page.get_width(), HEIGHT_PX / page.get_height())
        picture = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    canvas = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), picture.getpixel((2, picture.height - 3)))
    canvas.paste(picture, ((WIDTH_PX - picture.width) // 2, 0))
    jpeg = io.BytesIO()
    canvas.save(jpeg, "JPEG", quality=88, comment=title.encode("utf-8"))
    return jpeg.getvalue()

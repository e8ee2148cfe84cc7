"""A PDF goes in; a JPEG of its cover in the shape e-book shops ask for comes out."""

import io

import pypdfium2
from PIL import Image

INSIDE_PX = (1560, 2496)
"""1 to 1.6, and under 4 million pixels, the limit of some Japanese shops for pictures in a book."""
FOR_SHOPS_PX = (1600, 2560)
"""What e-book shops ask for beside the book."""


def cover_jpeg(pdf: bytes, title: str, size_px: tuple[int, int] = INSIDE_PX) -> bytes:
    """Return a picture of the first page.

    Args:
        pdf: A PDF whose first page is the cover.
        title: Kept in the picture's comment.
        size_px: Width and height of the picture.

    Returns:
        A JPEG of that size. Book covers for screens are taller than A5: the page keeps its
        proportions and what is missing takes the colour of its lower edge.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = min(size_px[0] / page.get_width(), size_px[1] / page.get_height())
        picture = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    canvas = Image.new("RGB", size_px, picture.getpixel((2, picture.height - 3)))
    canvas.paste(picture, ((size_px[0] - picture.width) // 2, 0))
    jpeg = io.BytesIO()
    canvas.save(jpeg, "JPEG", quality=88, comment=title.encode("utf-8"))
    return jpeg.getvalue()

"""A reading PDF goes in; the text of each page in reading order comes out, for speech codes.

The order is in the file's tags, the words are in its pages.
"""

from booklet.ebook.speech import speech_texts
from booklet.pdf.page_text import marked_text
from booklet.pdf.reading_order import reading_order


def page_texts(pdf: bytes) -> dict[str, bytes]:
    """Return a text file for each page, or several for a page with many words.

    Args:
        pdf: A PDF for reading, with tags.

    Returns:
        UTF-8 by the end of the file's name: `page-05` or `page-05-2`.
    """
    words = marked_text(pdf)
    pages: list[list[str]] = [[] for _ in words]
    for piece in reading_order(pdf):
        text = piece.alternative or words[piece.page].get(piece.number, "")
        blocks = pages[piece.page]
        if piece.starts or not blocks:
            blocks.append(text)
        else:
            blocks[-1] += ("　" if piece.in_contents and not piece.alternative else "") + text
    files = {}
    for number, parts in enumerate(speech_texts(pages), 1):
        for place, part in enumerate(parts, 1):
            ending = f"-{place}" if len(parts) > 1 else ""
            files[f"page-{number:02}{ending}"] = part.encode("utf-8")
    return files

"""What is read out of each page goes in; one short text for each page or part of a page comes out.

A speech code (音声コード) in the corner of a page holds some 800 characters, which a telephone
reads out; braille is transcribed page by page too.
"""

import re
from collections.abc import Sequence

MOST_CHARACTERS = 800

# Where Latin stands a quarter of an em from Japanese, a PDF reader takes the gap for a space.
_GAPS = re.compile("(?<=[0-9A-Za-z]) (?=[\u3005-\u9fff])|(?<=[\u3005-\u9fff]) (?=[0-9A-Za-z])")
_WIDE = re.compile(" *　[ 　]*")
_LEADERS = re.compile(r"[・.]{3,}")
_SENTENCES = re.compile(r"[^。\n]*(?:。[」』）]*|\n|$)")


def speech_texts(pages: Sequence[Sequence[str]], limit: int = MOST_CHARACTERS) -> list[list[str]]:
    """Return what a code on each page says.

    Args:
        pages: For each page its paragraphs, headings and items in reading order; drawings are their
            alternatives.
        limit: The most characters of one code.

    Returns:
        For each page one text, or several where one would be too long, cut between sentences. Each
        starts with its page number, so that a listener knows the page.
    """
    return [_page(number, blocks, limit) for number, blocks in enumerate(pages, 1)]


def _page(number: int, blocks: Sequence[str], limit: int) -> list[str]:
    heading = f"{number}ページ\n"
    lines = (_WIDE.sub("　", _GAPS.sub("", _LEADERS.sub("　", one))).strip() for one in blocks)
    body = "\n".join(line for line in lines if line) or "この面に文字はありません。"
    parts = _cut(body, limit - len(heading) - len("（10の10）"))
    if len(parts) == 1:
        return [heading + parts[0] + "\n"]
    return [
        f"{number}ページ（{len(parts)}の{place}）\n{part}\n" for place, part in enumerate(parts, 1)
    ]


def _cut(text: str, limit: int) -> list[str]:
    """Cut a text between sentences into parts of at most `limit` characters."""
    parts = [""]
    for sentence in filter(None, _SENTENCES.findall(text)):
        # A sentence longer than a whole code is cut where it has to be.
        for start in range(0, len(sentence), limit):
            piece = sentence[start : start + limit]
            if len(parts[-1]) + len(piece) > limit:
                parts.append("")
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]

"""One line of a text goes in; what would be printed as it was never meant comes out.

Marks of other programs and of other habits: HTML, Markdown, full-width braces, 《》 for readings.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from booklet.content.findings import Edit, Finding
from booklet.diagnostics import Severity

_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|br|p|div|span|font|ruby|rt|rp|h[1-6]|a|ul|li)(?:\s[^<>]*)?/?>", re.I
)
_STRONG = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")
_LINK = re.compile(r"\[[^\[\]\n]+\]\(https?://[^)\s]+\)")
_WIDE_BRACES = re.compile(r"[｛{]((?:→|[^｛｝{}\n|｜]{1,60}[|｜])[^｛｝{}\n]{0,200})[｝}]")
_AOZORA = re.compile(r"[｜|]([^｜|《》\s]{1,20})《([ぁ-ヺー]{1,40})》")
_KANJI_AOZORA = re.compile(r"([一-鿿々〆ヶ]{1,20})《([ぁ-ゖー]{1,40})》")
_HALF_WIDTH_KANA = re.compile("[ｦ-ﾟ]+")
_DECOMPOSED = re.compile("[ぁ-ヺ][\u3099\u309a]")
_NO_BREAK_SPACE = re.compile("[\u00a0\u202f\u2007]")
# A text without any of these has nothing to be looked at: most have none.
_SIGNS = re.compile("[<*_\\[｛｝《\uff66-\uff9f\u3099\u309a\u00a0\u202f\u2007]")
_PLACEHOLDER = re.compile(r"(?:…+|\.{3,}|・{3,})")


def text_findings(text: str, start: int, end: int) -> Iterator[Finding]:
    """Yield what is wrong with a text that stands from `start` up to `end` in `text`."""
    if not _SIGNS.search(text, start, end):
        return
    yield from _foreign_marks(text, start, end)
    yield from _ruby_marks(text, start, end)
    yield from _characters(text, start, end)


def _foreign_marks(text: str, start: int, end: int) -> Iterator[Finding]:
    for pattern, variant in ((_TAG, "html"), (_STRONG, "markdown"), (_LINK, "link")):
        for found in pattern.finditer(text, start, end):
            yield _warning("text-markup", variant, found, shown=found[0])
    for found in _WIDE_BRACES.finditer(text, start, end):
        if "｛" in found[0] or "｝" in found[0]:
            mark = "{" + found[1] + "}"
            yield _warning("text-braces", "", found, mark, shown=found[0], mark=mark)


def _ruby_marks(text: str, start: int, end: int) -> Iterator[Finding]:
    told = set()
    for found in _AOZORA.finditer(text, start, end):
        told.add(found.end())
        mark = "{" + f"{found[1]}|{found[2]}" + "}"
        yield _warning("text-ruby", "", found, mark, shown=found[0], mark=mark)
    for found in _KANJI_AOZORA.finditer(text, start, end):
        if found.end() not in told:
            mark = "{" + f"{found[1]}|{found[2]}" + "}"
            yield _warning("text-ruby", "kanji", found, shown=found[0], mark=mark)


def _characters(text: str, start: int, end: int) -> Iterator[Finding]:
    for found in _HALF_WIDTH_KANA.finditer(text, start, end):
        wide = unicodedata.normalize("NFKC", found[0])
        yield _warning("text-half-width", "", found, wide, shown=found[0], wide=wide)
    if separate := _DECOMPOSED.search(text, start, end):
        whole = unicodedata.normalize("NFC", separate[0])
        yield _warning("text-decomposed", "", separate, whole, whole=whole)
    for found in _NO_BREAK_SPACE.finditer(text, start, end):
        around = text[max(start, found.start() - 1) : found.start()] + text[found.end() : end][:1]
        if not around.isascii():
            yield _warning("yaml-space", "text", found, " ")


def quoted_at_start(finding: Finding, value: str, start: int, last: int) -> Finding:
    """Return a finding whose mend puts the text in quotes where it would start with a brace."""
    if not finding.edits or finding.at != start or not finding.edits[0].new.startswith("{"):
        return finding
    edit = finding.edits[0]
    if '"' in value or "\\" in value:
        return replace(finding, variant="start", edits=())
    if edit.end >= last:
        return replace(finding, variant="start", edits=(Edit(start, last, f'"{edit.new}"'),))
    edits = (Edit(start, edit.end, '"' + edit.new), Edit(last, last, '"'))
    return replace(finding, variant="start", edits=edits)


def placeholder(text: str, start: int, end: int) -> Finding | None:
    """Return a finding when a value is nothing but the dots of a hint, copied as they stood."""
    if _PLACEHOLDER.fullmatch(text[start:end].strip().strip("\"'")):
        return Finding("text-placeholder", "", start, {"shown": text[start:end].strip()})
    return None


def decomposed_edits(text: str) -> list[Edit]:
    """Return the edits that join every kana and its separate mark (NFC), all over a file."""
    return [
        Edit(found.start(), found.end(), unicodedata.normalize("NFC", found[0]))
        for found in _DECOMPOSED.finditer(text)
    ]


def _warning(
    code: str, variant: str, found: re.Match[str], new: str | None = None, **values: object
) -> Finding:
    edits = () if new is None else (Edit(found.start(), found.end(), new),)
    return Finding(code, variant, found.start(), values, edits, Severity.WARNING)

"""A reading PDF and the text of its guide go in; words that are not heard as written come out."""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

import pikepdf

from booklet.checks.reading_pdf.reading_pdf import BROKEN, read_speech
from booklet.checks.reading_pdf.speech import READINGS, Speech, letters
from booklet.checks.reading_pdf.structure import Mark, Node, TooMuchError
from booklet.diagnostics import Problem

_SENTENCE = re.compile(r"[^\n。！？]+[。！？]?")
_READING = re.compile(r"(?<=[^\W\d_])（[\u3041-\u3096\u30a1-\u30fc・]+）")
# Print names the page in a reference.
_REFERENCE = re.compile(r"（\d+ページ）")
# A list's dot, an item's number, a letter of question and answer: each format has its own.
_LABEL = re.compile(r"^(?:・|\d{1,3}(?:\. | )|[QA]\. )")
# A shorter piece, such as a year in a table, stands in many places.
_SHORTEST = 6
_MOST = 20
_LARGEST = 3_000_000


def compare_words(pdf: bytes, wanted_text: str) -> list[Problem]:
    """Compare what a listener hears of a reading PDF with the plain text of the same guide.

    Print has covers, a contents list and pages to write on, the text a title page and addresses of
    its own: what only one has is no fault unless it is a sentence of the guide.

    Args:
        pdf: The bytes of the file.
        wanted_text: The text of the same guide, as `ebook/plain_text` gives it. Readings of words
            in brackets may be in either or in neither.

    Returns:
        A problem `pdf-words` for each sentence that is not heard, not in its order, or more often
        than it is written; `pdf-damaged` and `pdf-too-much` for what could not be compared.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if "/StructTreeRoot" not in document.Root:
                return [Problem("pdf-tags", "the PDF has no tags: nothing can be compared")]
            speech = read_speech(document)
            heard = _Heard(speech)
    except TooMuchError as error:
        return [Problem("pdf-too-much", f"{error}: the words were not compared")]
    except (pikepdf.PdfError, *BROKEN) as error:
        message = f"the PDF is broken, and its words were not compared: {error}"
        return [Problem("pdf-damaged", message[:300])]
    if len(heard.text) > _LARGEST or len(wanted_text) > _LARGEST:
        return [Problem("pdf-too-much", "there are too many words: they were not compared")]
    problems = list(_compared(heard, wanted_text))
    if len(problems) > _MOST:
        more = Problem("pdf-words", f"and {len(problems) - _MOST} more sentences like these")
        problems = [*problems[:_MOST], more]
    return problems


class _Heard:
    """What is heard, without the contents list: a listener hears titles there once more.

    Attributes:
        text: The letters of all of it.
        inner: Those of what stands on neither cover: covers repeat what is inside.
    """

    def __init__(self, speech: Speech) -> None:
        words: list[tuple[int, str]] = []
        waiting: list[object] = [speech.structure.root]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Mark):
                content = speech.content(kid)
                words.append((kid.page, content.text if content else ""))
            elif isinstance(kid, Node) and kid.kind not in ("TOC", *READINGS):
                if kid.alternative or kid.actual is not None:
                    mark = next(kid.marks(), Mark(-1, -1))
                    words.append((mark.page, kid.alternative or kid.actual or ""))
                else:
                    waiting += reversed(kid.kids)
        covers = (0, len(speech.pages) - 1)
        self.text = _letters(text for _, text in words)
        self.inner = _letters(text for page, text in words if page not in covers)


def _letters(texts: Iterable[str]) -> str:
    return letters(_REFERENCE.sub("", "".join(texts)))


def _compared(heard: _Heard, wanted_text: str) -> Iterator[Problem]:
    sentences = [
        (sentence, letters(_LABEL.sub("", sentence)))
        for sentence in map(str.strip, _SENTENCE.findall(_READING.sub("", wanted_text)))
    ]
    sentences = [(sentence, words) for sentence, words in sentences if len(words) >= _SHORTEST]
    written = Counter(words for _, words in sentences)
    places: list[tuple[int, str]] = []
    for sentence, words in sentences:
        at = heard.text.find(words)
        if at < 0:
            yield Problem("pdf-words", f"nobody hears: {sentence[:80]}")
        elif written[words] == 1 and heard.text.find(words, at + 1) < 0:
            places.append((at, sentence))
    for sentence in _out_of_order(places):
        yield Problem("pdf-words", f"not heard in its place: {sentence[:80]}")
    whole = "".join(words for _, words in sentences)
    for words, sentence in {words: sentence for sentence, words in sentences}.items():
        if len(words) >= 2 * _SHORTEST and heard.inner.count(words) > max(1, whole.count(words)):
            yield Problem("pdf-words", f"heard more often than written: {sentence[:80]}")


def _out_of_order(places: list[tuple[int, str]]) -> list[str]:
    """Return what is not in the longest run of sentences that are heard as they are written."""
    ends: list[int] = []  # the last place of the best run of each length
    lengths: list[int] = []
    for at, _ in places:
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
        lengths.append(length)
    kept: set[int] = set()
    wanted = len(ends) - 1
    for index in range(len(places) - 1, -1, -1):
        if lengths[index] == wanted:
            kept.add(index)
            wanted -= 1
    return [sentence for index, (_, sentence) in enumerate(places) if index not in kept]

"""An opened EPUB goes in; what its XHTML documents do to readers comes out."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from booklet.checks.epub.book import TYPE, XML_LANG, EpubBook, Tree, select, target_of, words
from booklet.diagnostics import Problem

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_INVISIBLE = re.compile(
    "[\ufeff\u200b-\u200f\u202a-\u202e\u2060\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f]"
)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2614-\u26ff\u2700-\u27bf\ufe0f]")
_PUNCTUATION = re.compile(r"。。|、、|，，|！！！|？？？|[ｦ-ﾟ]")
_GAP = re.compile(r"^\s*\n\s*$")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LABELS = ("label", "letter")
_INLINE = frozenset(("span", "em", "strong", "b", "i", "ruby", "a", "small"))


def check_pages(book: EpubBook) -> Iterator[Problem]:
    """Check each XHTML document: rules 13, 17, 26 to 28, 31, 33 to 41.

    Yields:
        A problem for each fault.
    """
    languages = [str(one.text) for one in select(book.package, "//dc:language")]
    for name, tree in book.pages.items():
        found = [*_notes(tree, name, book)]
        for rule in (_language, _structure, _tables, _empty, _gaps, _characters):
            found += rule(tree)
        for code, message in found:
            yield Problem(code, f"{name}: {message}")
        own = tree.get("lang")
        if own not in languages or tree.get(XML_LANG) != own:
            yield Problem("epub-language", f"{name}: its language is not the package's")


Found = Iterator[tuple[str, str]]


def _language(tree: Tree) -> Found:
    for tag in select(tree, "//@lang | //@xml:lang"):
        if not _LANGUAGE.fullmatch(str(tag)):
            yield "epub-language", f"{tag} is no language tag"


def _structure(tree: Tree) -> Found:
    ids = [str(name) for name in select(tree, "//@id")]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield "epub-id", f"{name} is the name of two places"
    if "hltr" not in str(tree.get("class", "")).split():
        yield "epub-class", "html has no class hltr, by which readers know the writing direction"
    headings = select(tree, "//h:h1|//h:h2|//h:h3|//h:h4|//h:h5|//h:h6")
    levels = [int(heading.tag[-1]) for heading in headings if not _is_hidden(heading)]
    if levels.count(1) > 1 or (levels and levels[0] != 1):
        yield "epub-heading", "it does not begin with its one h1"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield "epub-heading", f"a heading goes from level {above} to {below}"
    title = _plain(str(select(tree, "string(/h:html/h:head/h:title)")))
    read = select(headings[0], ".//text()[not(ancestor::h:rt)]") if levels else []
    first = _plain("".join(read))
    # A heading has its number first, and the title page names the edition apart.
    if not title or (first and not (first.endswith(title) or title.startswith(first))):
        yield "epub-title", f"its title, {title}, is not its heading"
    for element in select(tree, "//h:*[@style]"):
        yield "epub-style", f"{element.tag.split('}')[-1]} has a style of its own"


def _is_hidden(element: Tree) -> bool:
    return any(one.get("hidden") is not None for one in (element, *element.iterancestors()))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _tables(tree: Tree) -> Found:
    for table in select(tree, "//h:table"):
        cells = select(table, ".//h:th")
        if not cells or any(cell.get("scope") not in ("row", "col") for cell in cells):
            yield "epub-table", "a table has no header cells, or they do not say what they head"
        if not select(table, "./h:tbody"):
            yield "epub-table", "a table has no body"
        before = select(table, "preceding-sibling::*[1]")
        named = before and re.fullmatch(r".*\}h[1-6]", before[0].tag)
        if not select(table, "./h:caption") and not named:
            yield "epub-table", "a table has neither a caption nor a heading before it"


def _notes(tree: Tree, name: str, book: EpubBook) -> Found:
    for reference in select(tree, "//h:a[@e:type='noteref']"):
        path, place = target_of(name, reference.get("href", ""))
        target = book.pages.get(path)
        notes = select(target, "//*[@id=$place]", place=place) if target is not None else []
        if not notes or notes[0].get(TYPE) not in ("footnote", "endnote"):
            yield "epub-note", f"the note mark {words(reference)} leads to no note"
        elif not select(notes[0], ".//h:a[@role='doc-backlink']"):
            yield "epub-note", f"the note of {words(reference)} has no way back"
        before = reference.getprevious()
        text = before.tail if before is not None else reference.getparent().text
        if re.search(r"\s$", text or ""):
            yield "epub-note", f"a space stands before the note mark {words(reference)}"


def _empty(tree: Tree) -> Found:
    for element in select(tree, "//h:p|//h:li|//h:h1|//h:h2|//h:h3|//h:dt|//h:dd|//h:figcaption"):
        if not words(element).strip() and not select(element, ".//h:img|.//s:svg"):
            yield "epub-empty-element", f"an empty {element.tag.split('}')[-1]}"
    for _ in select(tree, "//h:br[following-sibling::node()[1][self::h:br]]"):
        yield "epub-break", "line breaks in a row, where a margin is meant"
    for ruby in select(tree, "//h:ruby"):
        if re.search(r"\s", words(ruby)) or select(ruby, ".//h:rp"):
            yield "epub-ruby", f"white space or rp in the reading of {words(ruby).strip()}"


def _gaps(tree: Tree) -> Found:
    for element in select(tree, "//h:p//h:*|//h:li//h:*"):
        following = element.getnext()
        if following is None or element.tail is None or not _GAP.match(element.tail):
            continue
        inline = {one.tag.split("}")[-1] for one in (element, following)} <= _INLINE
        between = words(element)[-1:] + words(following)[:1]
        # A label is a box of its own, so the space that ends it takes no room.
        if inline and _JAPANESE.search(between) and element.get("class") not in _LABELS:
            yield "epub-gap", f"a line end opens a gap after {words(element).strip()[-8:]}"


def _characters(tree: Tree) -> Found:
    text = words(tree)
    for match in _INVISIBLE.finditer(text):
        yield "epub-character", f"the invisible character U+{ord(match[0]):04X}"
    for match in _EMOJI.finditer(text):
        yield "epub-emoji", f"the emoji {match[0]}, which e-ink readers lack"
    for match in _PUNCTUATION.finditer(text):
        before = text[max(0, match.start() - 6) : match.end()].strip()
        yield "epub-punctuation", f"{match[0]} in {before}"

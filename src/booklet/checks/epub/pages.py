"""An opened EPUB goes in; what its XHTML documents do to readers comes out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from booklet.checks.epub.book import (
    XML_LANG,
    EpubBook,
    Tree,
    is_hidden,
    kinds,
    label,
    select,
    target_of,
    tokens,
    up,
    words,
)
from booklet.checks.epub.characters import Found, character_faults
from booklet.checks.epub.languages import is_language, primary
from booklet.checks.epub.metadata import languages
from booklet.diagnostics import Problem

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LABELS = ("label", "letter")
_INLINE = frozenset(("span", "em", "strong", "b", "i", "ruby", "a", "small"))
_DIRECTIONS = frozenset(("hltr", "vrtl", "vertical", "horizontal"))
_NOTES = frozenset(
    ("footnote", "endnote", "note", "rearnote", "footnotes", "endnotes", "rearnotes")
)
# What shows something though it has no words.
_SHOWS = (
    ".//h:img|.//s:svg|.//m:math|.//h:audio|.//h:video|.//h:object|.//h:iframe|.//h:canvas"
    "|.//h:input|.//h:br|.//*[@role='doc-pagebreak']|.//*[@e:type='pagebreak']"
)
_BRACKETS = frozenset("()（）[]［］〔〕【】《》「」〈〉")


def check_pages(book: EpubBook) -> Iterator[Problem]:
    """Check each XHTML document: rules 13, 17, 26 to 28, 31, 33 to 41.

    Yields:
        A problem for each fault.
    """
    spoken = {primary(tag) for tag in languages(book)}
    title = _plain(str(select(book.package, "string(//o:metadata/dc:title)")))
    for name, tree in book.pages.items():
        book.archive.check_time()
        found = [*_language(tree, spoken), *_structure(tree, title), *_notes(tree, name, book)]
        for rule in (_references, _tables, _empty, _gaps):
            found += rule(tree)
        text = str(select(tree, "string(/h:html/h:body)"))
        found += character_faults(text)
        for code, message in dict.fromkeys(found):
            yield Problem(code, f"{name}: {message}")
    for name, tree in book.drawings.items():
        for code, message in character_faults(words(tree)):
            yield Problem(code, f"{name}: {message}")


def _language(tree: Tree, spoken: set[str]) -> Found:
    for tag in dict.fromkeys(str(one) for one in select(tree, "//@lang | //@xml:lang")):
        # An empty tag says that the language is not known (HTML, 3.2.6.2).
        if tag and not is_language(tag):
            yield "epub-language", f"{tag} is no language tag"
    for element in select(tree, "//*[@lang and @xml:lang]"):
        if element.get("lang").lower() != element.get(XML_LANG).lower():
            yield "epub-language", "lang and xml:lang name two languages"
    own = tree.get(XML_LANG) or tree.get("lang")
    if not own:
        yield "epub-language", "it does not say its language"
    elif is_language(own) and spoken and primary(own) not in spoken:
        yield "epub-language", f"its language, {own}, is not the package's"


def _structure(tree: Tree, book_title: str) -> Found:
    yield from _ids(tree)
    if not tokens(tree.get("class")) & _DIRECTIONS:
        yield "epub-class", "html has no class hltr, by which readers know the writing direction"
    headings = [
        one
        for one in select(tree, "//h:h1|//h:h2|//h:h3|//h:h4|//h:h5|//h:h6")
        if not is_hidden(one)
    ]
    levels = [int(heading.tag[-1]) for heading in headings]
    # A chapter of several files has its h1 in the first.
    if levels.count(1) > 1 or (levels and levels[0] > 2):
        yield "epub-heading", "it does not begin with its one h1"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield "epub-heading", f"a heading goes from level {above} to {below}"
    yield from _title(tree, headings, book_title)
    for element in select(tree, "//h:*[@style]"):
        yield "epub-style", f"{element.tag.split('}')[-1]} has a style of its own"


def _references(tree: Tree) -> Found:
    known = set(select(tree, "//@id"))
    for attribute in ("aria-labelledby", "aria-describedby", "aria-details", "for", "headers"):
        for element in select(tree, f"//*[@{attribute}]"):
            for target in sorted(tokens(element.get(attribute)) - known):
                yield "epub-reference", f"{attribute} names {target}, which is not there"


def _ids(tree: Tree) -> Found:
    for name, count in Counter(str(name) for name in select(tree, "//@id")).items():
        if count > 1:
            yield "epub-id", f"{name} is the name of two places"
        if not name or re.search(r"\s", name):
            yield "epub-id", f"the name of a place is empty or has a space: {name}"


def _title(tree: Tree, headings: list[Tree], book_title: str) -> Found:
    title = _plain(str(select(tree, "string(/h:html/h:head/h:title)")))
    first = _plain(label(headings[0])) if headings else ""
    if not title:
        yield "epub-title", "it has no title"
    # A heading has its number first, the title page names the edition apart, and some titles name
    # the whole book, alone or after the chapter.
    elif first and not (first in title or title in first or title == book_title):
        yield "epub-title", f"its title, {title}, is not its heading"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _tables(tree: Tree) -> Found:
    for table in select(tree, "//h:table"):
        if tokens(table.get("role")) & {"presentation", "none"}:
            continue
        cells = select(table, ".//h:th")
        by_name = select(table, "boolean(.//h:td[@headers])")
        scopes = {str(cell.get("scope", "")).lower() for cell in cells}
        if not cells or (not by_name and not scopes <= {"row", "col", "rowgroup", "colgroup"}):
            yield "epub-table", "a table has no header cells, or they do not say what they head"
        before = select(table, "preceding-sibling::*[1]")
        named = before and re.fullmatch(r".*\}h[1-6]", str(before[0].tag))
        in_figure = select(table, "ancestor::h:figure[1]/h:figcaption")
        by_attribute = any(
            table.get(one) for one in ("aria-label", "aria-labelledby", "aria-describedby", "title")
        )
        if not (select(table, "./h:caption") or named or in_figure or by_attribute):
            yield "epub-table", "a table has neither a caption nor a heading before it"


def _notes(tree: Tree, name: str, book: EpubBook) -> Found:
    marks = [one for one in select(tree, "//h:a[@e:type or @role]") if "noteref" in kinds(one)]
    # Where a page has many notes, the one with a name is looked up, not searched for.
    by_name = {
        path: {one.get("id"): one for one in book.pages[path].iter()}
        for path in {target_of(name, one.get("href", ""))[0] for one in marks} & set(book.pages)
    }
    for reference in marks:
        path, place = target_of(name, reference.get("href", ""))
        target = by_name.get(path, {}).get(place)
        note = None if target is None or not place else _note_around(target)
        if note is None:
            yield "epub-note", f"the note mark {words(reference)} leads to no note"
        elif not _leads_back(note, path, name):
            yield "epub-note", f"the note of {words(reference)} has no way back"
        before = str(select(reference, "string(preceding::text()[1])"))
        if re.search(r"\s$", before) and _JAPANESE.search(before.rstrip()[-1:]):
            yield "epub-note", f"a space stands before the note mark {words(reference)}"


def _note_around(target: Tree) -> Tree | None:
    """Return what holds a note: the target itself, what it stands in, or an item of a list."""
    for one in up(target):
        if kinds(one) & _NOTES:
            is_list = one.tag.endswith(("}ol", "}ul", "}section", "}dl")) and one is not target
            return target if is_list else one
    return None


def _leads_back(note: Tree, path: str, name: str) -> bool:
    """Return whether a link of the note, or of the item it stands in, leads to where one was."""
    around = [note, *(one for one in note.iterancestors() if one.tag.endswith(("}li", "}aside")))]
    links = [link for one in around for link in select(one, ".//h:a[@href]")]
    return any(
        kinds(link) & {"backlink"} or target_of(path, link.get("href", ""))[0] == name
        for link in links
        if "noteref" not in kinds(link)
    )


def _empty(tree: Tree) -> Found:
    for element in select(tree, "//h:p|//h:li|//h:h1|//h:h2|//h:h3|//h:dt|//h:dd|//h:figcaption"):
        if not words(element).strip() and not select(element, f"boolean({_SHOWS})"):
            yield "epub-empty-element", f"an empty {element.tag.split('}')[-1]}"
    if not words(tree).strip() or not select(
        tree, f"boolean(string-length(normalize-space(/h:html/h:body)) > 0 or {_SHOWS})"
    ):
        yield "epub-empty-element", "the page says and shows nothing"
    for link in select(tree, "//h:a[@href]"):
        named = link.get("aria-label") or link.get("aria-labelledby") or link.get("title")
        if not label(link) and not named and not select(link, "boolean(.//s:svg[@aria-label])"):
            yield "epub-empty-element", f"the link to {link.get('href')} has no words"
    for _ in select(tree, "//h:br[following-sibling::node()[1][self::h:br]]"):
        yield "epub-break", "line breaks in a row, where a margin is meant"
    for ruby in select(tree, "//h:ruby"):
        yield from _ruby(ruby)


def _ruby(ruby: Tree) -> Found:
    said = label(ruby)
    if not select(ruby, "boolean(./h:rt|./h:rtc)"):
        yield "epub-ruby", f"{said} has no reading"
    for reading in select(ruby, ".//h:rt"):
        if not words(reading).strip():
            yield "epub-ruby", f"the reading of {said} is empty"
    brackets = [words(one).strip() for one in select(ruby, ".//h:rp")]
    if any(not one or set(one) - _BRACKETS for one in brackets) or len(brackets) % 2:
        yield "epub-ruby", f"the brackets of the reading of {said} are no pair"
    spaced = re.search(r"[\u3040-\u9fff]\s|\s[\u3040-\u9fff]", words(ruby).strip("\n\r\t "))
    if spaced or words(ruby) != words(ruby).strip(" "):
        yield "epub-ruby", f"white space in the reading of {said}"


def _gaps(tree: Tree) -> Found:
    for element in select(tree, "//h:p//h:*|//h:li//h:*"):
        following, gap = element.getnext(), element.tail
        if following is None or not gap or not gap.isspace() or "\n" not in gap:
            continue
        if not isinstance(following.tag, str):
            continue
        inline = {one.tag.split("}")[-1] for one in (element, following)} <= _INLINE
        between = words(element)[-1:] + words(following)[:1]
        # A label is a box of its own, so the space that ends it takes no room.
        if inline and _JAPANESE.search(between) and element.get("class") not in _LABELS:
            yield "epub-gap", f"a line end opens a gap after {words(element).strip()[-8:]}"

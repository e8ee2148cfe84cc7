"""A book goes in; the HTML of its print pages and the XHTML documents of its EPUB come out."""

import functools
import html
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
)
from markupsafe import Markup

from booklet.html import figures, ornament
from booklet.html.fitting import Fitting
from booklet.html.geometry import contents_plan, page_geometry
from booklet.html.long_columns import columns_are_long
from booklet.html.palette import palette_file
from booklet.html.picture_names import picture_names
from booklet.html.titles import cover_reading, largest_type, running_head
from booklet.model.book import Book, BookSection
from booklet.model.edition import Edition
from booklet.model.guide import pictures
from booklet.model.inline import Ruby, parse_inline
from booklet.model.theme import Theme

TEMPLATES = Path(__file__).parent / "templates"

# At a glance, colophon, questions: what the contents list beside the sections.
_OTHER_ENTRIES = 3
_EPUB_LINE_EM = 1.75

Annotate = Callable[[Ruby, str, str], str]
MarkUp = Callable[[str, Callable[[str], str], Annotate], str]
Paragraphs = Callable[[str], list[str]]

_SUBHEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Writing:
    """How an author's text becomes HTML; the typography room provides both functions.

    Attributes:
        mark_up: Turns one line with marks into inline HTML.
        paragraphs: Splits a text into its paragraphs.
        annotate: Sets a reading above a word, by medium: print or epub.
        words: Words for a fact, by the name templates know them by.
        phrase_ends: Finds where the phrases of a title end.
    """

    mark_up: MarkUp
    paragraphs: Paragraphs
    annotate: Mapping[str, Annotate]
    words: Mapping[str, Callable[[Any], str]]
    phrase_ends: Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads, what it says, and what is below it."""

    href: str
    title: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of an EPUB.

    Attributes:
        name: Its file name, without folder.
        title: Its heading.
        content: The whole file.
        entry: Its line in the contents, or None when it has none.
        has_svg: Whether it draws with inline SVG; the EPUB manifest has to say so.
    """

    name: str
    title: str
    content: str
    entry: Entry | None
    has_svg: bool


def print_html(book: Book, theme: Theme, writing: Writing) -> str:
    """Return the HTML of all print pages, from the cover to the back cover.

    Args:
        book: The book.
        theme: Its look; only the icons are read here, the stylesheet is linked.
        writing: How text becomes HTML.

    Returns:
        One HTML document. Links to stylesheets and pictures are relative to the project.
    """
    geometry = page_geometry(book.publication, book.edition)
    context = _context(book, theme, writing, medium="print")
    entries = len(book.sections) + _OTHER_ENTRIES
    return (
        _environment()
        .get_template("print.html")
        .render(context, geometry=geometry, contents=contents_plan(geometry, entries))
    )


def epub_documents(
    book: Book, theme: Theme, writing: Writing, contents: Mapping[str, bytes] | None = None
) -> list[Document]:
    """Return the XHTML documents of the book, in reading order, the contents page left out.

    Args:
        book: The book.
        theme: Its look.
        writing: How text becomes HTML.
        contents: The pictures as they go into the EPUB, by their files; a picture's bytes decide
            the ending of its name.

    Returns:
        Cover, title page, page at a glance, one document a section, colophon, questions to ask,
        back cover.
    """
    context = _context(book, theme, writing, medium="epub")
    files = [picture.file for picture in pictures(book.guide)]
    context["picture_names"] = picture_names(files, contents or {})
    render = functools.partial(_document, context)
    back = "お問い合わせ" if book.publication.contact else "この冊子について"
    documents = [
        render("cover", "表紙", "cover"),
        render("titlepage", book.title, "titlepage", listed=False),
        render("glance", "ひと目でわかる", "glance"),
    ]
    documents += [
        render("section", section.title, section.anchor, section=section)
        for section in book.sections
    ]
    return [
        *documents,
        render("colophon", "奥付", "colophon"),
        render("questions", "聞いてみよう", "questions"),
        render("back-cover", back, "back-cover"),
    ]


class Page(Protocol):
    """Where a page of the printed book begins: its label, a document, a place in it, the link."""

    @property
    def label(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def document(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def href(self) -> str: ...  # noqa: D102


def epub_navigation(
    book: Book, theme: Theme, writing: Writing, documents: list[Document], pages: Sequence[Page]
) -> str:
    """Return the contents page of the EPUB: nested contents, landmarks and the printed pages."""
    context = _context(book, theme, writing, medium="epub")
    entries = [document.entry for document in documents if document.entry]
    template = _environment().get_template("epub/nav.xhtml")
    return template.render(context, entries=entries, title="もくじ", pages=pages)


def epub_ncx(
    book: Book, theme: Theme, writing: Writing, documents: list[Document], pages: Sequence[Page]
) -> str:
    """Return the contents for readers of EPUB 2: an NCX that says what the contents page says."""
    context = _context(book, theme, writing, medium="epub")
    entries = [document.entry for document in documents if document.entry]
    depth = 2 if any(entry.below for entry in entries) else 1
    template = _environment().get_template("epub/toc.ncx")
    return template.render(context, entries=entries, depth=depth, pages=pages)


def _document(
    context: Mapping[str, Any],
    template: str,
    title: str,
    name: str,
    *,
    section: BookSection | None = None,
    listed: bool = True,
) -> Document:
    file = f"{name}.xhtml"
    content = (
        _environment()
        .get_template(f"epub/{template}.xhtml")
        .render(context, title=title, section=section)
    )
    label = f"{section.number}　{title}" if section else title
    below = tuple(
        Entry(f"{file}#{anchor}", html.unescape(_TAG.sub("", heading)).strip())
        for anchor, heading in _SUBHEADING.findall(content)
    )
    entry = Entry(file, label, below) if listed else None
    return Document(file, title, content, entry, "<svg" in content)


@functools.cache
def _environment() -> Environment:
    """Return the one environment: a template is compiled once, for all media and books."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled_templates(),
    )
    environment.filters["line"] = pass_context(lambda context, text: context["line_of"](text))
    environment.filters["paras"] = pass_context(lambda context, text: context["paras_of"](text))
    environment.filters["phrases"] = pass_context(
        # Broken between phrases, where lines are short: headings, cells, cards.
        lambda context, text: Markup('<span class="phrases">{}</span>').format(
            context["line_of"](text)
        )
    )
    environment.filters["string_of"] = lambda value, macro: macro(value)
    environment.filters["picture_name"] = pass_context(
        lambda context, file: context["picture_names"][file]
    )
    environment.filters["words"] = pass_context(
        lambda context, fact, name: context["words_of"][name](fact)
    )
    return environment


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept from run to run, as Python keeps its own `.pyc`.

    Compiling them takes longer than filling them in. None when there is no place to keep them.
    """
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "booklet" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # a read-only home, or none
        return None
    return FileSystemBytecodeCache(str(folder))


def _context(book: Book, theme: Theme, writing: Writing, medium: str) -> dict[str, Any]:
    """Return what every template sees of this book in this medium."""

    def refer(name: str) -> str:
        target = book.target(name)
        in_print = f"#{target.anchor}"
        file = "glance" if target.number == 0 else target.anchor
        fragment = f"#{target.anchor}" if target.number == 0 else ""
        href = in_print if medium == "print" else f"{file}.xhtml{fragment}"
        return f'<a class="reference" href="{href}">「{html.escape(target.title)}」</a>'

    def line(text: str) -> Markup:
        marked = writing.mark_up(text, refer, writing.annotate[medium])
        return Markup(marked)  # noqa: S704 - mark_up escapes what authors write

    def paras(text: str) -> Markup:
        first, *rest = (line(paragraph) for paragraph in writing.paragraphs(text))
        joined = f"<p>{first}</p>" + "".join(f'<p class="following">{text}</p>' for text in rest)
        return Markup(joined)  # noqa: S704 - every paragraph went through `line`

    # WeasyPrint gives `currentColor` its colour only by an attribute of the drawing itself, while
    # an e-reader has to be free to choose the colour.
    field = palette_file(theme, book.guide.classification.field)
    colours = theme.colours(book.edition.value, field) if medium == "print" else {}
    geometry = page_geometry(book.publication, book.edition)
    in_print = medium == "print"
    line_em = geometry.line_pt / geometry.em_pt if in_print else _EPUB_LINE_EM
    paint = functools.partial(_painted, colours)
    fitting = Fitting(geometry, writing.phrase_ends, in_print=in_print)
    return {
        "book": book,
        "medium": medium,
        "heading_level": 2 if medium == "print" else 1,
        "line_of": line,
        "paras_of": paras,
        "words_of": writing.words,
        "icon": lambda name, colour="pine": paint(_icon(theme, name), colour),
        # A name in a label is heard, and has no place for a reading.
        "stars": lambda name, *rating, colour="pine": paint(
            figures.stars(_words_alone(name), *rating), colour
        ),
        "gauge": lambda *share, colour="pine": paint(figures.gauge(*share), colour),
        "draw": lambda *fact, colour="pine": paint(figures.draw(*fact), colour),
        "code": lambda address: paint(_code(address), "ink"),
        "fork": lambda last: paint(
            ornament.fork(last, line_em, colours.get("persimmon", "currentColor")), "pine"
        ),
        "station": lambda first, last: _station(colours, first, last, line_em),
        "has_readings": book.edition is Edition.FURIGANA,
        "fitting": fitting,
        "field_palette": field,
        "narrow": fitting.is_narrow,
        "running": running_head,
        "cover_reading": cover_reading,
        "cover_lines": lambda: Markup(ornament.cover_lines(colours)),  # noqa: S704 - our own
        "rules": lambda upper, lower: Markup(  # noqa: S704 - our own
            ornament.rules(upper, lower, colours["stone"])
        ),
        "back_lines": lambda: Markup(ornament.back_lines(colours)),  # noqa: S704 - our own
        "cover_name_em": functools.partial(_cover_name_em, writing.phrase_ends),
        "level": figures.level,
        "are_long": lambda *columns: in_print and columns_are_long(columns, geometry),
    }


def _cover_name_em(
    phrase_ends: Callable[[str], list[int]], name: str, width: float, height: float
) -> str:
    """Return the type size of the name on the cover, in ems as the size of its place."""
    ends = phrase_ends(name)
    phrases = [name[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return f"{largest_type(phrases, width, height, 8):.2f}"


def _words_alone(text: str) -> str:
    """Return a text without its marks."""
    tokens = parse_inline(text)
    return "".join(
        one.base if isinstance(one, Ruby) else getattr(one, "text", "") for one in tokens
    )


def _icon(theme: Theme, name: str) -> str:
    """Return a drawing that says nothing the words beside it do not say: hidden from speech."""
    drawing = theme.read(f"icons/{name}.svg").strip()
    return drawing.replace("<svg ", f'<svg class="icon icon-{name}" aria-hidden="true" ', 1)


def _code(address: str) -> str:
    # Few booklets have an address, and the library is slow to import.
    from booklet.html.codes import code_svg

    return code_svg(address)


def _station(colours: Mapping[str, str], first: bool, last: bool, line_em: float) -> Markup:
    """Return a stop on the two lines; an e-reader's lists have none."""
    if not colours:
        return Markup("")
    drawn = ornament.station(
        first=first, last=last, line_em=line_em, paper=colours["paper"], thin=colours["persimmon"]
    )
    return _painted(colours, drawn, "pine")


def _painted(colours: Mapping[str, str], drawing: str, colour: str) -> Markup:
    if colours:
        drawing = drawing.replace("<svg ", f'<svg color="{colours[colour]}" ', 1)
    return Markup(drawing)  # noqa: S704 - our own drawings, whose labels are escaped

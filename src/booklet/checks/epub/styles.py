"""An opened EPUB goes in; what its stylesheets do to readers comes out."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from booklet.checks.epub.archive import MOST_MARKUP_BYTES, DamagedError
from booklet.checks.epub.book import EpubBook, select, words
from booklet.diagnostics import Problem

_BARE = re.compile(r"(^|[\s>+~])(html|body|p|:root|\*)$")
_FIXED_SIZE = re.compile(r"(?<![\w#.-])\d*\.?\d+(px|pt|pc|cm|mm|in|q)\b", re.IGNORECASE)
_READERS_COLOUR = frozenset(
    ("transparent", "inherit", "initial", "unset", "revert", "currentcolor", "canvas", "canvastext")
)
_BETWEEN_SIDES = re.compile(r"!important|\s+")
# Rules whose block holds rules again.
_GROUPS = frozenset(("media", "supports", "layer", "container", "document"))
_DEEPEST = 12


def check_styles(book: EpubBook) -> Iterator[Problem]:
    """Check every stylesheet, `style` element and `style` attribute: rules 43 and 52.

    Yields:
        A problem for each fault.
    """
    present = set(book.archive.files)
    for path, item in book.items.items():
        if item.get("media-type") != "text/css" or path not in present:
            continue
        try:
            content = book.archive.read(path, MOST_MARKUP_BYTES)
            yield from _sheet(path, content.decode("utf-8-sig"))
        except DamagedError as error:
            yield Problem("epub-damaged", str(error))
        except UnicodeDecodeError:
            yield Problem("epub-css-syntax", f"{path} is not in UTF-8")
    for path, tree in [*book.pages.items(), *book.drawings.items()]:
        for element in select(tree, "//h:style | //s:style"):
            yield from _sheet(path, words(element))
        for style in select(tree, "//@style"):
            for node in tinycss2.parse_blocks_contents(str(style), skip_whitespace=True):
                if node.type == "error":
                    yield Problem("epub-css-syntax", f"{path}: {style}: {node.message}")


def _sheet(path: str, css: str) -> Iterator[Problem]:
    if fault := _unclosed(css):
        yield Problem("epub-css-syntax", f"{path}: {fault}")
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    yield from _rules(path, rules, 0)


def _unclosed(css: str) -> str | None:
    """Return which bracket or comment is still open at the end; CSS closes it in silence."""
    pairs = {"}": "{", ")": "(", "]": "["}
    open_ones: list[str] = []
    token = re.compile(
        r"/\*.*?(\*/|\Z)|\\.|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|[{}()\[\]]", re.DOTALL
    )
    for found in token.finditer(css):
        text = found[0]
        if text.startswith("/*"):
            if len(text) < 4 or not text.endswith("*/"):
                return "a comment is not closed"
        elif text in pairs.values():
            open_ones.append(text)
        elif text in pairs and (not open_ones or open_ones.pop() != pairs[text]):
            return f"{text} closes nothing"
    return f"{open_ones[-1]} is not closed" if open_ones else None


def _rules(path: str, rules: list[Any], depth: int, *, dark: bool = False) -> Iterator[Problem]:
    for rule in rules:
        if rule.type == "error":
            yield _wrong(path, rule)
        elif rule.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(rule.prelude).split())
            yield from _declarations(path, selector, rule.content, depth, dark)
        elif rule.type == "at-rule":
            yield from _at_rule(path, rule, depth, dark)


def _at_rule(path: str, rule: Any, depth: int, dark: bool) -> Iterator[Problem]:
    name = rule.lower_at_keyword
    prelude = tinycss2.serialize(rule.prelude).lower()
    if rule.content is None or (name == "media" and prelude.strip() == "print"):
        return
    if name in _GROUPS and depth < _DEEPEST:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        chosen = dark or "prefers-color-scheme" in prelude
        yield from _rules(path, inner, depth + 1, dark=chosen)
    elif name in ("font-face", "page"):
        for node in tinycss2.parse_blocks_contents(rule.content, skip_comments=True):
            if node.type == "error":
                yield _wrong(path, node)


def _wrong(path: str, node: Any) -> Problem:
    where = f"{path}:{node.source_line}:{node.source_column}"
    return Problem("epub-css-syntax", f"{where}: {node.message}")


def _declarations(
    path: str, selector: str, content: list[Any], depth: int, dark: bool
) -> Iterator[Problem]:
    place = f"{path}: {selector}"
    bare = any(_BARE.search(one.strip()) for one in selector.split(","))
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            yield _wrong(path, node)
        elif node.type == "qualified-rule" and depth < _DEEPEST:
            inner = " ".join(tinycss2.serialize(node.prelude).split())
            yield from _declarations(path, f"{selector} {inner}", node.content, depth + 1, dark)
        elif node.type == "at-rule":
            yield from _at_rule(path, node, depth + 1, dark)
        elif node.type == "declaration":
            value = tinycss2.serialize(node.value).strip().lower()
            yield from _declaration(place, node.lower_name, value, bare and not dark)


def _declaration(place: str, name: str, value: str, bare: bool) -> Iterator[Problem]:
    if name in ("font-size", "line-height", "font") and _FIXED_SIZE.search(value):
        yield Problem("epub-css", f"{place} has a size that no reader can change")
    if name == "position" and value in ("fixed", "absolute", "sticky"):
        yield Problem("epub-css", f"{place} has a fixed position")
    if bare and name in ("color", "background", "background-color"):
        words_of = {one for one in _BETWEEN_SIDES.split(value) if one}
        if words_of - _READERS_COLOUR and not value.startswith("var("):
            yield Problem("epub-css", f"{place} has a colour, which dark mode then cannot change")
    if name in ("direction", "unicode-bidi"):
        yield Problem("epub-css", f"{place} sets {name}, which belongs into the markup")

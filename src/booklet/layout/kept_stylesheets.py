"""Patch WeasyPrint 70.0 to keep parsed stylesheets from one document to the next.

All guides of a publication have the same stylesheets; WeasyPrint parses them anew for each. Here a
sheet that was parsed is used again while its own bytes and those of all it imports are the same:
they are fetched each time and compared. A sheet is not kept when parsing it did more than fill
its rules (fonts, counter styles, colour profiles, layers), when it gave a warning, which has to be
told for each document, or when its values hold a gradient, which the engine changes in use.

Reaches into private parts (`css.CSS`, its attributes, `Pending._reported_error`), and only in the
version it was written for.
"""

import contextlib
import logging
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

VERSION = "70.0"

# Sheets kept at most; a build has one for each edition and a few for all.
_MOST = 32


class _Fetched(NamedTuple):
    url: str
    content: bytes
    media_type: Any


class _Kept(NamedTuple):
    """A parsed sheet: what was read for it, its rules, and the values that are solved in use."""

    fetched: tuple[_Fetched, ...]
    base_url: Any
    matcher: Any
    page_rules: tuple[Any, ...]
    pending: tuple[Any, ...]


def keep_stylesheets(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint to parse a stylesheet once.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    from weasyprint import css

    if weasyprint.__version__ == VERSION and isinstance(css.CSS, type):
        css.CSS = _Sheets(css).sheet


class _Sheets:
    """Stands for the engine's class of stylesheets."""

    def __init__(self, css: Any) -> None:
        from weasyprint.css.tokens import Pending
        from weasyprint.urls import URLFetcherResponse

        self.stock, self.response, self.pending_class = css.CSS, URLFetcherResponse, Pending
        self.logger = css.LOGGER
        self.kept: dict[Any, _Kept] = {}

    def sheet(self, **options: Any) -> Any:
        """Return what the engine's class would."""
        in_sheet = options.get("matcher") is not None  # imported by another, and kept with it
        if in_sheet or options.get("layers") or options.get("url_fetcher") is None:
            return self.stock(**options)
        key = tuple(
            options.get(name)
            for name in ("url", "string", "base_url", "media_type", "_check_mime_type")
        )
        kept = self.kept.get(key)
        if kept is None or not self._is_same(kept, options["url_fetcher"]):
            return self._parsed(key, options)
        for value in kept.pending:
            value._reported_error = False
        sheet = object.__new__(self.stock)
        sheet.base_url, sheet.matcher = kept.base_url, kept.matcher
        sheet.page_rules = [] if options.get("page_rules") is None else options["page_rules"]
        sheet.page_rules += kept.page_rules
        sheet.layers = [] if options.get("layers") is None else options["layers"]
        return sheet

    def _is_same(self, kept: _Kept, fetcher: Any) -> bool:
        recorder = _Recorder(fetcher, self.response)
        try:
            for one in kept.fetched:
                recorder(one.url)
        except Exception:  # whatever it is: the engine meets it too, and tells
            return False
        return tuple(recorder.fetched) == kept.fetched

    def _parsed(self, key: Any, options: dict[str, Any]) -> Any:
        recorder = _Recorder(options["url_fetcher"], self.response)
        fonts = _Fonts(options.get("font_config"))
        filled = [options.get(name) or {} for name in ("counter_style", "color_profiles")]
        before = [list(one.items()) for one in filled]
        rules = len(options.get("page_rules") or ())
        with _warnings(self.logger) as warnings:
            sheet = self.stock(**{**options, "url_fetcher": recorder, "font_config": fonts})
        page_rules = tuple(sheet.page_rules[rules:])
        values = list(_values(sheet.matcher, page_rules))
        untouched = before == [list(one.items()) for one in filled]
        plain = not any(map(_is_changed_in_use, values))
        self.kept.pop(key, None)
        if untouched and plain and not (sheet.layers or fonts.asked or warnings):
            while len(self.kept) >= _MOST:
                del self.kept[next(iter(self.kept))]
            pending = tuple(one for one in values if isinstance(one, self.pending_class))
            self.kept[key] = _Kept(
                tuple(recorder.fetched), sheet.base_url, sheet.matcher, page_rules, pending
            )
        return sheet


class _Recorder:
    """Fetches as another fetcher does, and notes what came."""

    def __init__(self, fetcher: Any, response: Any) -> None:
        self.fetcher, self.response = fetcher, response
        self.fetched: list[_Fetched] = []

    def __call__(self, url: str) -> Any:
        found = self.fetcher(url)
        try:
            content = found.read()
        finally:
            found.close()
        self.fetched.append(_Fetched(url, content, (found.content_type, found.charset)))
        return self.response(found.url, content, found.headers, found.status)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.fetcher, name)


class _Fonts:
    """Stands for a font configuration, and notes whether a sheet asks for a font of its own."""

    def __init__(self, fonts: Any) -> None:
        self.fonts = fonts
        self.asked = False

    def add_font_face(self, *arguments: Any) -> Any:
        self.asked = True
        return None if self.fonts is None else self.fonts.add_font_face(*arguments)


@contextlib.contextmanager
def _warnings(logger: logging.Logger) -> Iterator[list[logging.LogRecord]]:
    records: list[logging.LogRecord] = []
    handler = logging.Handler(level=logging.WARNING)
    handler.emit = records.append  # type: ignore[method-assign,assignment]
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)


def _values(matcher: Any, page_rules: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the value of each declaration."""
    tables = (
        matcher.id_selectors,
        matcher.class_selectors,
        matcher.lower_local_name_selectors,
        matcher.namespace_selectors,
    )
    entries = [entry for table in tables for found in table.values() for entry in found]
    entries += [*matcher.lang_attr_selectors, *matcher.other_selectors]
    for entry in entries:
        for _, value, _ in entry[-1][0]:
            yield value
    for *_, declarations in page_rules:
        for _, value, _ in declarations:
            yield value


def _is_changed_in_use(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return any(map(_is_changed_in_use, value))
    return type(value).__name__.endswith("Gradient")

"""WeasyPrint goes in; it comes out able to set Japanese lines.

WeasyPrint leaves Japanese lines ragged, tears 25年 apart, and knows neither hanging stops nor the
spacing of brackets. Here its line breaking is replaced for Japanese text: line_fitting.py decides
how much stands on a line, and the space between characters is written into the glyphs when they are
drawn. This is the one module that reaches into WeasyPrint's private parts; it does so in the
version it was written for and leaves every other version alone.

No line of Japanese needs Pango while it is laid out, because every character's width is measured
once. Text is set with `font-kerning: none`, so that widths add up.
"""

import contextlib
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

from booklet.diagnostics import Problem, Severity
from booklet.layout.glyph_spacing import Spacing, open_up, space_glyphs, unspaced
from booklet.layout.line_fitting import LineRules, Place, fit_line
from booklet.layout.readings import leave_readings_out_of_titles, place_readings
from booklet.layout.text_measuring import TextMeasures

VERSION = "70.0"

# What the engine reckons to be the width of a line is a little short of whole characters.
_ROUNDING_PX = 0.02
_SHORT_PX = 0.001

# A line that would have to be opened up further stays as it is: a ragged line is quieter than a
# torn one. Words with readings leave fewer places to open.
MOST_OPENED_EM = 0.125
MOST_OPENED_WITH_READINGS_EM = 0.2
_PICTURE = "\ufffc"


def set_japanese_lines(weasyprint: ModuleType, rules: LineRules) -> Problem | None:
    """Teach WeasyPrint to set Japanese lines.

    Args:
        weasyprint: The imported package. A second call changes nothing.
        rules: The rules of Japanese lines.

    Returns:
        None, or the warning that this version is another one: lines then stay ragged.
    """
    if weasyprint.__version__ != VERSION:
        return Problem(
            "typesetting-version",
            f"WeasyPrint is {weasyprint.__version__}; Japanese lines need {VERSION}",
            None,
            f"pip install weasyprint=={VERSION}",
            Severity.WARNING,
        )
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    if not getattr(inline.split_text_box, "is_japanese", False):
        engine = SimpleNamespace(
            boxes=boxes, inline=inline, preferred=preferred, line_break=line_break
        )
        _Setter(engine, rules).install()
    return None


class _Setter:
    """The functions that take the place of WeasyPrint's, and what they remember between calls."""

    def __init__(self, engine: Any, rules: LineRules) -> None:
        self.engine = engine
        self.rules = rules
        self.line_start = 0.0

    def install(self) -> None:
        # What every text box knows before it is laid out.
        text_box = self.engine.boxes.TextBox
        text_box.following, text_box.in_ruby, text_box.drawn_back = "", None, 0.0
        inline, preferred, line_break = (
            self.engine.inline,
            self.engine.preferred,
            self.engine.line_break,
        )
        self.stock_split = inline.split_text_box
        self.stock_justify = inline.justify_line
        self.stock_next_line = inline.get_next_linebox
        self.stock_split_inline = inline.split_inline_box
        self.stock_first_line = preferred.split_first_line
        self.stock_can_break = inline.can_break_text
        self.stock_widest = preferred.inline_max_content_width
        self.stock_set_text = line_break.Layout.set_text
        self.measures = TextMeasures(line_break, self.stock_set_text, self.rules)
        setter = self

        def split_text_box(*args: Any, **options: Any) -> Any:
            return setter.split_text_box(*args, **options)

        def set_text(layout: Any, text: str, justify: bool = False) -> None:
            setter.set_text(layout, text, justify)

        split_text_box.is_japanese = True  # type: ignore[attr-defined]
        inline.split_text_box = split_text_box
        inline.justify_line = self.justify_line
        inline.get_next_linebox = self.next_line
        inline.split_inline_box = self.split_inline_box
        inline.can_break_text = preferred.can_break_text = self.can_break_text
        preferred.split_first_line = self.split_first_line
        preferred.inline_max_content_width = self.widest
        line_break.Layout.set_text = set_text
        leave_readings_out_of_titles(self.engine.boxes)

    # Breaking

    def split_text_box(
        self, context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool = True
    ) -> Any:
        style = box.style
        text = self.measures.measure(box.text, style)
        if text is None:
            return self.stock_split(context, box, available_width, skip, is_line_start)
        start = len(box.text.encode()[:skip].decode()) if skip else 0
        if start >= len(box.text):
            return None, None, False
        size = style["font_size"]
        wraps = available_width is not None and style["white_space"] == "normal"
        following = box.following
        starts_line = is_line_start and (
            skip > 0 or not hasattr(box, "position_x") or box.position_x <= self.line_start + 0.01
        )
        if available_width is None:
            starts_line = box.drawn_back > 0
        place = Place(
            width=(available_width + _ROUNDING_PX) / size if wraps else float("inf"),
            starts_line=starts_line,
            ends_block=not following,
            flush=style["text_align_all"] == "justify",
            by_phrases=bool(style["__phrases"]),
            hanging=style["text_align_all"] == "justify" and not style["__within"],
            before=max(0.0, getattr(box, "position_x", self.line_start) - self.line_start) / size,
        )
        line = fit_line(text, start, place, self.rules)
        tail = 0
        if line.resume is None and following and not box.in_ruby:
            tail = self.rules.gap(box.text[-1], following)
            if line.width + tail / 1000 > place.width:
                tail = 0  # What follows goes to the next line in any case.
        inside = text.shrunk(start, line.end, line.shrunk) if line.shrunk else None
        gaps = (*(inside or text.gaps[start : line.end - 1]), tail)
        new_box = box.copy_with_text(box.text[start : line.end] or " ")
        new_box.drawn_back, new_box.hangs, new_box.tail = line.drawn_back, line.hangs, tail
        width = (line.width + tail / 1000) * size
        if wraps and -_SHORT_PX < width - available_width <= 2 * _ROUNDING_PX:
            # A hair short: where the line begins, added to all its room, may come to more than its
            # end, and the engine would take the text for too wide.
            width = available_width - _SHORT_PX
        new_box.width = width
        new_box.pango_layout = self._drawn(
            new_box, Spacing(gaps, tuple(text.advances[start : line.end]), line.drawn_back)
        )
        height, baseline = self.measures.height(style)
        line_height, _ = self.engine.line_break.strut(style)
        half_leading = (line_height - height) / 2
        new_box.height = height
        new_box.margin_top = new_box.margin_bottom = half_leading
        new_box.baseline = baseline + half_leading
        if line.resume is None:
            return new_box, None, False
        return new_box, len(box.text[: line.resume].encode()), False

    def _drawn(self, box: Any, spacing: Spacing) -> Any:
        """Return what the engine draws: a layout that Pango fills in when its turn comes."""
        layout_class = self.engine.line_break.Layout
        if box.style["text_decoration_line"] != "none":
            layout = layout_class(box.style)
            layout.deactivate()
        else:
            layout = layout_class.__new__(layout_class)
            layout.first_line_direction = 0
            layout.ascent = None
        layout.text, layout.max_width, layout.justification_spacing = box.text, None, spacing
        return layout

    def split_first_line(
        self, text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any
    ) -> Any:
        """Measure for the engine how wide a text wants to be, at least and at most."""
        measured = self.measures.rest_of_known(text, style)
        if measured is None:
            return self.stock_first_line(text, style, context, max_width, *rest, **options)
        known, start = measured
        wraps = max_width is not None and style["white_space"] == "normal"
        width = (max_width + _ROUNDING_PX) / style["font_size"] if wraps else float("inf")
        # The engine's own order: the spacing, whether it starts a line, whether it is a minimum.
        is_line_start = rest[1] if len(rest) > 1 else options.get("is_line_start", True)
        place = Place(width, is_line_start, False, False, False)
        line = fit_line(known, start, place, self.rules)
        resume = None if line.resume is None else len(known.text[start : line.resume].encode())
        return None, 0, resume, line.width * style["font_size"], 0, 0

    def can_break_text(self, text: str, language: str | None) -> bool:
        if not (language or "").startswith("ja"):
            return bool(self.stock_can_break(text, language))
        if len(text) == 2:
            return self.rules.may_break(text[0], text[1])
        return len(self.rules.groups(text)) > 1

    def widest(self, context: Any, box: Any, *args: Any, **options: Any) -> Any:
        _note_neighbours(self.engine.boxes, box)
        between = sum(
            max(0, self.rules.gap(run.text[-1], run.following)) / 1000 * run.style["font_size"]
            for run in _runs(self.engine.boxes, box)
            if run is not None and run.text and run.following
        )
        return self.stock_widest(context, box, *args, **options) + between

    # Lines

    def next_line(self, context: Any, linebox: Any, *args: Any) -> Any:
        if not hasattr(linebox, "has_neighbours"):
            _note_neighbours(self.engine.boxes, linebox)
            linebox.has_neighbours = True
            linebox.has_readings = any(box.element_tag == "rt" for box in linebox.descendants())
        line, resume = self.stock_next_line(context, linebox, *args)
        if line is not None and linebox.has_readings:
            place_readings(line, args[3].width)
        return line, resume

    def split_inline_box(self, context: Any, box: Any, position_x: float, *args: Any) -> Any:
        if not isinstance(box, self.engine.boxes.LineBox):
            return self.stock_split_inline(context, box, position_x, *args)
        before, self.line_start = self.line_start, position_x
        try:
            return self.stock_split_inline(context, box, position_x, *args)
        finally:
            self.line_start = before

    def justify_line(self, context: Any, line: Any, extra_width: float) -> None:
        runs = list(_runs(self.engine.boxes, line))
        set_here = [run is not None and _spacing(run) is not None for run in runs]
        if not any(set_here):
            self.stock_justify(context, line, extra_width)
            return
        last = runs[-1]
        if set_here[-1] and last.tail:
            # The gap to what follows, which stands on the next line.
            tail = last.tail / 1000 * last.style["font_size"]
            last.width -= tail
            extra_width += tail
        places = [
            self._places(run, _next_character(runs, index)) if here else []
            for index, (run, here) in enumerate(zip(runs, set_here, strict=True))
        ]
        count = sum(map(len, places))
        readings = any(run is not None and run.in_ruby for run in runs)
        most = MOST_OPENED_WITH_READINGS_EM if readings else MOST_OPENED_EM
        if not count or extra_width / count > most * line.style["font_size"]:
            return
        share = extra_width / count
        opened = {}
        for run, indexes in zip(runs, places, strict=True):
            if run is not None and run.in_ruby and indexes:
                # Behind the word and its reading, not between them.
                opened[id(run.in_ruby)] = share
            elif indexes:
                open_up(run, indexes, share)
                opened[id(run)] = share * len(indexes)
        _move(self.engine.boxes, line, opened, 0.0)

    def _places(self, run: Any, following: str) -> list[int]:
        """Return behind which characters of a run the line may be opened up."""
        text = run.text + following
        count = len(text) - 1 - (run.hangs and not following)
        first = len(run.text) - 1 if run.in_ruby else 0
        return [i for i in range(first, count) if self.rules.may_open(text[i], text[i + 1])]

    # Drawing

    def set_text(self, layout: Any, text: str, justify: bool) -> None:
        spacing = layout.justification_spacing
        if not isinstance(spacing, Spacing):
            self.stock_set_text(layout, text, justify)
            return
        style = layout.style
        layout.justification_spacing, layout.style = 0, unspaced(style)
        try:
            # The engine asks for this mode before it draws; Pango would forget what is set below.
            self.engine.line_break.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
            self.stock_set_text(layout, text, justify)
        finally:
            layout.justification_spacing, layout.style = spacing, style
        space_glyphs(layout, spacing, style["font_size"])


def _spacing(run: Any) -> Spacing | None:
    spacing = getattr(getattr(run, "pango_layout", None), "justification_spacing", None)
    return spacing if isinstance(spacing, Spacing) else None


def _move(boxes: Any, box: Any, opened: dict[int, float], shift: float) -> float:
    """Move `box` by `shift` pixels, widen what is in it, and return the shift of what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        wider = opened.get(id(box), 0.0)
        box.width += wider
        return shift + wider
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    before = shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _move(boxes, child, opened, shift)
    box.width += shift - before
    return shift + opened.get(id(box), 0.0)


def _runs(boxes: Any, box: Any, in_ruby: Any = None) -> Iterator[Any]:
    """Yield the text boxes of a line in order, and None for a picture; a reading is passed over."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            child.in_ruby = in_ruby
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _runs(boxes, child, child if child.element_tag == "ruby" else in_ruby)
        elif child.is_in_normal_flow() and child.element_tag != "rt":
            yield None


def _next_character(runs: list[Any], index: int) -> str:
    for run in runs[index + 1 :]:
        if run is None:
            return _PICTURE
        if run.text:
            return str(run.text[0])
    return ""


def _note_neighbours(boxes: Any, line: Any) -> None:
    """Tell each text box of a line which character follows it in another box."""
    with contextlib.suppress(AttributeError):
        runs = list(_runs(boxes, line))
        for index, run in enumerate(runs):
            if run is not None:
                run.following = _next_character(runs, index)

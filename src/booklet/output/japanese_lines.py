"""WeasyPrint goes in; it comes out able to set Japanese lines flush, spreading characters.

WeasyPrint stretches spaces only, and Japanese has none, so its lines end where they happen to.
JLREQ 3.8.4 spreads a line evenly between its characters. This is the one module that reaches into
WeasyPrint's private parts; it does so in the version it was written for and leaves every other
version alone.

Justified text has to be set with `font-kerning: none`: the space after a character parts it from
its neighbour, and a pair that was kerned while the line was measured would be drawn wider.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from booklet.diagnostics import Problem, Severity

VERSION = "70.0"

_JAPANESE = re.compile(
    "[\u2e80-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffe6]"
)
_SPACES = " \u00a0"
# Two of these are one mark and are never torn apart (JLREQ 3.1.10, inseparable characters).
_INSEPARABLE = frozenset(("……", "‥‥", "――", "——", "──"))


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the characters of one text box stand apart.

    Attributes:
        pixels: Space after each of the characters, in CSS pixels.
        places: Indexes of the characters that get it, ascending.
    """

    pixels: float
    places: tuple[int, ...]


def stretchable_places(text: str, following: str) -> tuple[int, ...]:
    """Return after which characters a line may be opened up.

    Args:
        text: A run of text.
        following: The character after it on the line, or nothing at the line's end.

    Returns:
        Indexes into `text`. Space opens at a space, and between two characters of which one is
        Japanese, but not inside an inseparable pair (JLREQ 3.8.4).
    """
    places = []
    for index, character in enumerate(text):
        after = text[index + 1 : index + 2] or following
        if not after:
            continue
        if character in _SPACES or (after not in _SPACES and _may_part(character, after)):
            places.append(index)
    return tuple(places)


def _may_part(character: str, after: str) -> bool:
    if character + after in _INSEPARABLE:
        return False
    return bool(_JAPANESE.match(character) or _JAPANESE.match(after))


def set_lines_flush(weasyprint: ModuleType) -> Problem | None:
    """Teach WeasyPrint to justify Japanese.

    Args:
        weasyprint: The imported package. A second call changes nothing.

    Returns:
        None, or the warning that this version is another one: lines then stay ragged.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    if weasyprint.__version__ != VERSION:
        return Problem(
            "typesetting-version",
            f"WeasyPrint is {weasyprint.__version__}, and lines are set flush with {VERSION} only",
            None,
            f"pip install weasyprint=={VERSION}",
            Severity.WARNING,
        )
    if getattr(inline.justify_line, "is_japanese", False):
        return None
    _replace_justification(boxes, inline, line_break)
    _replace_set_text(line_break)
    return None


def _replace_justification(boxes: Any, inline: Any, line_break: Any) -> None:
    spread_spaces = inline.justify_line

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        runs = list(_text_runs(boxes, line))
        texts = [run.text if run is not None else "" for run in runs]
        places = {}
        for index, run in enumerate(runs):
            if run is not None:
                rest = next((text for text in texts[index + 1 :] if text), "")
                places[id(run)] = stretchable_places(run.text, rest[:1])
        count = sum(map(len, places.values()))
        if not count or not any(map(_JAPANESE.search, texts)):
            spread_spaces(context, line, extra_width)
            return
        pixels = extra_width / count
        for run in runs:
            if run is not None and places[id(run)]:
                run.justification_spacing = Spread(pixels, places[id(run)])
                run.pango_layout = line_break.create_layout(
                    run.text, run.style, context, None, run.justification_spacing
                )
                run.pango_layout.deactivate()
        _move(boxes, line, pixels, places, 0.0)

    justify_line.is_japanese = True  # type: ignore[attr-defined]
    inline.justify_line = justify_line


def _text_runs(boxes: Any, box: Any) -> Iterator[Any]:
    """Yield the text boxes of a line in order, and None for anything else that stands in it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _text_runs(boxes, child)
        elif child.is_in_normal_flow():
            yield None


def _move(
    boxes: Any, box: Any, pixels: float, places: dict[int, tuple[int, ...]], shift: float
) -> float:
    """Move `box` by `shift` pixels, widen what is in it, and return the shift of what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        opened = pixels * len(places.get(id(box), ()))
        box.width += opened
        return shift + opened
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    before = shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _move(boxes, child, pixels, places, shift)
    box.width += shift - before
    return shift


def _replace_set_text(line_break: Any) -> None:
    plain_set_text = line_break.Layout.set_text

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        spread = layout.justification_spacing
        if not isinstance(spread, Spread):
            plain_set_text(layout, text, justify)
            return
        layout.justification_spacing = 0
        try:
            plain_set_text(layout, text, justify)
        finally:
            layout.justification_spacing = spread
        if justify:
            _open_up(line_break, layout, spread)

    line_break.Layout.set_text = set_text


def _open_up(line_break: Any, layout: Any, spread: Spread) -> None:
    """Give the characters of a Pango layout their space, as letter spacing."""
    pango, ffi = line_break.pango, line_break.ffi
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    given = layout.style["letter_spacing"]
    own = 0 if given == "normal" else given
    starts = [0]
    for character in layout.text:
        starts.append(starts[-1] + len(character.encode("utf-8")))
    for place in spread.places:
        if place + 1 >= len(starts):
            continue
        attribute = pango.pango_attr_letter_spacing_new(
            int((spread.pixels + own) * line_break.TO_UNITS)
        )
        attribute.start_index, attribute.end_index = starts[place], starts[place + 1]
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)

"""A run of text and its style go in; the widths of its characters and its height come out.

Part of japanese_lines.py. Each character of a font is shaped once; after that a text is measured
without Pango. A width is rounded at the size at which a document meets the character first. So what
is kept for the next document are the widths at each size, not those in ems: else what a process did
before would move lines by a thousandth of an em.
"""

import os
from collections.abc import Callable
from typing import Any

from booklet.layout.glyph_spacing import glyphs, unspaced
from booklet.layout.line_fitting import LineRules, MeasuredText

# Text without a Japanese character is left to the engine, unless it is a word in a Japanese line.
_LONGEST_FOREIGN_WORD = 24
# Pango rounds to its units, so a width measured at the size that happens to come first would differ
# from one history of a process to another.
_MEASURED_PX = 1000.0
_SELECTORS = [*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))]


class TextMeasures:
    """Measures texts, and remembers characters, heights and texts of one document.

    Args:
        line_break: The engine's module of that name.
        set_text: Its own way to give a layout its text.
        rules: The rules of Japanese lines.
    """

    def __init__(
        self, line_break: Any, set_text: Callable[[Any, str], None], rules: LineRules
    ) -> None:
        self.line_break = line_break
        self.set_text = set_text
        self.rules = rules
        self.fonts: Any = None
        self.shaped: dict[Any, dict[str, int]] = {}
        self._forget()

    def _forget(self) -> None:
        self.widths: dict[Any, dict[str, float]] = {}
        self.heights: dict[Any, tuple[float, float]] = {}
        self.measured: dict[Any, MeasuredText] = {}
        self.last_asked: tuple[MeasuredText | None, Any] = (None, None)

    def measure(self, text: str, style: Any) -> MeasuredText | None:
        """Return the text measured, or None when the engine has to set it in its own way."""
        if not (style["lang"] or "").startswith("ja") or style["font_size"] == 0:
            return None
        if style["white_space"] not in ("normal", "nowrap") or style["direction"] != "ltr":
            return None
        if style["word_spacing"] or style["word_break"] != "normal":
            return None
        if not self.rules.is_japanese(text) and len(text) > _LONGEST_FOREIGN_WORD:
            return None
        if any(character in text for character in "\n\t\xad"):
            return None
        if style.font_config is not self.fonts:  # each document has a configuration of its own
            self._forget()
            self.fonts = style.font_config
        font = self._font(style)
        spacing = style["letter_spacing"]
        spacing_em = 0.0 if spacing == "normal" else spacing / style["font_size"]
        key = (font, spacing_em, text)
        known = self.measured.get(key)
        if known is None:
            widths = self._widths(text, style, font)
            if widths is None:
                return None
            known = MeasuredText(text, [widths[c] for c in text], spacing_em, self.rules)
            self.measured[key] = known
        return known

    def _font(self, style: Any) -> Any:
        return (
            tuple(style["font_family"]),
            style["font_weight"],
            style["font_style"],
            style["font_stretch"],
            style["font_kerning"],
            str(style["font_feature_settings"]),
            str(style["font_variant_east_asian"]),
        )

    def _widths(self, text: str, style: Any, font: Any) -> dict[str, float] | None:
        """Return the advance of each character of `text`, in em; shaping the unknown."""
        # A variation selector changes the glyph before it and has none of its own.
        known = self.widths.setdefault(font, dict.fromkeys(_SELECTORS, 0.0))
        unknown = [character for character in dict.fromkeys(text) if character not in known]
        if unknown:
            # Another configuration gives the same name to other fonts.
            configured = os.environ.get("FONTCONFIG_FILE"), font
            shaped = self.shaped.setdefault(configured, {})
            if not self._shape([one for one in unknown if one not in shaped], style, shaped):
                return None
            unit = _MEASURED_PX * self.line_break.TO_UNITS
            for character in unknown:
                known[character] = shaped[character] / unit
        return known

    def _shape(self, characters: list[str], style: Any, shaped: dict[str, int]) -> bool:
        """Add the widths of characters in Pango's units; False when one has not one glyph."""
        if not characters:
            return True
        # An ideographic space between them keeps kerning and ligatures away.
        layout = self.line_break.Layout(_at_measuring_size(style))
        self.set_text(layout, "\u3000".join([*characters, ""]))
        widths = [glyph.geometry.width for _, glyph in glyphs(layout)]
        if len(widths) != 2 * len(characters):
            return False
        shaped.update(zip(characters, widths[::2], strict=True))
        return True

    def height(self, style: Any) -> tuple[float, float]:
        """Return height and baseline of a line in this font, in pixels."""
        key = (self._font(style), style["font_size"])
        if key not in self.heights:
            line_break = self.line_break
            layout = line_break.Layout(style)
            self.set_text(layout, "永")
            line, _ = layout.get_first_line()
            _, height = line_break.line_size(line, style)
            baseline = line_break.pango.pango_layout_get_baseline(layout.layout)
            self.heights[key] = height, baseline * line_break.FROM_UNITS
        return self.heights[key]

    def rest_of_known(self, text: str, style: Any) -> tuple[MeasuredText, int] | None:
        """Return a measured text that ends with `text`, and where `text` starts in it."""
        if not text:
            return None
        last, last_style = self.last_asked
        if last is None or last_style is not style or not last.text.endswith(text):
            last = self.measure(text, style)
            self.last_asked = last, style
        return None if last is None else (last, len(last.text) - len(text))


def _at_measuring_size(style: Any) -> Any:
    style = unspaced(style).copy()
    style["font_size"] = _MEASURED_PX
    return style

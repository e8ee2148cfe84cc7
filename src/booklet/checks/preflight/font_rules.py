"""The fonts of a PDF's pages go in; which of them a press cannot set comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Name

from booklet.checks.findings import Finding
from booklet.checks.preflight.budget import Budget, OutOfBudgetError
from booklet.checks.preflight.font_programs import BrokenFontError, glyphs_of, program_of
from booklet.checks.preflight.paint import PagePaint
from booklet.checks.preflight.pdf_values import entry, shown
from booklet.checks.preflight.streams import UndecodableError
from booklet.model.print_profile import PrintProfile, Standard


@dataclass(slots=True)
class _Font:
    """A font of the file: two of one name are two."""

    font: Any
    name: str
    page: int
    codes: set[int] = field(default_factory=set)


def font_findings(
    profile: PrintProfile, paints: Sequence[PagePaint], budget: Budget
) -> Iterator[Finding]:
    """Yield fonts that are not embedded, that do not work, and glyphs they lack."""
    fonts: dict[Any, _Font] = {}
    for number, paint in enumerate(paints, 1):
        for key, used in paint.fonts.items():
            if entry(used.font, "/Subtype") != Name.Type3:
                one = fonts.setdefault(key, _Font(used.font, used.widths.name, number))
                one.codes |= used.codes
    for one in fonts.values():
        budget.spend()
        yield from _look_at(one, profile)


def _look_at(one: _Font, profile: PrintProfile) -> Iterator[Finding]:
    name = shown(one.name)
    program = program_of(one.font)
    if program is None:
        message = f"the font {name} is not embedded"
        yield Finding("font-embedded", message, "embed all fonts", one.page)
        return
    if profile.pdf.standard is Standard.X_1A and entry(program, "/Subtype") == Name.OpenType:
        message = f"the font {name} is embedded as OpenType, which PDF 1.4 does not know"
        yield Finding("font-form", message, "save it as PDF/X-1a", one.page)
    try:
        has_glyph = glyphs_of(one.font)
    except (BrokenFontError, UndecodableError) as error:
        reason = f": {error}" if str(error) else ""
        message = f"the program of the font {name} is damaged{shown(reason, 100)}"
        yield Finding("font-broken", message, "embed the font again", one.page)
        return
    except (OutOfBudgetError, MemoryError) as error:
        message = f"the font {name} was not looked at: {error or 'it is too large'}"
        yield Finding("preflight-not-judged", message, "embed a subset of it", one.page)
        return
    missing = sorted(code for code in one.codes if has_glyph(code) is False)
    if missing:
        message = (
            f"text shows a sign that the font {name} does not have (code {missing[0]:X}): "
            "an empty box, or nothing"
        )
        hint = "set it in a font that has it"
        yield Finding("glyph-missing", message, hint, one.page)

"""What a print profile says goes in; the rules of a kind of shop or office printer come out.

A rule that a profile leaves out is not asked for. Lengths are in mm, type and lines in pt.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from booklet.model.parts import Choice, Date, Line, Part, YesNo
from booklet.model.publication import PageSize

Millimetres = Annotated[float, Field(ge=0, le=50, strict=True)]
Points = Annotated[float, Field(ge=0, le=72, strict=True)]
Percent = Annotated[float, Field(ge=0, le=400, strict=True)]
Pages = Annotated[int, Field(ge=1, le=1000, strict=True)]
DotsPerInch = Annotated[int, Field(ge=1, le=5000, strict=True)]
Megabytes = Annotated[float, Field(gt=0, le=2000, strict=True)]

LAYOUT_BLEED_MM = 3.0
"""The bleed every page is laid out with; a profile may ask for less, not for more."""


class PrintUse(Choice):
    """Where a file goes."""

    PRESS = "press", "印刷所"
    OFFICE = "office", "オフィスの印刷機"


class Standard(Choice):
    """The kind of PDF."""

    X_1A = "pdf-x-1a", "PDF/X-1a:2003"
    X_4 = "pdf-x-4", "PDF/X-4"
    PLAIN = "pdf-1.7", "PDF 1.7"


class Rule(Part):
    """A rule, with where it was seen and when."""

    source: Line
    seen: Date
    note: Line | None = None


class PdfRule(Rule):
    """The kind of PDF and the printing condition it is made for.

    Attributes:
        standard: The kind of PDF.
        condition: Name of the printing condition in the registry of the ICC, www.color.org.
        condition_name: The condition in words.
        icc: The shop's ICC profile, a file beside the print profile; PDF/X-4 needs it.
    """

    standard: Standard
    condition: Line = "JC200103"
    condition_name: Line = "Japan Color 2001 Coated"
    icc: Line | None = None


class BleedRule(Rule):
    """How far pictures and grounds run over the trim."""

    mm: Annotated[float, Field(ge=0, le=LAYOUT_BLEED_MM, strict=True)]


class MarksRule(Rule):
    """Trim marks outside the bleed.

    Attributes:
        style: None, or the Japanese double marks.
        slug: Whether title, page and version stand beside them.
    """

    style: Literal["none", "japanese"]
    slug: YesNo = False


class BlackRule(Rule):
    """How black is printed.

    Attributes:
        text: CMYK of black text, lines and small drawings, in per cent.
        overprint: Whether they print over what lies under them.
    """

    text: Annotated[list[Percent], Field(min_length=4, max_length=4)]
    overprint: YesNo


class InkRule(Rule):
    """The most ink anywhere, the four colours added up."""

    most_percent: Percent


class PagesRule(Rule):
    """How many pages a booklet may have, covers counted."""

    multiple: Pages
    fewest: Pages
    most: Pages


class CoverRule(Rule):
    """Whether the cover goes into a file of its own, as two spreads."""

    apart: YesNo


class FolioRule(Rule):
    """Whether every inner page has a tiny number in the gutter, by which the shop collates."""

    hidden: YesNo


class ResolutionRule(Rule):
    """The resolution of pictures at the size they are printed.

    Attributes:
        colour_dpi: Of colour pictures; less is a warning.
        grey_dpi: Of grey pictures; less is a warning.
        bitmap_dpi: Of pictures of black and white only; less is a warning.
        least_dpi: Less than this is an error.
    """

    colour_dpi: DotsPerInch
    grey_dpi: DotsPerInch
    bitmap_dpi: DotsPerInch
    least_dpi: DotsPerInch


class LinesRule(Rule):
    """The thinnest line."""

    least_pt: Points


class TypeRule(Rule):
    """The smallest type.

    Attributes:
        least_pt: Of everything but ruby.
        least_ruby_pt: Of ruby, which is half as large as what it stands above.
    """

    least_pt: Points
    least_ruby_pt: Points


class SafeRule(Rule):
    """How far text stays away from the trim."""

    mm: Millimetres


class BindingRule(Rule):
    """The side on which the booklet is bound, seen from its front."""

    side: Literal["left", "right"]


class SheetRule(Rule):
    """How pages lie on an office printer's sheet, two side by side, folded in the middle.

    Attributes:
        rim_mm: What no text may come into, at every edge of the sheet.
        scale_percent: How large a page is printed.
        leaf_mm: Thickness of the paper; inner sheets move towards the spine by it.
    """

    rim_mm: Millimetres
    scale_percent: Annotated[float, Field(ge=50, le=100, strict=True)]
    leaf_mm: Annotated[float, Field(ge=0, le=1, strict=True)]


class FileRule(Rule):
    """How files are called and how large they may be.

    Attributes:
        name: The name, in which {slug} stands for the guide and {part} for press, office, cover
            or inner.
        most_megabytes: The largest file that is taken.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_{}-]*\{slug\}[A-Za-z0-9_{}-]*\.pdf$")] = (
        "{slug}-{part}.pdf"
    )
    most_megabytes: Megabytes | None = None


class PrintProfile(Part):
    """All the rules of a kind of shop or office printer."""

    title: Line
    use: PrintUse
    note: Line
    pdf: PdfRule
    sizes: Annotated[list[PageSize], Field(min_length=1)] = list(PageSize)
    bleed: BleedRule | None = None
    marks: MarksRule | None = None
    black: BlackRule | None = None
    ink: InkRule | None = None
    pages: PagesRule | None = None
    cover: CoverRule | None = None
    folio: FolioRule | None = None
    resolution: ResolutionRule | None = None
    lines: LinesRule | None = None
    type: TypeRule | None = None
    safe: SafeRule | None = None
    binding: BindingRule | None = None
    sheet: SheetRule | None = None
    file: FileRule | None = None

    @property
    def is_pdf_x(self) -> bool:
        """Return whether the file has to follow PDF/X."""
        return self.pdf.standard is not Standard.PLAIN

    @property
    def right_bound(self) -> bool:
        """Return whether the booklet opens from the other side."""
        return self.binding is not None and self.binding.side == "right"

    def for_part(self, part: str) -> "PrintProfile":
        """Return the rules for one file of a booklet.

        Args:
            part: press, office, cover or inner. A cover alone is two spreads, and the inner pages
                alone are not as many as the booklet has, so neither has a page count to keep.
        """
        if part not in ("cover", "inner"):
            return self
        return self.model_copy(update={"pages": None})

    def file_name(self, slug: str, part: str) -> str:
        """Return what the file of a guide is called.

        Args:
            slug: The guide.
            part: press, office, cover or inner.
        """
        pattern = self.file.name if self.file else "{slug}-{part}.pdf"
        if "{part}" not in pattern and part in ("cover", "inner"):
            # Two files of one name would be one file.
            pattern = pattern.removesuffix(".pdf") + "-{part}.pdf"
        return pattern.replace("{slug}", slug).replace("{part}", part)


@dataclass(frozen=True, slots=True)
class ChosenProfile:
    """A print profile that a build uses.

    Attributes:
        name: The name of its file, without the ending.
        profile: Its rules.
        icc: The shop's ICC profile; empty when there is none.
    """

    name: str
    profile: PrintProfile
    icc: bytes

"""What `content/booklet.yaml` says goes in; the publication, its makers and formats come out."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from booklet.model.edition import Edition, EditionSettings
from booklet.model.parts import (
    Choice,
    CodeAddress,
    Count,
    LanguageTag,
    Line,
    Part,
    Slug,
    Text,
    WebAddress,
)


class PageSize(Choice):
    """A trimmed page size; B sizes are the Japanese ones (JIS P 0138)."""

    A5 = "A5", "A5判"
    B5 = "B5", "B5判"
    A4 = "A4", "A4判"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Return width and height in mm."""
        return {"A5": (148, 210), "B5": (182, 257), "A4": (210, 297)}[self.value]


class Format(Choice):
    """A file the build can make."""

    READING = "reading", "PDF（画面・閲覧用）"
    PRESS = "press", "PDF（印刷所に入稿するもの）"
    OFFICE = "office", "PDF（オフィスで両面に刷って折るもの）"
    EPUB = "epub", "EPUB"
    TEXT = "text", "テキスト"
    COVER = "cover", "表紙の画像（電子書店に出すもの）"
    PAGES = "pages", "ページごとのテキスト（音声コードや点訳に）"


class EpubLayout(Choice):
    """How the files inside an EPUB are called."""

    STANDARD = "standard", "booklet の名前"
    EBPAJ = "ebpaj", "電書協・電書連の制作ガイドの名前"


_ISBN_DIGITS = 13
FOR_PRINT = frozenset({Format.PRESS, Format.OFFICE})
# A reader of an e-book sets large letters himself, and an e-reader shows grey what has no colour:
# an EPUB of these editions would differ from the standard one in its title and its page list alone.
ONLY_ON_PAPER = frozenset({Edition.LARGE, Edition.MONO})


class Series(Part):
    """The series the guides belong to."""

    title: Line
    reading: Line | None = None


class Publisher(Part):
    """Who publishes the booklet."""

    name: Line
    address: Line | None = None
    url: WebAddress | None = None


class Contact(Part):
    """Whom a reader may turn to."""

    organisation: Line
    department: Line | None = None
    phone: Line | None = None
    mail: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)] | None = None
    url: CodeAddress | None = None
    hours: Line | None = None


def _isbn(written: str) -> str:
    """Return an ISBN whose last digit agrees with the others (ISO 2108, annex C)."""
    digits = written.replace("-", "")
    if len(digits) != _ISBN_DIGITS:
        hint = "13 digits that start with 978 or 979, such as 978-4-00-000000-0"
        raise PydanticCustomError(
            "text_form", "this has {count} digits", {"count": len(digits), "hint": hint}
        )
    weighed = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits[:-1]))
    wanted = str(-weighed % 10)
    if digits[-1] != wanted:
        raise PydanticCustomError(
            "text_form",
            "this ends in {given}, and its other digits ask for {wanted}",
            {
                "given": digits[-1],
                "wanted": wanted,
                "hint": f"{written[:-1]}{wanted}, if the other digits are right",
            },
        )
    return written


Isbn = Annotated[str, Field(pattern=r"^97[89][-0-9]{10,14}$"), AfterValidator(_isbn)]
"""An ISBN of 13 digits, with hyphens or without."""


class Imprint(Part):
    """What the colophon says beside the guide's own dates and sources."""

    printer: Line | None = None
    editor: Line | None = None
    copyright: Line | None = None
    isbn: Annotated[str, Field(pattern=r"^97[89][-0-9]{10,14}$"), AfterValidator(_isbn)] | None = (
        None
    )
    disclaimer: Text | None = None
    other_formats: Line | None = None


class Page(Part):
    """The trimmed page."""

    size: PageSize = PageSize.A5
    binding: Literal["left"] = "left"


class GuideEntry(Part):
    """A guide of this publication and its place in the series."""

    slug: Slug
    volume: Count | None = None


class Publication(Part):
    """Everything the guides of one publication have in common."""

    title: Line
    series: Series | None = None
    publisher: Publisher | None = None
    contact: Contact | None = None
    url: CodeAddress | None = None
    language: LanguageTag = "ja"
    imprint: Imprint = Imprint()
    page: Page = Page()
    typeface: Literal["Noto Sans CJK JP"] = "Noto Sans CJK JP"
    # A file for print is made where it is asked for: its page count has to suit a printer.
    formats: Annotated[list[Format], Field(min_length=1)] = [
        Format.READING,
        Format.EPUB,
        Format.TEXT,
    ]
    editions: Annotated[list[Edition], Field(min_length=1)] = [Edition.STANDARD]
    # Others are printed when they are asked for: they have more pages than a shop may bind.
    print_editions: list[Edition] = [Edition.STANDARD]
    edition_settings: EditionSettings = EditionSettings()
    epub_layout: EpubLayout = EpubLayout.STANDARD
    guides: Annotated[list[GuideEntry], Field(min_length=1)]

    def formats_of(self, edition: Edition) -> list[Format]:
        """Return the formats an edition is made in when nobody asks for others.

        Large type and black alone are made on paper and as PDF: see `ONLY_ON_PAPER`.
        """
        left_out = set() if edition in self.print_editions else set(FOR_PRINT)
        if edition in ONLY_ON_PAPER:
            left_out |= {Format.EPUB, Format.TEXT} & self._beside(edition)
        return [one for one in self.formats if one not in left_out]

    def _beside(self, edition: Edition) -> set[Format]:
        """Return the formats that another edition of this publication gives its readers."""
        others = [one for one in self.editions if one not in (edition, *ONLY_ON_PAPER)]
        return set(self.formats) if others else set()

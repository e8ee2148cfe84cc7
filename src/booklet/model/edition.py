"""The editions of a booklet: one text, set for readers who need it otherwise."""

from typing import Annotated

from pydantic import Field, StrictInt

from booklet.model.parts import Choice, Part


class Edition(Choice):
    """One way to set a guide. Each has its own files, identifier and page plan."""

    STANDARD = "standard", "標準版"
    LARGE = "large", "大きな文字版"
    FURIGANA = "furigana", "ふりがな版"
    MONO = "mono", "白黒版"

    @property
    def suffix(self) -> str:
        """Return what the edition adds to a file's name."""
        return "" if self is Edition.STANDARD else f"-{self.value}"


class FuriganaUse(Choice):
    """How often a word gets its reading."""

    ALWAYS = "always", "すべての言葉に"
    ONCE = "once", "ページごとに一度"


class EditionSettings(Part):
    """What a publication decides about its editions.

    Attributes:
        large_type_pt: Body type of the large edition. 18 and 22 are the sizes of large-print
            schoolbooks in Japan (MEXT); other sizes are not offered.
        furigana: How often a word gets its reading in the furigana edition.
    """

    large_type_pt: Annotated[StrictInt, Field(ge=18, le=22)] = 18
    furigana: FuriganaUse = FuriganaUse.ALWAYS

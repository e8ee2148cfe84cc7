"""What an edition's files are called; two that would be called alike are told before a build."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from booklet.diagnostics import Problem
from booklet.model.edition import Edition
from booklet.model.print_profile import ChosenProfile, PrintUse
from booklet.model.publication import Format

REPORT_FILE = "report.json"

_ENDINGS = {
    Format.READING: ".pdf",
    Format.EPUB: ".epub",
    Format.TEXT: ".txt",
    Format.COVER: "-cover.jpg",
    # One file a page, or several; how many is not known before.
    Format.PAGES: "-page-#.txt",
}
_OF_A_PAGE = re.compile(r"-page-\d+(-\d+)?\.txt$")
_PRINTED = {Format.PRESS: PrintUse.PRESS, Format.OFFICE: PrintUse.OFFICE}


def file_names(
    slug: str,
    edition: Edition,
    formats: Iterable[Format],
    profiles: Mapping[PrintUse, ChosenProfile],
) -> list[str]:
    """Return the names of the files of an edition; `#` stands for the number of a page.

    Args:
        slug: The guide.
        edition: The edition.
        formats: The formats to make.
        profiles: The print profiles of those that are for a printer.
    """
    stem = f"{slug}{edition.suffix}"
    names = []
    for format_ in formats:
        if format_ in _PRINTED:
            profile = profiles[_PRINTED[format_]].profile
            cover = profile.cover if format_ is Format.PRESS else None
            parts = ("cover", "inner") if cover and cover.apart else (format_.value,)
            names += [profile.file_name(stem, part) for part in parts]
        else:
            names.append(stem + _ENDINGS[format_])
    return names


class TakenNames:
    """The names given so far.

    Two are the same where a file system may take them for the same: Windows and macOS know no case,
    and macOS writes Japanese letters in another form.
    """

    def __init__(self) -> None:
        """Start with the report's own name."""
        self._owners = {_folded(REPORT_FILE): "the report"}

    def take(self, owner: str, names: Iterable[str]) -> list[Problem]:
        """Give names to `owner`; return why that is impossible for some.

        Args:
            owner: Whose they are, in words: a guide and its edition.
            names: The names, as `file_names` returns them.
        """
        problems = []
        for name in names:
            folded = _folded(name)
            if folded in self._owners:
                message = f"{owner} and {self._owners[folded]} would both write {name}"
                hint = "give one of the guides another slug, or the print profile another file name"
                problems.append(Problem("name-taken", message, None, hint))
            self._owners.setdefault(folded, owner)
        return problems


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).casefold()
    return _OF_A_PAGE.sub("-page-#.txt", plain)

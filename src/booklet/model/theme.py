"""The look of a project: its stylesheets and drawings by name, and the palette they hold."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_COLOUR = re.compile(r"^\s*--([a-z-]+):\s*(#[0-9A-Fa-f]{6});", re.MULTILINE)
_INK = re.compile(
    r"^\s*--([a-z-]+):\s*(#[0-9A-Fa-f]{6});\s*/\*\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\b", re.MULTILINE
)
_IMPORT = re.compile(r'^@import (?:url\()?"([^"]+)"\)?;[ \t]*\n', re.MULTILINE)
# The palette of tokens.css is the sixth.
FIELD_PALETTES = ("indigo", "plum", "olive", "brick", "slate")


@dataclass(frozen=True, slots=True)
class Theme:
    """Where the look comes from: a project's `styles/`, and for what it lacks the default theme.

    Attributes:
        files: The bytes of every file by its name below `styles/`, such as `sections/faq.css`.
        own: The names that are the project's own.
    """

    files: Mapping[str, bytes]
    own: frozenset[str] = field(default=frozenset())

    def read(self, name: str) -> str:
        """Return the text of the file called `name`.

        Raises:
            FileNotFoundError: The theme has no such file.
        """
        if name not in self.files:
            raise FileNotFoundError(f"the theme has no file {name}")
        return self.files[name].decode("utf-8")

    def read_with_imports(self, name: str) -> str:
        """Return a stylesheet with the files it imports written out in their place.

        E-readers get one file: some old ones do not follow `@import`.
        """
        folder = posixpath.dirname(name)

        def imported(match: re.Match[str]) -> str:
            return self.read_with_imports(posixpath.join(folder, match[1])) + "\n"

        return _IMPORT.sub(imported, self.read(name))

    def colours(self, edition: str = "standard", field: str | None = None) -> dict[str, str]:
        """Return the palette of tokens.css: names without the dashes, and sRGB as #rrggbb.

        Args:
            edition: An edition whose stylesheet may give colours other values.
            field: The stylesheet with the colours of a field of work, if it has its own.
        """
        palette = dict(_COLOUR.findall(self.read("tokens.css")))
        if field:
            palette |= dict(_COLOUR.findall(self.read(field)))
        if edition != "standard":
            palette |= dict(_COLOUR.findall(self.read(f"editions/{edition}.css")))
        return palette

    def inks(self, edition: str = "standard") -> dict[str, tuple[int, int, int, int]]:
        """Return what the press prints for each colour of tokens.css.

        Args:
            edition: An edition whose stylesheet may give colours other values.

        Returns:
            Cyan, magenta, yellow and black in per cent, by sRGB as #rrggbb in small letters. They
            stand in the comment beside the colour; a colour without them is not in the palette.
            The palettes of all fields are in it.
        """
        text = self.read("tokens.css")
        text += "".join(self.read(f"palettes/{name}.css") for name in FIELD_PALETTES)
        if edition != "standard":
            text += self.read(f"editions/{edition}.css")
        return {
            srgb.lower(): (int(cyan), int(magenta), int(yellow), int(black))
            for _, srgb, cyan, magenta, yellow, black in _INK.findall(text)
        }

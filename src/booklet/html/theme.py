"""A project folder goes in; the stylesheets and icons to use come out, the project's own first."""

import re
from dataclasses import dataclass
from pathlib import Path

_COLOUR = re.compile(r"^\s*--([a-z-]+):\s*(#[0-9A-Fa-f]{6});", re.MULTILINE)
_INK = re.compile(
    r"^\s*--([a-z-]+):\s*(#[0-9A-Fa-f]{6});\s*/\*\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\b", re.MULTILINE
)
_IMPORT = re.compile(r'^@import (?:url\()?"([^"]+)"\)?;[ \t]*\n', re.MULTILINE)
_INSIDE_WHEEL = Path(__file__).parent.parent / "styles"
_INSIDE_CHECKOUT = Path(__file__).parents[3] / "styles"

# The palette of tokens.css is the sixth.
FIELD_PALETTES = ("indigo", "plum", "olive", "brick", "slate")
DEFAULT_STYLES = _INSIDE_WHEEL if _INSIDE_WHEEL.is_dir() else _INSIDE_CHECKOUT


@dataclass(frozen=True, slots=True)
class Theme:
    """Where the look comes from: a project's `styles/`, and for what it lacks the default theme.

    Attributes:
        folders: The folders to look in, the first one wins, file by file.
    """

    folders: tuple[Path, ...]

    def find(self, name: str) -> Path:
        """Return the file called `name`, such as `sections/faq.css`.

        Raises:
            FileNotFoundError: No folder has it.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(f"the theme has no file {name}")

    def read(self, name: str) -> str:
        """Return the text of the file called `name`."""
        return self.find(name).read_text("utf-8")

    def read_with_imports(self, name: str) -> str:
        """Return a stylesheet with the files it imports written out in their place.

        E-readers get one file: some old ones do not follow `@import`.
        """
        folder = Path(name).parent

        def imported(match: re.Match[str]) -> str:
            return self.read_with_imports((folder / match[1]).as_posix()) + "\n"

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


def find_theme(project: Path) -> Theme:
    """Return the theme of `project`: its own styles over the default ones."""
    own = (project / "styles").resolve()
    folders = (own, DEFAULT_STYLES.resolve()) if own.is_dir() else (DEFAULT_STYLES.resolve(),)
    return Theme(tuple(dict.fromkeys(folders)))

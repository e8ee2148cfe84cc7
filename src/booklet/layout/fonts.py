"""The typeface's name goes in; its files, their characters and a private fontconfig come out.

The build sees these fonts and no others, so that a page breaks in the same places on every machine.
"""

import functools
import importlib.util
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from booklet.model.edition import Edition

_PACKAGES = {
    "Noto Sans CJK JP": (
        ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
        ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf"),
    ),
}

# A typeface drawn for readers with low vision. It is free (OFL), but no Python package holds it.
_FOR_LARGE_TYPE = "BIZ UDGothic"
_FILES_FOR_LARGE_TYPE = ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf")
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
{substitution}
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
# The stylesheets name one family; where another one takes its place, characters it lacks still come
# from the first.
_SUBSTITUTION = """  <match>
    <test name="family"><string>{wanted}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>{given}</string></edit>
  </match>"""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface and the files of its weights, the regular one first.

    Attributes:
        name: Its family.
        files: The files of its weights.
        over: The typeface in whose place it stands, and which has the characters it lacks.
    """

    name: str
    files: tuple[Path, ...]
    over: "Typeface | None" = None


def find_typeface(name: str) -> Typeface:
    """Return the typeface called `name`.

    Raises:
        ValueError: No package holds it; the publication's model allows only those that do.
    """
    files = []
    for package, file in _PACKAGES.get(name, ()):
        # find_spec, not import: the packages import importlib.resources, which is slow.
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise ValueError(f"the font package {package} is not installed")
        files.append(Path(spec.origin).parent / file)
    if not files:
        raise ValueError(f"no package holds the typeface {name}")
    return Typeface(name, tuple(files))


def find_large_typeface(base: Typeface) -> Typeface:
    """Return the typeface for large print: BIZ UDGothic where it is installed, else `base`.

    Args:
        base: The typeface of the other editions.
    """
    for name in map(os.path.expanduser, _FONT_FOLDERS):
        for regular in sorted(Path(name).rglob(_FILES_FOR_LARGE_TYPE[0])):
            files = tuple(regular.with_name(name) for name in _FILES_FOR_LARGE_TYPE)
            if all(file.is_file() for file in files):
                return Typeface(_FOR_LARGE_TYPE, files, base)
    return base


@functools.cache
def font_digest(typeface: Typeface) -> str:
    """Return the typeface's name and a digest of its files, which tells one release from another.

    Args:
        typeface: The typeface; the one it stands for belongs to it.
    """
    import hashlib

    digest = hashlib.sha256()
    for file in typeface.files + (typeface.over.files if typeface.over else ()):
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"{typeface.name} {digest.hexdigest()}"


@functools.cache
def typeface_for(edition: Edition) -> Typeface:
    """Return the typeface an edition is set in.

    Args:
        edition: The edition; the large one may have a typeface for readers with low vision.
    """
    # The publication's model allows no other typeface yet.
    typeface = find_typeface("Noto Sans CJK JP")
    return find_large_typeface(typeface) if edition is Edition.LARGE else typeface


def character_test(typeface: Typeface) -> Callable[[str], bool]:
    """Return a function that says whether the typeface can draw a character.

    It is given one character, or a character and the variation selector behind it: 葛 and U+E0100.
    The character map is read straight from the file (OpenType `cmap`, formats 12 and 14): a
    general font library takes longer to import than the whole content check may take.

    Raises:
        ValueError: The font has no such map.
    """
    groups = _character_groups(typeface.files[0])

    # A guide of a thousand words asks ten thousand times for some hundred characters.
    @functools.cache
    def can_draw(character: str) -> bool:
        if len(character) == 2:
            return character in _variants(typeface.files[0])
        code = ord(character)
        low, high = 0, len(groups)
        while low < high:
            middle = (low + high) // 2
            first, last = groups[middle]
            if code < first:
                high = middle
            elif code > last:
                low = middle + 1
            else:
                return True
        return False

    return can_draw


def use_only(typeface: Typeface) -> None:
    """Make fontconfig show `typeface` and nothing else to this process.

    It has to be called before Pango is loaded, and again before a document with another typeface:
    the engine reads the configuration anew for each.
    """
    # Imported here: `booklet check` uses this module too, and has a third of a second for all.
    import hashlib
    import html

    files = typeface.files + (typeface.over.files if typeface.over else ())
    folders = "\n".join(f"  <dir>{html.escape(str(file.parent))}</dir>" for file in files)
    substitution = (
        _SUBSTITUTION.format(wanted=typeface.over.name, given=typeface.name)
        if typeface.over
        else ""
    )
    state = _state_folder()
    cache = html.escape(str(state / "cache"))
    text = _CONFIGURATION.format(folders=folders, substitution=substitution, cache=cache)
    # Named after what it says: two typefaces never share a file, and none is left over.
    configuration = state / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not configuration.is_file():
        partial = configuration.with_suffix(f".{os.getpid()}")
        partial.write_text(text, "utf-8")
        partial.replace(configuration)
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def _state_folder() -> Path:
    """Return where fontconfig keeps what it learned about the fonts: the user's cache."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "booklet" / "fontconfig"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # a read-only home, or none
        import tempfile

        return Path(tempfile.mkdtemp(prefix="booklet-fontconfig-"))
    return folder


def _character_groups(file: Path) -> list[tuple[int, int]]:
    """Return the first and last code point of each run of characters in the font, ascending."""
    cmap = _cmap(file)
    start = _character_map(cmap, 12)
    if start is None:
        raise ValueError(f"{file.name} has no character map of format 12")
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    runs = struct.iter_unpack(">LLL", cmap[start + 16 : start + 16 + 12 * count])
    return [(first, last) for first, last, _ in runs]


@functools.cache
def _variants(file: Path) -> frozenset[str]:
    """Return each character with each variation selector for which the font has a form."""
    cmap = _cmap(file)
    start = _character_map(cmap, 14)
    if start is None:
        return frozenset()
    found = set()
    for index in range(struct.unpack_from(">L", cmap, start + 6)[0]):
        record = cmap[start + 10 + 11 * index : start + 21 + 11 * index]
        selector = chr(int.from_bytes(record[:3], "big"))
        usual, other = struct.unpack(">LL", record[3:])
        if usual:
            for run in range(struct.unpack_from(">L", cmap, start + usual)[0]):
                at = start + usual + 4 + 4 * run
                first = int.from_bytes(cmap[at : at + 3], "big")
                found |= {chr(first + more) + selector for more in range(cmap[at + 3] + 1)}
        if other:
            for mapping in range(struct.unpack_from(">L", cmap, start + other)[0]):
                at = start + other + 4 + 5 * mapping
                found.add(chr(int.from_bytes(cmap[at : at + 3], "big")) + selector)
    return frozenset(found)


def _cmap(file: Path) -> bytes:
    """Return the table of a font that maps characters to glyphs."""
    with file.open("rb") as font:
        tables = struct.unpack(">H", font.read(12)[4:6])[0]
        for _ in range(tables):
            tag, _, offset, length = struct.unpack(">4sLLL", font.read(16))
            if tag == b"cmap":
                font.seek(offset)
                return font.read(length)
    raise ValueError(f"{file.name} has no cmap table")


def _character_map(cmap: bytes, wanted: int) -> int | None:
    """Return where the map of a format starts (OpenType, cmap), or None when there is none."""
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        start: int = struct.unpack_from(">L", cmap, 4 + 8 * index + 4)[0]
        if struct.unpack_from(">H", cmap, start)[0] == wanted:
            return start
    return None

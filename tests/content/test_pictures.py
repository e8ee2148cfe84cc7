"""A picture that cannot be used is told where it is named, with what is wrong with it."""

import importlib.util
import io
import os
import struct
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path

import pytest
from PIL import Image

from booklet.content.loading import load_guide
from booklet.content.picture_files import PictureSize
from booklet.content.pictures import Box, PictureBoxes


def answers(editor, file: str) -> list[str]:
    """Return what is said about a picture; its name starts at line 12, column 21."""
    return editor.writes_section(f"kind: overview\ntext: 星\npicture: {{file: {file}, alt: 船}}")


def packed(kind: str, mode: str = "RGB", size: tuple[int, int] = (8, 6), **options) -> bytes:
    """Return a picture of one grey, packed."""
    content = io.BytesIO()
    Image.new(mode, size, 99 if mode in ("L", "P", "I;16") else None).save(content, kind, **options)
    return content.getvalue()


@pytest.mark.parametrize(
    "file",
    ["images/fune.png", "./images/fune.png", "images/../images/fune.png", "FUNE.JPG", "a/舟 #1"],
)
def test_a_picture_in_the_content_folder_is_fine(editor, file):
    editor.write("content/FUNE.JPG", packed("JPEG"))
    editor.write("content/a/舟 #1", packed("PNG"))
    assert answers(editor, f'"{file}"') == []


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "RGBA"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("TIFF", "RGB"),
        ("TIFF", "CMYK"),
    ],
)
def test_every_usual_kind_of_picture_is_fine_whatever_its_ending(editor, kind, mode):
    editor.write("content/images/e.png", packed(kind, mode))
    assert answers(editor, "images/e.png") == []


@pytest.mark.parametrize(("on_disk", "written"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_name_from_a_mac_is_found(editor, on_disk, written):
    name = "images/がっき/パン.png"
    editor.write("content/" + unicodedata.normalize(on_disk, name), packed("PNG"))
    told = answers(editor, unicodedata.normalize(written, name))
    assert [one for one in told if "text-normalised" not in one] == []


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        (
            "images/funa.png",
            "images/funa.png is not in the content folder [picture-missing] -> images/fune.png?",
        ),
        (
            "photos/zzz.png",
            "photos/zzz.png is not in the content folder [picture-missing] -> "
            "put it there, or remove the field",
        ),
        (
            "../../secret.png",
            "../../secret.png lies outside the content folder [picture-outside] -> "
            "copy it into content/images",
        ),
        (
            "images/../../secret.png",
            "images/../../secret.png lies outside the content folder [picture-outside] -> "
            "copy it into content/images",
        ),
        (
            "/etc/hosts.png",
            "/etc/hosts.png lies outside the content folder [picture-outside] -> "
            "copy it into content/images",
        ),
        (
            "images/link.png",
            "images/link.png lies outside the content folder [picture-outside] -> "
            "copy it into content/images",
        ),
        (
            "images/drawing.svg",
            "images/drawing.svg is not a picture that can be read [picture-kind] -> "
            "save it as PNG or JPEG; renaming a file does not change its kind",
        ),
        ("images", "images is a folder [picture-unreadable] -> name the file of a picture"),
        (
            "images/folder.png",
            "images/folder.png is a folder [picture-unreadable] -> name the file of a picture",
        ),
        (
            "images/pipe.png",
            "images/pipe.png is no ordinary file [picture-unreadable] -> name the file of a",
        ),
        (
            "images/empty.png",
            "images/empty.png is an empty file [picture-broken] -> save or copy it again",
        ),
        (
            "images/head.png",
            "images/head.png is broken or breaks off (",
        ),
        (
            "images/half.png",
            "images/half.png is broken or breaks off (",
        ),
        (
            "images/half.jpg",
            "images/half.jpg is broken or breaks off (",
        ),
        (
            "images/vast.png",
            "images/vast.png has 10000 × 10000 pixels, and at most 80 million fit "
            "[picture-too-large] -> save it smaller; 2,000 pixels in width are plenty for a page",
        ),
        (
            "images/vaster.png",
            "images/vaster.png has too many pixels, and at most 80 million fit "
            "[picture-too-large] -> ",
        ),
        (
            "images/measured.tif",
            "images/measured.tif holds measured values, not shades [picture-kind] -> "
            "save it with 8 or 16 bits for each colour",
        ),
        (
            f"{'a' * 300}.png",
            f"{'a' * 39}… cannot be read: File name too long [picture-unreadable] -> "
            "check the name, and that you may read the file",
        ),
        (
            r'"a\0b.png"',
            "a�b.png cannot be read: no file can be called that [picture-unreadable] -> "
            "check the name, and that you may read the file",
        ),
        ("images/loop.png", "images/loop.png "),
    ],
)
def test_a_picture_that_cannot_be_used_is_told(editor, file, answer):
    images = editor.project / "content" / "images"
    editor.write("secret.png", packed("PNG"))
    editor.write("content/images/empty.png", b"")
    editor.write("content/images/drawing.svg", "<svg/>")
    editor.write("content/images/head.png", packed("PNG")[:33])
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    for ending, kind in (("png", "PNG"), ("jpg", "JPEG")):
        whole = io.BytesIO()
        noise.save(whole, kind)
        half = whole.getvalue()[: len(whole.getvalue()) // 2]
        editor.write(f"content/images/half.{ending}", half)
    for name, side in (("vast", 10_000), ("vaster", 20_000)):
        head = b"IHDR" + struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
        chunk = struct.pack(">L", 13) + head + struct.pack(">L", zlib.crc32(head))
        editor.write(f"content/images/{name}.png", packed("PNG")[:8] + chunk + packed("PNG")[33:])
    editor.write("content/images/measured.tif", packed("TIFF", "F"))
    (images / "folder.png").mkdir()
    os.mkfifo(images / "pipe.png")
    (images / "link.png").symlink_to(editor.project / "secret.png")
    (images / "loop.png").symlink_to(images / "loop.png")
    (told,) = answers(editor, file)
    assert told.startswith(f"12:21: {answer}")


def test_a_heic_picture_is_read_or_said_what_to_do(editor):
    # Enough of one to be known: the box that names its brand (ISO/IEC 23008-12).
    editor.write(
        "content/images/sora.heic", struct.pack(">L4s4sL4s", 20, b"ftyp", b"heic", 0, b"mif1")
    )
    (told,) = answers(editor, "images/sora.heic")
    installed = importlib.util.find_spec("pi_heif") is not None
    assert ("is broken" if installed else "save it as JPEG") in told


def test_a_picture_with_too_few_pixels_for_its_place_is_a_warning(editor):
    boxes = PictureBoxes(Box(100, 50, fills=True), Box(100, 80))
    editor.write("content/images/few.png", packed("PNG", size=(600, 200)))
    editor.writes_section("kind: overview\ntext: 星\npicture: {file: images/few.png, alt: 船}")
    _, problems = load_guide(editor.project, "hoshi", "ja", editor.can_draw, boxes=boxes)
    assert [(str(one.where), one.message, one.hint, one.severity.name) for one in problems] == [
        (
            "content/guides/hoshi.yaml:12:21",
            "images/few.png has 600 × 200 pixels, which is 152 an inch in its place, and print "
            "asks for 350",
            "a picture 1400 pixels wide or more",
            "WARNING",
        )
    ]


@pytest.mark.parametrize(
    ("box", "dpi"),
    [
        (Box(254, 127), 100),  # as wide as its place
        (Box(508, 127), 100),  # as high as its place
        (Box(254, 254, fills=True), 50),  # covers a place twice as high as itself
    ],
)
def test_the_resolution_is_that_of_the_picture_in_its_place(box, dpi):
    assert box.resolution(PictureSize(1000, 500)) == dpi


def test_a_guide_without_pictures_is_checked_without_the_picture_library(editor):
    script = (
        "import sys; from pathlib import Path; from booklet.content.loading import load_guide;"
        f"load_guide(Path({str(editor.project)!r}), 'hoshi', 'ja', lambda sign: True);"
        "assert 'PIL' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_picture_that_may_not_be_read_is_told(editor, monkeypatch):
    read = Path.open

    def refuse(path, *how, **ways):
        if path.name == "fune.png":
            raise PermissionError(13, "Permission denied")
        return read(path, *how, **ways)

    monkeypatch.setattr(Path, "open", refuse)
    assert answers(editor, "images/fune.png") == [
        "12:21: images/fune.png cannot be read: Permission denied [picture-unreadable] -> "
        "check the name, and that you may read the file"
    ]


def test_a_picture_has_words_for_those_who_do_not_see_it(editor):
    picture = "{file: images/fune.png}"
    assert editor.writes_section(f"kind: overview\ntext: 星\npicture: {picture}") == [
        "12:14: alt is missing [missing-key] -> add  alt: …"
    ]


@pytest.mark.parametrize("file", ['""', "~", "3", "[a]"])
def test_a_picture_without_a_name_is_told_once(editor, file):
    (told,) = answers(editor, file)
    assert told.startswith("12:21: file ")

"""A picture that cannot be used is told where it is named, with what is wrong with it."""

from pathlib import Path

import pytest


def answers(editor, file: str) -> list[str]:
    """Return what is said about a picture; its name starts at line 12, column 21."""
    return editor.writes_section(f"kind: overview\ntext: 星\npicture: {{file: {file}, alt: 船}}")


@pytest.mark.parametrize(
    "file", ["images/fune.png", "./images/fune.png", "images/../images/fune.png", "FUNE.JPG"]
)
def test_a_picture_in_the_content_folder_is_fine(editor, file):
    editor.write("content/FUNE.JPG", b"\xff\xd8\xff\xe0")
    assert answers(editor, file) == []


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        (
            "images/funa.png",
            "there is no picture images/funa.png in the content folder [picture-missing] -> "
            "images/fune.png?",
        ),
        (
            "photos/zzz.png",
            "there is no picture photos/zzz.png in the content folder [picture-missing] -> "
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
            "images/drawing.svg is not a PNG or JPEG file [picture-kind] -> "
            "save it as .png or .jpg",
        ),
        (
            "images",
            "images is not a PNG or JPEG file [picture-kind] -> save it as .png or .jpg",
        ),
        (
            "images/folder.png",
            "there is no picture images/folder.png in the content folder [picture-missing] -> ",
        ),
        (
            "images/fune.jpg",
            "images/fune.jpg is not the kind of picture its ending says [picture-kind] -> "
            "save it as PNG or JPEG again; renaming does not change the kind",
        ),
        (
            "images/empty.png",
            "images/empty.png is not the kind of picture its ending says [picture-kind] -> "
            "save it as PNG or JPEG again; renaming does not change the kind",
        ),
        (
            f"{'a' * 300}.png",
            "the picture cannot be read: File name too long [picture-unreadable] -> "
            "check the name, and that you may read the file",
        ),
        (
            r'"a\0b.png"',
            "the picture cannot be read: no file can be called that [picture-unreadable] -> "
            "check the name, and that you may read the file",
        ),
        (
            "images/loop.png",
            "there is no picture images/loop.png in the content folder [picture-missing] -> ",
        ),
    ],
)
def test_a_picture_that_cannot_be_used_is_told(editor, file, answer):
    images = editor.project / "content" / "images"
    editor.write("secret.png", (images / "fune.png").read_bytes())
    editor.write("content/images/fune.jpg", (images / "fune.png").read_bytes())
    editor.write("content/images/empty.png", b"")
    editor.write("content/images/drawing.svg", "<svg/>")
    (images / "folder.png").mkdir()
    (images / "link.png").symlink_to(editor.project / "secret.png")
    (images / "loop.png").symlink_to(images / "loop.png")
    (told,) = answers(editor, file)
    assert told.startswith(f"12:21: {answer}")


def test_a_picture_that_may_not_be_read_is_told(editor, monkeypatch):
    read = Path.open

    def refuse(path, *how, **ways):
        if path.name == "fune.png":
            raise PermissionError(13, "Permission denied")
        return read(path, *how, **ways)

    monkeypatch.setattr(Path, "open", refuse)
    assert answers(editor, "images/fune.png") == [
        "12:21: the picture cannot be read: Permission denied [picture-unreadable] -> "
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

"""The author's pictures go in; each comes out under a name of its own that every reader takes."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.html.picture_names import picture_name, picture_names

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
FILES = st.text("aA1 -_.　/図表が写真é", min_size=1, max_size=12).filter(lambda name: name.strip())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("images/図1.png", "images/表1.png"),
        ("images/Map.png", "images/map.png"),
        ("images/a b.png", "images/a-b.png"),
        ("images/a-b.png", "images-a/b.png"),
        ("images/map.png", "images/map.jpg"),
    ],
)
def test_two_pictures_have_two_names(one, other):
    assert picture_name(one) != picture_name(other)


@settings(max_examples=300, deadline=None)
@given(st.lists(FILES, max_size=6))
def test_a_name_is_plain_and_its_own(files):
    paths = {re.sub(r"/+", "/", unicodedata.normalize("NFC", file.strip())) for file in files}
    names = picture_names(files, {})
    assert all(re.fullmatch(r"p(-[a-z0-9]+)+(\.[a-z0-9.]*)?", name) for name in names.values())
    # `a` and `./a` are one file; more names than files there cannot be.
    assert len(set(names.values())) <= len(paths)
    plain = {file for file in files if not re.search(r"(^|/)\.*(/|$)", file)}
    kept = {unicodedata.normalize("NFC", file.strip()) for file in plain}
    assert len({names[file] for file in plain}) == len(kept)


def test_a_name_from_a_mac_is_the_same_name():
    written = "images/がか.png"
    assert picture_name(unicodedata.normalize("NFD", written)) == picture_name(written)


@pytest.mark.parametrize(("content", "ending"), [(PNG, ".png"), (JPEG, ".jpg")])
def test_the_ending_says_what_is_in_the_file(content, ending):
    assert picture_name("images/sora.webp", content).endswith(ending)


def test_a_name_can_be_read():
    assert picture_name("images/Star Map (2).png").startswith("p-star-map-2-")

"""Which files an edition is made in."""

import pytest

from booklet.model.edition import Edition
from booklet.model.publication import Format, Publication

BOOKLET = {
    "title": "しごと",
    "guides": [{"slug": "a"}],
    "formats": ["reading", "press", "epub", "text"],
}


def publication(*editions: str) -> Publication:
    return Publication.model_validate({**BOOKLET, "editions": list(editions)})


@pytest.mark.parametrize("edition", [Edition.LARGE, Edition.MONO])
def test_what_a_reader_sets_himself_is_no_e_book_of_its_own(edition):
    made = publication("standard", edition.value).formats_of(edition)
    assert made == [Format.READING]


def test_an_e_book_with_readings_is_one_of_its_own():
    made = publication("standard", "furigana").formats_of(Edition.FURIGANA)
    assert made == [Format.READING, Format.EPUB, Format.TEXT]


def test_a_publication_in_large_type_alone_still_has_an_e_book():
    assert Format.EPUB in publication("large").formats_of(Edition.LARGE)

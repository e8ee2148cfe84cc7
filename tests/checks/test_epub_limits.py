"""What someone gets who gives our check a file that is no book, or was made to hurt."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from tests.checks.seeded import CSS, FAQ, OPF, added, both, changed_epub, edited
from tests.checks.seeded_more import END, archive_of, item

from booklet.checks.epub import archive
from booklet.checks.epub.lint import HOUSE_RULES, check_epub
from booklet.diagnostics import Severity

CONTAINER = b"""<?xml version="1.0"?><container version="1.0"
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
 <rootfile full-path="item/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
# An entity of ten entities of ten entities, and so on.
BOMB = "<!DOCTYPE html [<!ENTITY e0 '星星星星星星星星星星'>{}]>".format(
    "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
)


def page(change: Callable[[str], str]):
    return edited(FAQ, lambda content: change(content.decode()).encode())


def at_end(text: str, more: str) -> str:
    place = text.rindex(END)
    return text[:place] + more + text[place:]


def timed(epub: bytes, seconds: float = 15) -> dict[str, str]:
    start = time.monotonic()
    problems = check_epub(epub)
    assert time.monotonic() - start < seconds
    assert all(len(problem.message) <= 300 for problem in problems)
    assert len(problems) <= 202
    return {problem.code: problem.message for problem in problems}


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 1000, b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_book_is_named(content):
    codes = timed(content)
    assert "epub-damaged" in codes or "epub-package" in codes


def test_a_book_of_a_hundred_thousand_entries_is_not_judged():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for number in range(100_000):
            book.writestr(zipfile.ZipInfo(str(number)), b"")
    assert set(timed(packed.getvalue())) == {"epub-not-judged"}


def test_a_stylesheet_that_unpacks_to_a_hundred_megabytes_is_not_judged(full_guide):
    bomb = changed_epub(full_guide.epub, edited(CSS, lambda _: b" " * 100_000_000))
    assert "epub-not-judged" in timed(bomb)


def test_a_picture_that_unpacks_to_a_hundred_megabytes_is_not_judged(full_guide):
    change = both(
        added("item/image/bomb.png", b"\0" * 100_000_000),
        item("item/image/bomb.png", "image/png"),
    )
    assert "epub-not-judged" in timed(changed_epub(full_guide.epub, change))


def test_many_files_that_are_large_together_are_not_judged(full_guide, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    assert "epub-not-judged" in timed(full_guide.epub)


def test_a_book_that_takes_too_long_is_not_judged(full_guide, monkeypatch):
    monkeypatch.setattr(archive, "MOST_SECONDS", 0.0)
    assert set(timed(full_guide.epub)) == {"epub-not-judged"}


def test_a_page_of_more_elements_than_anybody_reads_is_not_judged(full_guide):
    change = page(lambda text: at_end(text, "<p>星</p>" * 150_000))
    assert "epub-not-judged" in timed(changed_epub(full_guide.epub, change))


def test_an_entity_that_grows_without_measure_is_no_xml(full_guide):
    change = page(lambda text: at_end(text.replace("<!DOCTYPE html>", BOMB), "<p>&e11;</p>"))
    assert "epub-xml" in timed(changed_epub(full_guide.epub, change))


def test_a_file_of_the_disk_is_not_read_by_an_entity(full_guide):
    change = page(
        lambda text: at_end(
            text.replace(
                "<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
            ),
            "<p>&e;</p>",
        )
    )
    assert "epub-xml" in timed(changed_epub(full_guide.epub, change))


def test_markup_that_is_nested_ten_thousand_times_is_no_xml(full_guide):
    change = page(lambda text: at_end(text, "<div>" * 10_000 + "</div>" * 10_000))
    assert "epub-xml" in timed(changed_epub(full_guide.epub, change))


def test_styles_that_are_nested_ten_thousand_times_are_told(full_guide):
    change = edited(CSS, lambda css: css + b"@media screen {" * 10_000)
    assert "epub-css-syntax" in timed(changed_epub(full_guide.epub, change))


def test_many_links_and_many_places_take_no_square_of_time(full_guide):
    many = "".join(f'<p id="p{n}"><a href="#p{n}">星</a></p>' for n in range(20_000))
    assert timed(changed_epub(full_guide.epub, page(lambda text: at_end(text, many)))) == {}


def test_many_line_ends_take_no_square_of_time(full_guide):
    blank = "<p><b>星</b>" + "\n" * 200_000 + "。<b>空</b></p>"
    assert timed(changed_epub(full_guide.epub, page(lambda text: at_end(text, blank)))) == {}


def test_many_problems_are_counted(full_guide):
    many = "".join(f'<p><a href="no-{n}.xhtml">星</a></p>' for n in range(1000))
    problems = check_epub(changed_epub(full_guide.epub, page(lambda text: at_end(text, many))))
    assert len(problems) == 201
    assert problems[-1].code == "epub-many"
    assert "and 800 more" in problems[-1].message


def test_an_entry_that_is_locked_is_named(full_guide):
    locked = bytearray(full_guide.epub)
    directory = locked.rindex(b"PK\x01\x02")
    locked[directory + 8] |= 1
    assert "epub-encrypted" in timed(bytes(locked))


def test_a_package_of_nothing_is_named():
    book = archive_of(
        ("META-INF/container.xml", CONTAINER),
        (OPF, b'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"/>'),
    )
    assert {"epub-spine", "epub-toc", "epub-language", "epub-identifier"} <= set(timed(book))


def test_customs_of_this_house_are_only_notes_in_a_book_from_elsewhere(full_guide):
    change = added("META-INF/notes.txt", b"")

    def other_day(entries):
        entries[3][0].date_time = (2020, 1, 1, 0, 0, 0)
        return entries

    (problem,) = check_epub(changed_epub(full_guide.epub, both(change, other_day)), ours=False)
    assert problem.code == "epub-dates"
    assert problem.code in HOUSE_RULES
    assert problem.severity is Severity.NOTE

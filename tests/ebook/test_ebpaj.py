"""What a maker of Japanese e-books finds under the names of the guide."""

import io
import re
import zipfile

import pytest
from tests.building import build

from booklet.checks.epub.lint import check_epub
from booklet.checks.validators.epubcheck import run_epubcheck, why_not_run
from booklet.ebook.ebpaj import ebpaj_layout


def test_names_are_those_of_the_guide_and_words_stay(built):
    before = zipfile.ZipFile(io.BytesIO(built.epub))
    after = zipfile.ZipFile(io.BytesIO(ebpaj_layout(built.epub)))
    names = after.namelist()
    assert {"item/standard.opf", "item/navigation-documents.xhtml"} <= set(names)
    assert {"item/xhtml/p-cover.xhtml", "item/xhtml/p-colophon.xhtml"} <= set(names)
    assert "item/style/book-style.css" in names
    assert all(
        re.fullmatch(r"item/xhtml/p-[a-z0-9]+\.xhtml", name)
        for name in names
        if name.startswith("item/xhtml/")
    )
    assert after.infolist()[0].filename == "mimetype"
    assert after.infolist()[0].compress_type == zipfile.ZIP_STORED

    def words(book: zipfile.ZipFile) -> list[str]:
        texts = (book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
        return [re.sub(r"<[^>]+>", "", text) for text in texts]

    assert words(after) == words(before)


def test_every_link_leads_to_a_file_of_the_book(built):
    book = zipfile.ZipFile(io.BytesIO(ebpaj_layout(built.epub)))
    assert check_epub(ebpaj_layout(built.epub)) == []
    text = book.read("item/navigation-documents.xhtml").decode()
    linked = set(re.findall(r'href="([^"#:]+)', text))
    assert {f"item/{path}" for path in linked} <= set(book.namelist())


def test_epubcheck_finds_nothing(built, tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    file = tmp_path / "book.epub"
    file.write_bytes(ebpaj_layout(built.epub))
    assert run_epubcheck([file]) == [[]]


def test_an_editor_asks_for_it_in_the_publication(tmp_path, full_guide):
    import shutil

    project = tmp_path / "project"
    shutil.copytree(full_guide.project, project)
    file = project / "content" / "booklet.yaml"
    file.write_text(file.read_text("utf-8") + "epub_layout: ebpaj\n", "utf-8")
    build(project, tmp_path / "out", editions=["standard"], formats=["epub"])
    (epub,) = (tmp_path / "out").glob("*.epub")
    assert "item/standard.opf" in zipfile.ZipFile(epub).namelist()

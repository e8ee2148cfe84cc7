"""Which faults a check names when someone puts them into a good file."""

import io
import re
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from booklet.checks.epub import check_epub
from booklet.checks.epubcheck import run_epubcheck, why_not_run
from booklet.checks.reading_pdf import check_reading_pdf

Entries = list[tuple[zipfile.ZipInfo, bytes]]


def changed_epub(epub: bytes, change: Callable[[Entries], Entries]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for info, content in change(entries):
            archive.writestr(info, content)
    return packed.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Entries], Entries]:
    def change(entries: Entries) -> Entries:
        assert any(info.filename == name and old in content for info, content in entries)
        return [
            (info, content.replace(old, new, 1) if info.filename == name else content)
            for info, content in entries
        ]

    return change


def without(name: str) -> Callable[[Entries], Entries]:
    return lambda entries: [entry for entry in entries if entry[0].filename != name]


def with_junk(entries: Entries) -> Entries:
    return [*entries, (zipfile.ZipInfo("item/.DS_Store"), b"junk")]


def with_deflated_type(entries: Entries) -> Entries:
    entries[0][0].compress_type = zipfile.ZIP_DEFLATED
    return entries


FAQ = "item/xhtml/s-faq.xhtml"
GLANCE = "item/xhtml/glance.xhtml"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_deflated_type, "epub-mimetype"),
        (lambda entries: entries[1:], "epub-mimetype"),
        (lambda entries: entries[1:] + entries[:1], "epub-mimetype"),
        (replaced("mimetype", b"epub", b"EPUB"), "epub-mimetype"),
        (without("META-INF/container.xml"), "epub-package"),
        (without("item/content.opf"), "epub-package"),
        (without("item/style/booklet.css"), "epub-manifest"),
        (without("item/image/cover.jpg"), "epub-link"),
        (with_junk, "epub-manifest"),
        (replaced(FAQ, b"</section>", b""), "epub-xml"),
        (replaced("item/xhtml/nav.xhtml", b"s-faq.xhtml", b"s-fap.xhtml"), "epub-link"),
        (replaced("item/xhtml/nav.xhtml", b"#s-fit-suits", b"#s-fit-suit"), "epub-link"),
        (replaced("item/toc.ncx", b"navMap>", b"navmap>"), "epub-xml"),
        (replaced("item/xhtml/cover.xhtml", b' alt="', b' title="'), "epub-alt"),
        (replaced(GLANCE, b"<title>\xe5\xb0\x86", b"<desc>\xe5\xb0\x86"), "epub-xml"),
        (replaced(GLANCE, b"viewBox", b"viewbox"), "epub-svg"),
    ],
)
def test_our_quick_check_names_the_fault_in_an_epub(first_guide, change, code):
    problems = check_epub(changed_epub(first_guide.epub, change))
    assert code in [problem.code for problem in problems]


def test_our_quick_check_finds_nothing_in_a_good_epub(built):
    assert check_epub(built.epub) == []


def test_a_file_that_is_no_epub_is_named():
    assert check_epub(b"no zip")[0].code == "epub-damaged"


def test_epubcheck_is_heard_when_it_finds_something(first_guide, tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    book = tmp_path / "bad.epub"
    book.write_bytes(changed_epub(first_guide.epub, without("item/style/booklet.css")))
    assert "rsc-001" in [problem.code for problem in run_epubcheck(book)]


def test_epubcheck_on_a_missing_file_never_looks_like_a_pass(tmp_path, in_ci):
    if reason := why_not_run():
        assert not in_ci, f"CI needs EPUBCheck: {reason}"
        pytest.skip(reason)
    try:
        problems = run_epubcheck(tmp_path / "none.epub")
    except ValueError:
        return
    assert problems


def changed_pdf(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(saved)
    return saved.getvalue()


def _drop(key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root[key]

    return change


def _first_font(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(document.pages[0].resources["/Font"].values()))


def _not_embedded(document: pikepdf.Pdf) -> None:
    del _first_font(document).DescendantFonts[0].FontDescriptor["/FontFile3"]


def _embedded_whole(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            font.BaseFont = pikepdf.Name(re.sub(r"[A-Z]{6}\+", "", str(font.BaseFont)))


def _wider_page(document: pikepdf.Pdf) -> None:
    document.pages[2].mediabox = [0, 0, 430, 595]
    document.pages[2].trimbox = [0, 0, 430, 595]


def _no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_drop("/StructTreeRoot"), "pdf-tags"),
        (_drop("/MarkInfo"), "pdf-tags"),
        (_drop("/Lang"), "pdf-language"),
        (_drop("/Outlines"), "pdf-bookmarks"),
        (_no_title, "pdf-title"),
        (_not_embedded, "font-embedded"),
        (_embedded_whole, "font-subset"),
        (_wider_page, "page-size"),
    ],
)
def test_our_check_names_the_fault_in_a_pdf(first_guide, change, code):
    problems = check_reading_pdf(changed_pdf(first_guide.pdf, change), 148, 210)
    assert [problem.code for problem in problems] == [code] * len(problems)
    assert problems


def test_our_check_finds_nothing_in_a_good_pdf(built):
    assert check_reading_pdf(built.pdf, 148, 210) == []


def test_a_file_that_is_no_pdf_is_named():
    assert check_reading_pdf(b"no pdf", 148, 210)[0].code == "pdf-damaged"

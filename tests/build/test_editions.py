"""What readers of the other editions get: large type, readings, black alone."""

import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.building import build
from tests.conftest import FULL_EXAMPLE, ROOT
from tests.lines import glyphs

from booklet.build.furigana import unconfirmed_readings
from booklet.build.plan import Wanted
from booklet.build.run import Conduct
from booklet.build.run import build as run_build
from booklet.diagnostics import BookletError, Severity
from booklet.layout.fonts import find_large_typeface, find_typeface

SLUG = "hoshi-annainin"
NAMES = {"large": "大きな文字版", "furigana": "ふりがな版", "mono": "白黒版"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("editions")
    report = build(FULL_EXAMPLE, output, editions=list(NAMES))
    assert [problem for file in report.files for problem in file.problems] == []
    assert [one for one in report.problems if one.severity >= Severity.WARNING] == []
    told = [one.message for one in report.problems if one.code == "edition-format"]
    assert ["large" in told[0], "mono" in told[1], len(told)] == [True, True, 2]
    return output


def opened(folder: Path, edition: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument((folder / f"{SLUG}-{edition}.pdf").read_bytes())


@pytest.mark.parametrize("edition", NAMES)
def test_every_edition_is_named_on_its_cover_in_its_metadata_and_identifier(folder, edition):
    document = opened(folder, edition)
    cover = "".join(glyph.character for glyph in glyphs(document[0]))
    document.close()
    assert NAMES[edition] in cover
    with pikepdf.open(folder / f"{SLUG}-{edition}.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]).endswith(f"（{NAMES[edition]}）")


def test_only_the_edition_with_readings_has_an_e_book_beside_the_standard_one(folder):
    (file,) = folder.glob("*.epub")
    epub = zipfile.ZipFile(file)
    (package,) = (epub.read(name).decode() for name in epub.namelist() if name.endswith(".opf"))
    assert "（ふりがな版）</dc:title>" in package


def test_every_edition_has_an_identifier_of_its_own(folder):
    identifiers = set()
    for edition in NAMES:
        with pikepdf.open(folder / f"{SLUG}-{edition}.pdf") as pdf:
            identifiers.add(bytes(pdf.trailer.ID[0]))
    assert len(identifiers) == len(NAMES)


def test_large_type_is_18_pt_or_more_on_a4_and_notes_stay_readable(folder):
    document = opened(folder, "large")
    sizes: dict[float, int] = {}
    for page in list(document)[3:-2]:
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
        for glyph in glyphs(page):
            if "\u3040" < glyph.character < "\u9fff":
                size = round(glyph.right - glyph.left, 1)
                sizes[size] = sizes.get(size, 0) + 1
    document.close()
    assert max(sizes, key=lambda size: sizes[size]) == pytest.approx(18, abs=0.2)
    # Folios and running heads are the smallest.
    assert min(size for size, count in sizes.items() if count > 20) >= 10.8


def test_in_the_furigana_edition_every_kanji_word_has_its_reading(folder):
    epub = zipfile.ZipFile(folder / f"{SLUG}-furigana.epub")
    for name in epub.namelist():
        if "/s-" in name:
            text = epub.read(name).decode()
            text = re.sub(r"<head>.*?</head>|<svg.*?</svg>|<ruby>.*?</ruby>", "", text, flags=re.S)
            left = re.findall("[一-龠々]+", re.sub(r"<[^>]+>", "", text))
            assert left == [], name


def test_running_heads_and_bookmarks_have_words_without_readings(folder):
    with pikepdf.open(folder / f"{SLUG}-furigana.pdf") as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert any("仕事内容" in title for title in titles)
    assert not any("しごとないよう" in title for title in titles)


def test_the_mono_edition_uses_grey_alone(folder):
    document = opened(folder, "mono")
    for page in list(document):
        picture = page.render(scale=0.4, may_draw_forms=False).to_pil().convert("RGB")
        boxes = [obj for obj in page.get_objects() if obj.type == 3]
        if boxes:
            continue  # an author's picture
        red, green, blue = picture.split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()
    document.close()


def test_with_readings_once_a_page_a_word_keeps_the_first_alone(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(FULL_EXAMPLE, project)
    file = project / "content" / "booklet.yaml"
    file.write_text(file.read_text("utf-8") + "edition_settings:\n  furigana: once\n", "utf-8")
    build(project, tmp_path / "out", editions=["furigana"], formats=["reading"])
    document = pypdfium2.PdfDocument((tmp_path / "out" / f"{SLUG}-furigana.pdf").read_bytes())
    counts = []
    for page in list(document)[1:]:
        readings = (g.character if g.right - g.left < 7 else " " for g in glyphs(page))
        counts.append("".join(readings).count("しごと"))
    document.close()
    assert max(counts) == 1


def test_a_release_takes_no_reading_that_nobody_has_confirmed(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(FULL_EXAMPLE, project)
    guide = project / "content" / "guides" / f"{SLUG}.yaml"
    text = guide.read_text("utf-8")
    guide.write_text(re.sub("status: (draft|review|released)", "status: released", text), "utf-8")
    with pytest.raises(BookletError) as caught:
        build(project, tmp_path / "out", editions=["furigana"], formats=["reading"])
    assert {problem.code for problem in caught.value.problems} == {"reading-unconfirmed"}
    (project / "content" / "readings.yaml").write_text(
        re.sub(r"  # .*", "", unconfirmed_readings(project)), "utf-8"
    )


def test_every_reading_of_the_first_guide_has_been_confirmed():
    assert unconfirmed_readings(ROOT) == ""


def test_without_the_dictionary_the_furigana_edition_says_how_to_get_it(monkeypatch, tmp_path):
    from booklet.typography import furigana

    furigana._library.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "sudachipy", None)
    try:
        report = run_build(
            FULL_EXAMPLE,
            tmp_path,
            Wanted(editions=("furigana",), formats=("reading",)),
            Conduct(workers=0, cache_mebibytes=0),
        )
    finally:
        furigana._library.cache_clear()
    (problem,) = report.not_made[0].problems
    assert problem.code == "readings-dictionary"
    assert "booklet[furigana]" in problem.hint


def test_the_colophon_says_which_other_editions_there_are(tmp_path):
    build(ROOT, tmp_path, editions=["standard"], formats=["text"])
    text = (tmp_path / "shuro-shienin.txt").read_text("utf-8")
    assert "大きな文字版・ふりがな版・白黒版もあります" in text


def test_an_edition_asked_for_twice_is_made_once(tmp_path):
    report = build(
        FULL_EXAMPLE, tmp_path, editions=["mono", "mono"], formats=["reading", "epub", "text"]
    )
    assert [file.name for file in report.files] == [
        f"{SLUG}-mono.pdf",
        f"{SLUG}-mono.epub",
        f"{SLUG}-mono.txt",
    ]


def test_large_type_is_set_in_biz_ud_gothic_where_it_is_installed(folder):
    large = find_large_typeface(find_typeface("Noto Sans CJK JP"))
    document = opened(folder, "large")
    names = {
        text.get_font().get_base_name()
        for page in document
        for text in page.get_objects(filter=[1])
    }
    document.close()
    assert any(large.name.replace(" ", "-") in name for name in names), names


def test_the_other_editions_keep_their_typeface_after_the_large_one(folder):
    document = opened(folder, "mono")
    names = {
        text.get_font().get_base_name()
        for page in document
        for text in page.get_objects(filter=[1])
    }
    document.close()
    assert not any("BIZ" in name for name in names)


@pytest.mark.parametrize("edition", NAMES)
@pytest.mark.parametrize("project", [ROOT, FULL_EXAMPLE])
def test_no_edition_has_a_page_that_is_empty_by_accident(edition, project, tmp_path):
    build(project, tmp_path, editions=[edition], formats=["reading"])
    (file,) = tmp_path.glob("*.pdf")
    document = pypdfium2.PdfDocument(file.read_bytes())
    assert len(document) % 4 == 0
    for number, page in enumerate(document, 1):
        height = page.get_size()[1]
        inside = [g for g in glyphs(page) if 0.1 * height < g.bottom < 0.92 * height]
        assert len(inside) > 8, f"page {number} of {len(document)}"
    document.close()

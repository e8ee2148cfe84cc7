"""`booklet proof`: what a colleague gets to correct, and what comes back of it."""

import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from booklet.build.proofs import make_proof, proof_changes
from booklet.build.starting import start_project
from booklet.cli.proof import proof
from booklet.content.loading import guide_file
from booklet.diagnostics import BookletError

FULL = Path(__file__).parents[1] / "examples/full"
CLOSING = "ここに、読者への結びの言葉を書きます。"


@pytest.fixture
def started(tmp_path: Path) -> Path:
    start_project(tmp_path)
    make_proof(tmp_path, "hajimete", tmp_path / "p.docx")
    return tmp_path


def texts_of(file: Path) -> list[tuple[str, str]]:
    """Return number and text of each paragraph of a proof."""
    rows = [row.cells for table in docx.Document(str(file)).tables for row in table.rows]
    return [(cells[0].text, cells[1].paragraphs[0].text) for cells in rows]


def test_a_colleague_gets_every_text_numbered_in_reading_order(started: Path) -> None:
    found = texts_of(started / "p.docx")
    assert [number for number, _ in found] == [str(n) for n in range(1, len(found) + 1)]
    texts = [text for _, text in found]
    assert texts.index("はじめの仕事の名前") < texts.index(CLOSING)
    assert "not_provided" not in texts


def test_a_colleague_sees_sections_sources_and_boxes_to_tick(tmp_path: Path) -> None:
    make_proof(FULL, "hoshi-annainin", tmp_path / "p.docx")
    document = docx.Document(str(tmp_path / "p.docx"))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "校正のお願い：星の案内人という仕事"
    assert "確かめたい出典" in words
    assert any(word.startswith("☐ ") and "架空" in word for word in words)
    assert {cells.cells[2].text for table in document.tables for cells in table.rows} == {"☐"}
    shown = "".join(text for _, text in texts_of(tmp_path / "p.docx"))
    assert "夜空と人のあいだに" in shown
    assert "A small light" not in shown


def test_a_proof_nobody_touched_has_no_changes(started: Path) -> None:
    assert proof_changes(started, "hajimete", started / "p.docx") == []


def test_a_changed_text_and_a_comment_are_listed_with_their_place(started: Path) -> None:
    document = docx.Document(str(started / "p.docx"))
    rows = [row for table in document.tables for row in table.rows]
    (closing,) = [row for row in rows if CLOSING in row.cells[1].text]
    closing.cells[1].paragraphs[0].runs[0].text = "また会いましょう。"
    document.add_comment(rows[0].cells[1].paragraphs[0].runs, "短くできますか", "山田")
    document.save(str(started / "p.docx"))
    first, last = proof_changes(started, "hajimete", started / "p.docx")
    assert first.comments == ("山田: 短くできますか",)
    assert first.before == first.after
    assert (last.before, last.after) == (CLOSING, "また会いましょう。")
    file, line = last.place.split(":")
    assert CLOSING in (started / file).read_text("utf-8").splitlines()[int(line) - 1]


def test_a_tracked_change_counts_as_made(started: Path) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document(str(started / "p.docx"))
    rows = [row for table in document.tables for row in table.rows]
    (closing,) = [row for row in rows if CLOSING in row.cells[1].text]
    run = closing.cells[1].paragraphs[0].runs[0]._r
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    run.addprevious(deleted)
    deleted.append(run)
    run.t_lst[0].tag = qn("w:delText")
    deleted.addnext(inserted)
    new = OxmlElement("w:r")
    new.append(OxmlElement("w:t"))
    new[0].text = "新しい結びです。"
    inserted.append(new)
    document.save(str(started / "p.docx"))
    (change,) = proof_changes(started, "hajimete", started / "p.docx")
    assert change.after == "新しい結びです。"


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_proof_is_told(started: Path, content: bytes) -> None:
    (started / "p.docx").write_bytes(content)
    with pytest.raises(BookletError, match="proof-file"):
        proof_changes(started, "hajimete", started / "p.docx")


def test_a_document_of_somebody_else_is_told(started: Path) -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    (started / "p.docx").write_bytes(stream.getvalue())
    with pytest.raises(BookletError, match="proof-file"):
        proof_changes(started, "hajimete", started / "p.docx")


def test_the_command_writes_a_proof_and_reads_it_back(started: Path) -> None:
    file = str(started / "q.docx")
    words = ["hajimete", "--project", str(started)]
    made = CliRunner().invoke(proof, [*words, "--output", file])
    assert made.exit_code == 0, made.output
    assert "q.docx を作りました" in made.output
    guide = started / guide_file("hajimete")
    guide.write_text(guide.read_text("utf-8").replace(CLOSING, "直した結び。"), "utf-8")
    read = CliRunner().invoke(proof, [*words, "--read", file])
    assert f"  - 直した結び。\n  + {CLOSING}\n" in read.output

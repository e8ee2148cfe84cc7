"""What the check of reading PDFs says of files that were made to keep it busy, or are broken."""

import io
import random
import time

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.checks.seeded_pdf import PDF_FAULTS, changed_pdf, tags

from booklet.checks.reading_pdf.comparison import compare_words
from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf

_SECONDS = 20


def judged(pdf: bytes) -> list[str]:
    """Return the codes of what is found, within the time that is allowed."""
    started = time.perf_counter()
    problems = check_reading_pdf(pdf, 148, 210, "ja")
    compared = compare_words(pdf, "だれにも聞こえない文です。\n")
    assert time.perf_counter() - started < _SECONDS
    assert problems, "it passed"
    assert compared, "it passed"
    assert all(len(problem.message) <= 400 for problem in (*problems, *compared))
    return sorted({problem.code for problem in problems})


def million_tags(document: pikepdf.Pdf) -> None:
    """One array of a million tags that are one and the same object in the file."""
    section = next(tags(document, "Sect"))
    one = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=section, K=Array()))
    section.K = Array([one] * 1_000_000)


def million_marks(document: pikepdf.Pdf) -> None:
    next(tags(document, "P")).K = Array(range(1_000_000))


def bomb(document: pikepdf.Pdf) -> None:
    document.pages[2].obj.Contents = document.make_stream(b"q Q " * 25_000_000)


def endless_forms(document: pikepdf.Pdf) -> None:
    """Thirteen forms, each of which calls the next one twelve times."""
    page = document.pages[2].obj
    form = None
    for _ in range(13):
        inner = document.make_stream(b"/X Do " * 12 if form is not None else b"0 0 1 1 re f")
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        if form is not None:
            inner.Resources = Dictionary(XObject=Dictionary(X=form))
        form = inner
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = document.make_stream(b"/Artifact BMC /X Do EMC")


def form_that_calls_itself(document: pikepdf.Pdf) -> None:
    page = document.pages[2].obj
    form = document.make_stream(b"/X Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = document.make_stream(b"/Artifact BMC /X Do EMC")


def ring_of_numbers(document: pikepdf.Pdf) -> None:
    tree = document.Root.StructTreeRoot.ParentTree
    tree.Kids = Array([tree])


def ring_of_names(document: pikepdf.Pdf) -> None:
    names = document.make_indirect(Dictionary())
    names.Kids = Array([names])
    document.Root.Names = Dictionary(Dests=names)
    document.pages[1].obj.Annots[0].Dest = String("nowhere")


def wrong_types(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K = String("tags")
    document.Root.PageLabels = 7
    document.Root.Outlines = Array([1])


HOSTILE = [
    (million_tags, "pdf-too-much"),
    (million_marks, "pdf-too-much"),
    (bomb, "pdf-too-much"),
    (endless_forms, "pdf-too-much"),
    (form_that_calls_itself, "pdf-too-much"),
    (ring_of_names, "pdf-link"),
    (wrong_types, "pdf-damaged"),
]


@pytest.mark.parametrize(("change", "code"), HOSTILE, ids=lambda one: getattr(one, "__name__", one))
def test_a_file_that_asks_for_too_much_is_said_to_be_not_judged(full_guide, change, code):
    assert code in judged(changed_pdf(full_guide.pdf, change))


def test_a_ring_in_the_parent_tree_is_walked_once(full_guide):
    pdf = changed_pdf(full_guide.pdf, ring_of_numbers)
    assert check_reading_pdf(pdf, 148, 210, "ja") == []


def test_a_file_whose_objects_are_of_wrong_types_is_broken_and_no_traceback(full_guide):
    """Every entry of the catalogue, of a page, a tag, a link or a font has another type."""
    spoilt = 0
    for value in (7, String("text"), Array([7]), Dictionary(K=7)):
        for place in ("Root", "StructTreeRoot", "page", "tag", "link", "font"):
            with pikepdf.open(io.BytesIO(full_guide.pdf)) as document:
                there = {
                    "Root": document.Root,
                    "StructTreeRoot": document.Root.StructTreeRoot,
                    "page": document.pages[2].obj,
                    "tag": next(tags(document, "Sect")),
                    "link": document.pages[1].obj.Annots[0],
                    "font": next(iter(document.pages[2].resources.Font.values())),
                }[place]
                for key in set(there.keys()) - {"/Type", "/Parent", "/Pages", "/Metadata", "/S"}:
                    there[key] = value
                saved = io.BytesIO()
                document.save(saved)
            assert check_reading_pdf(saved.getvalue(), 148, 210, "ja"), place
            spoilt += 1
    assert spoilt == 24


def test_bytes_that_were_damaged_at_random_bring_no_traceback(first_guide):
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(first_guide.pdf)) as document:
        document.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    chance = random.Random(20261125)  # noqa: S311 - the same damage each time
    for _ in range(12):
        damaged = bytearray(plain.getvalue())
        for _ in range(chance.choice((1, 20, 400))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        check_reading_pdf(bytes(damaged), 148, 210, "ja")
        compare_words(bytes(damaged), "だれにも聞こえない文です。\n")


def test_each_fault_of_a_kind_is_counted_and_only_some_are_told(full_guide):
    def every_paragraph_silenced(document: pikepdf.Pdf) -> None:
        for tag in tags(document, "P"):
            tag.ActualText = String("ほか")

    problems = check_reading_pdf(changed_pdf(full_guide.pdf, every_paragraph_silenced), 148, 210)
    assert len(problems) < 40
    assert any("more of this kind" in problem.message for problem in problems)


def test_there_are_faults_of_every_kind():
    assert len({fault.code for fault in PDF_FAULTS}) >= 25

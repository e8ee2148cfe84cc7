"""Which characters a font keyed by CID has: the same that a general library finds."""

import io

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from booklet.checks.preflight.cid_fonts import cids_of


@pytest.fixture(scope="module")
def programs(first_laid_out) -> list[bytes]:
    """The bare CFF programs of a press file's fonts."""
    from booklet.pdf.fonts import embed_bare_fonts

    with pikepdf.open(io.BytesIO(first_laid_out.pdf)) as document:
        embed_bare_fonts(document)
        found = [
            one.FontFile3.read_bytes()
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one
        ]
    assert found
    return found


def test_the_characters_are_those_that_fonttools_finds(programs):
    for program in programs:
        cff = CFFFontSet()
        cff.decompile(io.BytesIO(program), None)
        names = cff[cff.fontNames[0]].charset
        assert cids_of(program) == {int(name[3:]) for name in names if name.startswith("cid")}


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.99])
def test_a_program_that_breaks_off_is_left_to_the_library(programs, share):
    program = programs[0]
    assert cids_of(program[: int(len(program) * share)]) is None


def test_what_is_no_such_font_is_left_to_the_library():
    assert cids_of(b"") is None
    assert cids_of(b"OTTO" + bytes(99)) is None
    assert cids_of(bytes(range(256)) * 9) is None

"""What an editor is told about characters, references and pictures, with the exact place."""

import pytest
from tests.building import check
from tests.projects import project_with

from booklet.diagnostics import BookletError, Problem

GUIDE = "content/guides/hoshi-annainin.yaml"
LEAD = "lead: 星の案内人は、この見本のためにつくった架空の仕事です。"


def problems_of(tmp_path, old: str, new: str) -> tuple[Problem, ...]:
    with pytest.raises(BookletError) as caught:
        check(project_with(tmp_path, old, new))
    return caught.value.problems


def told(tmp_path, new_lead: str) -> list[tuple[str, str]]:
    """Return place and code of each problem with another lead, which stands on line 24."""
    problems = problems_of(tmp_path, LEAD, new_lead)
    assert all(problem.hint for problem in problems)
    return [(str(problem.where).removeprefix(f"{GUIDE}:"), problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("lead: 夜の📋と星", [("24:9", "font-character")]),
        ("lead: 夜の\ue000と📋", [("24:9", "font-character"), ("24:11", "font-character")]),
        ("lead: |\n  夜\n\n  星と📋", [("27:5", "font-character")]),
        ('lead: "夜の📋"', [("24:10", "font-character")]),
        ("lead: 夜の{→nowhere}星", [("24:9", "reference-target")]),
        (
            "lead: 夜{→nowhere}と{→nowhere}",
            [("24:8", "reference-target"), ("24:19", "reference-target")],
        ),
        ("lead: |\n  夜\n\n  星{→nowhere}", [("27:4", "reference-target")]),
        ("lead: 夜の{星}", [("24:9", "unknown-mark")]),
        ("lead: 夜の{", [("24:9", "unknown-mark")]),
    ],
)
def test_a_fault_inside_a_text_is_told_at_its_character(tmp_path, lead, expected):
    assert told(tmp_path, lead) == expected


def test_a_character_is_named_so_that_it_can_be_found(tmp_path):
    (problem,) = problems_of(tmp_path, LEAD, "lead: 夜の📋")
    assert "📋 (U+1F4CB, clipboard)" in problem.message


@pytest.mark.parametrize(
    "lead", ["lead: 夜{{の}}星", "lead: 星{→faq}へ", "lead: 星{→work-conditions}へ"]
)
def test_braces_written_twice_and_references_that_lead_somewhere_are_fine(tmp_path, lead):
    check(project_with(tmp_path, LEAD, lead))


def test_a_reference_to_a_section_without_content_leads_nowhere(tmp_path):
    project = project_with(
        tmp_path,
        LEAD,
        "lead: 星{→trait-profile}",
    )
    file = project / GUIDE
    text = file.read_text("utf-8")
    start = text.index("  - kind: trait_profile")
    end = text.index("  - kind: ", start + 5)
    absent = "  - kind: trait_profile\n    status: not_applicable\n"
    file.write_text(text[:start] + absent + text[end:], "utf-8")
    with pytest.raises(BookletError) as caught:
        check(project)
    codes = [(str(problem.where), problem.code) for problem in caught.value.problems]
    assert codes == [(f"{GUIDE}:24:8", "reference-target")]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("images/nothing.png", "picture-missing"),
        ("images", "picture-unreadable"),
        ("../booklet.png", "picture-outside"),
        ("/etc/passwd.png", "picture-outside"),
        ("images/link.png", "picture-outside"),
        ("images/text.png", "picture-kind"),
        ("images/drawing.svg", "picture-kind"),
        ("file:///etc/passwd", "picture-missing"),
        ("images/folder.png", "picture-unreadable"),
    ],
)
def test_a_picture_that_cannot_be_used_is_told_where_it_is_named(tmp_path, file, code):
    project = project_with(
        tmp_path, "  file: images/hoshizora.png\n  alt", f"  file: {file}\n  alt"
    )
    images = project / "content" / "images"
    (tmp_path / "outside.png").write_bytes((images / "fune.png").read_bytes())
    (images / "link.png").symlink_to(tmp_path / "outside.png")
    (images / "text.png").write_text("not a picture")
    (images / "drawing.svg").write_text("<svg/>")
    (images / "folder.png").mkdir()
    with pytest.raises(BookletError) as caught:
        check(project)
    assert [(str(p.where), p.code) for p in caught.value.problems] == [(f"{GUIDE}:26:9", code)]
    assert all(problem.hint for problem in caught.value.problems)


def test_a_guide_that_is_listed_but_absent_is_told_where_it_is_listed(tmp_path):
    project = project_with(tmp_path, LEAD, LEAD)
    file = project / "content" / "booklet.yaml"
    text = file.read_text("utf-8") + "  - slug: tsuki-annainin\n"
    file.write_text(text, "utf-8")
    with pytest.raises(BookletError) as caught:
        check(project)
    line = len(text.splitlines())
    places = [(str(p.where), p.code) for p in caught.value.problems]
    assert places == [(f"content/booklet.yaml:{line}:11", "guide-missing")]


def test_the_publication_s_own_texts_are_checked_too(tmp_path):
    project = project_with(tmp_path, LEAD, LEAD)
    file = project / "content" / "booklet.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("  title: "))
    lines[number - 1] = "  title: 空📋"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(BookletError) as caught:
        check(project)
    places = [(str(p.where), p.code) for p in caught.value.problems]
    assert places == [(f"content/booklet.yaml:{number}:11", "font-character")]

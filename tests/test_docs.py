"""The documents go in; whether they say what is so, all of it and nothing else, comes out."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from booklet.cli import main
from booklet.content.yaml_reader import read_yaml
from booklet.diagnostics import BookletError
from booklet.model import parts, stories
from booklet.model.guide import KINDS, Guide
from booklet.model.parts import Choice, Fact, Part
from booklet.model.provenance import Provenance
from booklet.model.publication import Publication
from booklet.model.section import AbsentSection, SectionBase
from tests.building import check

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "booklet"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = ("README.md", "README.ja.md")
EDITING = (ROOT / "docs" / "editing.md").read_text("utf-8")
ADDING = (ROOT / "docs" / "adding-a-section.md").read_text("utf-8")

# Where docs/editing.md has the table of what is not a kind of section.
CHAPTERS: dict[str, type[Part]] = {
    "## 4. 冊子の設定 (booklet)": Publication,
    "## 5. ガイドの原稿 (guide)": Guide,
    "## 6. 発行の記録 (provenance)": Provenance,
    "### どの章にもある項目": SectionBase,
    "### 内容のない章": AbsentSection,
    "### 星": parts.Stars,
    "### 割合": parts.Percentage,
    "### 時間": parts.HoursPerMonth,
    "### 絵": parts.Picture,
    "### 根拠": parts.Evidence,
}
# What stands in a chapter of its own wherever it is used.
TOLD_ONCE = {Provenance, AbsentSection, *KINDS.values()} | {
    part for part in vars(parts).values() if isinstance(part, type) and issubclass(part, Part)
}
# What a whole example is, by the field it starts with.
EXAMPLES: dict[str, type[Part]] = {"title": Publication, "slug": Guide, "edition": Provenance}

Row = tuple[str, ...]


def _within(annotation: Any, wanted: type) -> Iterator[type]:
    """Yield every class of the sort `wanted` that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        yield annotation
    for argument in get_args(annotation):
        yield from _within(argument, wanted)


def _rows(model: type[Part], above: Row = ()) -> Iterator[tuple[Row, bool]]:
    """Yield the path of each field an author may write in `model`, and whether it is needed."""
    for name, field in model.model_fields.items():
        inherited = name not in vars(model).get("__annotations__", {})
        if name == "where" or (inherited and issubclass(model, Fact)):
            continue
        if name == "kind" and issubclass(model, SectionBase):
            continue
        row = (*above, field.alias or name)
        yield row, field.is_required()
        for inner in _within(field.annotation, Part):
            if inner not in TOLD_ONCE:
                yield from _rows(inner, row)


def _chapter(heading: str) -> str:
    """Return what stands in docs/editing.md between a heading and the next, without examples."""
    prose = re.sub(r"^```.*?^```$", "", EDITING, flags=re.DOTALL | re.MULTILINE)
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#|\Z)", prose, re.DOTALL | re.MULTILINE)
    assert found, f"docs/editing.md has no chapter {heading}"
    return found[1]


def _table(heading: str) -> dict[Row, bool]:
    """Return the fields a chapter lists and whether it says that they are needed."""
    table = {}
    for line in _chapter(heading).splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert cells[3] in ("必須", "任意"), line
            table[tuple(re.findall(r"`([^`]+)`", cells[0]))] = cells[3] == "必須"
    return table


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def _choices() -> set[type[Choice]]:
    found: set[type[Choice]] = set()
    seen: set[type[Part]] = set()
    waiting: list[type[Part]] = [Guide, Publication, AbsentSection, *KINDS.values()]
    while waiting:
        model = waiting.pop()
        seen.add(model)
        for field in model.model_fields.values():
            found |= set(_within(field.annotation, Choice))
            waiting += [inner for inner in _within(field.annotation, Part) if inner not in seen]
    return found


def _anchors(markdown: str) -> set[str]:
    """Return the names under which GitHub lets a link reach the headings of a document."""
    prose = re.sub(r"^```.*?^```$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _name(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("readme", READMES)
def test_a_reader_finds_every_command_and_option_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    assert isinstance(main, click.Group)
    wanted = {"--version", "--help"}
    for name, command in main.commands.items():
        wanted.add(f"booklet {name}")
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                wanted |= {*parameter.opts, *parameter.secondary_opts}
            if isinstance(parameter.type, click.Choice):
                wanted |= {f"`{choice}`" for choice in parameter.type.choices}
    assert [word for word in sorted(wanted) if word not in text] == []


@pytest.mark.parametrize(("heading", "model"), CHAPTERS.items())
def test_an_editor_finds_every_field_of_the_files_and_parts_and_whether_it_is_needed(
    heading: str, model: type[Part]
) -> None:
    table = _table(heading)
    if model is SectionBase:
        assert table.pop(("kind",))
        assert not table.pop(("evidence",))
    assert table == dict(_rows(model))


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_finds_every_field_of_a_kind_of_section_and_whether_it_is_needed(
    kind: str,
) -> None:
    section = KINDS[kind]
    heading = f"### `{kind}` {section.default_title}"
    assert _table(heading) == dict(_rows(section))
    assert f"決まった絵は `{section.default_icon.value}` です" in _chapter(heading)


def test_an_editor_finds_every_part_that_kinds_of_section_share() -> None:
    shared = {part for part in TOLD_ONCE if part.__module__ == parts.__name__} - {Part, Fact}
    assert shared <= set(CHAPTERS.values())


def test_an_editor_finds_every_word_to_choose_from_with_its_meaning() -> None:
    words = {f"`{choice.value}`（{choice.label}）" for choices in _choices() for choice in choices}
    assert len(words) > 100
    assert [word for word in sorted(words) if word not in EDITING] == []


def test_an_editor_can_copy_every_whole_example() -> None:
    kinds = set()
    for block in _blocks(EDITING, "yaml"):
        document = read_yaml("docs/editing.md", block.encode())
        assert document.problems == [], block
        first = next(key for key in document.value if key != "where")
        model = EXAMPLES.get(first)
        if first == "kind":
            kinds.add(kind := document.value["kind"])
            model = AbsentSection if "status" in document.value else KINDS[kind]
        if model:
            model.model_validate(document.value, context={"language": "ja"})
    assert kinds == set(KINDS)


def test_an_editor_sees_in_the_guide_to_errors_just_what_booklet_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "examples" / "full", tmp_path, dirs_exist_ok=True)
    (guide,) = (tmp_path / "content" / "guides").glob("*.yaml")
    wrong, count = re.subn(
        r"(overtime_hours_per_month:) \{.*\}", r"\1 {min: 20, max: 10}", guide.read_text("utf-8")
    )
    assert count == 1
    guide.write_text(wrong, "utf-8")
    with pytest.raises(BookletError) as caught:
        check(tmp_path)
    (problem,) = caught.value.problems
    assert str(problem).removeprefix(f"{problem.where}: ") in EDITING


def test_an_editor_finds_every_problem_and_note_that_booklet_tells_and_none_that_is_gone() -> None:
    told = {
        code
        for heading in ("## 10. 確かめ方と、エラーの読み方", "## 11. お知らせ（note）の意味")
        for code in re.findall(r"^\| `([a-z0-9-]+)`", _chapter(heading), re.MULTILINE)
    }
    source = "".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))
    gone = [c for c in told if f'"{c}"' not in source and f'"{c.replace("-", "_")}"' not in source]
    assert gone == []
    assert _codes() - told == set()


def _codes() -> set[str]:
    """Return the codes of all that can be wrong with content, as they stand in the source."""
    codes = set()
    for room in ("content", "assembly", "model"):
        for file in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and "PydanticCustomError" in ast.dump(node.func):
                    codes.add(ast.literal_eval(node.args[0]).replace("_", "-"))
                elif room != "model" and isinstance(node, ast.Constant):
                    codes |= set(re.findall(r"^[a-z0-9]+(?:-[a-z0-9]+)+$", str(node.value)))
    return codes - {"utf-8", "utf-8-sig"}


def test_the_worked_example_of_a_new_kind_accepts_its_own_yaml() -> None:
    (code,) = [block for block in _blocks(ADDING, "python") if "class " in block]
    (example,) = _blocks(ADDING, "yaml")
    names = dict(vars(stories))
    exec(code, names)  # noqa: S102 - our own example
    value = read_yaml("docs/adding-a-section.md", example.encode()).value
    (section,) = [
        new
        for name, new in names.items()
        if name not in vars(stories) and isinstance(new, type) and issubclass(new, SectionBase)
    ]
    assert section.model_validate(value).model_dump()["kind"] == value["kind"]


def test_the_architecture_fits_on_one_page_and_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert len(text.splitlines()) <= 100
    rooms = {path.name for path in SOURCE.iterdir() if not path.name.startswith("_")}
    assert [room for room in sorted(rooms) if room not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_local_link_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", text, flags=re.DOTALL | re.MULTILINE)
    astray = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = document.parent / path if path else document
        is_there = file.exists()
        if is_there and anchor:
            is_there = anchor in _anchors(file.read_text("utf-8"))
        if not is_there:
            astray.append(target)
    assert astray == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_make_target_a_document_names_can_be_made(document: Path) -> None:
    named = set(re.findall(r"`make ([a-z]+)`", document.read_text("utf-8")))
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert named <= set(targets)


def test_every_rule_for_epubs_is_in_their_document() -> None:
    text = (ROOT / "docs" / "epub.md").read_text("utf-8")
    modules = sorted((SOURCE / "checks" / "epub").glob("*.py"))
    assert len(modules) > 5
    checks = "".join(path.read_text("utf-8") for path in modules)
    codes = set(re.findall(r'"(epub-[a-z]+(?:-[a-z]+)*)"', checks))
    assert len(codes) > 35
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []


def test_every_rule_for_reading_pdfs_is_in_their_document() -> None:
    text = (ROOT / "docs" / "reading-pdf.md").read_text("utf-8")
    modules = sorted((SOURCE / "checks" / "reading_pdf").glob("*.py"))
    checks = "".join(path.read_text("utf-8") for path in modules)
    codes = set(re.findall(r'Problem\(\s*"((?:pdf|font|page)-[a-z-]+)"', checks))
    assert len(codes) >= 28
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []

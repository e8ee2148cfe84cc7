"""Which module may import which: the rules of docs/architecture.md, read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "booklet"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = {"content", "assembly", "typography", "html", "output", "finishing", "checks"}
# The pipeline and its parts; the command line may call any of them.
PIPELINE = ("pipeline", "print_files", "page_views", "typesetting")
# What modules beside the rooms may import; the pipeline and print files may import every room.
PARTS = {
    "aside.py": (),
    "handed_over.py": ("assembly", "html", "output", "typography"),
    "typesetting.py": (
        *("aside", "checks", "diagnostics", "finishing", "judging", "output", "packing"),
    ),
    "page_views.py": ("output", "writing", "diagnostics"),
    "page_texts.py": ("finishing", "output"),
    "packing.py": ("finishing", "html", "model", "output"),
    "judging.py": ("checks", "diagnostics", "report"),
    "edition_readings.py": ("content", "diagnostics", "model", "typography"),
    "cli.py": (*PIPELINE, "judging", "diagnostics", "report", "__version__"),
}
LINES = 400

# Where a library may be imported: a room, or one module of it.
DOORS = {
    "yaml": {"content"},
    "pydantic": {"model", "content"},
    "pydantic_core": {"model", "content"},
    "jinja2": {"html"},
    "markupsafe": {"html"},
    "segno": {"html"},
    "budoux": {"typography"},
    "weasyprint": {"output/pdf.py", "output/japanese_lines.py", "output/element_names.py"},
    "sudachipy": {"typography"},
    "ebooklib": {"output/epub.py"},
    "lxml": {"output", "checks"},
    "pikepdf": {"finishing", "checks"},
    "pypdfium2": {"output"},
    "PIL": {"output", "finishing", "checks"},
    "fontTools": {"finishing"},
    "click": {"cli.py"},
}


def imports(module: Path) -> Iterator[str]:
    """Yield what a module imports, also inside functions."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(place: Path, imported: str) -> bool:
    """Return whether the module at `place` may import `booklet.…` as `imported`."""
    room, target = place.parts[0], imported.split(".")[1]
    if room in ("pipeline.py", "print_files.py", "__main__.py"):
        return True
    if room in PARTS:
        return target in PARTS[room]
    own = {room.removesuffix(".py")}
    if room == "diagnostics.py":
        return False
    if room == "model":
        return target in {"diagnostics", *own}
    if room in ROOMS:
        return target in {"diagnostics", "model", *own}
    return target == "diagnostics"  # report.py, writing.py


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_what_its_room_may(module):
    place = module.relative_to(SOURCE)
    ours = [name for name in imports(module) if name.startswith("booklet.")]
    assert [name for name in ours if not allowed(place, name)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_library_comes_in_by_its_own_door(module):
    place = module.relative_to(SOURCE)
    for name in imports(module):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or {place.parts[0], place.as_posix()} & doors, (place, name)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_can_be_read_in_one_sitting(module):
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= LINES
    assert ast.get_docstring(ast.parse(text)), f"{module} does not say what goes in and comes out"


def test_the_rule_can_be_broken():
    assert not allowed(Path("html/rendering.py"), "booklet.content.loading")
    assert not allowed(Path("diagnostics.py"), "booklet.model.parts")
    assert not allowed(Path("cli.py"), "booklet.html.rendering")

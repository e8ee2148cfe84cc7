"""Which module may import which: the rules of docs/architecture.md, read from the source."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "booklet"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = {"content", "assembly", "typography", "html", "layout", "pdf", "ebook", "checks"}
LINES = 400
ARGUMENTS = 6

# Where a library may be imported: a room, or one module of it.
DOORS = {
    "yaml": {"content"},
    "ruamel": {"content/yaml_writer.py"},
    "openpyxl": {"content/sheet_writer.py", "content/sheet_reader.py"},
    "jaconv": {"content/occupation_list.py"},
    "docx": {"ebook/proof.py"},
    "pydantic": {"model", "content"},
    "pydantic_core": {"model", "content"},
    "jinja2": {"html"},
    "markupsafe": {"html"},
    "segno": {"html"},
    "budoux": {"typography"},
    "weasyprint": {"layout"},
    "pydyf": {"layout"},
    "sudachipy": {"typography"},
    "ebooklib": {"ebook/container.py"},
    "lxml": {"ebook", "checks"},
    "tinycss2": {"checks/epub/styles.py", "checks/epub/resources.py"},
    "pikepdf": {"pdf", "checks"},
    "pypdfium2": {"pdf"},
    "PIL": {"content", "pdf", "checks"},
    "pi_heif": {"content"},
    "fontTools": {"pdf", "checks"},
    "click": {"cli"},
}

# What a checkout has at its root: anything else came by accident.
AT_THE_ROOT = {
    *(
        ".ci",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.ja.md",
    ),
    *("README.md", "benchmarks", "content", "docs", "pyproject.toml", "requirements.txt", "setup"),
    *("src", "styles", "tests"),
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
    room = place.parts[0].removesuffix(".py")
    target = imported.split(".")[1]
    if room == "diagnostics":
        return False
    if room == "model":
        return target in {"diagnostics", "model"}
    if room in ROOMS:
        return target in {"diagnostics", "model", room}
    if room == "build":
        return target in {"diagnostics", "model", "build", "__version__", *ROOMS}
    return target in {"diagnostics", "model", "build", "cli", "__version__"}


def test_a_module_imports_only_what_its_room_may():
    wrong = [
        (place.as_posix(), name)
        for place, module in ((path.relative_to(SOURCE), path) for path in MODULES)
        for name in imports(module)
        if name.startswith("booklet.") and not allowed(place, name)
    ]
    assert wrong == []


def test_a_library_comes_in_by_its_own_door():
    wrong = []
    for module in MODULES:
        place = module.relative_to(SOURCE)
        for name in imports(module):
            doors = DOORS.get(name.split(".")[0])
            if doors is not None and not {place.parts[0], place.as_posix()} & doors:
                wrong.append((place.as_posix(), name))
    assert wrong == []


def test_a_module_can_be_read_in_one_sitting():
    texts = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in MODULES}
    assert [name for name, text in texts.items() if len(text.splitlines()) > LINES] == []
    silent = [name for name, text in texts.items() if not ast.get_docstring(ast.parse(text))]
    assert silent == [], "they do not say what they are about"


def test_a_function_has_few_arguments():
    wrong = []
    for module, node in itertools.chain.from_iterable(
        ((path, node) for node in ast.walk(ast.parse(path.read_text("utf-8")))) for path in MODULES
    ):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        given = [
            one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        ]
        given = [name for name in given if name not in ("self", "cls")]
        # A command's arguments are its options; click asks for one each.
        is_command = any("command" in ast.dump(one) for one in node.decorator_list)
        if len(given) > ARGUMENTS and not is_command:
            wrong.append((module.relative_to(SOURCE).as_posix(), node.name, len(given)))
    assert wrong == []


def test_the_root_holds_only_what_belongs_there():
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    assert {name.split("/")[0] for name in listed.split("\0") if name} <= AT_THE_ROOT


def test_the_rule_can_be_broken():
    assert not allowed(Path("html/rendering.py"), "booklet.content.loading")
    assert not allowed(Path("diagnostics.py"), "booklet.model.parts")
    assert not allowed(Path("cli/build.py"), "booklet.html.rendering")
    assert not allowed(Path("model/book.py"), "booklet.build.run")
    assert allowed(Path("build/edition.py"), "booklet.html.rendering")

"""What an editor writes goes in; what booklet tells that editor comes out, one line a problem."""

import base64
from pathlib import Path

import pytest

from booklet.content.loading import load_guide, load_publication
from booklet.diagnostics import BookletError, Problem
from booklet.layout.fonts import character_test, find_typeface

GUIDE_FILE = "content/guides/hoshi.yaml"
PUBLICATION_FILE = "content/booklet.yaml"

# The smallest guide. Tests count its lines: the first section starts at line 10, column 5.
GUIDE = """\
slug: hoshi
title: 星の案内人という仕事
occupation:
  name: 星の案内人
classification:
  field: tourism
  subfield: 星空の案内
lead: 架空の仕事です。
sections:
  - kind: closing
    text: 空を見上げてください。
provenance:
  edition: {number: 1, version: "1.0", status: draft}
  first_published: 2026-04-01
  revised_on: 2026-04-02
  rights: {status: own}
"""

PUBLICATION = """\
title: しごとガイド
guides:
  - slug: hoshi
"""

# One pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)

# What pydantic, the YAML parser and Python say among themselves; no editor should read it.
JARGON = (
    "Input should",
    "Value error",
    "valid ",
    "pydantic",
    "dict",
    "None",
    "True",
    "False",
    "Location",
    "token",
    "scalar",
    "indicator",
    "mapping",
    "ctx",
    "something else",
)


class Editor:
    """Somebody who writes files and reads what booklet says about them."""

    guide_text = GUIDE
    guide_file = GUIDE_FILE
    publication_file = PUBLICATION_FILE

    def __init__(self, project: Path) -> None:
        self.project = project
        self.can_draw = character_test(find_typeface("Noto Sans CJK JP"))
        self.write(PUBLICATION_FILE, PUBLICATION)
        self.write(GUIDE_FILE, GUIDE)
        self.write("content/images/fune.png", PNG)

    def write(self, file: str, content: str | bytes) -> Path:
        path = self.project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def writes_guide(self, content: str | bytes) -> list[str]:
        """Return what is said about a whole guide."""
        self.write(GUIDE_FILE, content)
        return told(self.guide_problems(), GUIDE_FILE)

    def writes_section(self, section: str) -> list[str]:
        """Return what is said about the first section; it starts at line 10, column 5."""
        lines = section.splitlines()
        indented = "\n".join(
            ["  - " + lines[0], *(f"    {line}" if line else "" for line in lines[1:])]
        )
        return self.writes_guide(GUIDE.replace("sections:\n", f"sections:\n{indented}\n"))

    def changes(self, *changes: tuple[str, str]) -> list[str]:
        """Return what is said about the guide when words of it are changed."""
        return self.writes_guide(changed(GUIDE, *changes))

    def writes_publication(self, content: str | bytes) -> list[str]:
        """Return what is said about booklet.yaml."""
        self.write(PUBLICATION_FILE, content)
        return told(self.publication_problems(), PUBLICATION_FILE)

    def guide(self, language: str = "ja"):
        """Return the guide as it is read."""
        return load_guide(self.project, "hoshi", language, self.can_draw)[0]

    def publication(self):
        """Return booklet.yaml as it is read."""
        return load_publication(self.project, self.can_draw)[0]

    def guide_problems(self, slug: str = "hoshi") -> tuple[Problem, ...]:
        try:
            return tuple(load_guide(self.project, slug, "ja", self.can_draw)[1])
        except BookletError as error:
            return error.problems

    def publication_problems(self) -> tuple[Problem, ...]:
        try:
            return tuple(load_publication(self.project, self.can_draw)[1])
        except BookletError as error:
            return error.problems


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def told(problems: tuple[Problem, ...], file: str) -> list[str]:
    """Return each problem as `line:column: message [code] -> hint`; all are about `file`."""
    lines = []
    for problem in problems:
        assert problem.where is not None
        assert problem.where.file == file
        assert problem.hint, f"{problem} does not say what to try"
        text = f"{problem.message} {problem.hint}"
        assert not [word for word in JARGON if word in text], f"{problem} is not an editor's words"
        place = str(problem.where).removeprefix(file).lstrip(":")
        lines.append(f"{place}: {problem.message} [{problem.code}] -> {problem.hint}")
    return lines


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)

"""A title, a name and the like go in; the text of a new project's or a new guide's files come out.

The notes in a new guide are those of docs/editing.md, so the two never differ.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from booklet.content.field_words import Chapter, field_words
from booklet.content.yaml_reader import read_yaml
from booklet.model import choices
from booklet.model.guide import KINDS
from booklet.model.publication import PageSize

STARTER = FilePath(__file__).parent.parent / "starter"

_PLACE = re.compile("@([A-Z]+)@")
_ICON_SENTENCE = re.compile("決まった絵は [a-z]+ です。")


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is made from.

    Attributes:
        title: The name of the whole.
        publisher: Who publishes it; empty when that is not settled.
        size: Name of a page size.
        language: A language tag.
        slug: The name of the first guide's file, without its ending.
    """

    title: str
    publisher: str
    size: str
    language: str
    slug: str


@dataclass(frozen=True, slots=True)
class NewGuide:
    """What a new guide is made from.

    Attributes:
        slug: The name of its file, without its ending.
        name: The occupation.
        reading: Its reading in kana; empty when nobody gave it.
        field: A word of `choices.Field`.
        today: The day the guide is dated.
    """

    slug: str
    name: str
    reading: str
    field: str
    today: datetime.date


def project_files(project: NewProject, guide: NewGuide) -> dict[str, bytes]:
    """Return the files of a new project, by their place in it; the schemas come from the build."""
    words = {
        "TITLE": yaml_text(project.title),
        "PUBLISHER": _publisher(project.publisher),
        "LANGUAGE": project.language,
        "SIZE": yaml_text(project.size),
        "SIZES": "、".join(size.value for size in PageSize),
        "SLUG": project.slug,
    }
    on_windows = _starter("make-booklet.bat").replace("\n", "\r\n")
    return {
        "content/booklet.yaml": _filled("booklet.yaml", words).encode(),
        f"content/guides/{guide.slug}.yaml": guide_file_text(guide).encode(),
        "README.md": _filled("README.md", words | {"TITLE": project.title}).encode(),
        "Makefile": _starter("Makefile").encode(),
        ".gitignore": _starter("gitignore").encode(),
        ".vscode/settings.json": _starter("vscode-settings.json").encode(),
        ".vscode/extensions.json": _starter("vscode-extensions.json").encode(),
        # The command interpreter of a Japanese Windows reads its files in this encoding.
        "make-booklet.bat": on_windows.encode("cp932"),
        "make-booklet.command": _starter("make-booklet.command").encode(),
    }


def guide_file_text(guide: NewGuide) -> str:
    """Return a guide that passes every check and says at each place what belongs there."""
    fields = "、".join(f"{field.value} {field.label}" for field in choices.Field)
    reading = f"  reading: {yaml_text(guide.reading)}" if guide.reading else "  # reading: よみがな"
    words = {
        "SLUG": guide.slug,
        "NAME": yaml_text(guide.name),
        "TITLE": yaml_text(f"{guide.name}という仕事"),
        "READING": reading,
        "FIELDS": "\n".join(f"# {line}" for line in _wrapped(fields)),
        "FIELD": guide.field,
        "TODAY": guide.today.isoformat(),
        "SECTIONS": "\n".join(_section(kind) for kind in KINDS),
    }
    return _filled("guide.yaml", words)


def absent_section(kind: str) -> str:
    """Return the YAML of a section nobody has written yet, with its explanation."""
    return "\n".join((*_explained(kind), *_commented(kind), f"- kind: {kind}", _NOT_YET))


_NOT_YET = "  status: not_provided"


def yaml_text(text: str) -> str:
    """Return one line of text as YAML that means just that text: in quotes where it needs them."""
    document = read_yaml("", f"a: {text}".encode())
    plain = not document.problems and document.value.get("a") == text and "#" not in text
    if plain and "\n" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _section(kind: str) -> str:
    """Return one section of a new guide, indented as an entry of `sections`."""
    filled = re.search(
        rf"^- kind: {kind}\n(?:(?: .*)?\n)*", _starter("sections.yaml"), re.MULTILINE
    )
    own = filled and "\n".join((*_explained(kind), filled[0].rstrip()))
    text = own or absent_section(kind)
    return "".join(f"  {line}".rstrip() + "\n" for line in text.split("\n"))


def _explained(kind: str) -> list[str]:
    chapter = field_words()[kind]
    title = KINDS[kind].default_title
    intro = _ICON_SENTENCE.sub("", chapter.intro).strip()
    lines = [f"# ■ {title}（{kind}）", *(f"# {line}" for line in intro.splitlines() if line)]
    lines += [f"# ・{_field_line(chapter, row)}" for row in chapter.fields]
    return [*lines, *(f"# {line}" for one in chapter.choices for line in _wrapped(one))]


def _field_line(chapter: Chapter, row: tuple[str, ...]) -> str:
    words = chapter.fields[row]
    needed = "、必須" if words.needed else ""
    rule = f"。{words.rule}" if words.rule and words.rule != "同じ" else ""
    return f"{' › '.join(row)}：{words.meaning}（{words.form}{needed}）{rule}"


def _commented(kind: str) -> list[str]:
    """Return the example of a kind as comments that can be made real by taking the `# ` away."""
    first, *rest = field_words()[kind].example.rstrip().split("\n")
    return [
        "# 書くときは、下の例の行頭の「# 」を消して直し、status のある2行を消します。",
        f"# - {first}",
        *(f"#   {line}" for line in rest),
    ]


def _publisher(name: str) -> str:
    if name:
        return f"publisher:\n  name: {yaml_text(name)}\n  # url: https://example.org/"
    return "# publisher:\n#   name: 発行する団体か人の名前\n#   url: https://example.org/"


def _wrapped(text: str, width: int = 60) -> list[str]:
    """Return `text` in lines of about `width` characters, cut behind 、."""
    lines = [""]
    for part in re.findall("[^、]+、?", text):
        if len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _starter(name: str) -> str:
    return (STARTER / name).read_text("utf-8")


def _filled(name: str, words: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: words[place[1]], _starter(name))

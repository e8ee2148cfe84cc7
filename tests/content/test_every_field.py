"""Whatever stands in whatever field, its editor is answered in words an editor knows."""

import pytest
from tests.projects import FULL_EXAMPLE

from booklet.content.yaml_reader import Path, read_yaml

FILES = {
    "guide": FULL_EXAMPLE / "content" / "guides" / "hoshi-annainin.yaml",
    "publication": FULL_EXAMPLE / "content" / "booklet.yaml",
}
WRONG = [
    "no",
    "true",
    "~",
    "-1",
    "3.5",
    "1e999",
    "99999999999",
    "9" * 2000,
    '""',
    '"星\\n月"',
    f'"{"星" * 200}"',
    r'"\0\e\u2028"',
    "[]",
    "[~, 1, [星], {a: b}]",
    "{}",
    "{ja: 5}",
    "{ja: 星, en: []}",
    "{kind: {kind: kind}}",
    "2026-02-30",
    "24:00",
]


def with_each_value(text: str, new: str, depth: int | None) -> tuple[str, int]:
    """Replace every value at a depth, or every scalar, but for the kinds; tell how many."""
    values = read_yaml("file.yaml", text.encode()).values
    containers = {path[:-1] for path in values}
    chosen: list[Path] = [
        path
        for path in values
        if path[-1:] != ("kind",)
        and (path not in containers if depth is None else len(path) == depth)
    ]
    for path in sorted(chosen, key=lambda path: -values[path].start):
        start, end = values[path].start, values[path].end
        # The extent of a block reaches to the line after it.
        rest = text[start:end].rstrip(" \n")
        text = f"{text[:start].rstrip()} {new}{text[start + len(rest) :]}"
    return text, len(chosen)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("depth", [None, 1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("file", FILES)
def test_a_wrong_value_in_every_field_is_told_in_an_editors_words(editor, file, depth, wrong):
    whole = FILES[file].read_text("utf-8").replace("hoshi-annainin", "hoshi")
    text, count = with_each_value(whole.replace("hoshizora.png", "fune.png"), wrong, depth)
    answers = editor.writes_guide(text) if file == "guide" else editor.writes_publication(text)
    assert bool(answers) == bool(count)
    assert not [answer for answer in answers if "[yaml-" in answer]

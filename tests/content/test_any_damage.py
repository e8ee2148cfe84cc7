"""Whatever happens to a guide's file, its editor gets an answer and never a traceback."""

import random

import pytest
from tests.building import check
from tests.projects import GUIDE, project_with

from booklet.diagnostics import BookletError

LEAD = "lead: 星の案内人は、この見本のためにつくった架空の仕事です。"
VALUES = b'[]|{}|no|12|1.5|~|""|[1, 2]|{a: b}|*x|!!int 3|	'.split(b"|")


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return `content` with a line dropped, doubled, moved, indented or cut, or a value changed."""
    lines = content.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(place, lines[place])
    elif kind == 2:
        lines.insert(chance.randrange(len(lines)), lines.pop(place))
    elif kind == 3:
        lines[place] = b"  " + lines[place]
    elif kind == 4:
        name, colon, _ = lines[place].partition(b":")
        lines[place] = name + colon + b" " + chance.choice(VALUES) + b"\n"
    else:
        return content[: chance.randrange(len(content))]
    return b"".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_guide_is_answered_with_places(tmp_path, seed):
    project = project_with(tmp_path, LEAD, LEAD)
    whole = (project / GUIDE).read_bytes()
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    for _ in range(25):
        (project / GUIDE).write_bytes(damaged(whole, chance))
        try:
            check(project)
        except BookletError as error:
            assert all(problem.where for problem in error.problems)

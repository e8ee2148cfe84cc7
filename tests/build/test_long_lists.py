"""A guide with many entries is built, on as many pages as it needs."""

import copy
import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.building import build
from tests.projects import FULL_EXAMPLE, GUIDE, project_with

SLUG = "hoshi-annainin"


def project_with_many(folder: Path, kind: str, fields: tuple[str, ...], count: int) -> Path:
    """Return the full example with so many entries in lists of its section of that kind."""
    project = project_with(folder, f"slug: {SLUG}", f"slug: {SLUG}")
    guide = yaml.safe_load((FULL_EXAMPLE / GUIDE).read_text("utf-8"))
    (section,) = (one for one in guide["sections"] if one["kind"] == kind and "status" not in one)
    owners = section["routes"] if fields == ("steps",) else [section]
    for owner in owners:
        for field in fields:
            owner[field] = [copy.deepcopy(one) for one in (owner[field] * count)[:count]]
    text = yaml.safe_dump(_plain(guide), allow_unicode=True, sort_keys=False, width=100_000)
    (project / GUIDE).write_text(text, "utf-8")
    return project


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize(
    ("kind", "fields", "count"),
    [
        # 15 and 20 are where a grid in the page ended the build; the rest is far beyond.
        ("qualifications", ("items",), 15),
        ("entry", ("routes",), 20),
        ("entry", ("steps",), 100),
        ("trivia", ("surprises", "hidden_perks"), 40),
    ],
)
@pytest.mark.parametrize("edition", ["standard", "furigana"])
def test_a_long_list_goes_on_overleaf(tmp_path, kind, fields, count, edition):
    project = project_with_many(tmp_path, kind, fields, count)
    report = build(project, None, formats=["reading"], editions=[edition])
    (file,) = report.files
    assert file.problems == ()
    assert [one for one in report.problems if one.code == "typesetting"] == []

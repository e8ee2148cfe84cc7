"""A number of items goes in; a project whose figures all have that many comes out."""

import json
import shutil
from pathlib import Path

import yaml
from tests.projects import FULL_EXAMPLE, GUIDE

LONG = "コミュニケーションスキルアップトレーニングと社会福祉主事任用資格の取得をめざす講習会"
_MOST_HOURS = 14


def label(kind: str, number: int) -> str:
    """Return a word that stands once in the guide."""
    return f"{kind}{number:02}号"


def figures_project(folder: Path, count: int, *, long: bool) -> tuple[Path, list[str]]:
    """Make a project of figures.

    Args:
        folder: Where it goes.
        count: Items of each figure, 1 to 12.
        long: Whether each item has forty characters more.

    Returns:
        Its folder, and the words that have to be printed.
    """
    project = folder / f"figures-{count}-{long}"
    shutil.copytree(FULL_EXAMPLE, project)
    guide = yaml.safe_load((project / GUIDE).read_text("utf-8"))
    labels: list[str] = []

    def items(kind: str) -> list[str]:
        found = [label(kind, number) for number in range(count)]
        labels.extend(found)
        return [one + LONG if long else one for one in found]

    sections = {section["kind"]: section for section in guide["sections"]}
    sections["entry"]["routes"] = [
        {"from": start, "steps": items(f"段{number:02}の")[: max(1, count // 2)]}
        for number, start in enumerate(items("始"))
    ]
    shown = {label(f"段{n:02}の", m) for n in range(count) for m in range(max(1, count // 2))}
    labels[:] = [one for one in labels if not one.startswith("段") or one in shown]
    sections["career_path"]["stages"] = [{"name": name} for name in items("階")]
    sections["career_path"]["branches"] = [
        {"name": name, "requires": needed}
        for name, needed in zip(items("枝"), items("要"), strict=True)
    ]
    sections["day_schedule"]["schedules"] = [
        {
            "variant": "一日",
            "entries": [
                {"start": f"{8 + number:02}:00", "activity": activity}
                for number, activity in enumerate(items("事")[:_MOST_HOURS])
            ],
        }
    ]
    sections["fit"]["suits"], sections["fit"]["not_suits"] = items("向"), items("逆")
    sections["duties"]["items"] = [
        {"title": title, "description": text}
        for title, text in zip(items("務"), items("説"), strict=True)
    ]
    span = sections["pay"]["spans"][1]
    sections["pay"]["spans"] = [{**span, "basis": basis} for basis in items("層")]
    sections["reality"]["gaps"] = [
        {"expectation": one, "actual": other}
        for one, other in zip(items("想"), items("実"), strict=True)
    ]
    rows = [items(f"行{number:02}の") for number in range(3)]
    table = {"table": "表", "head": [f"頭{n}" for n in range(count)], "rows": rows}
    sections["prose"]["blocks"] = [{"text": "表です。"}, table]
    kinds = ("ratings", "duties", "day_schedule", "fit", "entry", "pay", "career_path")
    guide["sections"] = [sections[kind] for kind in (*kinds, "reality", "faq", "prose", "closing")]
    guide["sections"][7].pop("hardships", None)
    for section in (sections["faq"], sections["closing"]):
        section.pop("lead", None)
    sections["faq"]["items"] = [{"question": "質問ですか？", "answer": "答えです。"}]
    text = json.dumps(guide, ensure_ascii=False, default=str, indent=1)
    (project / GUIDE).write_text(text, "utf-8")
    return project, labels

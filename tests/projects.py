"""A change to the fictional full guide goes in; a project folder with that change comes out."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

FULL_EXAMPLE = Path(__file__).parent / "examples" / "full"
GUIDE = Path("content") / "guides" / "hoshi-annainin.yaml"


def project_with(folder: Path, old: str, new: str, file: Path = GUIDE) -> Path:
    """Copy the full example below `folder` with the one place that says `old` saying `new`."""
    project = folder / "project"
    shutil.copytree(FULL_EXAMPLE, project)
    text = (project / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    (project / file).write_text(text.replace(old, new), "utf-8")
    return project


def short_guide(slug: str) -> str:
    """Return a guide of one page of text."""
    whole = (FULL_EXAMPLE / GUIDE).read_text("utf-8")
    head = whole[: whole.index("\nsections:")]
    provenance = whole[whole.index("\nprovenance:") :]
    head = re.sub(r"^slug: .*$", f"slug: {slug}", head, flags=re.MULTILINE)
    head = re.sub(r"^cover_picture:\n(  .*\n)+", "", head, flags=re.MULTILINE)
    section = f"sections:\n  - kind: overview\n    text: {slug} は、架空の仕事です。\n"
    return f"{head}\n{section}{provenance}"


def project_with_guides(folder: Path, slugs: Sequence[str]) -> Path:
    """Make a project of short guides below `folder`; change one to break it."""
    project = folder / "project"
    (project / "content" / "guides").mkdir(parents=True)
    shutil.copytree(FULL_EXAMPLE / "content" / "images", project / "content" / "images")
    listed = "".join(f"  - slug: {slug}\n" for slug in slugs)
    (project / "content" / "booklet.yaml").write_text(f"title: 見本\nguides:\n{listed}", "utf-8")
    for slug in slugs:
        guide = project / "content" / "guides" / f"{slug}.yaml"
        guide.write_text(short_guide(slug), "utf-8")
    return project

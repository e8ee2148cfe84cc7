"""A change to the fictional full guide goes in; a project folder with that change comes out."""

import shutil
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

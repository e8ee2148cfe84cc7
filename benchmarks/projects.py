"""A number goes in; a project with as many different guides, made from the first one, comes out."""

import re
import shutil
from pathlib import Path

from benchmarks.plain import FONTCONFIG
from booklet.build.markup import print_markup
from booklet.build.plan import (
    Wanted,
    job_key,
    make_job,
    make_plan,
    picture_names,
    read_pictures,
    source_key,
)
from booklet.build.project import read_guides
from booklet.layout.fonts import find_typeface

ROOT = Path(__file__).parent.parent
FORMATS = ("reading", "press", "office", "epub", "text")
_DIGITS = "〇一二三四五六七八九"


def numbered(number: int) -> str:
    """Return a number in kanji, so that it has the widths of the words beside it."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def project_of(folder: Path, count: int) -> Path:
    """Make a project of `count` guides: none has the words, the lines or the pages of another."""
    (folder / "content" / "guides").mkdir(parents=True)
    shutil.copytree(ROOT / "styles", folder / "styles")
    source = (ROOT / "content" / "guides" / "shuro-shienin.yaml").read_text("utf-8")
    slugs = [f"guide-{number:04}" for number in range(count)]
    for number, slug in enumerate(slugs):
        text = re.sub(r"^slug: .*$", f"slug: {slug}", source, flags=re.MULTILINE)
        # Every sentence becomes longer by a few characters, by another number in each guide.
        longer = f"（第{numbered(number)}号）" + "ほか" * (number % 5)
        text = re.sub(r"^(?!tagline)(.*)。$", rf"\1{longer}。", text, flags=re.MULTILINE)
        text = text.replace("支援します", f"支援{numbered(number % 7)}します")
        (folder / "content" / "guides" / f"{slug}.yaml").write_text(text, "utf-8")
    publication = (ROOT / "content" / "booklet.yaml").read_text("utf-8")
    listed = "guides:\n" + "".join(f"  - slug: {slug}\n" for slug in slugs)
    publication = re.sub(r"^guides:\n(?:[ \t].*\n|\n)*", listed, publication, flags=re.MULTILINE)
    publication = re.sub(r"^editions:.*\n(?:[ \t].*\n)*", "", publication, flags=re.MULTILINE)
    (folder / "content" / "booklet.yaml").write_text(publication, "utf-8")
    return folder


def html_files(project: Path, folder: Path) -> list[Path]:
    """Write the print HTML of every guide, as the engine gets it, with its base address."""
    plan = make_plan(project, Wanted(editions=("standard",)))
    files = []
    for read in read_guides(plan.project):
        if read.guide is None:
            raise ValueError(f"{read.slug} cannot be read: {read.problems[0]}")
        pictures = read_pictures(project, picture_names(plan, read.guide))
        edition = plan.editions[0]
        key = job_key(plan, source_key(plan, read.source), edition, pictures)
        html, _ = print_markup(make_job(plan, read, edition, pictures, key))
        base = f'<base href="{project.resolve().as_uri()}/"/>'
        file = folder / f"{read.slug}.html"
        file.write_text(html.replace("<head>", f"<head>{base}", 1), "utf-8")
        files.append(file)
    return files


def plain_fonts(folder: Path) -> Path:
    """Write a fontconfig that shows the machine's own fonts and our two."""
    folders = "".join(
        f"<dir>{file.parent}</dir>" for file in find_typeface("Noto Sans CJK JP").files
    )
    file = folder / "fonts.conf"
    file.write_text(FONTCONFIG.format(folders=folders), "utf-8")
    return file

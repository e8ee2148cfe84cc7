"""Seeded faults go in; docs/validators.md, the table of which validator catches which, comes out.

Run as `python -m tests.checks.validators_table`; with `--ace` Ace is asked too, which takes long.
Without it Ace's column stays as it was.
"""

import re
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.checks.seeded import FAULTS, changed_epub
from tests.checks.seeded_pdf import PDF_FAULTS, changed_pdf

from booklet.checks.epub.lint import check_epub
from booklet.checks.reading_pdf.reading_pdf import check_reading_pdf
from booklet.checks.validators.ace import run_ace
from booklet.checks.validators.epubcheck import run_epubcheck
from booklet.checks.validators.verapdf import PROFILES, run_verapdf
from booklet.diagnostics import Problem, Severity

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "validators.md"

HEAD = """\
# Which validator catches which fault

Each row is a good file of the fictional guide with one fault put into it. A validator has caught it
when it names an error or a warning; a mere mention (USAGE) does not count, but the rules this
project raises to errors do. A code is the first thing the validator names. Written by
`python -m tests.checks.validators_table`; a test compares all columns but that of Ace, which takes
several seconds a fault and was measured on {day}.

"""


def epub_rows(epub: bytes) -> list[list[str]]:
    """Return fault, our code, and whether EPUBCheck catches it, for each EPUB."""
    books = [changed_epub(epub, fault.change) for fault in FAULTS]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, book in enumerate(books):
            paths.append(Path(folder, f"{number:02}.epub"))
            paths[-1].write_bytes(book)
        checked = run_epubcheck(paths)
    return [
        [fault.name, our_answer(check_epub(book), fault.code), answer(found)]
        for fault, book, found in zip(FAULTS, books, checked, strict=True)
    ]


def pdf_rows(pdf: bytes) -> list[list[str]]:
    """Return fault, our code, and whether veraPDF catches it by each profile, for each PDF."""
    files = [changed_pdf(pdf, fault.change) for fault in PDF_FAULTS]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, file in enumerate(files):
            paths.append(Path(folder, f"{number:02}.pdf"))
            paths[-1].write_bytes(file)
        checked = [run_verapdf(paths, profile) for profile in PROFILES]
    return [
        [
            fault.name,
            our_answer(check_reading_pdf(file, 148, 210, "ja"), fault.code),
            *(answer(found[index]) for found in checked),
        ]
        for index, (fault, file) in enumerate(zip(PDF_FAULTS, files, strict=True))
    ]


def our_answer(problems: Sequence[Problem], code: str) -> str:
    return f"`{code}`" if code in {problem.code for problem in problems} else "–"


def answer(problems: Sequence[Problem]) -> str:
    loud = [problem for problem in problems if problem.severity >= Severity.WARNING]
    return f"`{loud[0].code}`" if loud else "–"


def ace_answers(epub: bytes) -> list[str]:
    def asked(number: int) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "book.epub")
            path.write_bytes(changed_epub(epub, FAULTS[number].change))
            try:
                return answer(run_ace(path))
            except ValueError:
                return "does not open it"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(asked, range(len(FAULTS))))


def known_ace_answers() -> dict[str, str]:
    """Return what the table says of Ace, by the fault."""
    if not TABLE.is_file():
        return {}
    epubs = TABLE.read_text("utf-8").split("## Reading PDF")[0]
    rows = re.findall(r"^\| (.*?) \| .*? \| .*? \| (.*?) \|$", epubs, re.M)
    return dict(rows)


def day_of_ace() -> str:
    """Return the day on which Ace was last asked, as the table says it."""
    day = re.search(r"measured on (\S+?)\.\n", TABLE.read_text("utf-8"))
    return day[1] if day else "?"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def caught(rows: Sequence[Sequence[str]], column: int) -> str:
    return f"{sum(row[column] != '–' for row in rows)} of {len(rows)}"


def text(epubs: list[list[str]], pdfs: list[list[str]], ace: Sequence[str], day: str) -> str:
    rows = [[*row, heard] for row, heard in zip(epubs, ace, strict=True)]
    rows.append(["**caught**", *(caught(rows, column) for column in (1, 2, 3))])
    pdf_table = [*pdfs, ["**caught**", *(caught(pdfs, column) for column in (1, 2, 3))]]
    return (
        HEAD.format(day=day)
        + "## EPUB\n\n"
        + table(["fault", "booklet", "EPUBCheck 5.3.0", "Ace 1.4.6"], rows)
        + "\n## Reading PDF\n\n"
        + table(["fault", "booklet", "veraPDF PDF/UA-1", "veraPDF PDF/A-2a"], pdf_table)
    )


def main() -> None:
    from tests.building import build

    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "tests" / "examples" / "full", Path(folder), slugs=["hoshi-annainin"])
        epub = Path(folder, "hoshi-annainin.epub").read_bytes()
        pdf = Path(folder, "hoshi-annainin.pdf").read_bytes()
    known = known_ace_answers()
    day = (
        re.search(r"measured on (\S+?)\.\n", TABLE.read_text("utf-8")) if TABLE.is_file() else None
    )
    ace = [known.get(fault.name, "?") for fault in FAULTS]
    written = day[1] if day else "?"
    if "--ace" in sys.argv:
        import datetime

        ace, written = ace_answers(epub), datetime.datetime.now(datetime.UTC).date().isoformat()
    TABLE.write_text(text(epub_rows(epub), pdf_rows(pdf), ace, written), "utf-8")


if __name__ == "__main__":
    main()

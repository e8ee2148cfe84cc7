"""The folder of a build goes in; pictures of its pages, to be looked at, come out beside it."""

from pathlib import Path

from booklet.build.files import write_files
from booklet.diagnostics import BookletError, Problem
from booklet.pdf.page_pictures import page_pictures


def picture_pages(output: Path, dots_per_inch: int) -> list[Path]:
    """Turn every PDF of a build into pictures of its pages.

    Args:
        output: The folder of the build; the pictures go to a folder for each PDF below `pages/`.
        dots_per_inch: Resolution of a page.

    Returns:
        The sheets that show all spreads of a PDF, one for each.

    Raises:
        BookletError: There is no PDF, or the pictures cannot be written.
    """
    sheets = []
    for pdf in sorted(output.glob("*.pdf")):
        folder = output / "pages" / pdf.stem
        write_files(folder, page_pictures(pdf.read_bytes(), dots_per_inch))
        sheets.append(folder / "spreads.png")
    if not sheets:
        problem = Problem("pdf-missing", f"there is no PDF in {output}", None, "booklet build")
        raise BookletError([problem])
    return sheets

"""A job and its print HTML go in; its laid-out pages come out.

Nothing is imported here that finishes pages: a worker that lays out can begin earlier.
"""

from dataclasses import replace

from booklet.assembly.book import assemble
from booklet.build.line_rules import line_rules
from booklet.build.pictures import print_pictures
from booklet.diagnostics import BookletError, Problem
from booklet.layout.engine import PrintDocument, Typeset, load_engine, typeset
from booklet.layout.fonts import font_digest, typeface_for
from booklet.model.edition import Edition, FuriganaUse
from booklet.model.job import EditionJob

Markup = tuple[str, tuple[Problem, ...]]
"""The HTML of the print pages, and what was found in its readings."""


def warm_up() -> None:
    """Import the engine before there is anything to lay out."""
    try:
        load_engine(typeface_for(Edition.STANDARD))
    except (BookletError, ValueError):
        return  # told when there is something to lay out


def lay_out(job: EditionJob, markup: Markup) -> Typeset:
    """Lay out the print pages.

    Args:
        job: The job.
        markup: Their HTML and what was found in it, as `print_markup` returns them.

    Raises:
        BookletError: The engine's libraries are missing, or the fonts are not those of the job.
    """
    book = assemble(job.guide, job.publication, job.edition)
    typeface = typeface_for(job.edition)
    if font_digest(typeface) != job.fonts:
        message = f"the fonts here are not those of the job: {typeface.name}"
        hint = "install the same booklet and the same fonts wherever it runs"
        raise BookletError([Problem("fonts-differ", message, None, hint)])
    files = {f"styles/{name}": content for name, content in job.theme.files.items()}
    prepared = print_pictures(job.guide, job.publication, job.edition, job.pictures)
    # What only a stylesheet shows stays as it is.
    pictures = {**job.pictures, **prepared}
    files |= {f"content/{name}": content for name, content in pictures.items()}
    html, problems = markup
    pages = typeset(
        PrintDocument(
            html,
            files,
            typeface,
            book.printed_identifier,
            book.modified,
            book.publication.edition_settings.furigana is FuriganaUse.ONCE,
        ),
        line_rules(),
    )
    return replace(pages, problems=(*pages.problems, *problems))

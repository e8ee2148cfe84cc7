"""What one room does for another goes in by name; functions to hand over come out.

A part of the pipeline: rooms do not import each other. Everything is imported when it is wanted.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booklet.html.rendering import Writing
    from booklet.layout.line_fitting import LineRules


def writing() -> "Writing":
    """Return how an author's text becomes HTML, for the html room."""
    from booklet.assembly.words import WORDS
    from booklet.html.rendering import Writing
    from booklet.typography.marking import mark_up, paragraphs
    from booklet.typography.phrases import phrase_ends
    from booklet.typography.ruby import ruby_for_print, ruby_for_readers

    annotate = {"print": ruby_for_print, "epub": ruby_for_readers}
    return Writing(mark_up, paragraphs, annotate, WORDS, phrase_ends)


def line_rules() -> "LineRules":
    """Return the rules of Japanese lines, from the typography room for the output room."""
    from booklet.layout.line_fitting import LineRules
    from booklet.typography import japanese
    from booklet.typography.phrases import phrase_ends

    return LineRules(
        groups=japanese.groups,
        phrase_ends=phrase_ends,
        may_break=japanese.may_break,
        gap=japanese.gap,
        may_open=japanese.may_open,
        may_shrink=japanese.may_shrink,
        is_double_mark=japanese.is_double_mark,
        has_white_before=japanese.has_white_before,
        has_white_behind=japanese.has_white_behind,
        may_hang=japanese.may_hang,
        is_japanese=japanese.is_japanese,
    )

"""The rules of Japanese lines, handed from typography to the layout room."""

from booklet.layout.line_fitting import LineRules
from booklet.typography import japanese
from booklet.typography.phrases import phrase_ends


def line_rules() -> LineRules:
    """Return the rules of Japanese lines, from the typography room for the layout room."""
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

"""WeasyPrint goes in; it comes out doing the same work in less time.

Each shortcut is a module of its own, is made for one version and leaves every other alone; what is
laid out stays the same, byte for byte. What each is worth is in benchmarks/levers.md.
"""

from types import ModuleType

from booklet.layout.cascade import share_cascades
from booklet.layout.computed_values import find_values_fast
from booklet.layout.drawing import draw_fast
from booklet.layout.kept_stylesheets import keep_stylesheets
from booklet.layout.pdf_writing import write_fast
from booklet.layout.used_values import find_used_values_fast

SHORTCUTS = (
    share_cascades,
    find_values_fast,
    keep_stylesheets,
    find_used_values_fast,
    draw_fast,
    write_fast,
)


def take_shortcuts(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint all shortcuts.

    Args:
        weasyprint: The imported package. In another version than they were made for, and by a
            second call, nothing changes; `set_japanese_lines` tells that the version is another.
    """
    for shortcut in SHORTCUTS:
        shortcut(weasyprint)

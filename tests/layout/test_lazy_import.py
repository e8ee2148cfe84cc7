"""What comes of a module whose import is put off."""

import subprocess
import sys

FORCED = """
import sys
from booklet.layout.lazy_import import imported_lazily
with imported_lazily({"colorsys": (), "bisect2": ("nothing",), "calendar": ("isleap",)}):
    import colorsys
    from calendar import isleap
assert "colorsys" not in sys.modules
assert colorsys.rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)
assert isleap(2028)
assert "bisect2" not in sys.modules
print("good")
"""


def test_a_module_put_off_is_there_when_it_is_wanted():
    run = subprocess.run([sys.executable, "-c", FORCED], capture_output=True, text=True)
    assert run.stdout.strip() == "good", run.stderr


def test_the_engine_starts_without_the_subsetter_it_does_not_need():
    code = (
        "import sys; from booklet.layout.engine import _weasyprint;"
        "from booklet.layout.fonts import find_typeface;"
        "_weasyprint(find_typeface('Noto Sans CJK JP'));"
        "print('fontTools.otlLib' in sys.modules, 'fontTools.subset' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "False False", run.stderr

"""What a figure shows and says, made from the same data."""

import re

import pytest
from lxml import etree

from booklet.html import figures
from booklet.html.codes import code_svg
from booklet.html.geometry import MM_PER_POINT, page_geometry
from booklet.model.book import Mark, Span, Week
from booklet.model.edition import Edition
from booklet.model.publication import GuideEntry, Page, PageSize, Publication

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(svg)


@pytest.mark.parametrize(("value", "maximum"), [(0, 5), (2, 5), (5, 5), (3, 3), (7, 10)])
def test_stars_show_as_many_filled_ones_as_the_rating_and_say_the_maximum(value, maximum):
    svg = drawn(figures.stars("柔軟性", value, maximum))
    shapes = svg.findall(f"{SVG}polygon")
    filled = [shape for shape in shapes if shape.get("fill") == "currentColor"]
    assert (len(filled), len(shapes)) == (value, maximum)
    assert svg.findtext(f"{SVG}title") == f"柔軟性 {maximum}段階中{value}"


def test_filled_and_open_stars_differ_in_shape_and_not_only_in_colour():
    filled, opened = drawn(figures.stars("a", 1, 2)).findall(f"{SVG}polygon")
    assert _width(filled) > _width(opened) * 1.2


def _width(polygon: etree._Element) -> float:
    xs = [float(point.split(",")[0]) for point in polygon.get("points").split()]
    return max(xs) - min(xs)


@pytest.mark.parametrize(
    ("percent", "word"),
    [(0, "低い"), (5, "低い"), (33, "低い"), (34, "中くらい"), (67, "高い"), (100, "高い")],
)
def test_the_gauge_is_as_long_as_its_share_and_says_it_with_a_word(percent, word):
    svg = drawn(figures.gauge("AI代替リスク", percent))
    bar = svg.findall(f"{SVG}rect")[1]
    assert float(bar.get("width")) == percent * 2
    assert svg.findtext(f"{SVG}title") == f"AI代替リスク {percent}パーセント（{word}）"


def test_a_span_lies_in_its_place_on_the_axis():
    svg = drawn(figures.draw("月10〜20時間程度", Span(10, 20, 40)))
    bar = svg.find(f"{SVG}rect")
    assert float(bar.get("x")) == pytest.approx(1 + 158 / 4, abs=0.1)
    assert float(bar.get("width")) == pytest.approx(158 / 4, abs=0.1)
    assert svg.findtext(f"{SVG}title") == "月10〜20時間程度（0から40までの目盛り）"


def test_a_week_shows_its_days_off_as_open_squares():
    svg = drawn(figures.draw("土日祝休み", Week((0, 0, 0, 0, 0, 1, 1))))
    assert len(svg.findall(f"{SVG}rect")) == 7
    opened = [rect.get("fill") == "none" for rect in svg.findall(f"{SVG}rect")]
    assert opened == [False] * 5 + [True] * 2
    assert svg.findtext(f"{SVG}title") == "土日祝休み"


@pytest.mark.parametrize(("answer", "shape"), [(1, "circle"), (0.5, "path"), (0, "path")])
def test_an_answer_is_a_shape_with_the_words_beside_it(answer, shape):
    svg = drawn(figures.draw("条件つきで可能", Mark(answer)))
    assert svg.find(f"{SVG}{shape}") is not None
    assert svg.findtext(f"{SVG}title") == "条件つきで可能"


def test_a_name_with_markup_stays_a_name():
    svg = drawn(figures.stars('<b>"&', 1, 5))
    assert svg.findtext(f"{SVG}title") == '<b>"& 5段階中1'


def test_a_code_has_its_quiet_zone_and_is_read_back_as_the_address():
    segno = pytest.importorskip("segno")
    svg = drawn(code_svg("https://example.org/a?b=1&c=2"))
    cells = segno.make("https://example.org/a?b=1&c=2", error="m", micro=False).matrix
    size = int(svg.get("viewBox").split()[2])
    assert size == len(cells) + 8
    grid = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg.find(f"{SVG}path").get("d")):
        for step in range(int(length)):
            grid[int(y)][int(x) + step] = 1
    assert [row[4:-4] for row in grid[4:-4]] == [list(row) for row in cells]
    assert not any(map(any, grid[:4] + grid[-4:]))
    assert svg.findtext(f"{SVG}title") == "二次元コード https://example.org/a?b=1&c=2"


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("size", list(PageSize))
def test_a_line_holds_whole_characters_and_a_page_whole_lines(size, edition):
    publication = Publication(title="星", page=Page(size=size), guides=[GuideEntry(slug="hoshi")])
    page = page_geometry(publication, edition)
    measure = page.width_mm - page.inner_mm - page.outer_mm
    assert measure / (page.em_pt * MM_PER_POINT) == pytest.approx(page.characters)
    height = page.height_mm - page.top_mm - page.foot_mm
    assert height / (page.line_pt * MM_PER_POINT) == pytest.approx(page.lines)
    assert page.inner_mm > page.outer_mm >= 10

"""What someone who listens to the text gets."""

from booklet.ebook.plain_text import plain_text

PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>'
    "<body>{body}</body></html>"
)


def text_of(body: str) -> str:
    return plain_text([PAGE.format(body=body)])


def test_sections_follow_one_another_in_the_order_of_the_guide(built):
    from booklet.model.section import AbsentSection

    sections = [s for s in built.guide.sections if not isinstance(s, AbsentSection)]
    titles = [s.title or s.default_title for s in sections if not s.in_glance]
    lines = built.text.splitlines()
    places = [lines.index(f"{number} {title}") for number, title in enumerate(titles, 1)]
    assert places == sorted(places)


def test_a_drawing_is_told_in_words_and_its_visible_value_is_not_told_twice(first_guide):
    assert "将来性 5段階中4" in first_guide.text
    assert "4／5" not in first_guide.text


def test_list_items_have_a_dot_or_their_number():
    assert text_of("<ul><li>一</li><li>二</li></ul>") == "・一\n・二\n"
    assert text_of("<ol><li>一</li><li>二</li></ol>") == "1. 一\n2. 二\n"


def test_table_cells_are_parted_and_rows_are_lines():
    table = "<table><tr><th>春</th><td>20時</td></tr><tr><th>夏</th><td>21時</td></tr></table>"
    assert text_of(table) == "春　20時\n夏　21時\n"


def test_what_is_hidden_from_speech_is_left_out():
    assert text_of('<p>見える<span aria-hidden="true">飾り</span></p>') == "見える\n"
    assert text_of('<p>本文</p><nav hidden="hidden"><p>目印</p></nav>') == "本文\n"


def test_a_picture_is_told_by_its_alternative():
    assert text_of('<p><img src="a.png" alt="島の夜。"/></p>') == "島の夜。\n"


def test_a_heading_follows_an_empty_line():
    assert text_of("<p>前</p><h2>見出し</h2><p>後</p>") == "前\n\n見出し\n後\n"


def test_a_reading_follows_its_word_in_brackets(full_guide):
    assert "晴れた夜は、甲板（かんぱん）で本物の星を" in full_guide.text

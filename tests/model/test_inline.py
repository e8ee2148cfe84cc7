"""A line of text falls into plain text and marks, and nothing of it is lost."""

import pytest

from booklet.model.inline import Plain, Reference, Ruby, Unknown, parse_inline


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ()),
        ("星", (Plain("星"),)),
        ("{星空|ほしぞら}", (Ruby("星空", ("ほしぞら",)),)),
        ("{星空｜ほし｜ぞら}を", (Ruby("星空", ("ほし", "ぞら")), Plain("を"))),
        ("星{→faq}月", (Plain("星"), Reference("faq"), Plain("月"))),
        ("{→ faq }", (Reference("faq"),)),
        ("{→a}{→b}", (Reference("a"), Reference("b"))),
        ("{{→faq}}", (Plain("{→faq}"),)),
        ("{{{→faq}}}", (Plain("{"), Reference("faq"), Plain("}"))),
        ("星{{と}}月", (Plain("星{と}月"),)),
        ("{faq}", (Unknown("{faq}"),)),
        ("{→}", (Unknown("{→}"),)),
        ("{→ }", (Unknown("{→ }"),)),
        ("{}", (Unknown("{}"),)),
        ("星{月", (Plain("星"), Unknown("{"), Plain("月"))),
        ("星}月", (Plain("星"), Unknown("}"), Plain("月"))),
        ("{a{→b}", (Unknown("{"), Plain("a"), Reference("b"))),
        ("<b>&amp;", (Plain("<b>&amp;"),)),
    ],
)
def test_a_text_falls_into_plain_text_and_marks(text, tokens):
    assert parse_inline(text) == tokens

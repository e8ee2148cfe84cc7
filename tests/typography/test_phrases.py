"""Where titles, labels and cards break."""

import pytest

from booklet.typography.phrases import phrase_ends


def parts(text: str) -> list[str]:
    ends = phrase_ends(text)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("くもり空読みとり講習", ["くもり空", "講習"]),
        ("コミュニケーションスキルアップトレーニング", ["スキルアップ", "トレーニング"]),
        ("星空案内免状の勉強", ["星空", "勉強"]),
        ("Webアクセシビリティエンジニア", ["エンジニア"]),
    ],
)
def test_a_label_breaks_between_words_of_the_dictionary_and_not_inside_them(text, words):
    found = parts(text)
    assert "".join(found) == text
    assert len(found) > 1
    for word in words:
        assert any(word in part for part in found), found


def test_a_text_always_ends_with_its_last_phrase():
    for text in ("星", "", "・", "就職・転職"):
        assert "".join(parts(text)) == text
    assert parts("就職・転職") == ["就職・", "転職"]

"""What a visitor is offered to ask."""

from booklet.assembly.questions import QUESTIONS, visitor_questions


def test_what_the_guide_cannot_say_is_asked_first(first_guide):
    questions = visitor_questions(first_guide.guide)
    assert "毎日の仕事" in questions[0]
    assert "給料" in questions[1]
    assert len(questions) == QUESTIONS


def test_a_guide_that_says_all_leaves_the_questions_about_the_place(full_guide):
    questions = visitor_questions(full_guide.guide)
    assert not any("給料" in question for question in questions)
    assert len(questions) == len(set(questions)) == QUESTIONS

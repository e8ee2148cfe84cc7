"""A guide goes in; the questions a visitor may take to the booth come out.

What the guide cannot say comes first, then what only the people at the booth can answer. The
questions state no facts, so they are right for any occupation.
"""

from booklet.model.guide import Guide
from booklet.model.section import AbsentSection

# Half a line of the list is for an answer: more would not fit the page.
QUESTIONS = 9

_ABOUT_WHAT_IS_MISSING = {
    "day_schedule": "毎日の仕事は、どんな流れで進みますか。",
    "pay": "給料や手当は、どのくらいですか。どうすれば上がりますか。",
    "trait_profile": "どんな性格や得意なことが、この仕事で生きますか。",
    "work_conditions": "残業や休日は、実際にはどのくらいありますか。",
    "qualifications": "もっていると役に立つ資格はありますか。",
    "entry": "どんな道から、この仕事に就く人が多いですか。",
    "career_path": "何年か働いたあと、どんな道に進めますか。",
    "reality": "働いてみて、思っていたのと違ったのはどんなことですか。",
    "voices": "この仕事をしていて、うれしかったのはどんなときですか。",
}
_ABOUT_THE_PLACE = (
    "見学や体験はできますか。申しこみは、どこにすればよいですか。",
    "入ったばかりの人は、何から教わりますか。",
    "どんな経歴の人が、一緒に働いていますか。",
    "体調や家庭の事情に合わせて、働き方を相談できますか。",
    "困ったときは、誰に相談できますか。",
    "この職場で、いちばん大切にしていることは何ですか。",
    "応募する前に、準備しておくとよいことはありますか。",
    "長く働いている人は、どんな人ですか。",
    "いま募集している仕事はありますか。",
)


def visitor_questions(guide: Guide) -> tuple[str, ...]:
    """Return what to ask at the booth.

    Args:
        guide: The guide.

    Returns:
        Questions, at most `QUESTIONS` of them.
    """
    missing = {part.kind for part in guide.sections if isinstance(part, AbsentSection)}
    asked = [text for kind, text in _ABOUT_WHAT_IS_MISSING.items() if kind in missing]
    return (*asked, *_ABOUT_THE_PLACE)[:QUESTIONS]

"""The shorthand authors use for a number, a day, a time: what it may look like.

Content accepts these (content/leniency.py) and the schema for editors' programs allows them
(model/json_schema.py); both read the same patterns.
"""

DIGITS = "[0-9０-９]"

NUMBER = rf"^{DIGITS}{{1,3}}([,，]{DIGITS}{{3}})+$|^{DIGITS}+$"
"""A whole number: `18`, `１８`, `200,000`."""
UNIT = r"(円|歳|年|人|名|時間|分|％|%|つ|個|回|版|冊|巻)?"
"""A unit that may stand behind a number."""
PERCENT = rf"^{DIGITS}{{1,3}} ?[%％]$"
"""A share: `5%`."""
FRACTION = rf"^{DIGITS}{{1,2}} ?[/／] ?{DIGITS}{{1,2}}$"
"""A rating of a maximum: `4/5`."""
STARS = r"^★{1,10}☆{0,10}$|^☆{1,10}$"
"""A rating drawn with stars: `★★★★☆`."""
HOURS = (
    rf"^(約 ?|およそ ?)?(月 ?)?{DIGITS}{{1,3}}( ?[〜～~\-－–ー] ?{DIGITS}{{1,3}})?"
    r" ?(時間)?(程度|ほど|くらい|ぐらい)?$"
)
"""A span of hours: `10時間`, `10〜20時間`, `月10〜20時間程度`."""
DAY = (
    rf"^{DIGITS}{{4}}[/／.．\-－]{DIGITS}{{1,2}}[/／.．\-－]{DIGITS}{{1,2}}$"
    rf"|^{DIGITS}{{4}} ?年 ?{DIGITS}{{1,2}} ?月 ?{DIGITS}{{1,2}} ?日$"
)
"""A day: `2026/4/1`, `2026年4月1日`."""
TIME = rf"^{DIGITS}{{1,2}}[:：]{DIGITS}{{2}}$|^{DIGITS}{{1,2}} ?時( ?{DIGITS}{{1,2}} ?分)?$"
"""A time of day: `7:00`, `7時30分`."""
AGE = (
    rf"^満?{DIGITS}{{1,3}} ?歳?(以上|から|以下|まで)$"
    rf"|^{DIGITS}{{1,3}} ?歳? ?[〜～~\-] ?{DIGITS}{{1,3}} ?歳?(まで)?$|^(特に)?なし$|^(年齢)?不問$"
)
"""An age limit: `18歳以上`, `18〜65歳`, `なし`."""
DURATION = rf"^{DIGITS}{{1,3}} ?(日|週間?|[ヶケかカ箇]?月(間)?|年(間)?)$"
"""A length of time: `3ヶ月`."""

YES = ("はい", "あり", "可", "有", "yes", "on", "○")
"""Words for true."""
NO = ("いいえ", "なし", "不可", "無", "no", "off", "×")
"""Words for false."""

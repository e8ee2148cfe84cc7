"""Words an editor may choose from go in; each comes out with the words a reader sees."""

from booklet.model.parts import Choice


class Field(Choice):
    """The field of work an occupation belongs to."""

    WELFARE = "welfare", "福祉・介護"
    HEALTHCARE = "healthcare", "医療・保健"
    EDUCATION = "education", "教育・保育"
    IT = "it", "IT・通信"
    MANUFACTURING = "manufacturing", "ものづくり"
    CONSTRUCTION = "construction", "建築・土木"
    TRANSPORT = "transport", "運輸・物流"
    RETAIL = "retail", "販売・サービス"
    FOOD = "food", "飲食・調理"
    BEAUTY = "beauty", "美容・ファッション"
    ARTS = "arts", "芸術・デザイン"
    MEDIA = "media", "マスコミ・出版"
    OFFICE = "office", "事務・管理"
    FINANCE = "finance", "金融・保険"
    LAW = "law", "法律"
    PUBLIC_SERVICE = "public_service", "公務・保安"
    AGRICULTURE = "agriculture", "農林水産"
    TOURISM = "tourism", "観光・宿泊"
    SPORTS = "sports", "スポーツ"
    RESEARCH = "research", "研究・調査"
    OTHER = "other", "その他"


class AbsenceStatus(Choice):
    """Why a section has no content."""

    NOT_PROVIDED = "not_provided", "情報なし"
    NOT_APPLICABLE = "not_applicable", "該当なし"
    WITHHELD = "withheld", "非公開"


class QualificationStatus(Choice):
    """How much a qualification matters for the occupation."""

    REQUIRED = "required", "必須"
    RECOMMENDED = "recommended", "推奨"
    ADVANTAGEOUS = "advantageous", "あると有利"


class QualificationKind(Choice):
    """Who grants a qualification."""

    NATIONAL = "national", "国家資格"
    PRIVATE = "private", "民間資格"
    TRAINING = "training", "研修"


class Schooling(Choice):
    """A level of education."""

    NONE = "none", "学歴不問"
    JUNIOR_HIGH = "junior_high", "中学校卒"
    HIGH_SCHOOL = "high_school", "高校卒"
    VOCATIONAL = "vocational", "専門学校卒"
    JUNIOR_COLLEGE = "junior_college", "短大卒"
    UNIVERSITY = "university", "大学卒"
    GRADUATE = "graduate", "大学院修了"


class SchoolingRequirement(Choice):
    """Whether the schooling is a condition or a habit."""

    REQUIRED = "required", "必須"
    TYPICAL = "typical", "一般的"
    NONE = "none", "問わない"


class DurationUnit(Choice):
    """The unit a length of time is counted in."""

    DAY = "day", "日"
    WEEK = "week", "週間"
    MONTH = "month", "ヶ月"
    YEAR = "year", "年"


class AgeLimitKind(Choice):
    """Whether there is an age limit, and on which side."""

    NONE = "none", "特になし"
    MIN = "min", "下限あり"
    MAX = "max", "上限あり"
    RANGE = "range", "範囲あり"


class Inexperienced(Choice):
    """Whether one can start without experience."""

    POSSIBLE = "possible", "可能"
    CONDITIONAL = "conditional", "条件つきで可能"
    NOT_POSSIBLE = "not_possible", "むずかしい"
    UNKNOWN = "unknown", "情報なし"


class HolidayPattern(Choice):
    """When the days off fall."""

    WEEKENDS_HOLIDAYS = "weekends_holidays", "土日祝休み"
    TWO_DAYS_WEEK = "two_days_week", "週休2日"
    SHIFT = "shift", "シフト制"
    IRREGULAR = "irregular", "不定休"


class RemoteWork(Choice):
    """Whether the work can be done from home."""

    POSSIBLE = "possible", "可"
    PARTIAL = "partial", "一部可"
    NOT_POSSIBLE = "not_possible", "不可"
    UNKNOWN = "unknown", "情報なし"


class PayUnit(Choice):
    """What a sum of pay stands for."""

    JPY_PER_YEAR = "JPY/year", "円／年"
    JPY_PER_MONTH = "JPY/month", "円／月"


class VoiceKind(Choice):
    """What a voice tells about."""

    BEST_MOMENT = "best_moment", "最高の瞬間"
    HARD_MOMENT = "hard_moment", "つらかった瞬間"
    SURPRISE = "surprise", "意外な事実"
    DAILY_STRUGGLE = "daily_struggle", "日常の苦労"
    OTHER = "other", "ひとこと"


class VoiceBasis(Choice):
    """Where a voice comes from: readers are told."""

    INTERVIEW = "interview", "取材による"
    COMPOSITE = "composite", "複数の声をまとめたもの"
    ILLUSTRATIVE = "illustrative", "説明のための例"
    RETOLD = "retold", "伝え聞きを編集部が書き直したもの"
    UNKNOWN = "unknown", "出どころ不明"


class Medium(Choice):
    """The kind of a work of fiction."""

    FILM = "film", "映画"
    TV = "tv", "テレビドラマ"
    NOVEL = "novel", "小説"
    MANGA = "manga", "漫画"
    ANIME = "anime", "アニメ"
    STAGE = "stage", "舞台"
    GAME = "game", "ゲーム"


class EditionStatus(Choice):
    """How far an edition has come."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "確認中"
    RELEASED = "released", "発行"


class RightsStatus(Choice):
    """Whether the content may be published."""

    OWN = "own", "自らの著作物"
    CLEARED = "cleared", "許諾ずみ"
    UNKNOWN = "unknown", "権利者に未確認"


class Icon(Choice):
    """A drawing in styles/icons, by name; it replaces an emoji."""

    CLIPBOARD = "clipboard", "クリップボード"
    BRIEFCASE = "briefcase", "かばん"
    CLOCK = "clock", "時計"
    TOOLS = "tools", "道具"
    CERTIFICATE = "certificate", "証書"
    CHART = "chart", "グラフ"
    CHECK = "check", "チェック"
    CAUTION = "caution", "注意"
    ROUTE = "route", "道すじ"
    SCALES = "scales", "天びん"
    GROWTH = "growth", "成長"
    BULB = "bulb", "電球"
    VOICE = "voice", "マイク"
    FILM = "film", "カチンコ"
    MASK = "mask", "仮面"
    SMILE = "smile", "笑顔"
    SPARKLE = "sparkle", "きらめき"
    FLAME = "flame", "炎"
    QUESTION = "question", "疑問符"
    BOLT = "bolt", "いなずま"
    LENS = "lens", "虫めがね"
    GEM = "gem", "宝石"
    GIFT = "gift", "贈り物"
    HUSH = "hush", "ないしょ"
    STAR = "star", "星"
    TROPHY = "trophy", "優勝杯"
    YEN = "yen", "円"
    CALENDAR = "calendar", "カレンダー"
    HOME = "home", "家"
    PERSON = "person", "人"
    BOOK = "book", "本"
    PEN = "pen", "ペン"
    FLAG = "flag", "旗"

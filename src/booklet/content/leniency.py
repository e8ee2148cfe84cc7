"""Plain YAML values go in; the same values as the model wants them come out.

People write `4/5`, `10〜20時間`, `2026年4月1日`, シフト制. What can mean one thing only is taken
for that. Anything else is left as it stands, for the model to tell what it wants.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any, get_args, get_origin

from booklet.content.file_names import meant_picture
from booklet.model import forms, occupation, parts, publication
from booklet.model.fields import classes_in, fields_of
from booklet.model.guide import KINDS, Guide, Occupation
from booklet.model.parts import Choice, Part
from booklet.model.provenance import Rights
from booklet.model.section import AbsentSection
from booklet.model.stories import BLOCKS, Prose, block_key

Value = Any

_STARS_USUAL = 5
_WHOLE = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,15}")
_WITH_UNIT = re.compile(rf"((?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,15}})){forms.UNIT}")
_TEN_THOUSANDS = re.compile(r"([0-9]{1,6})万円?")
_HOURS = re.compile(
    r"(約|およそ)?月?([0-9]{1,3})(?:[~\-–ー〜－]([0-9]{1,3}))?(?:時間)?(程度|ほど|くらい|ぐらい)?"
)
_DAY = re.compile(r"([0-9]{4})(?:年|[/.\-])([0-9]{1,2})(?:月|[/.\-])([0-9]{1,2})日?")
_REIWA = re.compile(r"(?:令和|R)([0-9]{1,2}|元)年([0-9]{1,2})月([0-9]{1,2})日")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})|([0-9]{1,2})時(?:([0-9]{1,2})分|(半))?")
_AGE = re.compile(
    r"(?:満)?([0-9]{1,3})歳?(以上|から|以下|まで)|([0-9]{1,3})歳?[~\-〜ー]([0-9]{1,3})歳?(?:まで)?"
)
_DURATION = re.compile(r"([0-9]{1,3})(日|週間?|[ヶケかカ箇]?月(?:間)?|年(?:間)?)")
_UNITS = {"日": "day", "週": "week", "年": "year"}


def accept(value: Value, model: type[Part], content_folder: FilePath | None = None) -> Value:
    """Return `value` with every shorthand that has one meaning written out.

    Args:
        value: What a file holds, as `read_yaml` returns it.
        model: Guide or Publication.
        content_folder: The project's `content/`, where pictures are looked for by name; None to
            leave their names as they stand.

    Returns:
        A new value; `value` itself is not changed. What has no single meaning stays as it is.
    """
    return _Acceptance(content_folder).part(value, model, None)


class _Acceptance:
    def __init__(self, content_folder: FilePath | None) -> None:
        self.content_folder = content_folder

    def part(self, value: Value, model: type[Part], where: Any) -> Value:
        if not isinstance(value, dict):
            made = shorthand(value, model)
            if made is None:
                return value
            value = made if where is None else {"where": where, **made}
        place = value.get("where", where)
        result = dict(value)
        for name, field in fields_of(model):
            if name in value and value[name] is not None:
                annotation = field.annotation
                result[name] = self.field(value[name], (annotation, field.metadata), model, place)
                if name == "sections" and model is Guide:
                    result[name] = self.sections(value[name], place)
                elif name == "blocks" and model is Prose:
                    result[name] = self.blocks(value[name], place)
        if model is parts.Picture and self.content_folder and isinstance(result.get("file"), str):
            result["file"] = meant_picture(self.content_folder, result["file"])
        if "slug" in result and isinstance(result["slug"], str):
            result["slug"] = _without_ending(result["slug"])
        return result

    def field(self, value: Value, form: tuple[Any, Any], model: type[Part], where: Any) -> Value:
        annotation, metadata = form
        inner = _list_member(annotation)
        if inner is None:
            return self.single(value, annotation, metadata, where)
        if not isinstance(value, list):
            value = _several(value, inner)
        if not isinstance(value, list):
            return value
        if _list_member(inner) is not None:
            return value
        return [self.single(one, inner, (), where) for one in value]

    def single(self, value: Value, annotation: Any, metadata: Any, where: Any) -> Value:
        models = classes_in(annotation, Part)
        if len(models) == 1:
            return self.part(value, models[0], where)
        if models:
            return value
        if choices := classes_in(annotation, Choice):
            return _word(value, choices[0])
        return _scalar(value, annotation, metadata)

    def sections(self, value: Value, where: Any) -> Value:
        if not isinstance(value, list):
            return value
        result = []
        for section in value:
            if isinstance(section, dict) and isinstance(kind := section.get("kind"), str):
                section = {**section, "kind": _kind(kind)}
                model = AbsentSection if "status" in section else KINDS.get(section["kind"])
                section = self.part(section, model, where) if model else section
            result.append(section)
        return result

    def blocks(self, value: Value, where: Any) -> Value:
        if not isinstance(value, list):
            return value
        result = []
        for block in value:
            if isinstance(block, str):
                block = {"text": block} if where is None else {"where": where, "text": block}
            key = block_key(block)
            result.append(self.part(block, BLOCKS[key], where) if key else block)
        return result


def plain(text: str) -> str:
    """Return `text` with the digits and signs of an input method as narrow ones, without spaces."""
    text = unicodedata.normalize("NFKC", text.strip())
    return re.sub(r"\s+", "", text.replace("\u301c", "〜").replace("~", "〜")).replace("〜", "~")


def shorthand(value: Value, model: type[Part]) -> dict[str, Value] | None:
    """Return the fields of a part from one word or number, where it can mean one thing only.

    Args:
        value: What was written in the part's place.
        model: What it is the place of.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if reader := _READERS.get(model):
        return reader(str(value))
    if not isinstance(value, str):
        return None
    if name := _MAIN_FIELD.get(model):
        return {name: value}
    return None


def _stars(text: str) -> dict[str, Value] | None:
    if re.fullmatch(forms.STARS, text.strip()):
        full = text.count("★")
        return {"value": full, "max": max(len(text.strip()), _STARS_USUAL)}
    if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", plain(text)):
        return {"value": int(found[1]), "max": int(found[2])}
    if re.fullmatch("[0-5]", plain(text)):
        return {"value": int(plain(text)), "max": _STARS_USUAL}
    return None


def _percent(text: str) -> dict[str, Value] | None:
    found = re.fullmatch(r"([0-9]{1,3})(%|パーセント)?", plain(text))
    return {"percent": int(found[1])} if found else None


def _hours(text: str) -> dict[str, Value] | None:
    found = _HOURS.fullmatch(plain(text))
    if found is None:
        return None
    least, most = int(found[2]), int(found[3] or found[2])
    about = {"approximate": True} if found[1] or found[4] else {}
    return {"min": least, "max": most, **about}


def _age(text: str) -> dict[str, Value] | None:
    if plain(text) in ("なし", "特になし", "制限なし", "年齢不問", "不問"):
        return {"kind": "none"}
    found = _AGE.fullmatch(plain(text))
    if found is None:
        return None
    if found[3]:
        return {"kind": "range", "min": int(found[3]), "max": int(found[4])}
    side = "min" if found[2] in ("以上", "から") else "max"
    return {"kind": side, side: int(found[1])}


def _duration(text: str) -> dict[str, Value] | None:
    found = _DURATION.fullmatch(plain(text))
    if found is None:
        return None
    unit = next((word for sign, word in _UNITS.items() if found[2].startswith(sign)), "month")
    return {"value": int(found[1]), "unit": unit}


def _slug_only(text: str) -> dict[str, Value]:
    return {"slug": _without_ending(text)}


def _page(text: str) -> dict[str, Value]:
    return {"size": plain(text)}


def _source(text: str) -> dict[str, Value] | None:
    return {"source": text} if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) else None


_READERS: dict[type[Part], Callable[[str], dict[str, Value] | None]] = {
    parts.Stars: _stars,
    parts.Percentage: _percent,
    parts.HoursPerMonth: _hours,
    parts.Evidence: _source,
    occupation.AgeLimit: _age,
    occupation.Duration: _duration,
    publication.GuideEntry: _slug_only,
    publication.Page: _page,
}
# The field a part is known by, where it is all that somebody would write.
_MAIN_FIELD: dict[type[Part], str] = {
    occupation.Holidays: "pattern",
    parts.Picture: "file",
    publication.Publisher: "name",
    publication.Series: "title",
    publication.Contact: "organisation",
    Occupation: "name",
    Rights: "status",
}


def _several(value: Value, inner: Any) -> Value:
    """Return a list from what stands alone: one entry, or the words of a list with commas."""
    if isinstance(value, str) and (choices := classes_in(inner, Choice)):
        words = [_word(one.strip(), choices[0]) for one in re.split("[,、，]", value)]
        known = {choice.value for choice in choices[0]}
        return words if known.issuperset(words) else value
    if isinstance(value, dict) and not classes_in(inner, Part):
        return value
    return [value] if isinstance(value, str | dict) and value else value


def _word(value: Value, choice: type[Choice]) -> Value:
    """Return the word for a reader's label, or for a word in another spelling."""
    if not isinstance(value, str) or value in {one.value for one in choice}:
        return value
    by_label = {_same(one.label): one.value for one in choice}
    by_value = {_same(one.value): one.value for one in choice}
    wanted = _same(value)
    return by_value.get(wanted) or by_label.get(wanted) or value


def _kind(kind: str) -> str:
    titles = {_same(section.default_title): name for name, section in KINDS.items()}
    names = {_same(name): name for name in KINDS}
    return names.get(_same(kind)) or titles.get(_same(kind)) or kind


def _same(word: str) -> str:
    """Return what is equal for words that an author takes for the same."""
    word = unicodedata.normalize("NFKC", word.strip()).casefold()
    return re.sub(r"[\s_\-]", "", word).replace("か月", "ヶ月").replace("ケ月", "ヶ月")


def _scalar(value: Value, annotation: Any, metadata: Any) -> Value:
    if not isinstance(value, str):
        return value
    kinds = classes_in(annotation, object)
    if bool in kinds:
        return _yes_no(value)
    if int in kinds:
        return _whole(value)
    if datetime.date in kinds:
        return _day(value)
    told = (*metadata, *_metadata(annotation))
    if any(getattr(one, "func", None) is parts._clock_time for one in told):
        return _time(value)
    return value


def _metadata(annotation: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = tuple(getattr(annotation, "__metadata__", ()))
    for argument in get_args(annotation):
        found += _metadata(argument)
    return found


def _yes_no(text: str) -> Value:
    word = unicodedata.normalize("NFKC", text.strip()).casefold()
    return True if word in forms.YES else False if word in forms.NO else text


def _whole(text: str) -> Value:
    text_plain = plain(text)
    if _WHOLE.fullmatch(text_plain):
        return int(text_plain.replace(",", ""))
    if found := _TEN_THOUSANDS.fullmatch(text_plain):
        return int(found[1]) * 10_000
    if found := _WITH_UNIT.fullmatch(text_plain):
        return int(found[1].replace(",", ""))
    return text


def _day(text: str) -> Value:
    found = _DAY.fullmatch(plain(text))
    if found:
        year, month, day = (int(part) for part in found.groups())
    elif found := _REIWA.fullmatch(plain(text)):
        year = 2018 + (1 if found[1] == "元" else int(found[1]))
        month, day = int(found[2]), int(found[3])
    else:
        return text
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return text


def _time(text: str) -> Value:
    found = _TIME.fullmatch(plain(text))
    if found is None:
        return text
    hour = int(found[1] or found[3])
    minute = 30 if found[5] else int(found[2] or found[4] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else text


def _without_ending(name: str) -> str:
    return re.sub(r"\.ya?ml$", "", name.strip().removeprefix("content/").removeprefix("guides/"))


def _list_member(annotation: Any) -> Any:
    """Return what a list in an annotation holds, or None when there is no list."""
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    if classes_in(annotation, Part) == [annotation]:
        return None
    for argument in get_args(annotation):
        if (found := _list_member(argument)) is not None:
            return found
    return None

"""A language tag goes in; whether it is one (BCP 47, RFC 5646) comes out."""

import re

# Language, extended language, script, region, variants, extensions, private use; or private alone.
# Languages of five to eight letters are allowed by the grammar, and none is registered.
_TAG = re.compile(
    r"([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"
    r"(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?"
    r"|x(-[a-z0-9]{1,8})+|i-(klingon|default|enochian|hak|lux|mingo|navajo|pwn|tao|tay|tsu|ami|bnn)"
    r"|sgn-(be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|en-gb-oed|no-(bok|nyn)"
    r"|zh-(guoyu|hakka|min|min-nan|xiang)",
    re.IGNORECASE,
)
# ISO 639-1: a country in place of a language (jp, cn, cz) is a common mistake.
_ALL = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li
    ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa
    pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg
    th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_ALL.split())


def is_language(tag: str) -> bool:
    """Return whether a text is a language tag whose language can exist, in any case."""
    if not _TAG.fullmatch(tag):
        return False
    first = primary(tag)
    return len(first) != 2 or first in _TWO_LETTERS


def primary(tag: str) -> str:
    """Return the language of a tag without script and region, in small letters."""
    return tag.split("-")[0].strip().lower()

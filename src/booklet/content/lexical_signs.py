"""What a line of YAML is made of, and what input methods put in its place: patterns.

Part of the lexical pass (lexical.py).
"""

import re

_WIDE_SPACES = "\u3000\u00a0\u2000-\u200a\u202f\u205f"
LEAD = re.compile(rf"[ \t{_WIDE_SPACES}]*")
ODD_SPACE = re.compile(rf"[\t{_WIDE_SPACES}]")
DASH = re.compile(rf"-(?=\s|$)|-(?=[{_WIDE_SPACES}])")
LOOK_ALIKE = re.compile("[・･－–—‐‑−•●▪◦‣‧＊](?=\\S|\\s)|[ー*+](?=\\s)")
NO_SPACE_DASH = re.compile(r"-(?=[^\s\-0-9.])")
KEY = re.compile(
    rf"(?P<name>[A-Za-z_][\w-]*|\"[^\"]+\"|'[^']+'|[^\s\-#:：\[\]{{}},\"'&*!|>%@`・－–—][^#:：]{{0,100}}?)"
    rf"(?P<gap>[ \t]{{0,9}})(?P<colon>[:：])(?P<after>[ \t{_WIDE_SPACES}]*)"
)
BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")
QUOTES = re.compile('(?P<open>[“”„‟＂‘’])(?P<inner>[^“”„‟＂"]*)(?P<close>[“”‟＂‘’])')
NEEDS_QUOTES = re.compile(r"[\d.:/\-]+|.*: .*|[@&*!%`#\[{|>].*")
LOST = re.compile(r"\s#(?=[^\s#])")
WIDE_FLOW = str.maketrans({"｛": "{", "｝": "}", "［": "[", "］": "]", "：": ": ", "，": ", "})
FLOW_KEY = re.compile(r"(?<=[{,、，\s])(?P<name>[a-z_]+)(?P<colon>：\s*)")
FLOW_COMMA = re.compile(r"[、，]\s*(?=[a-z_]+\s*[:：])")


def odd_lead(lead: str) -> tuple[str, str]:
    """Return code and variant of the problem with spaces that are none."""
    return ("yaml-tab", "") if "\t" in lead else ("yaml-space", "indent")


def width(lead: str) -> int:
    """Return how many columns a lead takes on the screen: two for a wide space or a tab."""
    return sum(2 if sign in "\u3000\t" else 1 for sign in lead)

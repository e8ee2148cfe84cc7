"""The text of a YAML file goes in; every slip of the hand in it comes out, line by line.

Part of the lexical pass (lexical.py). It knows of YAML what it needs to tell a field from a text:
indentation, dashes, keys, blocks of text, quotes and brackets.
"""

import re
from dataclasses import dataclass, field

from booklet.content.findings import Edit, Finding
from booklet.content.lexical_signs import (
    BLOCK,
    DASH,
    FLOW_COMMA,
    FLOW_KEY,
    KEY,
    LEAD,
    LOOK_ALIKE,
    LOST,
    NEEDS_QUOTES,
    NO_SPACE_DASH,
    ODD_SPACE,
    QUOTES,
    WIDE_FLOW,
    odd_lead,
    width,
)
from booklet.content.lexical_words import placeholder, quoted_at_start, text_findings
from booklet.diagnostics import Severity
from booklet.model.fields import all_field_names

# Who has more has chosen the wrong file; the rest of it is not looked at.
MOST_FOUND = 3000
# More lists in one line than a file may be nested: the parser refuses it.
_MOST_DASHES = 50


def scan(text: str, only_words: bool) -> list[Finding]:
    """Return what is found in `text`, up to a little more than `MOST_FOUND`.

    Args:
        text: A whole file, with line feeds.
        only_words: Whether its fields are words of the language, as in readings.yaml.
    """
    scanner = _Scanner(text, only_words)
    scanner.scan()
    return scanner.findings


@dataclass(slots=True)
class _Level:
    """A list or a mapping that is open: its column, and for a list item's mapping its first key."""

    column: int
    dash: int | None = None
    first_key: str = ""
    is_list: bool = False


@dataclass(slots=True)
class _Before:
    """The line before: the column its value belongs to, and what sort of value it has."""

    column: int = -1
    key: str = ""
    sort: str = "empty"  # empty, plain, whole (quoted or in brackets)
    end: int = 0
    gap: bool = False


@dataclass(slots=True)
class _Scanner:
    text: str
    only_words: bool
    findings: list[Finding] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    before: _Before = field(default_factory=_Before)
    block: int | None = None
    block_column: int | None = None
    quote: str = ""
    depth: int = 0

    def scan(self) -> None:
        position = 0
        for line in self.text.split("\n"):
            self._line(line, position)
            if len(self.findings) > MOST_FOUND:
                break
            position += len(line) + 1

    def _add(self, code: str, variant: str, at: int, *edits: Edit, **values: object) -> None:
        self.findings.append(Finding(code, variant, at, values, edits))

    def _line(self, line: str, start: int) -> None:
        lead = LEAD.match(line)[0]  # type: ignore[index]
        end = start + len(line.rstrip(" \t"))
        if len(lead) == len(line):
            self.before.gap = True
            if (odd := ODD_SPACE.search(line)) and "\t" not in line.strip(" "):
                at = start + odd.start()
                self._add("yaml-space", "blank", at, Edit(start, start + len(line), ""))
            return
        if self._goes_on(line, lead, start, end):
            return
        column = self._column(line, lead, start)
        content = start + len(lead)
        if self.text.startswith("#", content) or line.startswith(("---", "...", "%")):
            return
        self._structure(column, content, end)
        self.before.gap = False

    def _goes_on(self, line: str, lead: str, start: int, end: int) -> bool:
        """Deal with a line inside a block of text, a quoted text or brackets."""
        if self.block is not None:
            plain = len(lead) - len(lead.lstrip(" "))
            if plain > self.block:
                self.block_column = self.block_column or plain
                self.findings += text_findings(self.text, start + plain, end)
                return True
            if (odd := ODD_SPACE.search(lead)) and width(lead) > self.block:
                edit = Edit(start, start + len(lead), " " * (self.block_column or self.block + 2))
                code, variant = odd_lead(lead)
                self._add(code, variant, start + odd.start(), edit)
                return True
            self.block = self.block_column = None
        if self.quote:
            self.findings += text_findings(self.text, start, end)
            closing = line.find(self.quote)
            if closing >= 0:
                self.quote = ""
            return True
        if self.depth > 0:
            self._brackets(start, end)
            return True
        return False

    def _column(self, line: str, lead: str, start: int) -> int:
        """Return how far a line is indented; a lead of other spaces is told and counted."""
        odd = ODD_SPACE.search(lead)
        if odd is None:
            return len(lead)
        column = self._meant(lead)
        code, variant = odd_lead(lead)
        if line[len(lead) :].startswith("#"):
            return column
        self._add(code, variant, start + odd.start(), Edit(start, start + len(lead), " " * column))
        return column

    def _meant(self, lead: str) -> int:
        """Return the indentation that makes sense here: a wide space is as wide as two, or one."""
        likely = {level.column for level in self.levels}
        likely |= {level.dash for level in self.levels if level.dash is not None}
        if self.before.sort == "empty":
            likely |= {self.before.column, self.before.column + 2}
        ordinary = sum(sign == " " for sign in lead)
        widths = [width(lead), len(lead), ordinary, width(lead) * 2, len(lead) * 4]
        return next((width for width in widths if width in likely), widths[0])

    def _structure(self, column: int, content: int, end: int) -> None:
        """Read the dashes, the key and the value of a line."""
        if DASH.match(self.text, content) and self._is_text(column):
            self._continues(column, content, end, None)
            return
        dashes, position = self._dashes(column, content, end)
        here = column + 2 * len(dashes)
        if dashes and position >= end:
            self._close(column)
            self._open_list(dashes)
            self.before = _Before(dashes[-1], "", "empty", end)
            return
        key = self._key(position, end)
        if not dashes and self._continues(column, position, end, key):
            return
        self._close(column if not dashes else dashes[0])
        if dashes:
            self._open_list(dashes)
        elif key is not None:
            self._missing_dash(column, content, key)
        if key is None:
            if not dashes and self._missing_plain_dash(column, content):
                dashes = [column]
            self._value("", dashes[-1] if dashes else column, position, end)
            return
        name, value = key
        if not any(level.column == here and not level.is_list for level in self.levels):
            self.levels.append(_Level(here, dashes[-1] if dashes else None, name))
        self._value(name, here, value, end)

    def _dashes(self, column: int, content: int, end: int) -> tuple[list[int], int]:
        """Return the columns of the dashes a line starts with, and where it goes on."""
        dashes: list[int] = []
        position = content
        while len(dashes) <= _MOST_DASHES:
            here = column + 2 * len(dashes)
            found = self._dash(position, here, end, first=not dashes)
            if not found:
                break
            dashes.append(here)
            skip = LEAD.match(self.text, found)
            position = skip.end() if skip else found
        return dashes, position

    def _dash(self, position: int, column: int, end: int, first: bool) -> int:
        """Return where a dash ends, or 0; what only looks like one counts where a list goes on."""
        if position >= end:
            return 0
        if DASH.match(self.text, position):
            after = self.text[position + 1 : position + 2]
            if after and after not in " \t\n":
                gap = LEAD.match(self.text, position + 1)
                stop = gap.end() if gap else position + 2
                edit = Edit(position + 1, stop, " ")
                self._add("yaml-space", "after", position + 1, edit)
            return position + 1
        if not first or not self._in_list(column):
            return 0
        if look := LOOK_ALIKE.match(self.text, position):
            gap = LEAD.match(self.text, look.end())
            stop = gap.end() if gap else look.end()
            if look[0] in "＊*+ー" or self.text[position : position + 2] not in ("・・", "——"):
                edit = Edit(position, stop, "- ")
                self._add("yaml-dash", "sign", position, edit, sign=look[0])
                return stop
        if NO_SPACE_DASH.match(self.text, position):
            edit = Edit(position, position + 1, "- ")
            self._add("yaml-dash", "tight", position, edit)
            return position + 1
        return 0

    def _is_text(self, column: int) -> bool:
        """Return whether a line in `column` goes on with a text, also if it starts with a dash."""
        return self.before.sort == "plain" and column > self.before.column and bool(self.before.key)

    def _in_list(self, column: int) -> bool:
        if any(level.is_list and level.column == column for level in self.levels):
            return True
        opens = self.before.sort == "empty" and bool(self.before.key)
        return opens and column >= self.before.column

    def _key(self, position: int, end: int) -> tuple[str, int] | None:
        """Return the name of the field that starts here and where its value does, or None."""
        found = KEY.match(self.text, position, end)
        if found is None:
            return None
        name, colon, after = found["name"], found["colon"], found["after"]
        known = name in all_field_names() or self.only_words
        at, stop = found.start("colon"), found.end()
        if colon == "：":
            if not known:
                return None
            self._add("yaml-colon", "wide", at, Edit(at, stop, ": "), name=name)
        elif not after and stop < end:
            if not known or self.text.startswith("//", stop) or not name.isidentifier():
                return None
            self._add("yaml-colon", "tight", at, Edit(stop, stop, " "), name=name)
        elif odd := ODD_SPACE.search(after.replace("\t", " ")):
            place = found.start("after") + odd.start()
            edit = Edit(found.start("after"), stop, " ")
            self._add("yaml-space", "after", place, edit)
        return name.strip("\"'"), stop

    def _continues(self, column: int, position: int, end: int, key: tuple[str, int] | None) -> bool:
        """Deal with a line that goes on with the plain text above it."""
        before = self.before
        if before.sort != "plain" or column <= before.column:
            return False
        if key is not None and key[0] in all_field_names():
            if before.key:
                start = self.text.rfind("\n", 0, position) + 1
                edit = Edit(start, position, " " * before.column)
                values = {"name": key[0], "spaces": before.column}
                self._add("yaml-indent", "deeper", position, edit, **values)
                self.before.sort = "whole"
                self._value(key[0], before.column, key[1], end)
                return True
            return False
        if key is not None and self.text[key[1] - 1] in ": ":
            return False  # a colon inside a text: the parser tells it where it is
        listed = DASH.match(self.text, position) or LOOK_ALIKE.match(self.text, position)
        around = self.text[before.end - 1 : before.end] + self.text[position]
        severity = Severity.WARNING
        values = {"key": before.key or "text"}
        if listed:
            finding = Finding("text-goes-on", "list", position, values, (), severity)
            self.findings.append(finding)
        elif not around.isascii() or before.gap:
            joins = () if before.gap else (Edit(before.end, position, ""),)
            variant = "gap" if before.gap else ""
            finding = Finding("text-goes-on", variant, position, values, joins, severity)
            self.findings.append(finding)
        self.findings += text_findings(self.text, position, end)
        before.end, before.gap = end, False
        return True

    def _missing_dash(self, column: int, content: int, key: tuple[str, int]) -> None:
        """Tell a list entry that lacks its dash: the first field of the entries comes again."""
        for level in self.levels:
            if level.first_key != key[0] or level.dash is None:
                continue
            if level.column == column:
                start = self.text.rfind("\n", 0, content) + 1
                edit = Edit(start, content, " " * level.dash + "- ")
                self._add("yaml-dash", "missing", content, edit, entry=key[0] + ": …")
            elif level.dash == column:
                self._add("yaml-dash", "missing", content, entry=key[0] + ": …")

    def _missing_plain_dash(self, column: int, content: int) -> bool:
        if not any(level.is_list and level.column == column for level in self.levels):
            return False
        self._add("yaml-dash", "missing", content, Edit(content, content, "- "), entry="…")
        return True

    def _close(self, column: int) -> None:
        while self.levels and self.levels[-1].column > column:
            last = self.levels[-1]
            # The mapping of a list's entry is kept while a line stands where its dash does: that
            # line may be the next entry without its dash.
            if last.dash == column:
                break
            self.levels.pop()

    def _open_list(self, dashes: list[int]) -> None:
        for dash in dashes:
            while self.levels and self.levels[-1].column > dash:
                self.levels.pop()
            if not any(level.is_list and level.column == dash for level in self.levels):
                self.levels.append(_Level(dash, is_list=True))

    def _value(self, key: str, column: int, start: int, end: int) -> None:
        """Read what stands behind a key or a dash."""
        text = self.text
        value = text[start:end]
        self.before = _Before(column, key, "whole", end)
        if not value:
            self.before.sort = "empty"
        elif value.startswith("#"):
            self.before.sort = "empty"
            if len(value) > 1 and value[1] not in " #-=":
                quoted = value.replace("\\", "\\\\").replace('"', '\\"')
                self._add("text-hash", "start", start, Edit(start, end, f'"{quoted}"'))
        elif BLOCK.match(value):
            self.block, self.block_column = column, None
        elif value[0] in "\"'":
            self._quoted(start, end)
        elif value[0] in "[{":
            self._brackets(start, end)
        elif (
            value[0] in "｛［" and value[-1] in "｝］" and not re.match("｛→|｛[^：:]*[|｜]", value)
        ):
            edit = Edit(start, end, value.translate(WIDE_FLOW).replace("、", ", "))
            self._add("yaml-bracket", "wide", start, edit, sign=value[0])
        else:
            self._plain(key, start, end)

    def _quoted(self, start: int, end: int) -> None:
        quote = self.text[start]
        self.findings += text_findings(self.text, start + 1, end)
        if found := placeholder(self.text, start, end):
            self.findings.append(found)
        body = self.text[start + 1 : end].replace("\\\\", "").replace('\\"', "")
        if quote not in body:
            self.quote = quote

    def _brackets(self, start: int, end: int) -> None:
        line = self.text[start:end]
        for found in FLOW_KEY.finditer(self.text, start, end):
            if found["name"] in all_field_names():
                at = found.start("colon")
                edits = [Edit(at, found.end("colon"), ": ")]
                self._add("yaml-colon", "wide", at, *edits, name=found["name"])
        for found in FLOW_COMMA.finditer(self.text, start, end):
            edit = Edit(found.start(), found.end(), ", ")
            self._add("yaml-bracket", "comma", found.start(), edit, sign=found[0].strip())
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", line)
        self.depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
        self.depth = max(self.depth, 0)

    def _plain(self, key: str, start: int, end: int) -> None:
        self.before.sort = "plain"
        comment = re.search(r"\s#", self.text[start:end])
        stop = start + comment.start() if comment else end
        value = self.text[start:stop].rstrip()
        self.before.end = start + len(value)
        quotes = QUOTES.fullmatch(value)
        wide = quotes and "＂" in (quotes["open"], quotes["close"])
        if quotes and (wide or NEEDS_QUOTES.fullmatch(quotes["inner"])):
            edit = Edit(start, start + len(value), f'"{quotes["inner"]}"')
            self._add("yaml-quote", "curly", start, edit, inner=quotes["inner"])
            self.before.sort = "whole"
            return
        if (lost := LOST.search(self.text, start, end)) and not value.isascii():
            values = {"lost": self.text[lost.start() + 1 : end][:20]}
            finding = Finding("text-hash", "inside", lost.start() + 1, values, (), Severity.WARNING)
            self.findings.append(finding)
        if key not in ("url", "mail", "file") and value[0] not in "*&!@%`":
            found_in = text_findings(self.text, start, stop)
            last = start + len(value)
            self.findings += (quoted_at_start(one, value, start, last) for one in found_in)
            if found := placeholder(self.text, start, stop):
                self.findings.append(found)

"""A good EPUB goes in, is damaged again and again, and is checked; what went wrong comes out.

Run as `python -m tests.fuzz.epub --runs N [--seed S]`. Each run damages the bytes of the file, the
words of its parts or the parts themselves. The check may find anything or nothing; it may not
raise, take longer than its own limit, or say what nobody can read. A run that fails is named by its
seed, so that it can be run again.
"""

import argparse
import copy
import io
import random
import re
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from booklet.checks.epub.lint import check_epub

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 25.0

Entry = tuple[str, bytes]
# Pieces that parsers, tables of properties and sums of lengths stumble over.
PIECES = [
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"&", b"<", b">", b'"', b"'", b"]]>", b"<!--", b"-->"),
    *(b"<![CDATA[", b"&#0;", b"&#x110000;", b"&nbsp;", b"<?xml-stylesheet href='x'?>", b"%00"),
    *(
        b"url(",
        b"@import",
        b"{",
        b"}",
        b"/*",
        b"\\",
        b"javascript:",
        b"http://[",
        b"//",
        b"#",
        b"../",
    ),
    *(b"xml:lang=''", b"epub:type='noteref pagebreak'", b"role='doc-pagebreak'", b"-1", b"9" * 400),
    *(b"<svg viewBox='a b c d'/>", b"<math/>", b"<ruby><rt/></ruby>", b"<a href=''/>", b"<table/>"),
    *(
        "\u202e".encode(),
        "\ue000".encode(),
        "。。".encode(),
        b"\xed\xa0\x80",
        b" " * 3000,
        b"<div>" * 300,
    ),
]


HTML = "http://www.w3.org/1999/xhtml"
NAMES = ("p", "ruby", "rt", "nav", "a", "table", "th", "img", "h1", "h4", "script", "style", "br")
VALUES = [
    *("", " ", "\n\n", "#", "#x", "..", "http://[", "javascript:1", "https://a.b/c.png", "ja_JP"),
    *("noteref", "pagebreak", "toc", "page-list", "true", "none", "nav", "svg scripted", "3" * 99),
    *("\u202e", "\ue000", "。。", "1e999", "xywh=1", "%zz", "margin 9px; }", "ncx", "cover-jpg"),
]


@dataclass
class Outcome:
    """What many runs have shown: how often each code was found, and which runs failed."""

    runs: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0


def damaged_bytes(chance: random.Random, content: bytes) -> bytes:
    """Return bytes with a few of them changed, lost, doubled or replaced."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        if not damaged:
            break
        start = chance.randrange(len(damaged))
        end = min(len(damaged), start + chance.choice((1, 1, 2, 8, 64, 1000)))
        kind = chance.randrange(6)
        if kind == 0:
            damaged[start] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del damaged[start:end]
        elif kind == 2:
            damaged[start:start] = damaged[start:end] * chance.randint(1, 20)
        elif kind == 3:
            damaged[start:start] = chance.choice(PIECES)
        elif kind == 4:
            damaged[start:end] = chance.randbytes(end - start)
        else:
            del damaged[start:]
    return bytes(damaged)


def damaged_words(chance: random.Random, content: bytes) -> bytes:
    """Return markup with an attribute, an element or a value of it changed; mostly still XML."""
    text = content.decode("utf-8", "replace")
    pieces = re.findall(r'<[^>]*>|"[^"]*"|[\w:-]+', text)
    for _ in range(chance.randint(1, 4)):
        if not pieces:
            break
        old, other = chance.choice(pieces), chance.choice(pieces)
        new = chance.choice(("", other, old * 2, f'"{chance.choice(PIECES)!r}"', old.upper()))
        text = text.replace(old, new, chance.choice((1, 1, -1)))
    return text.encode("utf-8", "surrogatepass")


def damaged_tree(chance: random.Random, content: bytes) -> bytes:
    """Return markup that is well-formed still, with elements and attributes elsewhere or gone."""
    try:
        tree = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    for _ in range(chance.randint(1, 5)):
        elements = [one for one in tree.iter() if isinstance(one.tag, str)]
        one, other = chance.choice(elements), chance.choice(elements)
        kind = chance.randrange(7)
        if kind == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif kind == 1:
            other.append(copy.deepcopy(one))
        elif kind == 2:
            one.tag = chance.choice((other.tag, "p", *(f"{{{HTML}}}{name}" for name in NAMES)))
        elif kind == 3 and one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        elif kind == 4 and other.attrib:
            name = chance.choice(list(other.attrib))
            one.set(name, chance.choice((other.get(name), *VALUES)))
        elif kind == 5:
            one.text = chance.choice((*VALUES, other.text))
        else:
            one.tail = chance.choice((*VALUES, other.text))
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True)


def damaged_parts(chance: random.Random, entries: list[Entry]) -> list[Entry]:
    """Return the parts with one lost, doubled, renamed, moved, swapped or nested."""
    entries = list(entries)
    place = chance.randrange(len(entries))
    name, content = entries[place]
    kind = chance.randrange(7)
    if kind == 0:
        del entries[place]
    elif kind == 1:
        entries.append((name, content))
    elif kind == 2:
        new = chance.choice(
            ("", "../" + name, name.upper(), name + "/", "/" + name, "\u3042", "a\0b")
        )
        entries[place] = (new, content)
    elif kind == 3:
        chance.shuffle(entries)
    elif kind == 4:
        entries[place] = (name, chance.choice(entries)[1])
    elif kind == 5:
        entries[place] = (name, content * chance.choice((0, 2, 50)))
    else:
        entries[place] = (name, packed(entries[:3]))
    return entries


def packed(entries: list[Entry], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip file of parts."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")  # two entries of one name are meant
        for name, content in entries:
            info = zipfile.ZipInfo(name or "x", (2026, 11, 1, 0, 0, 0))
            method = zipfile.ZIP_STORED if name == "mimetype" else compression
            archive.writestr(info, content, method)
    return target.getvalue()


def damaged(chance: random.Random, epub: bytes, parts: list[Entry]) -> bytes:
    """Return a damaged book."""
    if chance.random() < 0.2:
        return damaged_bytes(chance, epub)
    entries = list(parts)
    for _ in range(chance.randint(1, 3)):
        if not entries:
            break
        if chance.random() < 0.25:
            entries = damaged_parts(chance, entries)
            continue
        place = chance.randrange(len(entries))
        name, content = entries[place]
        markup = name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".css"))
        changes = [damaged_words, damaged_tree, damaged_tree, damaged_bytes]
        change = chance.choice(changes) if markup else damaged_bytes
        entries[place] = (name, change(chance, content))
    return packed(entries, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def fuzz(epub: bytes, runs: int, seed: int = 0) -> Outcome:
    """Check a book in many damaged forms.

    Args:
        epub: A good book.
        runs: How many forms.
        seed: Where chance starts; run number n has the seed `seed + n`.
    """
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    outcome = Outcome()
    for number in range(seed, seed + runs):
        content = damaged(random.Random(number), epub, parts)  # noqa: S311 - no secret
        start = time.monotonic()
        try:
            problems = check_epub(content)
        except Exception:
            outcome.failures.append(f"seed {number}: {traceback.format_exc(limit=-4)}")
            problems = []
        seconds = time.monotonic() - start
        outcome.slowest = max(outcome.slowest, seconds)
        outcome.runs += 1
        outcome.codes.update({problem.code for problem in problems} or {"nothing"})
        if seconds > MOST_SECONDS:
            outcome.failures.append(f"seed {number}: {seconds:.0f} seconds")
        if len(problems) > 202 or any(len(problem.message) > 300 for problem in problems):
            outcome.failures.append(f"seed {number}: more than anybody reads")
    return outcome


def main() -> None:
    """Build the fictional guide, damage it and say what was found."""
    from tests.building import build

    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--epub", type=Path, help="a book to damage; else one is built")
    given = arguments.parse_args()
    if given.epub:
        epub = given.epub.read_bytes()
    else:
        with tempfile.TemporaryDirectory() as folder:
            project = ROOT / "tests" / "examples" / "full"
            build(project, Path(folder), editions=["standard"], formats=["epub"])
            epub = next(Path(folder).glob("*.epub")).read_bytes()
    outcome = fuzz(epub, given.runs, given.seed)
    for code, count in outcome.codes.most_common():
        print(f"{count:6} {code}")
    print(f"{outcome.runs} runs, {len(outcome.failures)} failures, slowest {outcome.slowest:.1f} s")
    print("\n".join(outcome.failures[:20]))
    sys.exit(bool(outcome.failures))


if __name__ == "__main__":
    main()

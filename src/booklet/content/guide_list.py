"""The guides of a project go in; those that are not listed, or speak of another, come out.

A new guide usually starts as a copy. What is forgotten then is told here: to list it, and to
rewrite all of it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath

from booklet.content.loading import PUBLICATION_FILE, guide_file, guides_present
from booklet.content.words import texts
from booklet.content.yaml_reader import Document, Path, read_yaml
from booklet.diagnostics import Location, Problem, Severity
from booklet.model.sentences import told

# A sentence this long is not written twice by chance.
_SAME_CHARACTERS = 20
# So many places of a copied guide are named; the rest is counted.
_MOST_PLACES = 12
_NOT_READ = frozenset({"slug", "id", "kind", "source", "file", "url", "provenance", "status"})


def unlisted_guides(
    project: FilePath, listed: Sequence[str], language: str = "en"
) -> list[Problem]:
    """Return a warning for each guide in the folder that booklet.yaml does not list.

    Args:
        project: The project's folder.
        listed: The slugs of the guides it lists.
        language: The language to tell it in.
    """
    return [
        told(
            language,
            "guide-unlisted",
            "",
            Location(PUBLICATION_FILE),
            Severity.WARNING,
            file=guide_file(slug),
            slug=slug,
        )
        for slug in guides_present(project)
        if slug not in listed
    ]


def with_guide_listed(text: str, slug: str) -> str | None:
    """Return the text of booklet.yaml with one more guide at the end of its list.

    Everything else stays as it is, comments included.

    Args:
        text: The text of booklet.yaml.
        slug: The guide's name.

    Returns:
        The new text; None when the file is broken or has no list of guides.
    """
    document = read_yaml(PUBLICATION_FILE, text.encode())
    value = document.value
    entries = value.get("guides") if isinstance(value, dict) else None
    if document.problems or not isinstance(entries, list):
        return None
    if slug in _slugs(entries):
        return text
    span = document.values[("guides",)]
    written = document.text[span.start : span.end]
    if written.startswith("["):
        inside = written[1:-1].strip().rstrip(",")
        entry = f"{inside}, {{slug: {slug}}}" if inside else f"{{slug: {slug}}}"
        return document.text[: span.start] + f"[{entry}]" + document.text[span.end :]
    last = document.values[("guides", len(entries) - 1)]
    start = document.text.rfind("\n", 0, last.start) + 1
    dash = document.text.find("-", start)
    indent = document.text[start:dash]
    # The end of a block is where the next one starts: comments between them are not its own.
    block = document.text[last.start : last.end].rstrip()
    lines = block.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    end = last.start + len("\n".join(lines))
    end = len(document.text) if "\n" not in document.text[end:] else document.text.find("\n", end)
    return f"{document.text[:end]}\n{indent}- slug: {slug}{document.text[end:] or chr(10)}"


def other_occupations(documents: Mapping[str, Document], language: str = "en") -> list[Problem]:
    """Return a warning for each text of a guide that was left over from another guide.

    A text is left over when it stands word for word in both and one of them names the other's
    occupation; or when a guide names another occupation more often than its own.

    Args:
        documents: The guides of a publication, read, by slug.
        language: The language to tell it in.
    """
    problems: list[Problem] = []
    names = {slug: _names(document) for slug, document in documents.items()}
    spoken = {slug: dict(_spoken(document)) for slug, document in documents.items()}
    for slug, document in documents.items():
        for other in documents:
            if other == slug or not names[slug] or not names[other]:
                continue
            found = _left_over(spoken[slug], spoken[other], names[slug], names[other])
            problems += _told(document, found, names[other][0], language)
    return problems


def _left_over(
    mine: Mapping[Path, str], theirs: Mapping[Path, str], own: Sequence[str], foreign: Sequence[str]
) -> list[Path]:
    same = {text for text in theirs.values() if len(text) >= _SAME_CHARACTERS}
    naming = {path for path, text in mine.items() if _count(text, foreign, own)}
    own_count = sum(_count(text, own, foreign) for text in mine.values())
    foreign_count = sum(_count(mine[path], foreign, own) for path in naming)
    copied = {path for path, text in mine.items() if text in same}
    if foreign_count > own_count:
        return sorted(naming | copied, key=str)
    # Guides of a series share sentences; one that names the other's occupation is no shared one.
    return sorted(naming & copied, key=str)


def _told(document: Document, paths: Sequence[Path], name: str, language: str) -> list[Problem]:
    places = sorted(document.span(path).where for path in paths)
    code, severity = "other-occupation", Severity.WARNING
    problems = [
        told(language, code, "", where, severity, name=name) for where in places[:_MOST_PLACES]
    ]
    if more := len(places) - len(problems):
        where = places[_MOST_PLACES]
        problems.append(told(language, code, "more", where, severity, name=name, count=more))
    return problems


def _names(document: Document) -> list[str]:
    occupation = document.value.get("occupation") if isinstance(document.value, dict) else None
    if not isinstance(occupation, dict):
        return []
    given = [occupation.get("name"), *(occupation.get("alt_names") or [])]
    return [name for name in given if isinstance(name, str) and len(name) > 1]


def _count(text: str, names: Sequence[str], masked: Sequence[str]) -> int:
    """Return how often one of `names` stands in `text`, though not inside a name of `masked`."""
    for name in masked:
        if any(one in name for one in names):
            text = text.replace(name, "")
    return sum(text.count(name) for name in names)


def _spoken(document: Document) -> list[tuple[Path, str]]:
    return [
        (path, text.strip())
        for path, text in texts(document.value, ())
        if not _NOT_READ.intersection(step for step in path if isinstance(step, str))
    ]


def _slugs(entries: Sequence[object]) -> list[object]:
    return [entry.get("slug") if isinstance(entry, dict) else entry for entry in entries]

"""WeasyPrint goes in; it comes out noting in a PDF's tags which HTML element each tag stands for.

WeasyPrint tags with the few kinds it knows and forgets the rest: which pieces on two pages are one
paragraph, what was a description list, ruby or an aside, which language a phrase is in, what is
hidden from speech. The notes are what the `pdf` room needs to put that right; it removes them. The
words under each number of marked content are noted beside the file, so that nobody has to read
them from it again. Reaches into private parts, and like `japanese_lines` only in the version it was
written for.

The notes are entries of a structure element:

- `BookletName`: the name of the HTML element, for generated content `name::before` and so on.
- `BookletElement`: a number, the same for all pieces of one element.
- `BookletLang`, `BookletScope`: its `lang` and `scope`.
- `BookletWords`: the words of a link, of what stands below a reading, or of generated content.
- `BookletLabel`: what is to be said in place of its words, its `aria-label`.
- `BookletRunsIn`: it is the first word of the paragraph behind it, as the A before an answer.
- `BookletHidden`: it is hidden from speech, or only leads the eye, as dots in a contents list and
  bullets do.
"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

VERSION = "70.0"
_RUN_IN = ("letter", "label")


def note_elements(weasyprint: ModuleType) -> None:
    """Teach WeasyPrint to note the elements.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    import pydyf
    from weasyprint import pdf as writer
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.pdf import tags

    if weasyprint.__version__ != VERSION or getattr(tags._build_box_tree, "notes", False):
        return
    plain, plain_start, numbers = tags._build_box_tree, tags.add_tags, _Numbers()

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        numbers.start()
        document.booklet_words = tuple(
            _words_by_number(stream._tags, TextBox) for stream in streams
        )
        plain_start(pdf, document, version, streams)

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        passes_through = box.element_tag in ("html", "body", None)
        for element in plain(box, *rest):
            if not passes_through and box.element is not None:
                _note(element, box, numbers(box.element), pydyf.String)
            yield element

    build_box_tree.notes = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_box_tree
    writer.add_tags = add_tags


def words_of_pages(document: Any) -> tuple[dict[int, str], ...]:
    """Return what is written on each page of a document that was written as a tagged PDF.

    Args:
        document: WeasyPrint's document.

    Returns:
        For each page the text under each number of marked content; () where nobody noted it.
    """
    words: tuple[dict[int, str], ...] = getattr(document, "booklet_words", ())
    return words


def _words_by_number(tags: dict[Any, Any], text_box: type) -> dict[int, str]:
    return {one["mcid"]: box.text for box, one in tags.items() if isinstance(box, text_box)}  # type: ignore[attr-defined]


def _words(element: Any) -> str:
    """Return the words of an element without the readings above them."""
    text = element.text or ""
    for child in element:
        if child.tag.rsplit("}", 1)[-1] != "rt":
            text += _words(child)
        text += child.tail or ""
    return text


class _Numbers:
    """Numbers the elements of one document in the order in which it meets them."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.seen: dict[int, int] = {}

    def __call__(self, element: Any) -> int:
        return self.seen.setdefault(id(element), len(self.seen))


def _note(tag: Any, box: Any, number: int, string: Callable[[str], Any]) -> None:
    element = box.element
    name = box.element_tag.rsplit("}", 1)[-1]
    tag["BookletName"], tag["BookletElement"] = string(name), number
    generated = "::" in name
    language = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language and not generated:
        tag["BookletLang"] = string(language)
    if name in ("th", "td") and element.get("scope"):
        tag["BookletScope"] = string(element.get("scope"))
    words = _generated_words(box) if generated else _words(element).strip()
    if name in ("a", "ruby") or generated:
        tag["BookletWords"] = string(words)
    if name == "p" and element.get("aria-label"):
        tag["BookletLabel"] = string(element.get("aria-label"))
    if name == "span" and element.get("class") in _RUN_IN:
        tag["BookletRunsIn"] = "true"
    silent = generated and not any(character.isalnum() for character in words)
    if element.get("aria-hidden") == "true" or getattr(box, "is_leader", False) or silent:
        tag["BookletHidden"] = "true"


def _generated_words(box: Any) -> str:
    """Return the words of generated content without the dots that lead to a page's number."""
    text = getattr(box, "text", "")
    for child in getattr(box, "children", ()):
        if not getattr(child, "is_leader", False):
            text += _generated_words(child)
    return str(text).strip()

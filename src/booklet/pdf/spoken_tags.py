"""Elements of a laid-out document go in; they come out so that they are read aloud in breaths."""

from booklet.pdf.tag_tree import Element, Kid


def run_in(element: Element) -> None:
    """Put the A before an answer into the answer's first paragraph, so that both are one breath."""
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            run_in(kid)
            before = kids[-1] if kids else None
            if kid.kind == "p" and isinstance(before, Element) and before.runs_in:
                kid.kids.insert(0, kids.pop())
        kids.append(kid)
    element.kids = kids


def say_page_numbers(element: Element, pause: str, *, within_contents: bool = False) -> None:
    """Let the number of a page in the list of contents be said after a pause.

    Args:
        element: An element with its HTML name; what is below it is changed.
        pause: The punctuation that parts a title from its page.
        within_contents: Whether the element is in the list of contents.
    """
    contents = within_contents or element.kind == "nav"
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if contents and kid.kind == "a::after" and kid.words:
            kid.actual = f"{pause}{kid.words}"
        say_page_numbers(kid, pause, within_contents=contents)

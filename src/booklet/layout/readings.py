"""Laid-out lines go in; their readings (furigana) come out in their places above the words.

Part of japanese_lines.py: it works on the engine's boxes.
"""

from collections.abc import Iterator
from typing import Any

# A reading that would have to go further than this from its word stays where it is.
_FURTHEST_EM = 2.0


def place_readings(line: Any, measure: float) -> None:
    """Keep readings from each other, and from standing out at either end of their line.

    Each stands centred above its word, as far as it knows its neighbours; which word begins a line
    is known only here (JLREQ 3.3.8: no protrusion at a line's head).

    Args:
        line: A line the engine has set; its readings are moved in place.
        measure: The width of the block the line stands in, in pixels.
    """
    readings = list(_readings(line))
    if not readings:
        return
    left = line.position_x
    right = left + max(line.width, measure)
    before = [box.content_box_x() for box in readings]
    places, free = [], left
    for box, at in zip(readings, before, strict=True):
        places.append(max(at, free))
        free = places[-1] + box.width
    for index in range(len(readings) - 1, -1, -1):
        places[index] = min(places[index], right - readings[index].width)
        right = places[index]
    for box, at, place in zip(readings, before, places, strict=True):
        furthest = _FURTHEST_EM * box.style["font_size"]
        if abs(place - at) > 0.01 and abs(place - at) < furthest and place >= left - 0.01:
            box.translate(place - at, 0)


def _readings(box: Any) -> Iterator[Any]:
    """Yield the readings in a line; what is inside one has its name, too."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "rt":
            yield child
        else:
            yield from _readings(child)


def leave_readings_out_of_titles(boxes: Any) -> None:
    """Keep readings out of running heads and bookmarks, which take their text from headings."""
    whole_text = boxes.ParentBox.content_text.fget

    def content_text(box: Any) -> str:
        if all(child.element_tag != "rt" for child in box.descendants()):
            return str(whole_text(box))
        copy = box.deepcopy()
        for child in copy.descendants():
            if isinstance(child, boxes.TextBox) and child.element_tag == "rt":
                child.text = ""
        return str(whole_text(copy))

    boxes.ParentBox.content_text = property(content_text)


def hide_repeated_readings(document: Any) -> None:
    """Leave each word's reading on a page only where the word stands first.

    Args:
        document: A document that WeasyPrint has laid out; its readings are taken away in place,
            the space they had stays.
    """
    for page in document.pages:
        seen: set[tuple[str, str]] = set()
        for box in page._page_box.descendants():
            if box.element_tag != "ruby" or not hasattr(box, "children"):
                continue
            texts: dict[bool, str] = {False: "", True: ""}
            readings = []
            for child in box.descendants():
                if hasattr(child, "text"):
                    texts[child.element_tag == "rt"] += child.text
                elif child.element_tag == "rt" and child.children:
                    readings.append(child)
            key = texts[False], texts[True]
            if key in seen:
                for reading in readings:
                    reading.children = ()
            seen.add(key)

"""A guide and its publication, resolved, are what stands here: templates look nothing up.

Numbers, anchors, titles, icons, facts and colophon lines are ready to be shown.
"""

import datetime
import uuid
from dataclasses import dataclass

from booklet.model.edition import Edition
from booklet.model.guide import Guide
from booklet.model.parts import Stars
from booklet.model.publication import Publication
from booklet.model.section import AbsentSection, SectionBase


@dataclass(frozen=True, slots=True)
class Span:
    """A span on a scale that starts at 0, such as 10 to 20 of 40 hours."""

    start: int
    end: int
    scale_end: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday: 1 for a day off, 0.5 for now and then off, 0 for a work day."""

    days_off: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer as a shape: 1 is yes (circle), 0.5 is partly (triangle), 0 is no (cross)."""

    answer: float


Drawing = Stars | Span | Week | Mark


@dataclass(frozen=True, slots=True)
class QuickFact:
    """One fact of the box that is read at a glance.

    Attributes:
        icon: Name of a drawing in styles/icons.
        name: What the fact is about.
        value: The fact in words, complete without the drawing.
        note: What limits it.
        drawing: The same fact as a picture, where there is one.
    """

    icon: str
    name: str
    value: str
    note: str | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class BookSection:
    """A section in its place.

    Attributes:
        number: Its number in the contents, from 1; 0 for what stands on the page at a glance.
        anchor: Its name in links, unique in the book.
        kind: Name of its template and stylesheet.
        title: Its heading.
        icon: Name of a drawing in styles/icons.
        content: What the author wrote.
    """

    number: int
    anchor: str
    kind: str
    title: str
    icon: str
    content: SectionBase


@dataclass(frozen=True, slots=True)
class ColophonRow:
    """One line of the colophon: what it is, and its values, one below the other."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One guide as a reader holds it.

    Attributes:
        guide: What the author wrote.
        publication: What all guides have in common.
        identifier: A URN that stays the same from build to build.
        modified: The moment of the content's last revision, in UTC; every file carries this date.
        version: The version in the foot of every page, such as v1.0.
        edition_label: Edition, version and status in words.
        edition: For which readers it is set: standard, large type, with readings, black alone.
        glance: The sections on the page at a glance, in order.
        facts: The fact box of that page.
        sections: The numbered sections, in order.
        colophon: The lines of the colophon.
        questions: What a visitor may ask at the booth.
        absent: The sections the guide declares empty; the report names them.
    """

    guide: Guide
    publication: Publication
    identifier: str
    modified: datetime.datetime
    version: str
    edition_label: str
    edition: Edition
    glance: tuple[BookSection, ...]
    facts: tuple[QuickFact, ...]
    sections: tuple[BookSection, ...]
    colophon: tuple[ColophonRow, ...]
    questions: tuple[str, ...]
    absent: tuple[AbsentSection, ...]

    @property
    def title(self) -> str:
        """Return the title that tells this book from its other editions."""
        if self.edition is Edition.STANDARD:
            return self.guide.title
        return f"{self.guide.title}（{self.edition.label}）"

    @property
    def printed_identifier(self) -> str:
        """Return the URN of the printed booklet that belongs to the e-book, always the same.

        The PDF carries it, and the page list of the EPUB refers to it.
        """
        return uuid.uuid5(uuid.UUID(self.identifier), "print").urn

    @property
    def address(self) -> str | None:
        """Return the web address the back cover leads to, if anybody gave one."""
        contact = self.publication.contact
        return (contact.url if contact else None) or self.publication.url

    def target(self, name: str) -> BookSection:
        """Return the section called `name`.

        Raises:
            ValueError: There is none; content checks make sure that there is.
        """
        for section in (*self.glance, *self.sections):
            if section.anchor == section_anchor(name):
                return section
        raise ValueError(f"no section is called {name}")


def section_anchor(name: str) -> str:
    """Return a section's name in links: what authors choose never meets the book's own names."""
    return f"s-{name}"

"""A field of work goes in; the palette its booklets are printed in comes out.

Six palettes with the same roles and lightness make a series one family in which each field is known
from afar. A project whose own styles set colours is left alone.
"""

from booklet.model.choices import Field
from booklet.model.theme import Theme

# The palette of tokens.css; the others are files of styles/palettes.
STANDARD = "pine"

_OF_FIELD = {
    Field.WELFARE: STANDARD,
    Field.HEALTHCARE: STANDARD,
    Field.EDUCATION: STANDARD,
    Field.SPORTS: STANDARD,
    Field.IT: "indigo",
    Field.FINANCE: "indigo",
    Field.LAW: "indigo",
    Field.PUBLIC_SERVICE: "indigo",
    Field.RESEARCH: "indigo",
    Field.TOURISM: "indigo",
    Field.BEAUTY: "plum",
    Field.ARTS: "plum",
    Field.MEDIA: "plum",
    Field.AGRICULTURE: "olive",
    Field.FOOD: "olive",
    Field.RETAIL: "brick",
    Field.MANUFACTURING: "brick",
    Field.CONSTRUCTION: "brick",
    Field.TRANSPORT: "slate",
    Field.OFFICE: "slate",
    Field.OTHER: "slate",
}


def palette_file(theme: Theme, field: Field) -> str | None:
    """Return the stylesheet with the colours of a field, or None where tokens.css has them.

    Args:
        theme: The theme; one whose tokens.css is not the default one keeps its colours.
        field: The field of work.
    """
    name = _OF_FIELD[field]
    own = "tokens.css" in theme.own
    return None if own or name == STANDARD else f"palettes/{name}.css"

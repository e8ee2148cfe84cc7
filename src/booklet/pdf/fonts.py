"""An open PDF goes in; its fonts, in the form that older PDF versions know, come out.

WeasyPrint embeds a font as OpenType, which PDF knows since 1.6 only; PDF/X-1a is PDF 1.4. The
outlines inside, the table `CFF `, are the same, and no other table is read from a PDF.
"""

import struct
from typing import Any

from pikepdf import Name


def embed_bare_fonts(document: Any) -> None:
    """Replace each embedded OpenType font of an open document by what is inside it."""
    done: set[tuple[int, int]] = set()
    for page in document.pages:
        for font in (page.resources.get("/Font") or {}).values():
            descendants = font.get("/DescendantFonts")
            inner = descendants[0] if descendants else font
            descriptor = inner.get("/FontDescriptor")
            if descriptor is None or tuple(descriptor.objgen) in done:
                continue
            done.add(tuple(descriptor.objgen))
            embedded = descriptor.get("/FontFile3")
            if embedded is not None and embedded.get("/Subtype") == Name.OpenType:
                _unpack(descriptor, embedded, is_cid=descendants is not None)


def drop_residues(document: Any) -> None:
    """Take away what the engine writes into fonts beyond what their kind may have.

    A `CIDToGIDMap` belongs to CIDFonts of type 2 alone, and in no descriptor (ISO 32000-1, tables
    117 and 122); a `FontFamily` is no name of PDF 1.4, and says nothing of an embedded subset.
    """
    for page in document.pages:
        for font in (page.resources.get("/Font") or {}).values():
            for inner in font.get("/DescendantFonts", [font]):
                if inner.get("/Subtype") != Name.CIDFontType2 and "/CIDToGIDMap" in inner:
                    del inner["/CIDToGIDMap"]
                descriptor = inner.get("/FontDescriptor", {})
                for key in ("/CIDToGIDMap", "/FontFamily"):
                    if key in descriptor:
                        del descriptor[key]


def _unpack(descriptor: Any, embedded: Any, is_cid: bool) -> None:
    font = embedded.read_bytes()
    outlines = _table(font, b"CFF ")
    if outlines:
        embedded.write(outlines)
        embedded.Subtype = Name.CIDFontType0C if is_cid else Name.Type1C
    else:
        embedded.write(font)
        embedded.Length1 = len(font)
        del embedded["/Subtype"]
        descriptor.FontFile2 = embedded
        del descriptor["/FontFile3"]


def _table(font: bytes, wanted: bytes) -> bytes:
    """Return one table of an OpenType font, b"" when it lacks it.

    The directory is read as it stands in the file: a font library takes longer to import than all
    finishing takes.
    """
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == wanted:
            return font[offset : offset + length]
    return b""

"""What a document says of itself goes in; its XMP packet comes out.

One packet claims both standards: PDF/A-2a (ISO 19005-2, 6.6) and PDF/UA-1 (ISO 14289-1, 5). The
second one's schema is not among those PDF/A knows, so it is described in the packet.
"""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pikepdf import String

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{words}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

# The entries of the document information dictionary and what XMP calls them.
_SIMPLE = {
    "/Keywords": "pdf:Keywords",
    "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool",
}
# Not an entry of that dictionary: what the trailer calls the document, where it is a URN.
IDENTIFIER = "/Identifier"
_DATES = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


def xmp_packet(information: Mapping[str, str], language: str) -> bytes:
    """Return the packet that says what the document information dictionary says.

    Args:
        information: Entries of that dictionary, by their names with the slash, and `IDENTIFIER`.
        language: Language tag of the document.

    Returns:
        The packet in UTF-8. The same input gives the same bytes.
    """
    lines = [f"<dc:language><rdf:Bag>{_item(language)}</rdf:Bag></dc:language>"]
    for name, tag in (("/Title", "dc:title"), ("/Subject", "dc:description")):
        if text := information.get(name):
            items = _item(text, "x-default") + _item(text, language)
            lines.append(f"<{tag}><rdf:Alt>{items}</rdf:Alt></{tag}>")
    if author := information.get("/Author"):
        lines.append(f"<dc:creator><rdf:Seq>{_item(author)}</rdf:Seq></dc:creator>")
    if identifier := information.get(IDENTIFIER):
        lines.append(f"<dc:identifier>{escape(identifier)}</dc:identifier>")
    for name, tag in _SIMPLE.items():
        if text := information.get(name):
            lines.append(f"<{tag}>{escape(text)}</{tag}>")
    for name, tag in _DATES.items():
        if text := information.get(name):
            lines.append(f"<{tag}>{_date(text)}</{tag}>")
    return _PACKET.format(words="\n".join(lines)).encode("utf-8")


def utc_dates(information: Any) -> None:
    """Write the dates of a document information dictionary that are in UTC with a plain `Z`.

    The engine writes `+00'00`. ISO 32000-1, 7.9.4, allows it with an apostrophe at its end in older
    versions and without in newer ones, so that some validators take either for a fault.

    Args:
        information: The dictionary of an open document; it is changed.
    """
    for name in _DATES:
        date = str(information.get(name, ""))
        if date.rstrip("'").endswith(("+00'00", "-00'00")):
            information[name] = String(date.rstrip("'")[: -len("+00'00")] + "Z")


def _item(text: str, language: str = "") -> str:
    attribute = f" xml:lang={quoteattr(language)}" if language else ""
    return f"<rdf:li{attribute}>{escape(text)}</rdf:li>"


def _date(text: str) -> str:
    """Return a PDF date, `D:20261101000000+00'00`, as ISO 8601."""
    digits = text.removeprefix("D:")
    day, clock, zone = digits[:8], digits[8:14], digits[14:].replace("'", ":").strip(":")
    hour = f"{clock[:2]}:{clock[2:4]}:{clock[4:6]}"
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{hour}{zone or 'Z'}"

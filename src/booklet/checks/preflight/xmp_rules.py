"""The two places in which a PDF describes itself go in; where they differ comes out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from lxml import etree

from booklet.checks.findings import Finding
from booklet.checks.preflight.budget import OutOfBudgetError
from booklet.checks.preflight.pdf_values import entry, is_stream, shown, text_of
from booklet.checks.preflight.streams import UndecodableError, bytes_of
from booklet.model.print_profile import PrintProfile, Standard

_MOST_XMP = 4_000_000
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFX = "{http://ns.adobe.com/pdfx/1.3/}"
_PDFXID = "{http://www.npes.org/pdfx/ns/id/}"
# Which property says what an entry of the document information says (ISO 15930-4, 6.14; XMP).
_SAME = {
    "/Author": (_DC + "creator",),
    "/Subject": (_DC + "description",),
    "/Keywords": (_PDF + "Keywords",),
    "/Creator": (_XMP + "CreatorTool",),
    "/Producer": (_PDF + "Producer",),
    "/Trapped": (_PDF + "Trapped",),
    "/CreationDate": (_XMP + "CreateDate",),
    "/ModDate": (_XMP + "ModifyDate",),
    "/GTS_PDFXVersion": (_PDFXID + "GTS_PDFXVersion", _PDFX + "GTS_PDFXVersion"),
}
_DATES = ("/CreationDate", "/ModDate")
_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([-+])(\d\d)'?(?:(\d\d)'?)?)?"
)
_BETWEEN_NAMES = re.compile(r"\s*[,;、，]\s*")

Properties = dict[str, list[str]]


def xmp_findings(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    """Yield what XMP says otherwise than the document information, and XMP that cannot be read."""
    packet = entry(document.Root, "/Metadata")
    if packet is None:
        if profile.pdf.standard is Standard.X_4:
            message = "the file has no XMP, which PDF/X-4 wants"
            yield Finding("xmp-missing", message, "save it as PDF/X-4")
        return
    try:
        properties = read_xmp(document)
    except UndecodableError as error:
        message = f"the file's XMP cannot be read: {error}"
        yield Finding("xmp-broken", message, "save it again")
        return
    except OutOfBudgetError:
        message = f"the file's XMP was not looked at: it has more than {_MOST_XMP // 1_000_000} MB"
        yield Finding("preflight-not-judged", message, "save it again without a history")
        return
    info = document.docinfo
    title = text_of(entry(info, "/Title")).strip()
    titles = properties.get(_DC + "title", [])
    if title and titles and title not in titles:
        message = "the file has one title in its XMP and another in its information"
        yield Finding("xmp-title", message, "save it again")
    for key, names in _SAME.items():
        said = text_of(entry(info, key)).strip().lstrip("/")
        also = next((properties[name] for name in names if properties.get(name)), None)
        if not said or also is None or _is_same(key, said, also):
            continue
        if key == "/GTS_PDFXVersion" and said != profile.pdf.standard.label:
            # That it is another kind of PDF is told as such.
            continue
        name = key.lstrip("/")
        message = (
            f"the file's {name} is {shown(said, 30)} in its information and "
            f"{shown(', '.join(also), 30)} in its XMP"
        )
        yield Finding("xmp-differs", message, "save it again")


def read_xmp(document: Any) -> Properties:
    """Return what the XMP of a document says: values by the full names of properties.

    Raises:
        UndecodableError: It is no XML, or its bytes cannot be had.
        OutOfBudgetError: It is too large.
    """
    packet = entry(document.Root, "/Metadata")
    if not is_stream(packet):
        return {}
    content = bytes_of(packet, _MOST_XMP)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UndecodableError(str(error).splitlines()[0][:100] if str(error) else "") from None
    properties: Properties = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            properties.setdefault(str(name), []).append(str(value).strip())
        for child in description:
            if isinstance(child.tag, str):
                properties.setdefault(child.tag, []).extend(_values(child))
    return {name: [one for one in values if one] for name, values in properties.items()}


def moment_of(date: str) -> datetime | None:
    """Return the moment that a date of a PDF means, or None of what is no date.

    A date without a time zone is taken as Greenwich's.
    """
    match = _PDF_DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day, hour, minute, second = match.groups()[:6]
    sign, hours, minutes = match.groups()[7:]
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset) if sign else UTC
        return datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            int(second or 0), tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None


def _values(element: Any) -> list[str]:
    """Return the values of a property: a text, or the members of a bag, a list or alternatives."""
    members = [(one.text or "").strip() for one in element.iter(_RDF + "li")]
    return members or [(element.text or "").strip()]


def _is_same(key: str, said: str, also: list[str]) -> bool:
    if key in _DATES:
        return _is_same_moment(said, also[0])
    if said in also:
        return True
    apart = sorted(_BETWEEN_NAMES.split(said))
    return apart == sorted(part for one in also for part in _BETWEEN_NAMES.split(one))


def _is_same_moment(said: str, also: str) -> bool:
    there = moment_of(said)
    try:
        here = datetime.fromisoformat(also)
    except ValueError:
        return False
    if there is None:
        return False
    if here.tzinfo is None or not re.search(r"[Z+-]", said[2:]):
        # Where one of the two leaves its zone out, the clocks are compared.
        return _same_second(there.replace(tzinfo=None), here.replace(tzinfo=None))
    return _same_second(there, here)


def _same_second(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) < 1

"""An open PDF with press inks goes in; the bytes of a PDF/X come out, labelled as it wants.

PDF/X-1a:2003 is ISO 15930-4, PDF/X-4 is ISO 15930-7.
"""

import hashlib
import html
import io
import re
import uuid
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from booklet.model.print_profile import PrintProfile, Standard
from booklet.pdf.fonts import drop_residues
from booklet.pdf.xmp import utc_dates

_KEPT_IN_CATALOGUE = {"/Type", "/Pages", "/Lang"}
_KEPT_ON_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox", "/Resources", "/Contents",
}  # fmt: skip
_REGISTRY = "http://www.color.org"
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([-+]\d\d)'(\d\d)'?)?")

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{modified}</xmp:ModifyDate>
<xmp:MetadataDate>{modified}</xmp:MetadataDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
{standard}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"


def pdf_x_bytes(document: Any, profile: PrintProfile, icc: bytes) -> bytes:
    """Label an open document as PDF/X, strip what a press has no use for, and write it.

    Args:
        document: A document whose colours, fonts and boxes are ready; it is changed.
        profile: Names the standard and the printing condition.
        icc: The shop's profile; it is embedded when there is one.

    Returns:
        The file: no links, no tags, no bookmarks, no object streams. The same input gives the same
        bytes.
    """
    _strip(document)
    drop_residues(document)
    is_x4 = profile.pdf.standard is Standard.X_4
    version = "PDF/X-4" if is_x4 else "PDF/X-1a:2003"
    _label(document, version, is_x4)
    document.Root.OutputIntents = Array([_output_intent(document, profile, icc)])
    if profile.right_bound:
        document.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    saved = io.BytesIO()
    document.save(
        saved,
        force_version="1.6" if is_x4 else "1.4",
        # PDF 1.4 knows neither object streams nor cross-reference streams.
        object_stream_mode=ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return saved.getvalue()


def _strip(document: Any) -> None:
    for key in set(document.Root.keys()) - _KEPT_IN_CATALOGUE:
        del document.Root[key]
    for page in document.pages:
        for key in set(page.obj.keys()) - _KEPT_ON_PAGE:
            del page.obj[key]


def _label(document: Any, version: str, is_x4: bool) -> None:
    info = document.docinfo
    utc_dates(info)
    info["/Creator"] = String("booklet")
    info["/Trapped"] = Name("/False")
    info["/GTS_PDFXVersion"] = String(version)
    for key in ("/CreationDate", "/ModDate"):
        if key in info:
            info[key] = String(_with_zone(str(info[key])))
    created = _iso(str(info.get("/CreationDate", "")))
    modified = _iso(str(info.get("/ModDate", "")))
    author = str(info.get("/Author", ""))
    label = (
        f"<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>"
        if is_x4
        else f"<pdfx:GTS_PDFXVersion>{version}</pdfx:GTS_PDFXVersion>"
    )
    packet = _XMP.format(
        title=html.escape(str(info.get("/Title", "")), quote=False),
        author=_AUTHOR.format(html.escape(author, quote=False)) if author else "",
        created=created,
        modified=modified,
        creator="booklet",
        identifier=_identifier(document),
        producer=html.escape(str(info.get("/Producer", "")), quote=False),
        standard=label,
    )
    document.Root.Metadata = document.make_stream(
        packet.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML
    )


def _identifier(document: Any) -> uuid.UUID:
    """Return an identifier that stays the same from build to build."""
    known = document.trailer.get("/ID")
    named = bytes(known[0]) if known else str(document.docinfo.get("/Title", "")).encode()
    return uuid.UUID(bytes=hashlib.sha256(named).digest()[:16], version=5)


def _with_zone(date: str) -> str:
    """Return a PDF date with its zone as PDF 1.4 writes it: Z, or an offset that ends with '.

    Later versions let the last apostrophe go; JHOVE, which archives ask, calls that malformed.
    """
    for greenwich in ("+00'00'", "+00'00", "-00'00'", "-00'00"):
        if date.endswith(greenwich):
            return date.removesuffix(greenwich) + "Z"
    return f"{date}'" if re.search(r"[-+]\d\d'\d\d$", date) else date


def _iso(date: str) -> str:
    """Return a PDF date as XMP writes it."""
    match = _DATE.match(date)
    if match is None:
        return ""
    year, month, day, hour, minute, second, zone_hours, zone_minutes = match.groups()
    zone = f"{zone_hours}:{zone_minutes}" if zone_hours else "Z"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


def _output_intent(document: Any, profile: PrintProfile, icc: bytes) -> Dictionary:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.pdf.condition),
        OutputCondition=String(profile.pdf.condition_name),
        RegistryName=String(_REGISTRY),
        Info=String(profile.pdf.condition_name),
    )
    if icc:
        stream = document.make_stream(icc, N=4, Alternate=Name.DeviceCMYK)
        intent.DestOutputProfile = stream
    return intent

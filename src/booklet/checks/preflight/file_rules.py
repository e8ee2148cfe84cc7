"""An open PDF and a print profile go in; what is wrong with the file as a whole comes out."""

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name

from booklet.checks.findings import Finding
from booklet.checks.preflight.paint import PagePaint
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, Standard

_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
_NEWEST = {Standard.X_1A: "1.4", Standard.X_4: "1.6", Standard.PLAIN: "1.7"}
_X_VERSIONS = {Standard.X_1A: "PDF/X-1a:2003", Standard.X_4: "PDF/X-4"}
_DATE = re.compile(r"D:\d{4}(\d\d){0,5}")
_XMP_TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def file_findings(
    document: Any, pdf: bytes, profile: PrintProfile, pages: list[PagePaint]
) -> Iterator[Finding]:
    """Yield what is wrong with version, fonts, interaction, metadata, labels, binding and size."""
    if document.is_encrypted:
        # It opens without a password, but says that it must not be printed or changed.
        yield Finding("pdf-encrypted", "the PDF is encrypted", "save it without restrictions")
    yield from _version(document, pdf, profile)
    yield from _interaction(document)
    yield from _fonts(profile, pages)
    yield from _metadata(document)
    if profile.is_pdf_x:
        yield from _labels(document, profile)
    yield from _binding(document, profile)
    most = profile.file.most_megabytes if profile.file else None
    if most is not None and len(pdf) > most * 1_000_000:
        message = f"the file has {len(pdf) / 1e6:.1f} MB, and {most:g} MB are taken"
        yield Finding("file-size", message, "make its pictures smaller")


def _version(document: Any, pdf: bytes, profile: PrintProfile) -> Iterator[Finding]:
    newest = _NEWEST[profile.pdf.standard]
    version = document.pdf_version
    if _as_number(version) > _as_number(newest):
        message = f"the file is PDF {version}, and {profile.pdf.standard.label} ends at {newest}"
        yield Finding("pdf-version", message, f"save it as {profile.pdf.standard.label}")
    if profile.pdf.standard is Standard.X_1A and (
        b"/ObjStm" in pdf or b"/Type /XRef" in pdf or b"/Type/XRef" in pdf
    ):
        message = "objects are packed in a way that PDF 1.4 does not know"
        yield Finding("pdf-object-streams", message, "save it as PDF 1.4")


def _as_number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _interaction(document: Any) -> Iterator[Finding]:
    """Yield what only a screen can do."""
    root = document.Root
    names = root.get("/Names") or Dictionary()
    if "/JavaScript" in names or _is_script(root.get("/OpenAction")) or "/AA" in root:
        yield Finding("pdf-javascript", "the file runs a script", "save it without actions")
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield Finding("pdf-attachment", "another file is attached", "remove the attachment")
    if "/OCProperties" in root:
        yield Finding("pdf-layers", "the file has layers", "flatten the layers")
    if "/AcroForm" in root:
        yield Finding("pdf-form", "the file has form fields", "flatten the form")
    for number, page in enumerate(document.pages, 1):
        for annotation in page.obj.get("/Annots") or []:
            kind = str(annotation.get("/Subtype", "/something")).lstrip("/")
            yield Finding(
                "pdf-annotation",
                f"there is an annotation: {kind}",
                "save it without links and comments",
                number,
            )


def _is_script(action: Any) -> bool:
    return isinstance(action, Dictionary) and action.get("/S") == Name.JavaScript


def _fonts(profile: PrintProfile, pages: list[PagePaint]) -> Iterator[Finding]:
    told: set[str] = set()
    for number, page in enumerate(pages, 1):
        for name, font in page.fonts.items():
            if name in told or font.get("/Subtype") == Name.Type3:
                continue
            descendants = font.get("/DescendantFonts")
            inner = descendants[0] if descendants else font
            descriptor = inner.get("/FontDescriptor") or Dictionary()
            file = next((descriptor[key] for key in _EMBEDDED if key in descriptor), None)
            if file is None:
                told.add(name)
                message = f"the font {name} is not embedded"
                yield Finding("font-embedded", message, "embed all fonts", number)
            elif profile.pdf.standard is Standard.X_1A and file.get("/Subtype") == Name.OpenType:
                told.add(name)
                message = f"the font {name} is embedded as OpenType, which PDF 1.4 does not know"
                yield Finding("font-form", message, "save it as PDF/X-1a", number)


def _metadata(document: Any) -> Iterator[Finding]:
    info = document.docinfo
    title = str(info.get("/Title", ""))
    if not title.strip():
        yield Finding("pdf-title", "the file has no title", "give it one", 0)
    for key in ("/CreationDate", "/ModDate"):
        if not _DATE.match(str(info.get(key, ""))):
            message = f"the file does not say its {key.lstrip('/')}"
            yield Finding("pdf-dates", message, "save it again", 0, severity=Severity.WARNING)
    if "/ID" not in document.trailer:
        yield Finding("pdf-id", "the file has no identifier", "save it again")
    packet = document.Root.get("/Metadata")
    if packet is not None:
        match = _XMP_TITLE.search(packet.read_bytes())
        if match and title and _plain(match[1].decode("utf-8", "replace")) != _plain(title):
            message = "the file has one title in its XMP and another in its information"
            yield Finding("xmp-title", message, "save it again")


def _plain(text: str) -> str:
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text.strip()


def _labels(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    """Yield what PDF/X wants to be told: ISO 15930-4 and 15930-7, clause 6."""
    standard = profile.pdf.standard
    wanted = _X_VERSIONS[standard]
    packet = document.Root.get("/Metadata")
    xmp = packet.read_bytes().decode("utf-8", "replace") if packet is not None else ""
    said = str(document.docinfo.get("/GTS_PDFXVersion", ""))
    in_xmp = re.search(r"GTS_PDFXVersion(?:>|=[\"'])([^<\"']+)", xmp)
    if standard is Standard.X_4 and in_xmp:
        said = in_xmp[1]
    if said != wanted:
        message = f"the file does not say that it is {wanted}" + (f", but {said}" if said else "")
        yield Finding("pdfx-version", message, f"save it as {wanted}")
    trapped = str(document.docinfo.get("/Trapped", ""))
    if trapped not in ("/True", "/False"):
        yield Finding(
            "pdfx-trapped", "the file does not say whether it is trapped", "Trapped: False"
        )
    intents = [
        intent
        for intent in document.Root.get("/OutputIntents") or []
        if intent.get("/S") == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        message = "the file does not name one printing condition"
        yield Finding("intent-missing", message, f"name the condition {profile.pdf.condition}")
        return
    (intent,) = intents
    condition = str(intent.get("/OutputConditionIdentifier", ""))
    has_profile = "/DestOutputProfile" in intent
    if condition != profile.pdf.condition and not (has_profile and profile.pdf.icc):
        message = f"the file is made for the printing condition {condition or 'nobody knows which'}"
        yield Finding("intent-condition", message, f"make it for {profile.pdf.condition}")
    if standard is Standard.X_4 and not has_profile:
        message = "the shop's ICC profile is not embedded"
        yield Finding("intent-profile", message, "embed it as the output intent")
    if has_profile and int(intent.DestOutputProfile.get("/N", 0)) != 4:
        yield Finding("intent-profile", "the embedded ICC profile is not CMYK", "take the shop's")


def _binding(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    if profile.binding is None:
        return
    preferences = document.Root.get("/ViewerPreferences") or Dictionary()
    direction = str(preferences.get("/Direction", "/L2R"))
    side = "right" if direction == "/R2L" else "left"
    # An office file's pages are sides of sheets, in no direction.
    if side != profile.binding.side and profile.sheet is None:
        message = f"the file is bound at the {side}, and the booklet at the {profile.binding.side}"
        yield Finding("binding-side", message, "export it with the other binding")


def filters_of(stream: Any) -> list[str]:
    """Return the names of the filters that pack a stream."""
    filters = stream.get("/Filter", [])
    return [str(one) for one in (filters if isinstance(filters, Array) else [filters])]

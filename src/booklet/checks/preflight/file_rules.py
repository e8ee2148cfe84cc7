"""An open PDF and a print profile go in; what is wrong with the file as a whole comes out."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Dictionary, Name

from booklet.checks.findings import Finding
from booklet.checks.preflight.budget import Budget, OutOfBudgetError
from booklet.checks.preflight.pdf_values import (
    elements,
    entry,
    filters_of,
    is_stream,
    name_of,
    shown,
    text_of,
    whole,
)
from booklet.checks.preflight.streams import UndecodableError
from booklet.checks.preflight.xmp_rules import moment_of, read_xmp, xmp_findings
from booklet.diagnostics import Severity
from booklet.model.print_profile import PrintProfile, Standard

_NEWEST = {Standard.X_1A: "1.4", Standard.X_4: "1.6", Standard.PLAIN: "1.7"}
_X_VERSIONS = {Standard.X_1A: "PDF/X-1a:2003", Standard.X_4: "PDF/X-4"}
_PDFX_VERSION = (
    "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion",
    "{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion",
)
_BETWEEN_LOOKS_AT_THE_CLOCK = 256
_MOST_DEPTH = 10


def file_findings(
    document: Any, pdf: bytes, profile: PrintProfile, pages: Sequence[Any], budget: Budget
) -> Iterator[Finding]:
    """Yield what is wrong with version, interaction, metadata, labels, binding and size."""
    if document.is_encrypted:
        # It opens without a password, but says that it must not be printed or changed.
        yield Finding("pdf-encrypted", "the PDF is encrypted", "save it without restrictions")
    yield from _version(document, pdf, profile)
    yield from _interaction(document, profile)
    yield from _on_pages(pages, profile, budget)
    yield from _metadata(document)
    yield from xmp_findings(document, profile)
    if profile.is_pdf_x:
        yield from _labels(document, profile)
    yield from _binding(document, profile)
    most = profile.file.most_megabytes if profile.file else None
    if most is not None and len(pdf) > most * 1_000_000:
        message = f"the file has {len(pdf) / 1e6:.1f} MB, and {most:g} MB are taken"
        yield Finding("file-size", message, "make its pictures smaller")


def packing_findings(document: Any, profile: PrintProfile, budget: Budget) -> Iterator[Finding]:
    """Yield streams that are packed in a way the kind of PDF does not allow, pictures apart."""
    if profile.pdf.standard is not Standard.X_1A:
        return
    for count, thing in enumerate(document.objects):
        if count % _BETWEEN_LOOKS_AT_THE_CLOCK == 0:
            budget.spend()
        if not is_stream(thing) or entry(thing, "/Subtype") == Name.Image:
            continue
        if {"/LZWDecode", "/LZW"} & set(filters_of(thing)):
            message = "a part of the file is packed as LZW, which PDF/X-1a does not allow"
            yield Finding("stream-packing", message, "save it again")


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


def _interaction(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    """Yield what only a screen can do."""
    root = document.Root
    names = entry(root, "/Names", Dictionary())
    opening, others = entry(root, "/OpenAction"), entry(root, "/AA")
    if "/JavaScript" in names or _runs_script(opening) or _runs_script(others):
        yield Finding("pdf-javascript", "the file runs a script", "save it without actions")
    elif others is not None or (profile.is_pdf_x and entry(opening, "/S") is not None):
        message = "the file does something when it is opened or closed"
        yield Finding("pdf-action", message, "save it without actions")
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield Finding("pdf-attachment", "another file is attached", "remove the attachment")
    if "/OCProperties" in root:
        yield Finding("pdf-layers", "the file has layers", "flatten the layers")
    if "/AcroForm" in root:
        yield Finding("pdf-form", "the file has form fields", "flatten the form")


def _runs_script(action: Any, depth: int = 0) -> bool:
    """Return whether an action, one of several, or one that follows it, is a script."""
    if not isinstance(action, Dictionary) or depth > _MOST_DEPTH:
        return False
    if entry(action, "/S") == Name.JavaScript:
        return True
    return any(_runs_script(one, depth + 1) for one in action.values())


def _on_pages(pages: Sequence[Any], profile: PrintProfile, budget: Budget) -> Iterator[Finding]:
    for number, page in enumerate(pages, 1):
        budget.spend()
        if profile.is_pdf_x and entry(page.obj, "/AA") is not None:
            message = "the page does something when it is shown"
            yield Finding("pdf-action", message, "save it without actions", number)
        for annotation in elements(entry(page.obj, "/Annots")):
            kind = shown(name_of(entry(annotation, "/Subtype", Name.something)))
            yield Finding(
                "pdf-annotation",
                f"there is an annotation: {kind}",
                "save it without links and comments",
                number,
            )


def _metadata(document: Any) -> Iterator[Finding]:
    info = document.docinfo
    if not text_of(entry(info, "/Title")).strip():
        yield Finding("pdf-title", "the file has no title", "give it one", 0)
    for key in ("/CreationDate", "/ModDate"):
        if moment_of(text_of(entry(info, key))) is None:
            message = f"the file does not say its {key.lstrip('/')}"
            yield Finding("pdf-dates", message, "save it again", 0, severity=Severity.WARNING)
    if "/ID" not in document.trailer:
        yield Finding("pdf-id", "the file has no identifier", "save it again")


def _labels(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    """Yield what PDF/X wants to be told: ISO 15930-4 and 15930-7, clause 6."""
    standard = profile.pdf.standard
    wanted = _X_VERSIONS[standard]
    said = text_of(entry(document.docinfo, "/GTS_PDFXVersion"))
    if standard is Standard.X_4:
        said = _in_xmp(document) or said
    if said != wanted:
        but = f", but {shown(said)}" if said else ""
        message = f"the file does not say that it is {wanted}{but}"
        yield Finding("pdfx-version", message, f"save it as {wanted}")
    trapped = name_of(entry(document.docinfo, "/Trapped"))
    if trapped not in ("/True", "/False"):
        yield Finding(
            "pdfx-trapped", "the file does not say whether it is trapped", "Trapped: False"
        )
    intents = [
        intent
        for intent in elements(entry(document.Root, "/OutputIntents"))
        if entry(intent, "/S") == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        message = "the file does not name one printing condition"
        yield Finding("intent-missing", message, f"name the condition {profile.pdf.condition}")
        return
    (intent,) = intents
    condition = text_of(entry(intent, "/OutputConditionIdentifier"))
    icc = entry(intent, "/DestOutputProfile")
    if condition != profile.pdf.condition and not (icc is not None and profile.pdf.icc):
        made_for = shown(condition) or "nobody knows which"
        message = f"the file is made for the printing condition {made_for}"
        yield Finding("intent-condition", message, f"make it for {profile.pdf.condition}")
    if standard is Standard.X_4 and icc is None:
        message = "the shop's ICC profile is not embedded"
        yield Finding("intent-profile", message, "embed it as the output intent")
    if icc is not None and whole(entry(icc, "/N")) != 4:
        yield Finding("intent-profile", "the embedded ICC profile is not CMYK", "take the shop's")


def _in_xmp(document: Any) -> str:
    try:
        properties = read_xmp(document)
    except (UndecodableError, OutOfBudgetError):
        return ""
    return next((properties[name][0] for name in _PDFX_VERSION if properties.get(name)), "")


def _binding(document: Any, profile: PrintProfile) -> Iterator[Finding]:
    if profile.binding is None:
        return
    direction = name_of(entry(entry(document.Root, "/ViewerPreferences"), "/Direction"))
    side = "right" if direction == "/R2L" else "left"
    # An office file's pages are sides of sheets, in no direction.
    if side != profile.binding.side and profile.sheet is None:
        message = f"the file is bound at the {side}, and the booklet at the {profile.binding.side}"
        yield Finding("binding-side", message, "export it with the other binding")

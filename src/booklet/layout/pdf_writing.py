"""Patch pydyf 0.13.0, with which WeasyPrint 70.0 writes, to put numbers and objects down faster.

pydyf finds out anew for each number and name how it is written, and puts every object together
twice: for the file and for the hash in its identifier. Here the usual kinds are written at once
and each object once. What is written stays the same, byte for byte.

Reaches into private parts (`pydyf._to_bytes`, `PDF.write`, `PDF.page_references`), and only in the
version it was written for.
"""

from collections.abc import Callable
from hashlib import md5
from types import ModuleType
from typing import Any

VERSION = "70.0"
PYDYF_VERSION = "0.13.0"


def write_fast(weasyprint: ModuleType) -> None:
    """Teach pydyf to write faster.

    Args:
        weasyprint: The imported package. In another version, and by a second call, nothing changes.
    """
    import pydyf

    known = weasyprint.__version__ == VERSION and pydyf.__version__ == PYDYF_VERSION
    if not known or getattr(pydyf.PDF.write, "is_fast", False):
        return
    pydyf._to_bytes = _to_bytes(pydyf._to_bytes)
    pydyf.PDF.page_references = property(_page_references(pydyf.PDF.page_references.fget))
    stock_write = pydyf.PDF.write

    def write(
        pdf: Any, output: Any, version: Any = b"1.7", identifier: Any = False, compress: Any = False
    ) -> None:
        if compress or not isinstance(identifier, bytes):
            stock_write(pdf, output, version, identifier, compress)
        else:
            _write(pdf, output, pydyf._to_bytes(version or b"1.7"), pydyf.String(identifier))

    write.is_fast = True  # type: ignore[attr-defined]
    pydyf.PDF.write = write


def _to_bytes(stock: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return bytes(item)
        if kind is float:
            if item.is_integer():
                return b"%d" % item
            return f"{item:f}".rstrip("0").encode("ascii")
        if kind is str:
            return bytes(item.encode("ascii"))
        if kind is int:
            return b"%d" % item
        return stock(item)

    return to_bytes


def _page_references(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that looks again only when there are more pages: every tag asks."""

    def page_references(pdf: Any) -> Any:
        kids = pdf.pages["Kids"]
        known = pdf.__dict__.get("booklet_references")
        if known is None or known[0] != len(kids):
            known = pdf.booklet_references = len(kids), stock(pdf)
        return known[1]

    return page_references


def _write(pdf: Any, output: Any, version: bytes, identifier: Any) -> None:
    """Write a PDF with a plain table of its objects, as pydyf does."""
    if pdf.info:
        pdf.add_object(pdf.info)
    parts: list[bytes] = [b"%PDF-" + version + b"\n%\xf0\x9f\x96\xa4\n"]
    position = len(parts[0])
    everything = md5(usedforsecurity=False)
    table = [f"xref\n0 {len(pdf.objects)}\n"]
    for one in pdf.objects:
        if one.free != "f":
            data = one.data
            everything.update(data)
            one.offset = position
            part = b"%d %d obj\n%b\nendobj\n" % (one.number, one.generation, data)
            position += len(part)
            parts.append(part)
        table.append(f"{one.offset:010} {one.generation:05} {one.free} \n")
    pdf.xref_position = position
    parts.append("".join(table).encode())
    lines = [b"trailer", b"<<", b"/Size %d" % len(pdf.objects), b"/Root " + pdf.catalog.reference]
    if pdf.info:
        lines.append(b"/Info " + pdf.info.reference)
    digest = type(identifier)(everything.hexdigest().encode())
    lines += [b"/ID [%b %b]" % (identifier.data, digest.data), b">>", b"startxref"]
    parts.append(b"\n".join([*lines, b"%d" % position, b"%%EOF\n"]))
    whole = b"".join(parts)
    pdf.current_position = len(whole)
    output.write(whole)

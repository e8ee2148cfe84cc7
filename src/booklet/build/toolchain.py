"""Nothing goes in; a text comes out that changes whenever the same content may give other bytes.

It names the versions of Python, of booklet's own files and of what booklet is built on, the
libraries of the system among them. It is part of a job, so that a worker with another toolchain
refuses it, and part of the key of the cache.
"""

import functools
import hashlib
import importlib.metadata
import sys
import zlib
from pathlib import Path

# Packages whose release can show in a file. fontTools and zopfli come in by WeasyPrint.
PACKAGES = (
    *("budoux", "cssselect2", "ebooklib", "fonttools", "jinja2", "lxml", "markupsafe", "pikepdf"),
    *("pillow", "pydantic", "pydyf", "pypdfium2", "pyyaml", "segno", "sudachidict_core"),
    *("sudachipy", "tinycss2", "tinyhtml5", "weasyprint"),
)
# They lay out, shape and subset; the file behind the name says which release is installed.
_LIBRARIES = (
    "libpango-1.0",
    "libpangoft2-1.0",
    "libharfbuzz",
    "libharfbuzz-subset",
    "libfontconfig",
)
_LIBRARY_FOLDERS = ("/usr/lib", "/lib", "/usr/local/lib", "/opt/homebrew/lib")
_SOURCE = Path(__file__).parent.parent


@functools.cache
def toolchain() -> str:
    """Return what this process makes files with, one part a line."""
    lines = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    lines.append(f"zlib {zlib.ZLIB_RUNTIME_VERSION}")
    lines.append(f"booklet {_digest_of_source()}")
    lines += [f"{name} {_version(name)}" for name in PACKAGES]
    lines += [f"{name} {_library(name)}" for name in _LIBRARIES]
    return "\n".join(lines)


def _digest_of_source() -> str:
    """Return a digest of booklet's own files: a developer changes them without a release."""
    digest = hashlib.sha256()
    for path in sorted(_SOURCE.rglob("*")):
        if path.suffix in (".py", ".html", ".xhtml", ".ncx", ".yaml", ".txt"):
            digest.update(path.relative_to(_SOURCE).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _library(name: str) -> str:
    """Return the file behind a library's name, which carries its release, and its size."""
    for folder in map(Path, _LIBRARY_FOLDERS):
        for pattern in (
            f"{name}.so.0",
            f"*/{name}.so.0",
            f"{name}.so.1",
            f"*/{name}.so.1",
            f"{name}.so.6",
            f"*/{name}.so.6",
        ):
            for file in sorted(folder.glob(pattern)):
                real = file.resolve()
                return f"{real.name} {real.stat().st_size}"
        for file in sorted(folder.glob(f"{name}.*.dylib")):
            return f"{file.resolve().name} {file.stat().st_size}"
    return "none"

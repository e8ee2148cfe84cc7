"""The name of a print profile goes in; its rules come out, or every problem of its file.

A project's own `profiles/` wins over those that come with booklet, file by file.
"""

from pathlib import Path

from booklet.content.validation import validate
from booklet.content.wording import nearest
from booklet.content.yaml_reader import Document, read_yaml
from booklet.diagnostics import BookletError, Location, Problem
from booklet.model.print_profile import PrintProfile, PrintUse, Standard

SHIPPED_PROFILES = Path(__file__).parent.parent / "profiles"


def print_profiles(project: Path) -> dict[str, Path]:
    """Return the file of every print profile a project can use, by name."""
    folders = (SHIPPED_PROFILES, project / "profiles")
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.yaml"))}


def load_print_profile(project: Path, name: str) -> tuple[PrintProfile, bytes]:
    """Read a print profile.

    Args:
        project: The project's folder; its own profiles stand in `profiles/`.
        name: The name of the file, without its ending.

    Returns:
        The profile, and the shop's ICC profile; the latter is empty when none is named.

    Raises:
        BookletError: There is no such profile, or it is wrong: every problem of the file at once.
    """
    files = print_profiles(project)
    if name not in files:
        hint = nearest(name, sorted(files))
        raise BookletError(
            [Problem("profile-missing", f"no print profile is called {name}", None, hint)]
        )
    shown = f"profiles/{name}.yaml"
    try:
        document = read_yaml(shown, files[name].read_bytes())
    except OSError as error:
        problem = Problem(
            "profile-unreadable", f"the file cannot be read: {error.strerror}", Location(shown)
        )
        raise BookletError([problem]) from None
    profile, problems = validate(document, PrintProfile, "ja")
    problems = [*document.problems, *problems]
    if profile is None or problems:
        raise BookletError(problems)
    problems += _contradictions(document, profile)
    icc = b""
    if profile.pdf.icc is not None:
        icc, found = _icc_profile(document, files[name].parent, profile.pdf.icc)
        problems += found
    if problems:
        raise BookletError(problems)
    return profile, icc


def _contradictions(document: Document, profile: PrintProfile) -> list[Problem]:
    """Return what each rule alone allows and all together do not."""
    problems = []
    if profile.pdf.standard is Standard.X_4 and profile.pdf.icc is None:
        problems.append(
            Problem(
                "profile-icc-needed",
                "PDF/X-4 needs the shop's ICC profile",
                document.span(("pdf", "standard")).where,
                "icc: the file of the shop, beside this file; or  standard: pdf-x-1a",
            )
        )
    if profile.use is PrintUse.OFFICE and profile.is_pdf_x:
        problems.append(
            Problem(
                "profile-standard",
                "an office printer gets no PDF/X",
                document.span(("pdf", "standard")).where,
                "standard: pdf-1.7",
            )
        )
    if profile.use is PrintUse.PRESS and not profile.is_pdf_x:
        problems.append(
            Problem(
                "profile-standard",
                "a press file is PDF/X",
                document.span(("pdf", "standard")).where,
                "standard: pdf-x-1a",
            )
        )
    if profile.use is PrintUse.OFFICE and profile.sheet is None:
        problems.append(
            Problem(
                "missing-key",
                "sheet is missing",
                document.span(()).where,
                "add  sheet: …  with rim_mm, scale_percent and leaf_mm",
            )
        )
    if profile.pages is not None and profile.pages.fewest > profile.pages.most:
        low, high = profile.pages.fewest, profile.pages.most
        problems.append(
            Problem(
                "range-order",
                f"pages ends before it starts: {low} to {high}",
                document.span(("pages", "fewest")).where,
                f"fewest: {high}, most: {low}",
            )
        )
    return problems


def _icc_profile(document: Document, folder: Path, name: str) -> tuple[bytes, list[Problem]]:
    where = document.span(("pdf", "icc")).where
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()):
        problem = Problem(
            "profile-icc-outside", f"{name} lies outside {folder.name}/", where, "copy it there"
        )
        return b"", [problem]
    try:
        icc = file.read_bytes()
    except OSError:
        problem = Problem(
            "profile-icc-missing",
            f"there is no ICC profile {name} beside this file",
            where,
            "put the file you got from the shop there, or remove icc and take pdf-x-1a",
        )
        return b"", [problem]
    # ICC.1:2010, 7.2: class at 12, colour space at 16, signature at 36.
    if icc[36:40] != b"acsp" or icc[12:16] != b"prtr" or icc[16:20] != b"CMYK":
        problem = Problem(
            "profile-icc-kind",
            f"{name} is not the ICC profile of a four-colour press",
            where,
            "ask the shop for its output profile in CMYK",
        )
        return b"", [problem]
    return icc, []

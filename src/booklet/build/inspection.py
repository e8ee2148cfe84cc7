"""A finished file goes in; what it was taken for, and what is wrong with it, come out."""

from dataclasses import dataclass
from pathlib import Path

from booklet.checks.preflight.bounded import Limits, judge
from booklet.content.print_profiles import load_print_profile
from booklet.diagnostics import BookletError, Problem

KINDS = {"press": "a press PDF", "reading": "a reading PDF", "epub": "an EPUB"}
"""What a file may be made for, and what it is called then."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was said of a file.

    Attributes:
        kind: What it was taken for, one of KINDS; "" where nobody came so far.
        problems: What is wrong with it.
    """

    kind: str
    problems: tuple[Problem, ...]


def inspect_file(
    project: Path, file: Path, profile_name: str, kind: str = "", seconds: float = 20.0
) -> Inspection:
    """Look at a press PDF, a reading PDF or an EPUB, from whatever program.

    Args:
        project: The folder whose own print profiles are known beside those of booklet.
        file: The file.
        profile_name: The print profile a press PDF is held against.
        kind: One of KINDS; "" lets the file tell.
        seconds: How long to look; it takes 512 MiB at most.

    Returns:
        What it was taken for and what is wrong, one problem a rule. A file past the limits is not
        judged, which is a problem too.

    Raises:
        BookletError: The profile is wrong, or the file cannot be read.
    """
    profile, _ = load_print_profile(project, profile_name)
    try:
        content = file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise BookletError([Problem("file-unreadable", message, None, "check its name")]) from None
    found = judge(content, kind, profile, Limits(seconds))
    return Inspection(found.kind, found.problems)

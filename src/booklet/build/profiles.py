"""Names of print profiles go in; the profiles of a build, one for each use, come out."""

from collections.abc import Sequence
from pathlib import Path

from booklet.content.print_profiles import load_print_profile
from booklet.diagnostics import BookletError, Problem
from booklet.model.print_profile import ChosenProfile, PrintUse

DEFAULT_PROFILES = {PrintUse.PRESS: "saddle-stitch", PrintUse.OFFICE: "office-a4-duplex"}


def choose_profiles(root: Path, names: Sequence[str] = ()) -> dict[PrintUse, ChosenProfile]:
    """Read the print profiles of a build: one for the press, one for the office.

    Args:
        root: The project's folder.
        names: The profiles asked for; for a use that none of them is for, the default one is taken.

    Raises:
        BookletError: A profile is missing or wrong, or two are for the same use.
    """
    chosen: dict[PrintUse, ChosenProfile] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            profile, icc = load_print_profile(root, name)
        except BookletError as error:
            problems += error.problems
            continue
        if profile.use in chosen:
            other = chosen[profile.use].name
            message = f"{other} and {name} are both for {profile.use.value}"
            problems.append(Problem("profile-twice", message, None, "build one after the other"))
        chosen[profile.use] = ChosenProfile(name, profile, icc)
    if problems:
        raise BookletError(problems)
    for use, name in DEFAULT_PROFILES.items():
        if use not in chosen:
            chosen[use] = ChosenProfile(name, *load_print_profile(root, name))
    return chosen

"""A print profile and the rules to change go in; the changed profile comes out."""

from typing import Any

from booklet.model.print_profile import PrintProfile


def changed(profile: PrintProfile, **rules: Any) -> PrintProfile:
    """Return `profile` with rules replaced: None takes one away, a mapping changes its values."""
    value = profile.model_dump(mode="json", exclude={"where"}, exclude_none=True)
    for name, rule in rules.items():
        if rule is None:
            value.pop(name, None)
        elif isinstance(rule, dict):
            source = {"source": "a test", "seen": "2026-01-01"}
            value[name] = {**value.get(name, source), **rule}
        else:
            value[name] = rule
    return PrintProfile.model_validate(_without_places(value))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_places(one) for name, one in value.items() if name != "where"}
    return [_without_places(one) for one in value] if isinstance(value, list) else value

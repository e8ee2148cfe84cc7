"""The sentences of the commands for editors, in English. See sentences.py."""

ENGLISH = {
    "new.ask-title": "Title of the booklet",
    "new.ask-publisher": "Publisher (leave empty if it is not settled)",
    "new.ask-size": "Page size",
    "new.ask-language": "Language",
    "new.default-title": "しごとガイド",
    "new.made": "made {name}",
    "new.next": "Next: open {guide} and write. To make the booklet: cd {folder} && booklet build",
    "new.guide-made": "made {name} and listed it in content/booklet.yaml",
    "new.guide-not-listed": (
        "made {name}; add  - slug: {slug}  under guides in content/booklet.yaml"
    ),
}

ENGLISH_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "project-exists": {
        "": ("there is a project in this folder already", "name another folder"),
        "file": ("there is a file of this name already", "name another folder"),
    },
    "guide-exists": {"": ("there is a guide of this name already", "choose another name")},
    "new-name": {
        "": (
            "{name} cannot be the name of a file",
            "small letters, digits and hyphens, such as pan-shokunin",
        ),
    },
    "folder-unwritable": {
        "": ("nothing can be written here: {reason}", "check the folder's name and permissions"),
    },
    "guide-unlisted": {
        "": (
            "{file} is not listed in content/booklet.yaml, so it is not made",
            "add  - slug: {slug}  under guides, or move the file out of the folder",
        ),
    },
    "other-occupation": {
        "": (
            "this still speaks of {name}, the occupation of another guide",
            "rewrite it for this occupation",
        ),
        "more": (
            "{count} more texts from here on still speak of {name}",
            "rewrite them for this occupation",
        ),
    },
}

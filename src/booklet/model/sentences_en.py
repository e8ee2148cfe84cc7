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
    "fix.backup": "{name} was mended; as it was: {backup}",
    "fix.done": "{count} file(s) mended. Look at them, then run  booklet check",
    "fix.would": "{count} file(s) would be mended; nothing was written",
    "fix.nothing": "there is nothing that could be mended for certain",
    "sheet.about": (
        "Guides to occupations\n"
        "Every kind of section has a sheet. What belongs to a section stands in its first row; its"
        " lists go downwards, an item a row.\n"
        "Columns with ＊ have to be filled. Point at a head to read what belongs there.\n"
        "The first column says which guide a row belongs to; empty means: the same as above.\n"
        "Lists inside a cell have a line an entry (Alt+Enter). The second row of every sheet is for"
        " the program: leave it.\n"
        "When you have finished:  booklet sheet import FILE.xlsx"
    ),
    "sheet.exported": "wrote {file}: {guides}",
    "sheet.new": "made {file}",
    "sheet.changed": "changed {file}",
    "sheet.same": "{file} stays as it was",
    "proof.title": "To correct: {name}",
    "proof.intro": (
        "Please correct the texts in the middle column, with tracked changes or without. Comments"
        " are welcome.\n"
        "Tick ☐ where a text is right. Leave the numbers as they are: they lead back to the guide."
    ),
    "proof.sources": "Sources to check",
    "proof.readings": "Readings to confirm",
    "proof.made": "wrote {file}: {count} numbered texts",
    "proof.read": "{count} texts were changed or commented",
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
    "fix-unreadable": {
        "": ("the file cannot be read: {reason}", "check its name, and that you may read it"),
    },
    "fix-encoding": {
        "": ("this is no text in UTF-8 or Shift_JIS", "save it again with encoding UTF-8"),
    },
    "sheet-file": {
        "": ("this is no workbook that can be read", "save it again as an Excel workbook (.xlsx)"),
        "large": ("this workbook is too large", "take out pictures and sheets that are not ours"),
        "empty": ("there is no guide in this workbook", "start from  booklet sheet export"),
    },
    "sheet-unknown": {
        "": (
            "there is no sheet called {title} in our workbooks",
            "give it its old name, or delete it",
        ),
    },
    "sheet-column": {
        "": (
            "there is no column called {name} in this sheet",
            "give it its old name, or delete it",
        ),
    },
    "sheet-guide": {
        "": ("it is not said which guide this row belongs to", "fill in the first column"),
    },
    "sheet-order": {
        "": ("{given} is no place of a section", "write a whole number, such as 3"),
    },
    "sheet-long": {
        "": ("{name} is too long for a cell", "split the text, or write it in the guide's file"),
    },
    "list-file": {
        "": ("this is no text in UTF-8 or Shift_JIS", "save it again as CSV"),
        "head": (
            "the first row names no column of occupations",
            "start with a row such as  職業,よみ,分野",
        ),
    },
    "list-row": {
        "name": ("this row has no occupation", "fill in its name, or delete the row"),
        "slug": (
            "no file name can be made for this row{shown}",
            "give the reading in kana, or a column slug with letters, such as pan-shokunin",
        ),
        "field": ("there is no field of work called {shown}", "such as 教育・保育 or education"),
        "twice": ("{shown} comes twice in the list", "give one of them another slug"),
        "there": ("there is a guide called {shown} already", "take it out of the list"),
    },
    "proof-file": {
        "": ("this proof cannot be read: {reason}", "name the .docx file that came back"),
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
    "yaml-space": {
        "indent": (
            "this line is indented with a space that is no ordinary one"
            " (a full-width or no-break space)",
            "use ordinary spaces, two for each step",
        ),
        "after": (
            "there is a full-width or no-break space here where an ordinary one has to be",
            "write one ordinary space",
        ),
        "blank": (
            "this line looks empty but holds a full-width or no-break space",
            "delete the space",
        ),
        "text": (
            "there is a no-break space in this text; it prints as a gap",
            "delete it, or write an ordinary space",
        ),
    },
    "yaml-tab": {
        "": ("this line is indented with a tab", "use two spaces for each step"),
    },
    "yaml-colon": {
        "wide": ("the colon after {name} is full-width", "write  {name}: value"),
        "tight": ("there is no space after the colon of {name}", "write  {name}: value"),
    },
    "yaml-dash": {
        "sign": (
            "{sign} only looks like the hyphen that starts an entry",
            "start the line with a hyphen and a space: - ",
        ),
        "tight": (
            "there is no space after the hyphen that starts this entry",
            "write a hyphen and a space: - ",
        ),
        "missing": (
            "a new entry of the list starts here, but the hyphen is missing",
            "write  - {entry}",
        ),
    },
    "yaml-indent": {
        "deeper": (
            "{name} is indented further than the field above it",
            "put {spaces} spaces before {name}",
        ),
    },
    "yaml-quote": {
        "curly": (
            "these quotation marks are curly; YAML knows only straight ones",
            'write  "{inner}"',
        ),
    },
    "yaml-bracket": {
        "wide": ("the bracket {sign} is full-width", "write  {{ }} and [ ] with narrow signs"),
        "comma": ("{sign} does not part the fields in brackets", "write a comma and a space: , "),
    },
    "text-hash": {
        "start": (
            "everything from # on is a remark, so this text is lost",
            'put the whole text in quotes: "#…"',
        ),
        "inside": (
            "from here on the text is taken for a remark and lost: {lost}",
            "put the whole text in quotes, or write ＃; a remark has a space after its #",
        ),
    },
    "text-goes-on": {
        "": (
            "this line is joined to the text of {key} above with a gap between them",
            "write the text on one line, or put | behind {key}: and the text below it",
        ),
        "gap": (
            "this line is a new paragraph of {key}, though there is no | behind {key}:",
            "put | behind {key}: and the whole text below it, indented",
        ),
        "list": (
            "this looks like an entry of a list, but it is joined to the text of {key} above",
            "put | behind {key}: and the text below it, or use a section that has items",
        ),
    },
    "text-markup": {
        "html": ("{shown} is printed as it stands; there are no such tags here", "delete it"),
        "markdown": ("the signs of {shown} are printed as they stand", "delete them"),
        "link": (
            "{shown} is printed as it stands",
            "write the words alone, and the address in a field called url where there is one",
        ),
    },
    "text-braces": {
        "": ("the braces of {shown} are full-width, so they are printed", "write  {mark}"),
        "start": (
            "the braces of {shown} are full-width, so they are printed",
            'write  {mark} and put the whole text in quotes: "{mark}…"',
        ),
    },
    "text-ruby": {
        "": ("{shown} is printed as it stands", "write  {mark}"),
        "start": (
            "{shown} is printed as it stands",
            'write  {mark} and put the whole text in quotes: "{mark}…"',
        ),
        "kanji": ("{shown} is printed as it stands", "if it is a reading, write  {mark}"),
    },
    "text-half-width": {
        "": ("these kana are half-width: {shown}", "write  {wide}"),
    },
    "text-decomposed": {
        "": (
            "the kana and its mark are two characters here, so a search does not find {whole}",
            "run  booklet fix , or type the line again",
        ),
    },
    "text-placeholder": {
        "": (
            "{shown} is the place for a text, not the text",
            "write the text, or remove the field",
        ),
    },
}

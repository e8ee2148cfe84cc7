"""The sentences of the commands for editors, in Japanese. See sentences.py."""

JAPANESE = {
    "new.ask-title": "冊子の名前",
    "new.ask-publisher": "発行者（決まっていなければ空のまま）",
    "new.ask-size": "ページの大きさ",
    "new.ask-language": "言語",
    "new.default-title": "しごとガイド",
    "new.made": "作りました：{name}",
    "new.next": "次に：{guide} を開いて書きます。冊子を作るには：cd {folder} && booklet build",
    "new.guide-made": "{name} を作り、content/booklet.yaml の guides に足しました",
    "new.guide-not-listed": (
        "{name} を作りました。content/booklet.yaml の guides に「- slug: {slug}」を足してください"
    ),
}

JAPANESE_PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "project-exists": {
        "": (
            "このフォルダーには、もう冊子の原稿があります",
            "別のフォルダーの名前にします",
        ),
        "file": ("同じ名前のファイルがあります", "別のフォルダーの名前にします"),
    },
    "guide-exists": {"": ("同じ名前のガイドがあります", "別の名前にします")},
    "new-name": {
        "": (
            "「{name}」は、ファイルの名前にできません",
            "半角の小文字、数字、ハイフンで書きます（例：pan-shokunin）",
        ),
    },
    "folder-unwritable": {
        "": ("ここには書きこめません（{reason}）", "フォルダーの名前と権限を確かめます"),
    },
    "guide-unlisted": {
        "": (
            "{file} は content/booklet.yaml に載っていないので、作られません",
            "guides に「- slug: {slug}」を足すか、ファイルをフォルダーの外へ移します",
        ),
    },
    "other-occupation": {
        "": (
            "ここはまだ、別のガイドの職業「{name}」の話です",
            "この職業の話に書きかえます",
        ),
        "more": (
            "ここから先にも、「{name}」の話のままの文章が{count}つあります",
            "この職業の話に書きかえます",
        ),
    },
}

#!/bin/sh
# ダブルクリックで冊子を作ります。できたものは build フォルダーに入ります。
cd "$(dirname "$0")" || exit 1
if [ -x .venv/bin/booklet ]; then
    .venv/bin/booklet build
elif command -v booklet >/dev/null 2>&1; then
    booklet build
elif python3 -c 'import booklet' >/dev/null 2>&1; then
    python3 -m booklet build
else
    echo "booklet が見つかりません。先に「python3 -m pip install booklet」で入れてください。"
    false
fi
code=$?
if [ $code -eq 0 ]; then
    echo "できました。build フォルダーを開きます。"
    command -v open >/dev/null 2>&1 && open build
else
    echo "上の説明を見て原稿を直し、もう一度ダブルクリックしてください。"
fi
if [ -t 0 ]; then
    printf "Enterキーで閉じます。"
    read -r _
fi
exit $code

#!/bin/sh
# Install Debian packages where that is possible without asking; otherwise say what to do.
# usage: install-packages.sh PACKAGE...
set -eu

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo=sudo
    else
        sudo=no
    fi
    if [ "$sudo" != no ]; then
        echo "installing: $*"
        # A list of packages may be missing on a fresh machine; update only when it is needed.
        if $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
            exit 0
        fi
        $sudo apt-get update -qq >/dev/null
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
        exit 0
    fi
fi
echo "please install first:  Debian: apt install $*   Fedora: dnf install pango harfbuzz python3   macOS: brew install pango harfbuzz python" >&2
exit 1

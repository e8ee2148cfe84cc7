#!/bin/sh
# See that the libraries the typesetting engine needs are there, and install them where they are not.
# usage: system-libraries.sh PYTHON
#
# HarfBuzz's subsetter is optional for the engine but not for us: without it a font subset takes
# seconds instead of a fraction of one.
set -eu
python=$1

missing() {
    "$python" - <<'EOF'
import ctypes
import sys

LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "libfontconfig1": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}


def is_there(names):
    for name in names:
        for folder in ("", "/opt/homebrew/lib/", "/usr/local/lib/"):
            try:
                ctypes.CDLL(folder + name)
            except OSError:
                continue
            return True
    return False


print(" ".join(package for package, names in LIBRARIES.items() if not is_there(names)))
EOF
}

packages=$(missing)
[ -z "$packages" ] && exit 0
# shellcheck disable=SC2086  # a list of names
sh "$(dirname "$0")/install-packages.sh" $packages
packages=$(missing)
[ -z "$packages" ] || { echo "still missing after the installation: $packages" >&2; exit 1; }

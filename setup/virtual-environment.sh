#!/bin/sh
# Make the virtual environment with the pinned packages.
# usage: virtual-environment.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "booklet needs Python 3.11 or later; $python is not. Try: make PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian keeps this part of Python in a package of its own.
    sh "$(dirname "$0")/install-packages.sh" python3-venv
fi
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

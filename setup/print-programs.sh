#!/bin/sh
# Install the programs by which the tests look at printed files with other eyes; without them those tests are skipped.
# usage: print-programs.sh
set -eu
missing=
add() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
add gs ghostscript
add pdftoppm poppler-utils
add qpdf qpdf
add mutool mupdf-tools
[ -z "$missing" ] && exit 0
# shellcheck disable=SC2086  # a list of names
sh "$(dirname "$0")/install-packages.sh" $missing || echo "tests that need$missing are skipped" >&2

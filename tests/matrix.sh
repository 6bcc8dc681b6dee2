#!/usr/bin/env bash
# The ordinary tests at both ends of what the course allows: the oldest dependencies on
# the oldest Python, where what is marked `oldest` runs too (in the browser: pictures are
# painted, and sliders moved), and the newest dependencies on every later Python that is
# here. Nothing of it touches this checkout, and no Python is downloaded: one that is
# absent is skipped.
#
#     bash tests/matrix.sh                all of them
#     bash tests/matrix.sh oldest newest  both ends; `newest` is the newest Python
#     bash tests/matrix.sh 3.12           only this one
#     bash tests/matrix.sh --which newest    no test: the path of that Python, if any
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
OLDEST=3.11

# The minor versions later than the oldest, on PATH or among those of pyenv.
later() {
    { compgen -c python3. || true; ls "${PYENV_ROOT:-$HOME/.pyenv}/versions" 2>/dev/null || true; } |
        sed -nE 's/^(python)?3\.([0-9]+)(\.[0-9]+)?$/\2/p' | sort -nu |
        awk -v low="${OLDEST#3.}" '$1 > low { print "3." $1 }'
}

# The path of an interpreter that runs: pyenv's own folder first, as what lies on PATH
# may be a shim of a version that is not switched on.
interpreter() {
    for path in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python "$(command -v "python$1" || true)"; do
        if [ -x "$path" ] && "$path" -c "import ssl, sqlite3" 2>/dev/null; then
            echo "$path"
            return
        fi
    done
}

# The path of the Python of this name: `oldest`, `newest` or a version; nothing if absent.
which_python() {
    version=${1/oldest/$OLDEST}
    version=${version/newest/$(later | tail -1)}
    [ -z "$version" ] || interpreter "$version"
}

if [ "${1:-}" = --which ]; then
    which_python "$2"
    exit
fi

[ $# -gt 0 ] || set -- oldest $(later)
failed=""
for one; do
    python=$(which_python "$one")
    if [ -z "$python" ]; then
        printf '\n== %s: that Python is not here, skipped ==\n' "$one"
        continue
    fi
    printf '\n== %s: %s (%d s) ==\n' "$one" "$python" "$SECONDS"
    mkdir "$scratch/$one"
    # What is committed, and what is about to be; each with a lock and a .venv of its own.
    git ls-files -z | xargs -0 tar -c | tar -x -C "$scratch/$one"
    resolution=highest
    marked="not thorough"
    if [ "$one" = oldest ]; then
        resolution=lowest-direct
        marked="$marked or oldest"
    fi
    (cd "$scratch/$one" && UV_RESOLUTION=$resolution python3 -m uv run --python "$python" pytest -m "$marked") ||
        failed="$failed $one"
done
[ -z "$failed" ] || { printf '\n== Failed on:%s ==\n' "$failed"; exit 1; }

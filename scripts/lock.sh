#!/usr/bin/env bash
# Pins every package, with hashes, for Python 3.11 to 3.13 in one set of files.
# Run by "make lock" after a change to pyproject.toml, requirements/*.in or
# package.json. Commit what it writes. Versions that still fit are kept;
# "scripts/lock.sh --upgrade" takes the newest instead.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

uv_home="$(mktemp -d)"
trap 'rm -rf "$uv_home"' EXIT
"$(scripts/find-python.sh)" -m venv "$uv_home"
"$uv_home/bin/pip" install --quiet uv==0.13.9

pin() { # pin OUTPUT INPUT [OPTION...]
    local output="$1" input="$2"
    shift 2
    # --universal: one file for every Python we support, with markers.
    # --no-emit-*: no package index is named, so any mirror serves.
    UV_CUSTOM_COMPILE_COMMAND="make lock" "$uv_home/bin/uv" pip compile --quiet \
        --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --output-file "requirements/$output" "$@" "$input"
}

# The build tools need no pin against the others: none of them is imported.
pin build.txt requirements/build.in "$@"
pin node.txt requirements/node.in "$@"
# Apart, since install.sh builds it with care.
grep -o 'durable-rules==[0-9.]*' pyproject.toml | pin compiled.txt - --no-deps "$@"
pin runtime.txt pyproject.toml "$@"
pin test.txt pyproject.toml --extra test --constraint requirements/runtime.txt "$@"
pin bench.txt pyproject.toml --extra bench --constraint requirements/runtime.txt "$@"

npm install --package-lock-only --ignore-scripts --no-audit --no-fund

if grep -nE 'https?://' requirements/*.txt package-lock.json | grep -vE '"url": '; then
    stop "an address is in a lock file (above)."
fi

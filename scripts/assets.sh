#!/usr/bin/env bash
# assets.sh runtime|test : brings node_modules and webforms/static/build up to
# date, and does nothing when they already are. "test" adds the page checkers.
# Runs after install.sh.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

group="${1:?assets.sh runtime|test}"

# npm 7 is the first that reads our lock file.
has_npm() {
    local version
    version="$(npm --version 2>/dev/null)" && [ "${version%%.*}" -ge 7 ]
}

npm_ci() { # npm_ci [OPTION...]
    # Python's packages include a Node.js, which needs no root and is a fraction
    # of what apt-get would bring.
    if ! has_npm; then
        export PATH="$PWD/.venv/bin:$PATH"
        hash -r
    fi
    if ! has_npm; then
        say "Installing Node.js into .venv …"
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
            --require-hashes -r requirements/node.txt
        hash -r
        has_npm || stop "install Node.js 18 or newer with npm, then run this again."
    fi
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@" >&2
}

# npm ci empties node_modules first, so a stamp inside never outlives its content.
now="$(fingerprint package.json package-lock.json)"
if [ "$group" = test ]; then
    if ! is_current node_modules/.waymark-test "$now"; then
        say "Installing the design system and the page checkers …"
        npm_ci
        echo "$now" | tee node_modules/.waymark-runtime >node_modules/.waymark-test
    fi
elif ! is_current node_modules/.waymark-runtime "$now"; then
    say "Installing the design system …"
    npm_ci --omit=dev
    echo "$now" >node_modules/.waymark-runtime
fi

built="$(fingerprint package-lock.json scripts/build_assets.py)"
if ! [ -f webforms/static/build/manifest.json ] || ! is_current node_modules/.waymark-built "$built"; then
    .venv/bin/python scripts/build_assets.py
    echo "$built" >node_modules/.waymark-built
fi

#!/usr/bin/env bash
# install.sh runtime|test : brings .venv up to date with requirements/, and does
# nothing when it already is. "test" adds what the tests, the linters and the
# benchmarks need.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

group="${1:?install.sh runtime|test}"
python=.venv/bin/python

# -x is false for a link to a Python that has since been removed.
if ! [ -x "$python" ] || ! [ -f .venv/.waymark-made ]; then
    scripts/ensure-system.sh python compiler
    base="$(scripts/find-python.sh)"
    say "Making .venv with $("$base" --version) …"
    "$base" -m venv --clear .venv
    touch .venv/.waymark-made
fi

pip_install() {
    "$python" -m pip install -qq --disable-pip-version-check --no-input "$@"
}

install_runtime() {
    scripts/ensure-system.sh compiler
    say "Installing Waymark and what it needs …"
    pip_install --require-hashes -r requirements/build.txt

    # durable-rules calls a function that Python 3.13 dropped; the one that
    # took its place has the same arguments. A wheel that was once built
    # without this compiles but does not import, so none is taken from a cache.
    local flags="${CPPFLAGS:-}"
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then
        flags="-DPyEval_CallObject=PyObject_CallObject $flags"
    fi
    CPPFLAGS="$flags" pip_install --require-hashes --no-build-isolation --use-pep517 \
        --no-cache-dir --no-binary durable-rules -r requirements/compiled.txt
    "$python" -c 'import durable_rules_engine' ||
        stop "durable-rules was built but cannot be imported on this Python: use another (PYTHON=…)."

    pip_install --require-hashes -r requirements/runtime.txt
    pip_install --no-deps --no-build-isolation --editable .
}

install_test() {
    say "Installing the test tools …"
    pip_install --require-hashes -r requirements/test.txt -r requirements/bench.txt
}

runtime_now="$(fingerprint pyproject.toml scripts/install.sh \
    requirements/build.txt requirements/compiled.txt requirements/runtime.txt)"
if ! is_current .venv/.waymark-runtime "$runtime_now"; then
    rm -f .venv/.waymark-test
    install_runtime
    echo "$runtime_now" >.venv/.waymark-runtime
fi

if [ "$group" = test ]; then
    test_now="$(fingerprint requirements/test.txt requirements/bench.txt)"
    if ! is_current .venv/.waymark-test "$test_now"; then
        install_test
        echo "$test_now" >.venv/.waymark-test
    fi
fi

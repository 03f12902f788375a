#!/usr/bin/env bash
# ensure-system.sh NEED... : makes sure that the machine has what no package of
# ours can bring. NEED is any of: python, compiler, browser, java, office.
# As root on Debian or Ubuntu it installs what is missing; otherwise it says in
# one sentence what to install.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

has_python() {
    { [ -x .venv/bin/python ] && [ -f .venv/.waymark-made ]; } || scripts/find-python.sh >/dev/null
}

has_compiler() { # for durable-rules, which is published as C source
    local python cc
    if ! python="$(scripts/find-python.sh)"; then
        command -v gcc >/dev/null
        return
    fi
    cc="${CC:-$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("CC") or "cc")')}"
    # $cc may carry options of its own, so it is not quoted.
    echo '#include <Python.h>' |
        $cc -I"$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')" \
            -fsyntax-only -x c - >/dev/null 2>&1
}

has_browser() {
    local name
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        # Run it: Ubuntu's chromium-browser may be a stub that only names a snap.
        "$name" --version >/dev/null 2>&1 && return
    done
    return 1
}

has_java() { java -version >/dev/null 2>&1; }

# To open the Word files as a reader does, and to read the text of the PDF files.
has_office() { command -v soffice >/dev/null && command -v pdftotext >/dev/null; }

first_offered() { # first_offered PACKAGE... : the first that apt knows, else the second named
    local name
    for name in "$@"; do
        apt-cache show "$name" >/dev/null 2>&1 && echo "$name" && return
    done
    echo "$2"
}

packages_of() {
    case "$1" in
    python) echo python3 python3-venv python3-dev ;;
    compiler) echo gcc libc6-dev ;;
    browser) # without a window it is smaller and quicker; the fonts stand in for Arial
        echo "$(first_offered chromium-headless-shell chromium chromium-browser)" fonts-liberation
        ;;
    java) echo default-jre-headless ;;
    office) echo libreoffice-writer-nogui poppler-utils ;;
    esac
}

words_of() {
    case "$1" in
    python) echo "Python 3.11, 3.12 or 3.13 with its venv module and headers" ;;
    compiler) echo "a C compiler" ;;
    browser) echo "Chromium" ;;
    java) echo "Java" ;;
    office) echo "LibreOffice and pdftotext" ;;
    esac
}

missing_of() {
    local need
    for need in "$@"; do
        "has_$need" || echo "$need"
    done
}

give_up() { # give_up MISSING... : the one sentence
    local need sentence="" packages=""
    for need in "$@"; do
        sentence+="${sentence:+, and }$(words_of "$need")"
        packages+=" $(packages_of "$need")"
    done
    stop "install $sentence (on Debian or Ubuntu: apt-get install$packages), then run this again."
}

mapfile -t missing < <(missing_of "$@")
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    give_up "${missing[@]}"
fi

export DEBIAN_FRONTEND=noninteractive
# Wait for another apt-get to end rather than fail beside it.
apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
"${apt[@]}" update >"$log" 2>&1 || cat "$log" >&2

packages=()
for need in "${missing[@]}"; do
    read -ra names <<<"$(packages_of "$need")"
    packages+=("${names[@]}")
done
say "Installing ${packages[*]} with apt-get …"
if ! "${apt[@]}" install --yes --no-install-recommends "${packages[@]}" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
fi

mapfile -t missing < <(missing_of "${missing[@]}")
[ "${#missing[@]}" -eq 0 ] || give_up "${missing[@]}"

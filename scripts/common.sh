# Shared by the scripts beside it, which source it: strict mode, the folder,
# and the few words they have in common.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

stop() {
    printf 'waymark: %s\n' "$*" >&2
    exit 1
}

# Content, not dates: a fresh checkout or a change of branch and back gives
# every file a new date, and must not cost an installation.
fingerprint() { cat "$@" | cksum; }

is_current() { # is_current STAMP FINGERPRINT
    [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]
}

#!/usr/bin/env bash
# Prints the Python to build on: 3.11, 3.12 or 3.13, with everything that the
# set-up needs of it. Prints nothing and exits 1 when there is none.
# PYTHON=/path/to/python overrides the choice.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

# Debian's own Python comes without ensurepip (python3-venv) and without the
# headers (python3-dev); one built by hand may lack sqlite3 or ssl.
complete='
import ctypes, ensurepip, os, sqlite3, ssl, sys, sysconfig, venv, zlib
fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
headers = os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
sys.exit(0 if fits and headers else 1)
'

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    # Run it: a name on the PATH may be a version manager's empty promise.
    if "$candidate" -c "$complete" >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
exit 1

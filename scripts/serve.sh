#!/usr/bin/env bash
# Serves Waymark on http://127.0.0.1:${PORT:-5000}, installing first what is not there.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

port="${PORT:-5000}"
scripts/install.sh runtime
scripts/assets.sh runtime

# What is saved here is about children: for this user's eyes alone.
umask 077
mkdir -p var

# On a fresh machine, the way in for the first chair. It is made while the server starts, so that
# nobody waits for it, and as nobody's child: the server takes its children for its workers.
(PORT="$port" .venv/bin/waymark invite --first >&2 &)

say "Waymark: http://127.0.0.1:$port (stop with Ctrl+C)"
exec .venv/bin/gunicorn --bind "127.0.0.1:$port" --workers 2 --threads 4 \
    --no-control-socket --log-level warning 'webforms:create_app()'

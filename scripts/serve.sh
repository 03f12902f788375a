#!/usr/bin/env bash
# serve.sh [room] : serves Waymark, installing first what is not there.
#   serve.sh       on this machine alone: http://127.0.0.1:${PORT:-5000}
#   serve.sh room  to the phones of a training room, without cases and accounts
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

port="${PORT:-5000}"
scripts/install.sh runtime
scripts/assets.sh runtime

# What is saved here is about children: for this user's eyes alone.
umask 077
mkdir -p var

if [ "${1:-}" = room ]; then
    reached="$(.venv/bin/python -m commands.reached_at)"
    [ -n "$reached" ] ||
        stop "this machine is in no network that phones could share. Join one (the hotspot of a phone will do) and try again."
    # Cases are neither served here nor in the data that is: whoever is in the network may come in.
    export WAYMARK_WITHOUT_CASES=yes WAYMARK_DATA="${WAYMARK_DATA:-var}/room"
    # Only by these names, and nobody is believed who claims to come through a proxy.
    WAYMARK_HOSTS="${WAYMARK_HOSTS:+$WAYMARK_HOSTS }${reached//$'\n'/ } 127.0.0.1 localhost"
    export WAYMARK_HOSTS
    unset WAYMARK_PROXIES
    host=0.0.0.0
    say "Waymark for a training room (stop with Ctrl+C). Open here, and on phones in the same network:"
    for address in $reached; do say "    http://$address:$port"; done
    say "Everybody who reaches this address can open the start page, checks, training and the rules."
    say "Nothing is encrypted: enter no real case. Cases and accounts are switched off."
else
    # On a fresh machine, the way in for the first chair. It is made while the server starts, so
    # that nobody waits for it, and as nobody's child: the server takes its children for its workers.
    (PORT="$port" .venv/bin/waymark invite --first >&2 &)
    host=127.0.0.1
    say "Waymark: http://127.0.0.1:$port (stop with Ctrl+C)"
fi

exec .venv/bin/gunicorn --bind "$host:$port" --workers 2 --threads 4 \
    --no-control-socket --log-level warning 'webforms:create_app()'

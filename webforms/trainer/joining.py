"""Where learners' phones can reach a room, and where they cannot."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def of_this_machine_alone(host: str) -> bool:
    """Whether a host, as a browser names it (`127.0.0.1:5000`), is the very machine that asks."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified

"""Prints the addresses at which phones in the same network reach this machine: one a line.

Standard library alone, and nothing is sent: the routing table and the interfaces are asked. For
`make serve-room`.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address

# One address in each private range, and one of the Internet.
SOMEWHERE = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
# The call that gives the address of an interface (SIOCGIFADDR), by the system that has it so.
ADDRESS_OF_INTERFACE = {"linux": 0x8915, "darwin": 0xC0206921}


def reached_at() -> tuple[str, ...]:
    """The addresses, the likeliest first; none where the machine is in no network."""
    return reachable((*_by_route(), *_by_interface()))


def reachable(found: Iterable[str]) -> tuple[str, ...]:
    """Each address once, without those that no other machine can use."""
    return tuple(dict.fromkeys(each for each in found if _usable(IPv4Address(each))))


def _usable(address: IPv4Address) -> bool:
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _by_route() -> Iterator[str]:
    """From where the machine would send. Connecting a datagram socket sends nothing."""
    for target in SOMEWHERE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            yield str(probe.getsockname()[0])


def _by_interface() -> Iterator[str]:
    call = ADDRESS_OF_INTERFACE.get(sys.platform)
    if call is None:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            # An interface without an address is refused.
            with suppress(OSError):
                asked = struct.pack("256s", name.encode()[:15])
                yield socket.inet_ntoa(fcntl.ioctl(probe.fileno(), call, asked)[20:24])


if __name__ == "__main__":
    print("\n".join(reached_at()))

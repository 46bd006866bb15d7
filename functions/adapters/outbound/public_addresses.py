"""Resolves a host name to public IP addresses only, to prevent server-side request forgery (SSRF)."""

import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue
from typing import Any

# The only IPv6 range for global unicast (RFC 4291, 2.4): no NAT64, site-local, IPv4-mapped or IPv4-compatible addresses.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Ranges that embed another address or have no hosts, though `is_global` of some Python version accepts them: protocol
# assignments, 6to4 relays, 6to4, Teredo, documentation.
GAPS = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "2001::/32", "3fff::/20")))


# What getaddrinfo returns: family, type, protocol, canonical name, and the socket address, whose first item is the host.
_AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]


class HostRefused(Exception):
    """The host has no address, or none that is public."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address to connect to: its family, and its text without a zone."""

    family: socket.AddressFamily
    text: str


def resolve(host: str, port: int, *, seconds: float, private: bool = False) -> tuple[Address, ...]:
    """Returns the public addresses of `host` in the resolver's order; `private` allows all of them.

    Raises HostRefused when there is none, TimeoutError when the resolver takes longer than `seconds`.
    """
    answers: SimpleQueue[Sequence[_AddressInfo] | OSError | UnicodeError] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:  # a label that is too long cannot be encoded
            answers.put(error)

    # getaddrinfo has no timeout of its own.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"{host}: expected an address within {seconds:.1f} s, got none") from None
    if isinstance(found, Exception):
        raise HostRefused(f"{host}: expected a host with an address, got {found}")
    addresses = tuple(Address(family, sockaddr[0]) for family, _, _, _, sockaddr in found)
    allowed = tuple(address for address in addresses if private or is_public(address.text))
    if not allowed:
        raise HostRefused(f"{host}: expected a public address, got {', '.join(address.text for address in addresses)}")
    return allowed


def is_public(address: str) -> bool:
    """Returns whether the address belongs to a public host: not private, loopback, link-local, shared or multicast."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    return (ip.version == 4 or ip in GLOBAL_UNICAST) and not any(ip in network for network in GAPS)

"""A host name into the public IP addresses it stands for, so that nobody can point us at our own network."""

import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue

# Of IPv6 only what IANA gives out (RFC 4291, section 2.4): no NAT64, site-local, IPv4-mapped or IPv4-compatible addresses.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# What carries another address inside, or is no host of the Internet, though `is_global` of some Python version lets it through:
# protocol assignments, 6to4 relays, 6to4, Teredo, documentation.
GAPS = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "2001::/32", "3fff::/20")))


class HostRefused(Exception):
    """A host has no address, or none that a stranger's URL may lead to."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address to connect to, as text without a zone, and its family."""

    family: socket.AddressFamily
    text: str


def resolve(host: str, port: int, *, seconds: float, private: bool = False) -> tuple[Address, ...]:
    """The addresses of `host` that may be connected to, in the resolver's order; with `private` that is any of them.

    Raises HostRefused when there is none, TimeoutError when the resolver takes longer than `seconds`.
    """
    answers: SimpleQueue[list | OSError | UnicodeError] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:  # a label that is too long cannot even be encoded
            answers.put(error)

    # getaddrinfo knows no time limit of its own.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"{host}: no address within {seconds:.1f} s") from None
    if isinstance(found, Exception):
        raise HostRefused(f"{host}: expected a host with an address, got {found}")
    addresses = tuple(Address(family, place[0]) for family, _, _, _, place in found)
    allowed = tuple(address for address in addresses if private or is_public(address.text))
    if not allowed:
        raise HostRefused(f"{host}: expected a public address, got {', '.join(address.text for address in addresses)}")
    return allowed


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet's hosts: no private, loopback, link-local, shared or multicast one."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    return (ip.version == 4 or ip in GLOBAL_UNICAST) and not any(ip in network for network in GAPS)

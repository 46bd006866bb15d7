"""Tests which IP addresses count as public, and how host names resolve to them."""

import socket
import time

import pytest

from adapters.outbound.public_addresses import HostRefused, is_public, resolve

NOT_PUBLIC = """
0.0.0.0 10.1.2.3 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.168.1.1 100.64.0.1 100.127.255.254 192.0.0.8
192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1
::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::
2002:a9fe:a9fe::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_private_and_reserved_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "193.0.0.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00::1"]
)
def test_internet_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0", "169.254.169.254", "::1", "[::1]"]
)
def test_refuses_the_loopback_host_in_every_spelling(host):
    with pytest.raises(HostRefused):
        resolve(host, 443, seconds=5)


@pytest.mark.parametrize("host", ["x" * 64 + ".example", ".", "a..b"])
def test_refuses_an_invalid_host(host):
    with pytest.raises(HostRefused):
        resolve(host, 443, seconds=5)


def test_uses_only_the_public_addresses_of_a_host(monkeypatch):
    answers = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in ("10.0.0.1", "1.1.1.1", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    assert [address.text for address in resolve("cms.example", 443, seconds=1)] == ["1.1.1.1"]
    assert len(resolve("cms.example", 443, seconds=1, private=True)) == 3


def test_gives_up_on_a_resolver_that_hangs(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(0.5))
    with pytest.raises(TimeoutError):
        resolve("cms.example", 443, seconds=0.05)

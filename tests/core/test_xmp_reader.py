"""Tests which packets the XMP reader rejects. test_metadata.py tests what it reads."""

import pytest

from storycard.xmp_reader import read_xmp

BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"


@pytest.mark.parametrize("packet", [BOMB.encode(), b"\xfe\xff" + BOMB.encode("utf-16-be")], ids=["UTF-8", "UTF-16"])
def test_rejects_document_types_in_any_encoding(packet: bytes) -> None:
    with pytest.raises(ValueError, match="XMP"):
        read_xmp(packet)


@pytest.mark.parametrize("packet", [b"", b"<broken", b"<x/>" + b" " * 1_000_000, "<x>\ud800</x>"])
def test_rejects_broken_and_oversized_packets(packet: bytes | str) -> None:
    with pytest.raises(ValueError, match="XMP"):
        read_xmp(packet)

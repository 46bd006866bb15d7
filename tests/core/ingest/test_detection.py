"""Tests distinguishing JSON from text. test_formats.py tests that each CMS's sample is detected."""

import pytest

from storycard.ingest import detect_format


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'\xef\xbb\xbf\n {"id": 1}', "native"),
        (b"[ {}]", "native"),
        (b'{"id": 1, "language": "en"}', "native"),
        (b'{"headline": "h", "tags": []}', "native"),
        (b'{"title": "h", "language": "en"}', ""),
        (b'{"data": {"attributes": {}}}', ""),
        (b'{"headline": ', "native"),
        (b"[Opinion] Let it rain", "text"),
        (b"A headline", "text"),
        (b"<3 this town", "text"),
        (b"", "text"),
        (b"<title>Barriers held</title>", "jsonld"),
        (b"<!-- saved --><article><h1>Barriers held</h1></article>", "jsonld"),
        ('{"id": 1}'.encode("utf-16"), "native"),
        ("\ufeff<!doctype html>".encode("utf-16be"), "jsonld"),
    ],
)
def test_detects_json_and_text(data: bytes, name: str) -> None:
    assert detect_format(data) == name

"""Tests adapters.web.content_disposition: safe file names, and headers for old clients."""

import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.content_disposition import content_disposition, file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour ferries run all night", "Harbour ferries run all night - headline-og.png"),
        ("Who said: “50% off/on”?", "Who said “50 off on” - headline-og.png"),
        ("港のフェリー、金曜から終夜運航へ", "港のフェリー、金曜から終夜運航へ - headline-og.png"),
        ("...", "headline-og.png"),
        ("safe\u202egnp.exe", "safe gnp.exe - headline-og.png"),
        ("word " * 40, "word " * 15 + "word - headline-og.png"),
        ("字" * 200, "字" * 80 + " - headline-og.png"),
    ],
)
def test_names_a_file_after_the_headline(title, name):
    assert file_name(title, "headline-og.png") == name


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Ferries - og.png", 'inline; filename="Ferries - og.png"'),
        ("Zürich - og.png", "inline; filename=\"Zurich - og.png\"; filename*=UTF-8''Z%C3%BCrich%20-%20og.png"),
        ("العبّارات - og.png", None),
    ],
)
def test_old_clients_get_an_ascii_name(name, header):
    value = content_disposition(name, "ferry-og.png")
    assert header is None or value == header
    assert header is not None or value.startswith('inline; filename="ferry-og.png"; filename*=')


@given(st.text(max_size=200))
def test_any_title_survives_the_header(title):
    name = file_name(title, "headline-og.png")
    assert name.endswith("headline-og.png")
    assert not any(unicodedata.category(letter)[0] == "C" for letter in name)
    assert len(name.encode("utf-8", "replace")) <= 255 + 80
    header = content_disposition(name, "ferry-og.png")
    header.encode("ascii")
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "inline"
    extended = header.partition("filename*=UTF-8''")[2]
    assert unquote(extended or message.get_filename(), errors="strict") == name

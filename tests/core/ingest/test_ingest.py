"""Tests choosing a reader by format, local files, and splitting files of JSON lines."""

import json

import pytest

from storycard.errors import ArticleInvalid, UnknownName
from storycard.ingest import read_native, split_articles
from support.reading import read_source

ARTICLE = {"id": "a", "headline": "Barriers held", "language": "en"}


def test_rejects_local_files_unless_allowed() -> None:
    data = json.dumps(ARTICLE | {"image": {"file": "../../etc/passwd"}}).encode()
    assert read_source(data, "native", local_files=True).image.file == "../../etc/passwd"
    with pytest.raises(ArticleInvalid, match=r"image\.file: expected image\.url, since files are for the command line only"):
        read_native(data)


def test_split_articles_keeps_line_numbers() -> None:
    data = b'\xef\xbb\xbf{"id": "a"}\r\n\n  \n{"id": "b"}'
    assert list(split_articles(data)) == [(1, b'\xef\xbb\xbf{"id": "a"}\r'), (4, b'{"id": "b"}')]


def test_tells_of_letters_that_were_lost_before() -> None:
    data = json.dumps(ARTICLE | {"headline": "L\ufffdt\ufffd"}).encode()
    article = read_source(data, "native")
    assert article.headline == "Lt"
    assert article.notices == ("Letters that were lost before the article came here were left out: 2.",)
    assert read_source("L\ufffdt\ufffd".join(json.dumps(ARTICLE).split("Barriers")).encode(), "native").notices == article.notices
    assert read_source(json.dumps(ARTICLE).encode(), "native").notices == ()


def test_rejects_unknown_format() -> None:
    with pytest.raises(
        UnknownName, match="format: expected one of native, text, jsonld, wordpress, ghost, ans, ninjs, got 'pdf'"
    ):
        read_source(b"{}", "pdf")

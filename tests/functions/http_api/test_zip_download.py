"""Tests zip downloads of sets and variants, directly and through S3."""

import csv
import io
import json
import zipfile

import pytest

from http_api.app import handler
from http_api.cards import zip_download
from http_api.cards.zip_texts import ZippedCard, alt_in, text_files
from support.card_counts import FULL_SET
from support.lambda_events import call
from support.photo_files import jpeg
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

TEXTS = ["ferry/alt-texts.txt", "ferry/captions.csv", "ferry/captions-hootsuite.csv"]


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def test_downloads_a_set_as_a_zip_and_a_large_one_through_s3(aws, monkeypatch):
    store_article(aws, "ferry")
    answer = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    name = "Harbour night ferries - cards.zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert len(names) == FULL_SET + 1 + len(TEXTS)
    assert {"ferry/manifest.json", "ferry/headline-og.png"} < set(names)
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 1000)
    away = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (away.status, away.body) == (303, b"")
    assert "X-Amz-Expires=300" in away.headers["location"] or "Expires=" in away.headers["location"]
    [key] = aws.list_keys("downloads/")
    assert aws.body(key) == answer.body


def test_downloads_a_variant_in_full_in_part_and_by_card(aws, monkeypatch):
    store_article(aws, "ferry")
    order = {"headline": "Ferries, all night", "kinds": ["headline"], "formats": ["og", "square"]}
    manifest = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json
    version = manifest["version"]

    def names(query: str) -> list[str]:
        answer = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=query)
        assert answer.status == 200
        found = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
        assert found[-len(TEXTS) :] == TEXTS
        return found[: -len(TEXTS)]

    assert names(f"version={version}") == ["ferry/headline-og.png", "ferry/headline-square.jpg"]
    assert names(f"version={version}&formats=square") == ["ferry/headline-square.jpg"]
    assert names("kinds=quote&formats=og") == ["ferry/manifest.json", "ferry/quote-og.png"]
    assert call(handler, "GET", "/cards/ferry.zip", VIEWER, query="version=0123456789abcdef").status == 404
    assert call(handler, "GET", "/cards/ferry.zip", VIEWER, query="version=x").status == 400
    card = call(handler, "GET", f"/downloads/ferry/{version}/headline/og.png", VIEWER)
    assert card.headers["content-disposition"] == 'attachment; filename="Ferries, all night - headline-og.png"'
    assert call(handler, "GET", f"/downloads/ferry/{version}/headline/og.png").status == 401
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 1000)
    link = call(handler, "GET", "/cards/ferry.zip", VIEWER | {"accept": "application/zip, application/json"})
    assert (link.status, link.json["url"].startswith("http")) == (200, True)


def test_the_texts_of_a_zip_are_those_of_its_cards(aws, one_format):
    address = "https://news.example/ferry"
    store_article(aws, "ferry", deck="=Boats, all night", canonical_url=address)

    def texts(query: str = "") -> list[str]:
        with zipfile.ZipFile(io.BytesIO(call(handler, "GET", "/cards/ferry.zip", VIEWER, query=query).body)) as archive:
            return [archive.read(name).decode("utf-8-sig") for name in TEXTS]

    alt_texts, buffer, hootsuite = texts()
    cards = call(handler, "GET", "/cards/ferry").json["cards"]
    assert alt_texts == "\n\n".join(f"{card['kind']}-og.png\n{card['alt']}" for card in cards) + "\n"
    caption = f" =Boats, all night\n\n{address}"  # the space keeps it from being a formula
    rows = list(csv.reader(io.StringIO(buffer, newline="")))
    assert rows == [["Text", "Image URL", "Tags", "Posting Time"], *([caption, card["url"], "", ""] for card in cards)]
    assert list(csv.reader(io.StringIO(hootsuite, newline=""))) == [["", caption, "https://cards.example/share/ferry"]]

    order = {"headline": "Ferries, all night", "kinds": ["headline"], "formats": ["og"]}
    made = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json
    alt_texts, buffer, _ = texts(f"version={made['version']}")
    assert alt_texts == f"headline-og.png\n{made['cards'][0]['alt']}\n"
    assert list(csv.reader(io.StringIO(buffer, newline="")))[1][1] == made["cards"][0]["url"]


def test_only_types_that_the_scheduler_accepts_are_in_its_captions():
    cards = [ZippedCard(f"quote-og.{end}", f"https://cards.example/quote/og.{end}", "") for end in ("png", "jpg", "webp", "avif")]
    files = text_files(cards, "Boats", "https://cards.example/share/ferry")
    assert [line.split(b",")[1][-3:] for line in files["captions.csv"].splitlines()[1:]] == [b"png", b"jpg"]
    assert files["alt-texts.txt"].count(b"quote-og") == 4


@pytest.mark.parametrize(
    ("caption", "cell"),
    [
        ("=1+1", " =1+1"),
        ("\n@SUM(A1)", " \n@SUM(A1)"),
        ("＝1+1", " ＝1+1"),
        ("Boats;=1+1", "Boats; =1+1"),  # a spreadsheet of a country that writes 1,5 takes the semicolon for a separator
        ("Boats\t-1+1", "Boats\t -1+1"),
        ("Night boats ;-)", "Night boats ;-)"),
    ],
)
def test_no_caption_is_a_formula_of_a_spreadsheet(caption, cell):
    files = text_files([], caption, "https://cards.example/share/ferry")
    assert list(csv.reader(io.StringIO(files["captions-hootsuite.csv"].decode("utf-8-sig"), newline=""))) == [
        ["", cell, "https://cards.example/share/ferry"]
    ]


def test_a_file_without_a_cards_metadata_has_no_alternative_text():
    assert [alt_in(data, "x.jpg") for data in (jpeg(), b"", b"<html>")] == ["", "", ""]


def test_a_zip_of_a_post_has_its_cards_its_text_and_its_page(aws, one_format):
    store_article(aws, "ferry")
    body = {"name": "x", "changes": {"headline": "Boats at night"}, "formats": ["og"], "text": "Night boats!", "status": "shared"}
    post = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps(body).encode()).json
    answer = call(handler, "GET", "/cards/ferry.zip", EDITOR, query=f"post={post['post']}")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        manifest = json.loads(archive.read("ferry/manifest.json"))
        texts = [archive.read(name).decode("utf-8-sig") for name in TEXTS]
        headline = next(card for card in manifest["cards"] if card["kind"] == "headline")
        assert headline["url"] == post["card"]["url"]
        assert call(handler, "GET", headline["url"].removeprefix("https://cards.example")).body == archive.read(
            "ferry/headline-og.png"
        )
    assert texts[0].startswith(f"headline-og.png\n{headline['alt']}\n")
    assert list(csv.reader(io.StringIO(texts[1])))[1] == ["Night boats!", headline["url"], "", ""]
    assert list(csv.reader(io.StringIO(texts[2]))) == [["", "Night boats!", post["share_url"]]]


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("post=aaaaaaaaaa", EDITOR, 404),
        ("post=../../x", EDITOR, 400),
        ("post=aaaaaaaaaa&version=0123456789abcdef", EDITOR, 400),
        ("post=aaaaaaaaaa", VIEWER, 403),  # its cards become public
    ],
)
def test_only_editors_take_a_post_and_only_one_that_exists(aws, query, headers, status):
    store_article(aws, "ferry")
    assert call(handler, "GET", "/cards/ferry.zip", headers, query=query).status == status
    assert aws.list_keys("cards/") == []

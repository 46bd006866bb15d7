"""Tests orders and previews with changes for single formats and of the photograph's crop."""

import io
import json
import zipfile

import pytest
from PIL import Image

from adapters.storage.s3_objects import put_object
from http_api.app import handler
from publishing.photos import PhotoRecord, photo_key, put_record
from storycard_photo import normalise
from support.lambda_events import call
from support.photo_files import GREEN, RED, quarters, written
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

URL = "https://photos.example/a.jpg"
PHOTO = normalise(written(quarters((1800, 1200)), "JPEG"))
FOR_X = {"headline": "Boats by night", "format_changes": {"x": {"headline": "Boats"}}}


@pytest.fixture(autouse=True)
def ferry(system):
    system.connect(TOKENS, "")
    store_article(system, "ferry", image={"url": URL})
    put_object(system.bucket, photo_key(PHOTO.sha256), PHOTO.data)
    put_record(system.bucket, "ferry", PhotoRecord(URL, PHOTO.sha256))


def order(**fields: object):
    return call(handler, "POST", "/cards/ferry", EDITOR, json.dumps({"kinds": ["headline"], **fields}).encode())


def preview(**fields: object) -> Image.Image:
    body = {"kind": "headline", "format": "og", "theme": "frontline", "image_type": "png", **fields}
    answer = call(handler, "POST", "/cards/ferry/preview", VIEWER, json.dumps(body).encode())
    assert answer.status == 200, answer.body
    return Image.open(io.BytesIO(answer.body)).convert("RGB")


def test_each_format_has_its_own_words_in_one_version():
    made = order(formats=["og", "x", "square"], **FOR_X)
    assert made.status == 201
    assert {card["format"]: card["alt"] for card in made.json["cards"]} == {
        "og": "Boats by night",
        "square": "Boats by night",
        "x": "Boats",
    }
    assert {card["url"].split("/")[5] for card in made.json["cards"]} == {made.json["version"]}
    for card in made.json["cards"]:
        assert call(handler, "GET", card["url"].removeprefix("https://cards.example")).status == 200
    packed = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=f"version={made.json['version']}")
    cards = [name for name in zipfile.ZipFile(io.BytesIO(packed.body)).namelist() if name.endswith(".jpg")]
    assert sorted(cards) == [f"ferry/headline-{name}.jpg" for name in ("og", "square", "x")]


def test_one_format_keeps_the_storys_theme_while_all_have_another():
    def version(**fields: object) -> str:
        return order(formats=["x"], **fields).json["version"]

    own = version()
    assert version(theme="nightdesk") != own
    assert version(theme="nightdesk", format_changes={"x": {"theme": ""}}) == own
    assert version(theme="") == own


def test_changes_for_formats_that_are_not_ordered_change_nothing():
    others = {"format_changes": {"x": {"kicker": "K"}}}
    plain, with_x = (order(formats=["og"], headline="Boats by night", **more) for more in ({}, others))
    assert with_x.json["version"] == plain.json["version"]
    only_x, same = order(formats=["x"], **FOR_X), order(formats=["x"], headline="Boats")
    assert only_x.json["version"] == same.json["version"]


def test_different_changes_have_different_versions():
    made = [order(formats=["og", "x"], **FOR_X | {"format_changes": {"x": {"headline": text}}}) for text in ("Boats", "Ships")]
    assert len({answer.json["version"] for answer in made}) == 2


def test_a_preview_shows_the_changes_of_its_format():
    shown = {name: preview(format=name, **FOR_X).tobytes() for name in ("og", "x")}
    assert shown["og"] == preview(format="og", headline="Boats by night").tobytes()
    assert shown["x"] == preview(format="x", headline="Boats").tobytes()


def test_an_invalid_change_of_a_format_is_named():
    answer = order(formats=["og"], format_changes={"og": {"headline": "x" * 2000}})
    assert (answer.status, answer.json["field"]) == (422, "format_changes.og.headline")


def test_cards_show_only_the_part_that_an_editor_chose():
    def colours(image: Image.Image) -> set[str]:
        """Names the colours of the photograph's quarters that a card shows much of."""
        pixels = image.resize((120, 63), Image.Resampling.BOX).get_flattened_data()

        def count(colour: tuple[int, int, int]) -> int:
            return sum(sum(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 60 for pixel in pixels)

        return {name for name, colour in (("red", RED), ("green", GREEN)) if count(colour) > 50}

    assert colours(preview()) == {"red", "green"}
    assert "red" not in colours(preview(crop=[0.5, 0, 0.5, 1]))
    only_og = {"format_changes": {"og": {"crop": [0.5, 0, 0.5, 1]}}}
    assert "red" not in colours(preview(**only_og))
    assert "red" in colours(preview(format="x", **only_og))
    cropped = order(formats=["og"], crop=[0.5, 0, 0.5, 1]).json
    assert cropped["version"] != order(formats=["og"], crop=[0, 0, 0.5, 1]).json["version"]
    refused = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps({"crop": [0.5, 0, 0.6, 1]}).encode())
    assert (refused.status, refused.json["field"]) == (422, "image.crop")

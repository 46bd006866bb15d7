"""The calls that the Studio makes: previews, downloads of variants, signing in, and the audit log of what it does."""

import io
import json
import zipfile

import pytest
from PIL import Image

from adapters.config.settings import settings
from http_api.app import handler, logger
from http_api.cards import zip_download
from support.lambda_events import as_body, call, native
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def put(**fields: object) -> None:
    call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry", **fields)))


def preview(headers=VIEWER, **fields: object):
    return call(handler, "POST", "/cards/ferry/preview", headers, json.dumps(fields).encode())


def signed_in(method: str, path: str, body: bytes = b"", **claims: str):
    """Calls the handler as API Gateway does once its authorizer has verified a JSON Web Token."""

    def with_claims(event, context):
        event["requestContext"]["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
        return handler(event, context)

    return call(with_claims, method, f"/signed-in{path}", {"authorization": "Bearer a.b.c"}, body)


def test_a_preview_is_an_image_that_is_not_stored(aws):
    put()
    before = aws.list_keys()
    answer = preview(kind="headline", format="og", headline="Ferries, all night")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["storycard-truncated"] == ""
    assert aws.list_keys() == before
    assert answer.body != preview(kind="headline", format="og").body


def test_a_preview_equals_the_card_of_the_same_order(aws):
    put()
    seen = preview(kind="bullet", format="square", bullet="One fact")
    order = {"kinds": ["bullet"], "formats": ["square"], "bullet": "One fact"}
    [card] = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json["cards"]
    assert call(handler, "GET", card["url"].removeprefix("https://cards.example")).body == seen.body


def test_a_preview_reports_truncated_text_and_skipped_cards(aws):
    put()
    assert "headline" in preview(kind="headline", format="og", headline="A long word " * 60).headers["storycard-truncated"]
    skipped = preview(kind="quote", format="og", quote={"text": "Unsigned"})
    assert (skipped.status, skipped.json["type"]) == (404, "urn:storycard:problem:card-skipped")


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({}, 422, "kind"),
        ({"kind": "headline"}, 422, "format"),
        ({"kind": "carousel", "format": "og"}, 422, "kind"),
        ({"kind": "poster", "format": "og"}, 404, "kind"),
        ({"kind": "headline", "format": "billboard"}, 404, "format"),
        ({"kind": "headline", "format": "og", "focal_point": [0.5, 0.5]}, 422, "focal_point"),
        ({"kind": "headline", "format": "og", "bullet": "a", "bullets": ["b"]}, 422, "bullets"),
        ({"kind": "headline", "format": "og", "kinds": ["quote"]}, 422, "body"),
        ({"kind": "headline", "format": "og", "headline": "x" * 100_000}, 422, "headline"),
    ],
)
def test_an_invalid_preview_names_the_field(aws, fields, status, field):
    put()
    answer = preview(**fields)
    assert (answer.status, answer.json["field"]) == (status, field)


def test_previews_drafts_with_a_watermark_but_no_withdrawn_article(aws):
    put()
    public = preview(kind="headline", format="og").body
    put(status="draft", updated_at="2026-03-02T10:00:00Z")
    assert preview(kind="headline", format="og").body != public
    put(embargo_until="2100-01-01T00:00:00Z", updated_at="2026-03-03T10:00:00Z")
    assert preview(kind="headline", format="og").status == 200
    call(handler, "DELETE", "/articles/ferry", EDITOR)
    assert preview(kind="headline", format="og").status == 410
    assert preview({}, kind="headline", format="og").status == 401


def test_a_carousel_keeps_the_order_of_its_bullets(aws):
    put()
    order = {"kinds": ["carousel"], "formats": ["square"], "bullets": ["Second fact", "First fact"]}
    cards = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json["cards"]
    assert [card["alt"] for card in cards[1:3]] == ["Second fact", "First fact"]


def test_downloads_a_variant_in_full_in_part_and_by_card(aws, monkeypatch):
    put()
    order = {"headline": "Ferries, all night", "kinds": ["headline"], "formats": ["og", "square"]}
    manifest = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json
    version = manifest["version"]

    def names(query: str) -> list[str]:
        answer = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=query)
        assert answer.status == 200
        return zipfile.ZipFile(io.BytesIO(answer.body)).namelist()

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


def test_returns_the_caller_and_the_catalogue(aws):
    assert call(handler, "GET", "/whoami", VIEWER).json == {"name": "viewer", "role": "viewer"}
    catalogue = call(handler, "GET", "/catalogue").json
    assert catalogue["kinds"] == ["headline", "bullet", "quote", "carousel"]
    assert next(known for known in catalogue["formats"] if known["name"] == "story")["safe"]["top"] == 270
    assert "broadsheet" in [theme["name"] for theme in catalogue["themes"]]


def test_an_article_without_a_photograph_has_none(aws):
    put()
    assert call(handler, "GET", "/articles/ferry/photo", VIEWER).status == 404
    assert call(handler, "GET", "/articles/nobody/photo", VIEWER).status == 404


@pytest.fixture
def oidc(monkeypatch):
    for name, value in {"ROLE_CLAIM": "roles", "CLIENT_ID": "studio", "TOKEN_URL": "https://id.example/token"}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize(
    ("roles", "reads", "writes"), [("[editor staff]", 200, 204), ("viewer", 200, 403), ("[editors]", 403, 403), ("", 403, 403)]
)
def test_a_signed_in_caller_has_the_role_of_their_claim(aws, oidc, roles, reads, writes):
    put()
    assert signed_in("GET", "/articles/ferry", email="ida@paper.example", roles=roles).status == reads
    assert signed_in("DELETE", "/articles/ferry", email="ida@paper.example", roles=roles).status == writes


def test_the_signed_in_path_is_404_without_verified_claims(aws, oidc):
    put()
    assert call(handler, "GET", "/signed-in/articles/ferry", EDITOR).status == 404


def test_audits_orders_withdrawals_and_downloads_without_the_token(aws, log_of):
    put()
    lines = log_of(logger)
    preview(kind="headline", format="og")
    call(handler, "POST", "/cards/ferry", EDITOR, b'{"headline": "New", "kinds": ["headline"], "formats": ["og"]}')
    call(handler, "GET", "/cards/ferry.zip", VIEWER)
    call(handler, "DELETE", "/articles/ferry", VIEWER)  # refused
    call(handler, "DELETE", "/articles/ferry", EDITOR)
    audit = [line for line in lines() if line["message"] == "audit"]
    assert [(line["action"], line["caller"], line["article_id"]) for line in audit] == [
        ("order cards", "editor", "ferry"),
        ("download set", "viewer", "ferry"),
        ("withdraw article", "editor", "ferry"),
    ]
    assert all(line["timestamp"] for line in audit)
    assert "a editor token" not in json.dumps(lines())


@pytest.mark.parametrize("path", ["/studio", "/studio/index.html"])
def test_the_studio_has_a_strict_content_security_policy(endpoint, path):
    answer = call(handler, "GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"<script>" not in answer.body
    assert b" style=" not in answer.body
    assert b"<style" not in answer.body


@pytest.mark.parametrize("name", ["nothing.js", "..%2fformats.toml", "formats.toml", "../formats.toml"])
def test_serves_no_other_assets(endpoint, name):
    assert call(handler, "GET", f"/studio/{name}").status == 404


def test_offers_sign_in_if_it_is_configured(aws, oidc):
    assert call(handler, "GET", "/studio/sign-in").json["oidc"]["prefix"] == "/signed-in"
    assert "connect-src 'self' https://id.example;" in call(handler, "GET", "/studio").headers["content-security-policy"]
    settings.cache_clear()

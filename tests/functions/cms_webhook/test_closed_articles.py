"""Sends articles that are not open to everybody, and large events, through the webhook and the worker."""

import json

import pytest

import cms_webhook.app
import http_api.app
import render_worker.app
from adapters.storage.inbox import ANSWERED, get_delivery
from support.cms_webhooks import TOML, post, status
from support.lambda_events import Context, as_body, call

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

SECRET = "<p>SECRET text.</p><ul><li>SECRET first point of a list</li><li>SECRET second point of it</li></ul>"
SECRET += "<blockquote><p>SECRET words of somebody</p><cite>Ana SECRET</cite></blockquote>"
FREE = "<p>The ferry sails at ten tonight.</p>"
FREE += "<ul><li>Six boats run all night from Friday to Sunday</li><li>Tickets cost three crowns on every boat</li></ul>"
PAID = '[sources.paid]\nscheme = "static-header"\nformat = "ghost"\nheader = "x-key"\nsecrets = ["a long enough key"]\n'


@pytest.fixture
def sources(aws):
    aws.connect("", TOML + PAID + 'paid_text = "cards"\n')
    return aws


def work(aws) -> None:
    aws.pump(render_worker.app.handler, Context())


def ghost(event: str = "post.published.edited", previous: dict | None = None, **fields: object) -> bytes:
    now = {"id": "ferry", "title": "Ferries", "status": "published", "updated_at": "2026-03-01T10:00:00Z", "locale": "en"}
    return as_body({"event": event, "post": {"current": now | fields, "previous": previous or {}}})


def public_text(aws) -> str:
    """Returns everything that the public can read about the article: manifest, share page, oEmbed answer."""
    keys = [key for key in aws.list_keys("cards/ferry/") if key.endswith(".json")]
    answers = [call(http_api.app.handler, "GET", path) for path in ("/cards/ferry", "/share/ferry", "/share/ferry/quote")]
    return " ".join([*(aws.body(key).decode() for key in keys), *(answer.body.decode() for answer in answers)])


def deliveries(aws) -> list[str]:
    """Returns the keys of all deliveries, without the markers of those that were answered."""
    return [key for key in aws.list_keys("inbox/") if not key.endswith(ANSWERED)]


def test_nothing_of_a_post_for_members_is_public_but_its_preview(sources):
    body = ghost(visibility="paid", html=f"{FREE}<!--members-only-->{SECRET}", excerpt="SECRET", plaintext="SECRET")
    assert post("ghost", "ghost", body).json["article"] == "stored"
    work(sources)
    found = public_text(sources)
    assert "Six boats run all night from Friday to Sunday" in found
    assert "SECRET" not in found


def test_a_source_may_allow_cards_of_closed_text(sources):
    body = ghost(visibility="paid", html=SECRET)
    assert call(cms_webhook.app.handler, "POST", "/webhooks/paid", {"x-key": "a long enough key"}, body).status == 202
    [inbox] = deliveries(sources)
    assert get_delivery(sources.bucket, inbox).paid_text  # so that a retry by the worker reads it alike
    work(sources)
    assert "SECRET words of somebody" in public_text(sources)


@pytest.mark.parametrize(("setting", "shown"), [("", "Ferries by night"), ('social_titles = "none"\n', "Ferries")])
def test_a_source_may_do_without_titles_for_social_networks(aws, setting, shown):
    aws.connect("", TOML + PAID + setting)
    body = ghost(og_title="Ferries by night")
    assert call(cms_webhook.app.handler, "POST", "/webhooks/paid", {"x-key": "a long enough key"}, body).status == 202
    [inbox] = deliveries(aws)
    assert get_delivery(aws.bucket, inbox).social_titles == (not setting)
    work(aws)
    cards = call(http_api.app.handler, "GET", "/cards/ferry").json["cards"]
    assert {card["alt"] for card in cards if card["kind"] == "headline"} == {shown}


@pytest.mark.parametrize(
    "closing",
    [
        {"post_password": "tide"},
        {"post_status": "private"},
        {"post_status": "pending"},
        {"status": "publish", "content": {"rendered": "", "protected": True}},
    ],
)
def test_a_post_that_is_closed_after_its_publication_is_withdrawn(sources, closing):
    public = {"ID": 7, "post_title": "Ferries", "post_status": "publish", "post_type": "post", "post_content": FREE}
    public |= {"lang": "en", "post_modified_gmt": "2026-03-01 10:00:00"}
    post("hmac-sha256", "wordpress", as_body({"post": public}))
    work(sources)
    assert status(sources, "7") == "published"
    post("hmac-sha256", "wordpress", as_body({"post": public | closing | {"post_modified_gmt": "2026-03-01 10:05:00"}}))
    work(sources)
    assert status(sources, "7") == "withdrawn"
    assert not [key for key in sources.list_keys("cards/7/") if key.endswith(".png")]


@pytest.mark.parametrize(
    ("format_name", "body"),
    [
        ("wordpress", {"post": {"ID": 9, "post_type": "page", "post_status": "publish", "post_title": "About us"}}),
        ("ninjs", {"uri": "urn:a:b", "type": "picture", "headline": "Ferries", "language": "en"}),
        ("ans", {"_id": "ABC", "type": "gallery", "headlines": {"basic": "Ferries"}, "language": "en"}),
    ],
)
def test_keeps_and_ignores_what_is_not_an_article(sources, format_name, body):
    answer = post("hmac-sha256", format_name, as_body(body))
    assert (answer.status, answer.json["article"]) == (202, "ignored")
    assert len(deliveries(sources)) == 1
    assert sources.list_keys("articles/") == []
    assert sources.messages() == []


def revisions(size: int) -> list[dict[str, object]]:
    """Builds the 25 earlier revisions that Ghost adds to a post, of `size` bytes in all."""
    text = json.dumps({"root": {"children": [{"type": "paragraph", "text": "She sails. " * (size // 300)}]}})
    return [{"id": str(number), "lexical": text} for number in range(25)]


@pytest.mark.parametrize("size", [1_100_000, 5_000_000])
def test_a_large_post_is_stored_and_can_be_unpublished(sources, size):
    body = ghost(html=FREE, lexical="{}", post_revisions=revisions(size))
    assert len(body) > size * 0.9
    assert post("ghost", "ghost", body).json["article"] == "stored"
    work(sources)
    assert status(sources, "ferry") == "published"
    body = ghost("post.unpublished", status="draft", updated_at="2026-03-01T11:00:00Z", post_revisions=revisions(size))
    assert post("ghost", "ghost", body).json["article"] == "stored"
    work(sources)
    assert status(sources, "ferry") == "withdrawn"

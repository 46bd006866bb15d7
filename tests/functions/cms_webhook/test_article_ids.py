"""Tests that the events of one story have one article ID: what each CMS sends when it is published and deleted."""

import json
import re

import pytest

from adapters.cms.events import FORMATS
from adapters.cms.signatures import SCHEMES
from adapters.storage.article_store import find_article
from support.cms_signers import SIGNERS
from support.cms_webhooks import TOML, post, status
from support.paths import SAMPLES

GHOST = json.loads((SAMPLES / "formats" / "ferry-ghost.json").read_bytes())
WORDPRESS = json.loads((SAMPLES / "formats" / "ferry-wordpress.json").read_bytes())
GONE = {
    "ghost": {"event": "post.deleted", "post": {"current": {}, "previous": GHOST["post"]["current"]}},
    "wordpress": {"event": "post_deleted", "post": {"id": WORDPRESS["id"]}},
}


@pytest.fixture
def sources(aws):
    aws.connect("", TOML)
    return aws


@pytest.mark.parametrize(
    ("scheme", "format_name", "published", "article_id"),
    [
        ("ghost", "ghost", GHOST, GHOST["post"]["current"]["id"]),
        ("ghost-body-only", "ghost", GHOST, GHOST["post"]["current"]["id"]),
        ("hmac-sha256", "wordpress", {"event": "post_published", "post": WORDPRESS}, str(WORDPRESS["id"])),
        ("static-header", "wordpress", WORDPRESS, str(WORDPRESS["id"])),
    ],
)
def test_publishing_and_deleting_a_story_find_the_same_article(sources, scheme, format_name, published, article_id):
    answer = post(scheme, format_name, json.dumps(published).encode())
    assert (answer.status, answer.json["article_id"]) == (202, article_id)
    article = find_article(sources.bucket, article_id).article
    assert article.headline.startswith("The night ferry sails again")
    assert article.status == "published"
    answer = post(scheme, format_name, json.dumps(GONE[format_name]).encode())
    assert (answer.status, answer.json["article_id"]) == (202, article_id)
    assert status(sources, article_id) == "withdrawn"


def test_a_post_without_a_language_is_rejected_with_the_reason(aws):
    aws.connect("", re.sub('language = ".*"', "", TOML))
    body = json.dumps({"post": {"current": {"id": "6729f1c0a4b3e2001c9d4f10", "title": "Xyz", "status": "published"}}}).encode()
    answer = post("ghost", "ghost", body)
    assert (answer.status, answer.json["field"]) == (422, "language")


@pytest.mark.parametrize(
    ("format_name", "headline"), [("ans", "The night ferry sails again"), ("ninjs", "Die Nachtfähre fährt wieder")]
)
def test_formats_without_events_are_read_as_articles(sources, format_name, headline):
    answer = post("static-header", format_name, (SAMPLES / "formats" / f"ferry-{format_name}.json").read_bytes())
    assert answer.status == 202
    assert find_article(sources.bucket, answer.json["article_id"]).article.headline == headline


def test_every_format_can_be_configured_for_every_scheme():
    assert {"native", "ghost", "wordpress", "jsonld", "ans", "ninjs", "contentful", "sanity", "storyblok"} <= set(FORMATS)
    assert set(SIGNERS) == set(SCHEMES)

"""Reads events in the shapes that the documentation of each CMS shows."""

import json
from datetime import UTC, datetime

import pytest

from adapters.cms.events import read_event
from adapters.cms.events.event import Content, Irrelevant, Notice, Withdrawal
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)


def event(format_name, body, topic="", language=None):
    return read_event(Delivery("desk", "e1", NOW, format_name, language, json.dumps(body).encode(), topic))


def post(**fields):
    return {
        "id": "6682b8a8e10cc04306284330",
        "title": "Ferries run all night",
        "updated_at": "2026-03-01T10:00:00.000Z",
        **fields,
    }


POST_ID = post()["id"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"event": "post.unpublished", "post": {"current": post(status="draft"), "previous": {}}}, Withdrawal(POST_ID, TEN)),
        ({"post": {"current": post(status="draft"), "previous": {"status": "published"}}}, Withdrawal(POST_ID, TEN)),
        ({"event": "post.deleted", "post": {"current": {}, "previous": post()}}, Withdrawal(POST_ID)),
        ({"post": {"current": {}, "previous": post()}}, Withdrawal(POST_ID)),
        (
            {"event": "page.published", "page": {"current": post(), "previous": {}}},
            Irrelevant("about a page, a tag or a member: page.published"),
        ),
    ],
)
def test_ghost(body, expected):
    assert event("ghost", body) == expected


@pytest.mark.parametrize("previous", [{}, {"status": "draft"}, {"title": "Ferries"}])
def test_ghosts_current_post_is_the_content(previous):
    current = post(status="published")
    content = event("ghost", {"event": "post.published.edited", "post": {"current": current, "previous": previous}})
    assert isinstance(content, Content)
    assert (content.format, json.loads(content.data)) == ("ghost", current)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"event": "post_deleted", "post_id": 7}, Withdrawal("7")),
        ({"action": "post.deleted", "post": {"ID": 7, "modified_gmt": "2026-03-01T10:00:00"}}, Withdrawal("7")),
        ({"event": "post_trashed", "post": {"id": 7, "modified_gmt": "2026-03-01T10:00:00"}}, Withdrawal("7", TEN)),
        ({"id": 7, "status": "trash", "modified_gmt": "2026-03-01T10:00:00"}, Withdrawal("7", TEN)),
        ({"post": {"id": 7, "status": "draft"}, "old_status": "publish"}, Withdrawal("7")),
        ({"hook": "post unpublished", "data": {"id": 7}}, Withdrawal("7")),
    ],
)
def test_wordpress(body, expected):
    assert event("wordpress", body) == expected


@pytest.mark.parametrize("envelope", [lambda p: p, lambda p: {"event": "post_updated", "post": p}, lambda p: {"data": p}])
def test_finds_the_post_in_a_wordpress_envelope(envelope):
    published = {"id": 7, "status": "publish", "title": {"rendered": "Ferries"}}
    content = event("wordpress", envelope(published))
    assert (content.format, json.loads(content.data)) == ("wordpress", published)


ENTRY = {
    "sys": {"id": "ferry", "type": "Entry", "updatedAt": "2026-03-01T10:00:00.000Z"},
    "fields": {
        "headline": {"nb": "Fergene går hele natten", "en-GB": "Ferries run all night"},
        "bullets": {"nb": ["Seks båter"], "en-GB": ["Six boats"]},
        "slug": {"nb": "fergene"},
    },
}


@pytest.mark.parametrize(("language", "headline"), [("nb", "Fergene går hele natten"), ("en-GB", "Ferries run all night")])
def test_reads_a_contentful_entry_in_the_sources_language(language, headline):
    content = event("contentful", ENTRY, "ContentManagement.Entry.publish", language)
    article = read_article(content.data, content.format)
    assert (article.id, article.headline, article.language, article.updated_at) == ("ferry", headline, language, TEN)
    assert len(article.bullets) == 1


def test_reads_a_contentful_entry_in_its_only_language():
    entry = {"sys": ENTRY["sys"], "fields": {"headline": {"de": "Fähren fahren"}, "deck": {"de": "Ab Freitag"}}}
    article = read_article(event("contentful", entry, "ContentManagement.Entry.publish").data, "native")
    assert (article.language, article.deck) == ("de", "Ab Freitag")
    with pytest.raises(ArticleInvalid, match=r"fields\.headline: expected a value in one language, got nb, en-GB"):
        event("contentful", ENTRY, "ContentManagement.Entry.publish")


def test_reads_a_transformed_contentful_payload_as_native_json():
    body = {"id": "ferry", "headline": "Ferries", "language": "en", "updated_at": "2026-03-01T10:00:00Z"}
    assert read_article(event("contentful", body, "ContentManagement.Entry.publish").data, "native").headline == "Ferries"


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("ContentManagement.Entry.unpublish", Withdrawal("ferry", TEN)),
        ("ContentManagement.Entry.delete", Withdrawal("ferry", TEN)),
        ("ContentManagement.Entry.archive", Withdrawal("ferry", TEN)),
        ("ContentManagement.Entry.auto_save", Irrelevant("topic ContentManagement.Entry.auto_save")),
        ("ContentManagement.Asset.publish", Irrelevant("topic ContentManagement.Asset.publish")),
        ("", Irrelevant("topic not signed or not sent")),
    ],
)
def test_contentful(topic, expected):
    tombstone = {"sys": {"id": "ferry", "type": "DeletedEntry", "deletedAt": "2026-03-01T10:00:00.000Z"}}
    assert event("contentful", tombstone, topic) == expected


@pytest.mark.parametrize(
    ("body", "topic", "expected"),
    [
        ({"_id": "ferry", "_deleted": True}, "", Withdrawal("ferry")),
        ({"_id": "ferry", "operation": "delete"}, "", Withdrawal("ferry")),
        ({"_id": "ferry", "headline": "Ferries"}, "delete", Withdrawal("ferry")),
        ({"_id": "drafts.ferry", "headline": "Ferries"}, "", Irrelevant("a draft or a version of a release")),
    ],
)
def test_sanity(body, topic, expected):
    assert event("sanity", body, topic) == expected


def test_reads_a_sanity_projection_as_native_json():
    body = {"_id": "ferry", "_updatedAt": "2026-03-01T10:00:00Z", "headline": "Ferries", "language": "en"}
    article = read_article(event("sanity", body, "update").data, "native")
    assert (article.id, article.updated_at) == ("ferry", TEN)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("published", Notice("107350372")),
        ("unpublished", Withdrawal("107350372")),
        ("deleted", Withdrawal("107350372")),
        ("moved", Irrelevant("action moved")),
    ],
)
def test_storyblok(action, expected):
    assert event("storyblok", {"text": "...", "action": action, "space_id": 1, "story_id": 107350372}) == expected


def test_a_native_withdrawal_needs_only_an_id():
    assert event("native", {"id": "ferry", "status": "withdrawn"}) == Withdrawal("ferry")
    assert event("native", {"id": "ferry", "status": "withdrawn", "updated_at": "2026-03-01T11:00:00+01:00"}) == Withdrawal(
        "ferry", TEN
    )


@pytest.mark.parametrize("format_name", ["native", "ghost", "wordpress", "sanity"])
@pytest.mark.parametrize("article_id", ["../ferry", "", None, [7], True, "a" * 200])
def test_rejects_a_withdrawal_with_an_invalid_id(format_name, article_id):
    body = {
        "native": {"id": article_id, "status": "withdrawn"},
        "ghost": {"post": {"current": {}, "previous": {"id": article_id}}},
        "wordpress": {"event": "post_deleted", "id": article_id},
        "sanity": {"_id": article_id, "_deleted": True},
    }[format_name]
    with pytest.raises(ArticleInvalid, match=r"^id: expected 1 to 128 letters"):
        event(format_name, body)

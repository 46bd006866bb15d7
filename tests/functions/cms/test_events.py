"""Reads events in the shapes that the documentation of each CMS shows."""

import json
from datetime import UTC, datetime

import pytest

from adapters.cms.events import read_event
from adapters.cms.events.event import Content, Irrelevant, Notice, Withdrawal
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest import read_native
from support.reading import read_source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)


def event(format_name, body, topic="", language=None, **settings):
    return read_event(Delivery("desk", "e1", NOW, NOW, format_name, language, json.dumps(body).encode(), topic, **settings))


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
    article = read_source(content.data, content.format)
    assert (article.id, article.headline, article.language, article.updated_at) == ("ferry", headline, language, TEN)
    assert len(article.bullets) == 1


def test_reads_a_contentful_entry_in_its_only_language():
    entry = {"sys": ENTRY["sys"], "fields": {"headline": {"de": "Fähren fahren"}, "deck": {"de": "Ab Freitag"}}}
    article = read_native(event("contentful", entry, "ContentManagement.Entry.publish").data)
    assert (article.language, article.deck) == ("de", "Ab Freitag")
    with pytest.raises(ArticleInvalid, match=r"fields\.headline: expected a value in one language, got nb, en-GB"):
        event("contentful", ENTRY, "ContentManagement.Entry.publish")


@pytest.mark.parametrize(("name", "topic"), [("contentful", "ContentManagement.Entry.publish"), ("sanity", "update")])
def test_reads_mark_up_in_plain_text_with_a_notice(name, topic):
    body = {"id": "ferry", "_id": "ferry", "_updatedAt": "2026-03-01T10:00:00Z", "language": "en"}
    content = event(name, body | {"headline": "**Salt** &amp; <em>pepper</em>", "bullets": [None, "One."], "image": {}}, topic)
    article = read_source(content.data, content.format)
    assert (article.headline, article.bullets, article.image) == ("Salt & pepper", ("One.",), None)
    assert article.notices == ("headline: read as mark-up (character references, HTML, Markdown).",)


def test_reads_a_transformed_contentful_payload_as_native_json():
    body = {"id": "ferry", "headline": "Ferries", "language": "en", "updated_at": "2026-03-01T10:00:00Z"}
    assert read_native(event("contentful", body, "ContentManagement.Entry.publish").data).headline == "Ferries"


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
    article = read_native(event("sanity", body, "update").data)
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


@pytest.mark.parametrize("name", ["data", "article"])
def test_finds_a_native_article_in_an_envelope(name):
    article = {"id": "ferry", "headline": "Ferries", "language": "en"}
    envelope = {"type": "article.published", "timestamp": "2026-03-01T10:00:00Z", name: article}
    assert read_native(event("native", envelope).data).headline == "Ferries"
    assert (
        event("native", envelope | article | {name: {"id": "x"}}).data
        == json.dumps(envelope | article | {name: {"id": "x"}}).encode()
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


@pytest.mark.parametrize("name", ["story:delete", "story:unpublish"])
def test_arc_xp_withdraws_by_the_name_of_the_event(name):
    story = {"_id": "ABC", "type": "story", "headlines": {"basic": "Ferries"}}
    assert event("ans", {"key": name, "typeId": 1, "body": story}) == Withdrawal("ABC")
    assert event("ans", {"key": name, "body": {"_id": "ABC"}}) == Withdrawal("ABC")


@pytest.mark.parametrize("operation", ["delete", "unpublish_edition"])
def test_ans_operation_withdraws(operation):
    body = {"type": "story_operation", "operation": operation, "story_id": "ABC", "date": "2026-03-01T10:00:00Z"}
    assert event("ans", body) == Withdrawal("ABC", TEN)


@pytest.mark.parametrize("envelope", [lambda s: s, lambda s: {"key": "story:update", "body": s}])
def test_ans_story_is_the_content(envelope):
    story = {"_id": "ABC", "type": "story", "headlines": {"basic": "Ferries"}}
    content = event("ans", envelope(story))
    assert (content.format, json.loads(content.data)) == ("ans", story)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        *(({"_id": "ABC", "type": kind, "headlines": {"basic": "A"}}, kind) for kind in ("gallery", "image", "video", "audio")),
        *(({"_id": "ABC", "type": kind}, kind) for kind in ("redirect", "collection")),
        ({"key": "gallery:delete", "body": {"_id": "ABC"}}, "gallery"),
        ({"key": "story:update", "body": {"_id": "ABC", "type": "video"}}, "video"),
        ({"type": "gallery_operation", "operation": "delete", "gallery_id": "ABC"}, "gallery"),
    ],
)
def test_ans_document_of_another_type_is_ignored(body, kind):
    assert event("ans", body) == Irrelevant(f"an ANS document of the type {kind}")


ARC = {"_id": "ABC", "type": "story", "headlines": {"basic": "Ferries"}, "last_updated_date": "2026-03-01T09:00:00Z"}


@pytest.mark.parametrize(("time", "edited"), [(1772359200, TEN), (1772359200000, TEN), (1, None), (None, None), ("soon", None)])
def test_an_arc_event_orders_revisions_by_its_time(time, edited):
    content = event("ans", {"key": "story:update", "version": 2, "time": time, "uuid": "", "body": ARC})
    nine = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert read_source(content.data, "ans", language="en").updated_at == (edited or nine)
    withdrawal = event("ans", {"key": "story:delete", "time": time, "body": {"_id": "ABC"}})
    assert withdrawal == Withdrawal("ABC", datetime.fromtimestamp(1, UTC) if time == 1 else edited)


@pytest.mark.parametrize("time", [10**30, -(10**30), float("inf"), True])
def test_an_impossible_time_of_an_arc_event_counts_as_none(time):
    assert event("ans", {"key": "story:delete", "time": time, "body": {"_id": "ABC"}}) == Withdrawal("ABC")


def test_an_arc_event_without_the_story_announces_it():
    assert event("ans", {"key": "story:first-publish", "body": {"id": "ABC", "type": "STORY"}}) == Notice("ABC")


def test_saving_a_draft_of_a_published_arc_story_changes_nothing():
    draft = ARC | {"revision": {"published": False}, "publishing": {"has_published_edition": True}}
    assert isinstance(event("ans", {"key": "story:update", "body": draft}), Irrelevant)


ITEM = {"uri": "urn:a:b", "type": "text", "headline": "Ferries", "language": "en", "body_text": "They run."}


@pytest.mark.parametrize("body", [{"event": "item.deleted"} | ITEM, {"type": "item.unpublished", "data": ITEM}])
def test_ninjs_withdraws_by_the_name_of_the_event(body):
    assert event("ninjs", body) == Withdrawal(read_source(json.dumps(ITEM).encode(), "ninjs").id)


@pytest.mark.parametrize("kind", ["picture", "graphic", "audio", "video", "composite", "component", "planning", "event"])
def test_ninjs_item_of_another_type_is_ignored(kind):
    assert event("ninjs", ITEM | {"type": kind}) == Irrelevant(f"a ninjs item of the type {kind}")
    assert event("ninjs", ITEM | {"type": kind, "pubstatus": "canceled"}) == Irrelevant(f"a ninjs item of the type {kind}")


def test_json_ld_withdraws_by_the_name_of_the_event():
    assert event("jsonld", {"event": "article.deleted", "data": {"identifier": "ferry"}}) == Withdrawal("ferry")
    assert isinstance(event("jsonld", {"@type": "NewsArticle", "headline": "Ferries"}), Content)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "article.deleted", "data": {"id": "ferry"}},
        {"event": "story:unpublish", "id": "ferry", "headline": "Ferries", "language": "en"},
        {"action": "unpublished", "article": {"id": "ferry"}},
        {"data": {"x": 1}, "id": "ferry", "status": "withdrawn"},
    ],
)
def test_native_withdraws_by_the_name_of_the_event(body):
    assert event("native", body) == Withdrawal("ferry")


def test_an_event_about_a_comment_withdraws_nothing():
    assert isinstance(event("native", {"event": "comment.deleted", "id": "ferry"}), Irrelevant)
    assert isinstance(event("wordpress", {"hook": "deleted_post_meta", "post_id": 7}), Irrelevant)


@pytest.mark.parametrize("envelope", [lambda p: p, lambda p: {"event": "post_updated", "post": p}, lambda p: {"data": p}])
@pytest.mark.parametrize("kind", ["page", "attachment", "revision", "nav_menu_item", "wp_block", "product"])
@pytest.mark.parametrize("name", ["type", "post_type"])
def test_wordpress_post_of_another_type_is_ignored(envelope, kind, name):
    post = {"id": 7, "status": "trash", "title": {"rendered": "About us"}, name: kind}
    withdrawn_if_published = "7" if kind in ("page", "wp_block", "product") else ""  # a post can have been turned into these
    assert event("wordpress", envelope(post)) == Irrelevant(f"a WordPress post of the type {kind}", withdrawn_if_published)


def test_post_types_says_which_wordpress_posts_are_articles():
    post = {"id": 7, "status": "publish", "title": {"rendered": "A"}, "type": "longread"}
    other = event("wordpress", post | {"type": "post"}, post_types=("longread",))
    assert event("wordpress", post, post_types=("post", "longread")) == Content(json.dumps(post).encode(), "wordpress")
    assert other == Irrelevant("a WordPress post of the type post", "7")


def test_wordpress_comment_or_term_withdraws_nothing():
    for other in ({"id": 7, "type": "comment", "post": 3}, {"id": 7, "type": "review"}, {"term_id": 7, "type": "topic"}):
        assert event("wordpress", other) == Irrelevant(f"a WordPress post of the type {other['type']}")


@pytest.mark.parametrize("hook", ["publish_to_private", "publish_to_draft", "trashed_post", "wp_trash_post"])
def test_wordpress_hook_withdraws(hook):
    assert event("wordpress", {"hook": hook, "post": {"ID": 7, "post_type": "post"}}) == Withdrawal("7")
    assert event("wordpress", {"type": "post_deleted", "id": 7}) == Withdrawal("7")


@pytest.mark.parametrize("mark", [{"page": True}, {"type": "page"}])
def test_ghost_page_is_ignored(mark):
    assert event("ghost", {"post": {"current": post(status="published", **mark), "previous": {}}}) == Irrelevant("a page")


def test_ghost_s_revisions_are_dropped_before_reading():
    copies = {"post_revisions": [{"lexical": "x"}], "lexical": "{}", "mobiledoc": "{}", "plaintext": "x"}
    content = event("ghost", {"post": {"current": post(status="published", html="<p>a</p>", **copies), "previous": {}}})
    assert json.loads(content.data) == post(status="published", html="<p>a</p>")
    content = event("ghost", {"post": {"current": post(status="published", **copies), "previous": {}}})
    assert json.loads(content.data) == post(status="published", lexical="{}", mobiledoc="{}", plaintext="x")

"""Checks that an article belongs to the source that sent it, and that a source's prefix gives it its own IDs."""

import pytest

import cms_webhook.app
import http_api.app
import render_worker.app
from adapters.config.settings import settings
from adapters.config.webhook_sources import parse_sources
from adapters.errors import ConfigInvalid
from adapters.storage.article_store import find_article
from adapters.storage.s3_objects import head_object, put_object
from support.cms_webhooks import send_article, status
from support.lambda_events import Context, as_body, call, native
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

KEY = "a long enough key"
BLOG = f'[sources.blog]\nscheme = "static-header"\nformat = "native"\nheader = "x-key"\nsecrets = ["{KEY}"]\n'


def send(source: str = "blog", article_id: str = "777", **fields: object):
    body = as_body(native(article_id, **fields))
    return call(cms_webhook.app.handler, "POST", f"/webhooks/{source}", {"x-key": KEY}, body)


def headline(aws, article_id: str) -> str:
    return find_article(aws.bucket, article_id).article.headline


@pytest.mark.parametrize("fields", [{"headline": "Of the blog"}, {"status": "withdrawn"}, {"status": "draft"}])
def test_an_event_of_another_source_is_refused_and_kept(aws, fields):
    aws.connect("", BLOG)
    send_article("777")
    queued = len(aws.messages())
    refused = send(updated_at="2026-03-02T10:00:00Z", **fields)
    assert (refused.status, refused.json["type"]) == (409, "urn:storycard:problem:article-foreign")
    assert "'777' belongs to the source 'desk'" in refused.json["detail"]
    assert "id_prefix" in refused.json["detail"]
    assert KEY not in refused.body.decode()
    assert (status(aws, "777"), headline(aws, "777")) == ("published", "Harbour night ferries")
    assert len(aws.list_keys("inbox/blog/")) == 1
    assert len(aws.messages()) == queued  # a repetition by the worker would fail again


def test_an_article_keeps_its_source_after_its_withdrawal(aws):
    aws.connect("", BLOG)
    send_article("777")
    send_article("777", event_id="msg_2", status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    assert send(updated_at="2026-03-03T10:00:00Z").status == 409
    assert send_article("777", event_id="msg_3", updated_at="2026-03-04T10:00:00Z").status == 202
    assert status(aws, "777") == "published"


def test_a_page_with_the_id_of_another_sources_article_is_ignored(aws):
    aws.connect("", BLOG.replace("native", "wordpress"))
    send_article("777")
    body = as_body({"id": 777, "type": "page", "status": "publish", "title": {"rendered": "About us"}})
    answer = call(cms_webhook.app.handler, "POST", "/webhooks/blog", {"x-key": KEY}, body)
    assert (answer.status, answer.json["article"], status(aws, "777")) == (202, "ignored", "published")


def test_articles_of_a_custom_type_and_events_sent_again_after_the_type_was_added(aws):
    longread = BLOG.replace("native", "wordpress")
    body = as_body({"id": 777, "type": "longread", "title": {"rendered": "A night on the ferries"}, "lang": "en"})
    answers = []
    for setting in ("", 'post_types = ["post", "longread"]\n'):
        aws.connect("", longread + setting)
        answers.append(call(cms_webhook.app.handler, "POST", "/webhooks/blog", {"x-key": KEY}, body).json)
    assert (answers[0]["article"], answers[1]["article_id"]) == ("ignored", "777")
    assert headline(aws, "777") == "A night on the ferries"
    aws.pump(render_worker.app.handler, Context())
    assert "cards/777/manifest.json" in aws.list_keys("cards/777/")


def test_an_announcement_of_another_sources_article_is_refused(aws):
    aws.connect("", BLOG.replace("native", "storyblok"))
    send_article("777")
    body = as_body({"story_id": 777, "action": "published"})
    assert call(cms_webhook.app.handler, "POST", "/webhooks/blog", {"x-key": KEY}, body).status == 409


def test_the_worker_drops_a_foreign_event_that_the_webhook_left_to_it(aws):
    aws.connect("", BLOG)
    send_article("777")
    send(headline="Of the blog", updated_at="2026-03-02T10:00:00Z")
    [inbox] = aws.list_keys("inbox/blog/")
    render_worker.app._store_delivery(settings(), render_worker.app.RenderRequest("blog", inbox))
    assert headline(aws, "777") == "Harbour night ferries"


def test_editors_change_and_withdraw_the_article_of_any_source(aws):
    aws.connect(TOKENS, BLOG)
    send_article("777")
    body = as_body(native("777", headline="Edited", updated_at="2026-03-02T10:00:00Z"))
    assert call(http_api.app.handler, "PUT", "/articles/777", EDITOR, body).status == 200
    assert headline(aws, "777") == "Edited"
    assert send(updated_at="2026-03-03T10:00:00Z").status == 409  # it still is the desk's
    assert call(http_api.app.handler, "DELETE", "/articles/777", EDITOR).status == 204
    assert status(aws, "777") == "withdrawn"
    assert send(updated_at="2999-03-03T10:00:00Z").status == 409
    again = send_article("777", event_id="msg_2", updated_at="2999-03-04T10:00:00Z")
    assert (again.status, status(aws, "777")) == (202, "published")


@pytest.mark.parametrize("stored_by", ["an earlier release", "an editor"])
def test_the_first_source_claims_an_article_that_no_source_sent(aws, stored_by):
    aws.connect(TOKENS, BLOG)
    if stored_by == "an editor":
        assert call(http_api.app.handler, "PUT", "/articles/777", EDITOR, as_body(native("777"))).status == 201
    else:
        store_article(aws, "777")
        key = "articles/777/article.json"
        old = head_object(aws.bucket, key)
        metadata = {name: value for name, value in old.metadata.items() if name != "source"}
        put_object(aws.bucket, key, aws.body(key), Metadata=metadata)
    assert send(headline="Of the blog", updated_at="2999-03-02T10:00:00Z").status == 202
    assert send_article("777", updated_at="2999-03-03T10:00:00Z").status == 409
    assert headline(aws, "777") == "Of the blog"


def test_a_source_claims_an_article_pulled_from_the_cms(aws):
    with web_server() as cms:
        cms.pages["/777"] = page(as_body(native("777")))
        aws.connect(f'[cms]\nurl = "{cms.base_url}/{{id}}"\nformat = "native"\n', BLOG)
        assert call(http_api.app.handler, "GET", "/cards/777/headline/og.png").status == 200
    assert send(headline="Of the blog", updated_at="2026-03-02T10:00:00Z").status == 202
    assert send_article("777", updated_at="2026-03-03T10:00:00Z").status == 409


def test_a_renamed_source_takes_over_its_articles(aws):
    send_article("777")
    aws.connect("", BLOG + 'takes_over = ["desk"]\n')
    assert send(headline="Of the blog", updated_at="2026-03-02T10:00:00Z").status == 202
    assert headline(aws, "777") == "Of the blog"


def test_a_prefix_gives_a_source_its_own_ids(aws):
    aws.connect("", BLOG + 'id_prefix = "b-"\n')
    send_article("777")
    assert send(headline="Of the blog").json["article_id"] == "b-777"
    assert (headline(aws, "777"), headline(aws, "b-777")) == ("Harbour night ferries", "Of the blog")
    assert send(status="withdrawn", updated_at="2026-03-02T10:00:00Z").json["article_id"] == "b-777"
    assert (status(aws, "777"), status(aws, "b-777")) == ("published", "withdrawn")


def test_a_prefix_set_after_a_refusal_counts_when_the_event_is_sent_again(aws):
    aws.connect("", BLOG)
    send_article("777")
    assert send(headline="Of the blog").status == 409
    aws.connect("", BLOG + 'id_prefix = "b-"\n')
    assert send(headline="Of the blog").status == 200
    assert headline(aws, "b-777") == "Of the blog"


def test_a_prefix_keeps_ids_valid(aws):
    aws.connect("", BLOG + 'id_prefix = "b-"\n')
    refused = send(article_id="a" * 127)
    assert (refused.status, refused.json["field"]) == (422, "id")


def test_articles_with_the_prefix_are_pulled_by_the_cms_s_own_id(aws):
    with web_server() as cms:
        cms.pages["/777"] = page(as_body(native("777")))
        aws.connect(f'[cms]\nurl = "{cms.base_url}/{{id}}"\nformat = "native"\nid_prefix = "b-"\n')
        assert call(http_api.app.handler, "GET", "/cards/b-777/headline/og.png").status == 200
        assert call(http_api.app.handler, "GET", "/cards/777/headline/og.png").status == 404
        assert call(http_api.app.handler, "GET", "/cards/b-/headline/og.png").status == 404
        assert [request.path for request in cms.requests] == ["/777"]
    assert headline(aws, "b-777") == "Harbour night ferries"


def test_an_announced_article_of_a_prefixed_source_is_fetched_and_owned(aws):
    with web_server() as cms:
        cms.pages["/777"] = page(as_body(native("777")))
        connection = f'[cms]\nurl = "{cms.base_url}/{{id}}"\nformat = "native"\nid_prefix = "b-"\n'
        aws.connect(connection, BLOG.replace('"native"', '"storyblok"') + 'id_prefix = "b-"\n')
        body = as_body({"story_id": 777, "action": "published"})
        assert call(cms_webhook.app.handler, "POST", "/webhooks/blog", {"x-key": KEY}, body).json["article_id"] == "b-777"
        aws.pump(render_worker.app.handler, Context())
    assert find_article(aws.bucket, "b-777").owner == "blog"


@pytest.mark.parametrize("prefix", ['"-b"', '"b/"', "7", '"' + "b" * 65 + '"', '"b "'])
def test_names_the_file_and_key_of_an_invalid_prefix(prefix):
    with pytest.raises(ConfigInvalid, match=r"^sources\.blog\.id_prefix: expected .*, got "):
        parse_sources(BLOG + f"id_prefix = {prefix}\n")

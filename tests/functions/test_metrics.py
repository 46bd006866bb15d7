"""Tests each metric of the alarms and the dashboard by the event that it counts."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

import cms_webhook.app
import done_webhook.app
import feed_poller.app
import http_api.app
import render_worker.app
from adapters import clients
from adapters.config.settings import settings
from http_api.cards import card_images
from support.card_counts import ONE_FORMAT
from support.cms_webhooks import send_article
from support.lambda_events import SECRET, Context, as_body, call, native, sqs_event
from support.metrics import measured, work
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

GHOST = '[sources.ghost]\nscheme = "static-header"\nformat = "ghost"\nheader = "x-key"\nsecrets = ["a long enough key"]\n'


@pytest.fixture
def counted(aws, capsys):
    """Returns a function that sums each metric since its last call."""

    def sums() -> dict[str, float]:
        return {name: sum(values) for name, values in measured(capsys).items()}

    return sums


@pytest.fixture
def site(aws):
    with web_server() as site:
        cms = f'[cms]\nurl = "{site.base_url}/articles/{{id}}"\nformat = "native"\n'
        aws.connect(f'{cms}[outgoing]\nurl = "{site.base_url}/hook"\nsecrets = ["{SECRET}"]\n', GHOST)
        yield site


def get(path: str):
    return call(http_api.app.handler, "GET", path)


def test_counts_the_outcomes_of_revisions(aws, counted):
    now = datetime.now(UTC)
    send_article(event_id="msg_1", sent_at=now)
    assert counted().items() >= {"Webhooks": 1, "RevisionsStored": 1}.items()
    send_article(event_id="msg_2", sent_at=now)
    assert counted()["RevisionsStored"] == 1
    send_article(event_id="msg_3", headline="Older", updated_at="2020-01-01T10:00:00Z")
    assert counted()["RevisionsOutdated"] == 1
    send_article(event_id="msg_3", headline="Older", updated_at="2020-01-01T10:00:00Z")
    assert counted()["Replays"] == 1


def test_counts_events_about_no_article_as_ignored(aws, site, counted):
    body = as_body({"event": "page.published", "page": {"current": {"id": "7"}, "previous": {}}})
    assert call(cms_webhook.app.handler, "POST", "/webhooks/ghost", {"x-key": "a long enough key"}, body).status == 202
    assert counted()["EventsIgnored"] == 1


def test_an_event_for_another_sources_article_is_counted(aws, site, counted):
    aws.connect("", GHOST.replace('"ghost"', '"native"'))
    send_article(event_id="msg_1")
    body = as_body(native("ferry"))
    assert call(cms_webhook.app.handler, "POST", "/webhooks/ghost", {"x-key": "a long enough key"}, body).status == 409
    assert counted()["ForeignEvents"] == 1


def test_counts_polls_of_feeds_and_their_pages(aws, site, counted):
    story = b'<script type="application/ld+json">{"@type": "NewsArticle", "identifier": "orrin", "headline": "Ferries"}</script>'
    site.pages["/orrin"] = page(b"<html lang=en>" + story)
    site.pages["/feed.xml"] = page(b"<rss><item><link>/orrin</link></item><item><link>/none</link></item></rss>")
    site.pages["/none"] = page(b"", 500)
    feeds = (f'[feeds.{name}]\nurl = "{site.base_url}/{name}.xml"\n' for name in ("feed", "broken"))
    aws.connect("".join(feeds))
    feed_poller.app.handler({}, Context())
    assert counted().items() >= {"FeedPolls": 2, "FeedsFailed": 1, "FeedPages": 1, "FeedPagesFailed": 1}.items()


def test_counts_a_webhook_that_is_too_large(aws, counted):
    body = b" " * 6_291_557
    assert call(cms_webhook.app.handler, "POST", "/webhooks/desk", {}, body).status == 413
    assert counted()["BodiesTooLarge"] == 1


def test_measures_the_stages_and_defects_of_a_set(aws, site, counted, monkeypatch):
    with_type_on_photographs = replace(settings(), theme="frontline")
    monkeypatch.setattr(render_worker.app, "settings", lambda: with_type_on_photographs)
    white = io.BytesIO()
    Image.new("RGB", (1600, 1000), "white").save(white, "JPEG")
    site.pages["/photo.jpg"] = page(white.getvalue())
    send_article(event_id="msg_1", headline="Ferries \U000f0000 run " * 60, image={"url": f"{site.base_url}/photo.jpg"})
    work(aws)
    made = counted()
    assert min(made[name] for name in ("PhotoTime", "RenderTime", "StoreTime")) > 0
    assert made["MessageTime"] > made["RenderTime"] + made["StoreTime"]  # photo_worker reports its time separately
    assert made["QueueAge"] >= 0
    assert made["CardBytes"] > 30_000
    assert min(made[name] for name in ("Messages", "CardsRendered", "TruncatedTexts", "MissingGlyphs", "PhotosLeftOut")) > 0
    render_worker.app.handler(sqs_event({"MessageId": "m1", "Body": '{"source": "desk", "article_id": "ferry"}'}), Context())
    assert counted().items() >= {"Messages": 1, "SetsUpToDate": 1}.items()


def test_counts_missing_photographs_and_failed_messages(aws, site, counted):
    send_article(event_id="msg_1", image={"url": f"{site.base_url}/none.jpg"})
    work(aws)
    assert counted().items() >= {"PhotosFailed": 1, "PhotosMissing": 1}.items()
    render_worker.app.handler(sqs_event({"MessageId": "m1", "Body": "not json"}), Context())
    assert counted().items() >= {"Messages": 1, "MessagesFailed": 1}.items()


def test_counts_the_articles_of_an_archive_run(aws, counted):
    send_article(event_id="msg_1")
    counted()
    items = [{"Key": f"articles/{article_id}/article.json"} for article_id in ("ferry", "nobody")]
    render_worker.app.handler({"Items": items}, Context())
    run = counted()
    assert run.items() >= {"ArchiveArticles": 2, "ArchiveFailures": 1, "CardsRendered": ONE_FORMAT}.items()
    assert run["MessageTime"] > run["RenderTime"] > 0


def test_counts_done_events_and_failed_deliveries(aws, site, counted):
    send_article(event_id="msg_1")
    work(aws)
    counted()
    messages = aws.messages(settings().done_queue_url)
    for status, failed in ((500, 1), (200, 0)):
        site.pages["/hook"] = page(b"", status)
        done_webhook.app.handler(sqs_event(*messages), Context())
        counts = counted()
        assert (counts["DoneEvents"], counts.get("DeliveriesFailed", 0)) == (1, failed)
        assert counts["DeliveryTime"] > 0


def test_counts_lookups_at_the_cms(aws, site, counted):
    site.pages["/articles/ferry"] = page(as_body(native("ferry")))
    site.pages["/articles/tram"] = page(b"", 500)
    assert get("/cards/ferry/headline/og.png").status == 200
    found = counted()
    assert (found["CmsLookups"], found["CardsRenderedOnRequest"]) == (1, 1)
    assert min(found["CmsLookupTime"], found["FirstRequestTime"]) > 0
    assert get("/cards/tram/headline/og.png").status == 503
    assert counted().items() >= {"CmsLookups": 1, "CmsLookupsFailed": 1}.items()
    site.pages["/articles/bus"] = page(b"", 401)
    assert get("/cards/bus/headline/og.png").status == 404
    assert counted().items() >= {"CmsLookups": 1, "CmsLookupsRefused": 1}.items()


def test_counts_older_cards_and_busy_answers_during_a_concurrent_render(aws, counted, monkeypatch):
    send_article(event_id="msg_1")
    assert get("/cards/ferry/headline/og.png").status == 200
    send_article(event_id="msg_2", headline="Ferries stop at midnight", updated_at=datetime.now(UTC).isoformat())
    monkeypatch.setattr(card_images, "make_once", lambda *_, **__: None)  # the deadline has passed
    counted()
    assert get("/cards/ferry/headline/og.png").status == 200
    assert counted().items() >= {"Requests": 1, "OlderCardsServed": 1}.items()
    assert get("/cards/ferry/bullet/og.png").status == 503
    assert counted().items() >= {"Requests": 1, "CardsBusy": 1}.items()


def test_counts_faults_of_both_http_functions(aws, counted):
    clients.s3().put_object(Bucket=aws.bucket, Key="articles/ferry/article.json", Body=b"{}")
    assert get("/cards/ferry").status == 500
    assert counted().items() >= {"Requests": 1, "Faults": 1}.items()
    aws.connect("", "[sources")
    assert send_article(event_id="msg_1").status == 500
    assert counted().items() >= {"Webhooks": 1, "Faults": 1}.items()

"""Tests done events: on the bus, and by a webhook that an independent receiver verifies."""

import base64
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from standardwebhooks import Webhook

import done_webhook.app
from adapters.clients import s3
from adapters.config.settings import settings
from adapters.outbound.outgoing import PAUSES, pause_after
from adapters.render_queue import ARCHIVE
from adapters.storage.article_store import find_article
from publishing.announce import Announcement, announce, last_announcement
from render_worker.app import handler
from support.lambda_events import Context, failed_ids, sqs_event
from support.stored_articles import store_article
from support.web_server import page, web_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRETS = ["whsec_" + base64.b64encode(f"key {number} of the receiver".encode()).decode() for number in range(2)]


def store(aws, minute: int = 0, **fields: object) -> None:
    store_article(aws, updated_at=f"2026-03-01T10:{minute:02}:00Z", quotes=[], **fields)


def work(expected: tuple[str, ...] = ()) -> None:
    report = handler(sqs_event({"MessageId": "m", "Body": '{"source": "desk", "article_id": "ferry"}'}), Context())
    assert failed_ids(report) == list(expected)


def tell(state: str, source: str = "") -> None:
    """Announces the stored article without rendering it."""
    assert announce(settings(), find_article("storycard", "ferry"), Announcement(state, "0123456789abcdef"), source)


@pytest.fixture
def receiver(aws, one_format):
    with web_server() as site:
        site.pages["/hook"] = page(b"")
        aws.connect(f'[outgoing]\nurl = "{site.base_url}/hook"\nsecrets = {json.dumps(SECRETS)}\n')
        yield site


@pytest.fixture
def chats(aws):
    with web_server() as site:
        tables = [f'[outgoing.{name}]\nformat = "{name}"\nurl = "{site.base_url}/{name}"\n' for name in ("slack", "teams")]
        site.pages |= {"/slack": page(b"ok"), "/teams": page(b"", 202)}
        aws.connect("".join(tables))
        yield site


def waiting(aws) -> list[dict]:
    return aws.messages(aws.queue_url.replace("renders", "done"))


def deliver(*messages: dict, queue: str = "done") -> list[str]:
    sent = [{**message, "Attributes": {"ApproximateReceiveCount": "1"}} for message in messages]
    return failed_ids(done_webhook.app.handler(sqs_event(*sent, queue=queue), Context()))


@pytest.mark.usefixtures("one_format")  # renders less
def test_publishes_one_event_with_the_manifest_for_each_version(aws):
    store(aws)
    work()
    work()
    [event] = aws.events()
    assert (event["source"], event["detail-type"]) == ("storycard", "Cards Published")
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    assert event["detail"]["manifest"] == manifest
    assert event["detail"]["manifest_url"] == "https://cards.example/cards/ferry"
    assert (event["detail"]["article_id"], event["detail"]["version"]) == ("ferry", manifest["version"])
    assert (event["detail"]["headline"], event["detail"]["canonical_url"]) == ("Harbour night ferries", "")
    assert waiting(aws) == []  # no receiver is configured


@pytest.mark.usefixtures("one_format")  # renders less
def test_repeats_an_event_under_the_same_id_without_its_marker(aws):
    store(aws)
    work()
    s3().delete_object(Bucket=aws.bucket, Key="articles/ferry/announced.json")
    work()
    first, second = aws.events()
    assert first["detail"]["id"] == second["detail"]["id"]


@pytest.mark.usefixtures("one_format")  # renders less
def test_publishing_again_after_a_withdrawal_has_a_new_event_id(aws):
    for minute, status in enumerate(("published", "withdrawn", "published")):
        store(aws, minute, status=status)
        work()
    events = aws.events()
    assert [event["detail-type"] for event in events] == ["Cards Published", "Cards Withdrawn", "Cards Published"]
    assert len({event["detail"]["id"] for event in events}) == 3
    assert len({event["detail"]["version"] for event in events}) == 1


@pytest.mark.usefixtures("one_format")  # renders less
def test_a_failed_announcement_has_the_message_retried(aws, monkeypatch):
    store(aws)
    s3().put_object(Bucket=aws.bucket, Key="articles/ferry/announced.json", Body=b"not json")
    work(expected=("m",))
    s3().delete_object(Bucket=aws.bucket, Key="articles/ferry/announced.json")
    work()
    assert len(aws.events()) == 1
    assert last_announcement(aws.bucket, "ferry").state == "published"


@pytest.mark.parametrize("secret", SECRETS)
def test_the_webhook_verifies_with_either_secret(aws, receiver, secret):
    store(aws)
    work()
    [message] = waiting(aws)
    assert deliver(message) == []
    [request] = receiver.requests
    event = Webhook(secret).verify(request.body, request.headers)
    assert event["type"] == "cards.published"
    assert event["data"]["manifest"]["article_id"] == "ferry"
    assert request.headers["webhook-id"] == event["data"]["id"]


@pytest.mark.parametrize("status", [302, 404, 410, 500])
def test_retries_a_delivery_that_the_receiver_refuses(aws, receiver, status):
    receiver.pages["/hook"] = page(b"", status, Location="https://169.254.169.254/")
    store(aws)
    work()
    [message] = waiting(aws)
    assert deliver(message) == [message["MessageId"]]
    assert waiting(aws) == []  # hidden for the pause, although this queue's own visibility timeout is zero
    receiver.pages["/hook"] = page(b"", 204)
    assert deliver(message) == []
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1


def test_events_of_an_archive_run_wait_in_a_queue_of_their_own(aws, receiver):
    store(aws)
    handler({"Items": [{"Key": "articles/ferry/article.json"}]}, Context())
    assert waiting(aws) == []
    queue_url = aws.queue_url.replace("renders", "archive-done")
    [message] = aws.messages(queue_url)
    receiver.pages["/hook"] = page(b"", 500)
    assert deliver(message, queue="archive-done") == [message["MessageId"]]
    assert aws.messages(queue_url) == []  # hidden for the pause, in this queue
    receiver.pages["/hook"] = page(b"", 204)
    assert deliver(message, queue="archive-done") == []


def test_pauses_grow_within_the_limits_of_sqs():
    assert [pause_after(attempt) for attempt in range(1, len(PAUSES) + 2)] == [*PAUSES, PAUSES[-1]]
    assert list(PAUSES) == sorted(PAUSES)
    assert max(PAUSES) <= 43_200
    assert 86_400 < sum(PAUSES) < 345_600  # more than a day, less than the queue keeps them


def test_each_chat_is_told_in_its_own_format_and_retried_separately(aws, chats):
    chats.pages["/teams"] = page(b"", 500)
    store(aws)
    work()
    messages = waiting(aws)
    [refused] = [message["MessageId"] for message in messages if json.loads(message["Body"])["receiver"] == "teams"]
    assert deliver(*messages) == [refused]
    bodies = {request.path: json.loads(request.body) for request in chats.requests}
    assert bodies["/slack"]["text"] == "Cards are ready: Harbour night ferries"
    assert [block["type"] for block in bodies["/slack"]["blocks"]].count("image") == 2  # the story has no quote
    assert bodies["/teams"]["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert not any("webhook-signature" in request.headers for request in chats.requests)


def test_a_chat_hears_of_a_withdrawal_but_never_of_a_story_that_is_hidden_again(aws, chats):
    store(aws)
    tell("published")
    ready = waiting(aws)
    store(aws, 1, status="withdrawn")
    tell("withdrawn")
    gone = [message for message in waiting(aws) if "withdrawn" in message["Body"]]
    assert deliver(*ready, *gone) == []
    texts = [json.loads(request.body)["text"] for request in chats.requests if request.path == "/slack"]
    assert texts == ["The story ferry is no longer public. Its cards are gone; look at the posts that use them."]


def test_an_archive_run_posts_nothing_in_chats(aws, chats):
    store(aws)
    tell("published", ARCHIVE)
    assert waiting(aws) == []
    assert aws.messages(aws.queue_url.replace("renders", "archive-done")) == []


def test_waits_as_long_as_a_busy_receiver_asks(aws, receiver, monkeypatch):
    pauses = []
    queue = SimpleNamespace(change_message_visibility=lambda **call: pauses.append(call))
    monkeypatch.setattr(done_webhook.app, "sqs", lambda: queue)
    event = {"id": "msg_1", "type": "cards.withdrawn", "data": {"article_id": "ferry", "version": "0123456789abcdef"}}
    for wait in ("30", "1", "999999", "Wed, 21 Oct 2026 07:28:00 GMT"):
        receiver.pages["/hook"] = page(b"", 429, Retry_After=wait)
        deliver({"MessageId": "m", "Body": json.dumps(event)})
    assert [pause["VisibilityTimeout"] for pause in pauses] == [30, PAUSES[0], PAUSES[-1], PAUSES[0]]


def test_drops_queued_events_without_a_receiver(aws, receiver):
    store(aws)
    work()
    [message] = waiting(aws)
    aws.connect("")
    assert deliver(message) == []
    assert receiver.requests == []

"""Tests `POST /cards/{id}/send`: what an editor sends arrives in the chat, and nothing that is not public does."""

import json

import pytest

import done_webhook.app
from http_api.app import handler
from http_api.cards import expected_version
from support.lambda_events import Context, call, failed_ids, sqs_event
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER
from support.web_server import page, web_server

CARD = {
    "kind": "headline",
    "format": "square",
    "url": "https://cards.example/cards/ferry/0123456789abcdef/headline/square.jpg",
    "alt": "Ferries",
}
MANIFEST = {"article_id": "ferry", "version": "0123456789abcdef", "cards": [CARD, CARD | {"format": "og"}], "skipped": []}


@pytest.fixture
def chat(aws, monkeypatch):
    monkeypatch.setattr(expected_version, "ensure_set", lambda context, stored: MANIFEST)
    store_article(aws, "ferry")
    with web_server() as site:
        site.pages |= {"/desk": page(b"ok"), "/plain": page(b"")}
        desk = f'[outgoing.desk]\nformat = "slack"\nurl = "{site.base_url}/desk"\n'
        plain = f'[outgoing.archive]\nurl = "{site.base_url}/plain"\nsecrets = ["whsec_aGVsbG8="]\n'
        aws.connect(TOKENS + desk + plain)
        yield site


def send(body: bytes = b'{"to": "desk"}', headers: dict = EDITOR):
    return call(handler, "POST", "/cards/ferry/send", headers, body)


def deliver(aws) -> None:
    messages = aws.messages(aws.queue_url.replace("renders", "done"))
    assert failed_ids(done_webhook.app.handler(sqs_event(*messages, queue="done"), Context())) == []


def test_the_cards_arrive_in_the_chat_and_name_their_sender(aws, chat, log_of):
    log = log_of(done_webhook.app.logger)
    answer = send()
    assert (answer.status, answer.json) == (202, {"article_id": "ferry", "to": "desk"})
    deliver(aws)
    [request] = chat.requests
    message = json.loads(request.body)
    assert message["text"] == "Sent by editor: Harbour night ferries"
    assert [block["image_url"] for block in message["blocks"] if block["type"] == "image"] == [CARD["url"]]
    assert [line["message"] for line in log()][-1] == "delivered"


def test_nothing_is_sent_of_a_story_that_has_changed(aws, chat):
    answer = send(b'{"to": "desk", "expected_version": "fedcba9876543210"}')
    assert (answer.status, answer.json["type"]) == (409, "urn:storycard:problem:story-changed")
    assert send(b'{"to": "desk", "expected_version": "x"}').status == 422
    assert aws.messages(aws.queue_url.replace("renders", "done")) == []


def test_nothing_is_sent_of_a_story_that_is_no_longer_public(aws, chat):
    assert send().status == 202
    store_article(aws, "ferry", status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    deliver(aws)
    assert chat.requests == []
    assert send().status == 410
    store_article(aws, "draft", status="draft")
    assert call(handler, "POST", "/cards/draft/send", EDITOR, b'{"to": "desk"}').status == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b'{"to": "archive"}', 404, "to"),  # signed webhooks are for machines
        (b'{"to": "nobody"}', 404, "to"),
        (b'{"to": ["desk"]}', 422, "to"),
        (b"{}", 422, "to"),
        (b'{"to": "desk", "url": "https://elsewhere.example"}', 422, "body"),
        (b"[]", 400, "body"),
    ],
)
def test_only_chats_that_the_operator_named_receive_cards(aws, chat, body, status, field):
    answer = send(body)
    assert (answer.status, answer.json["field"]) == (status, field)
    assert aws.messages(aws.queue_url.replace("renders", "done")) == []


def test_viewers_send_nothing(aws, chat):
    assert send(headers=VIEWER).status == 403
    assert call(handler, "POST", "/cards/ferry/send", {}, b'{"to": "desk"}').status == 401


def test_a_post_is_sent_with_its_words_text_and_page(aws, chat):
    body = {"name": "x", "changes": {"headline": "Boats at night"}, "formats": ["og"], "text": "Night boats!", "status": "shared"}
    post = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps(body).encode()).json
    assert send(json.dumps({"to": "desk", "post": post["post"]}).encode()).status == 202
    deliver(aws)
    message = json.loads(chat.requests[-1].body)
    assert message["text"] == "Sent by editor: Boats at night"
    assert "Night boats!" in [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    images = [block["image_url"] for block in message["blocks"] if block["type"] == "image"]
    assert [url.rpartition("/")[2] for url in images] == ["square.jpg"] * 3
    assert call(handler, "GET", images[0].removeprefix("https://cards.example")).status == 200
    assert post["share_url"] in [button["url"] for button in message["blocks"][-1]["elements"]]
    assert send(b'{"to": "desk", "post": "aaaaaaaaaa"}').status == 404
    assert send(b'{"to": "desk", "post": 7}').json["field"] == "post"

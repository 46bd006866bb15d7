"""Tests `/chat/slack` from the signed request to the message, and that it shows nothing that the public may not see."""

import io
import json
import time
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from adapters.chat.slack_replies import post_reply
from adapters.config.settings import settings
from adapters.errors import ReplyFailed
from adapters.outbound import safe_fetch
from adapters.outbound.safe_fetch import Fetched
from adapters.storage.article_index import index_article
from adapters.storage.article_store import find_article, put_over, tombstone
from adapters.storage.card_store import CardPlace, put_card, put_manifest
from http_api.app import handler
from publishing.cards.publish import current_version, manifest_bytes
from publishing.queries import chat_answers
from render_worker.app import handler as worker
from storycard.ingest import read_native
from support.lambda_events import Answer, Context, as_body, call, failed_ids, native, sqs_event
from support.slack import FORM, SECRET, command, press, shortcut, slack_signed
from support.web_server import page, web_server

SLACK = f'[slack]\nsecrets = ["{SECRET}", "an older secret"]\n'
ADDRESS = "https://paper.example/ferries?edition=2"
HIDDEN = {
    "draft": {"status": "draft"},
    "embargoed": {"embargo_until": "2100-01-01T00:00:00Z"},
    "withdrawn": {"status": "withdrawn"},
}


@pytest.fixture
def slack(aws):
    aws.connect(SLACK)
    with web_server() as site:
        site.pages["/reply"] = page(b"ok")
        yield site


def store(article_id: str, **fields: object) -> None:
    """Stores and indexes an article, as the worker does before it renders."""
    article = read_native(as_body(native(article_id, **fields)))
    put_over("storycard", article, b"", datetime.now(UTC))
    stored = find_article("storycard", article_id)
    index_article("storycard", stored.article, stored.revision)


def make_cards(article_id: str) -> None:
    """Stores a set of one card and its manifest; rendering would take a second."""
    stored = find_article("storycard", article_id)
    place = CardPlace(article_id, current_version(settings(), stored), "headline", "square", "png")
    put_card("storycard", place, b"a picture", "Ferries")
    card = {"kind": "headline", "format": "square", "type": "png", "url": f"https://cards.example{place.path}", "alt": "Ferries"}
    skipped = [{"kind": "quote", "format": "square", "reason": "the article has no quote with a speaker"}]
    manifest = {"article_id": article_id, "version": place.version, "cards": [card], "skipped": skipped}
    put_manifest("storycard", article_id, manifest_bytes(manifest), stored.revision)


def send(body: bytes, content_type: str = FORM, **options: object) -> Answer:
    return call(handler, "POST", "/chat/slack", slack_signed(body, content_type, **options), body, as_base64=True)


def ask(text: str, reply_url: str = "https://hooks.slack.com/commands/1") -> dict:
    answer = send(command(text, reply_url))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json["response_type"] == "ephemeral"
    return answer.json


def replies(site) -> list[dict]:
    return [json.loads(request.body) for request in site.requests if request.path == "/reply"]


def images(message: dict) -> list[str]:
    return [block["image_url"] for block in message["blocks"] if block["type"] == "image"]


def test_there_is_nothing_until_a_slack_app_is_configured(aws):
    for query in ("", "ssl_check=1"):
        assert call(handler, "GET", "/chat/slack", query=query).status == 404
    assert send(command("ferry")).status == 404
    assert call(handler, "POST", "/chat/slack", {"content-type": FORM}, b"ssl_check=1").status == 404


def test_answers_only_what_slack_signed_over_these_bytes(slack):
    body = command("help")
    assert send(body).status == 200
    assert send(body, secret="an older secret").status == 200
    assert send(body, secret="another").status == 401
    assert send(body, at=time.time() - 301).status == 401
    assert call(handler, "POST", "/chat/slack", slack_signed(body), body + b"&").status == 401
    assert call(handler, "POST", "/chat/slack", {"content-type": FORM}, body).status == 401
    assert send(b"payload=%7B").status == 400


def test_answers_slacks_checks_of_the_address(slack):
    check = call(handler, "POST", "/chat/slack", {"content-type": FORM}, b"ssl_check=1&token=x")  # not signed
    assert (check.status, check.body) == (200, b"")
    assert call(handler, "GET", "/chat/slack", query="ssl_check=1&token=x").status == 200
    assert call(handler, "GET", "/chat/slack").status == 404
    challenge = send(b'{"type": "url_verification", "challenge": "3eZb"}', "application/json")
    assert (challenge.headers["content-type"], challenge.body) == ("text/plain; charset=utf-8", b"3eZb")


def test_finds_a_story_by_address_id_and_words_and_shows_its_cards(slack):
    store("ferry", canonical_url=ADDRESS)
    store("tram", headline="Trams stop")
    make_cards("ferry")
    queries = (ADDRESS, f"<{ADDRESS}|the story>", "ferry", "HARBOUR ferr", "https://cards.example/share/ferry")
    for message in map(ask, queries):
        [image] = images(message)
        assert image.startswith("https://cards.example/cards/ferry/")
        assert image.endswith("/headline/square.png")
        assert "No quote card: the article has no quote with a speaker." in json.dumps(message)
        assert "https://cards.example/studio#/article/ferry" in json.dumps(message)


def test_lists_several_stories_and_shows_the_one_whose_button_is_pressed(slack):
    for number in range(6):
        store(f"ferry-{number}", headline=f"Ferry {number}")
    make_cards("ferry-4")
    message = ask("ferry")
    rows = [block for block in message["blocks"] if "accessory" in block]
    assert [row["text"]["text"] for row in rows] == ["Ferry 5", "Ferry 4", "Ferry 3", "Ferry 2", "Ferry 1"]
    assert "More stories match." in json.dumps(message)
    button = rows[1]["accessory"]
    answer = send(press(button["action_id"], button["value"], f"{slack.base_url}/reply"))
    assert (answer.status, answer.body) == (200, b"")
    [reply] = replies(slack)
    assert (reply["response_type"], reply["replace_original"]) == ("ephemeral", False)
    assert len(images(reply)) == 1


def test_a_shortcut_shows_the_story_of_a_link(slack):
    store("ferry", canonical_url=ADDRESS)
    make_cards("ferry")
    for text in (
        f"Look: <https://elsewhere.example/> <{ADDRESS.replace('&', '&amp;')}>",
        "no link",
        "<https://elsewhere.example/>",
    ):
        answer = send(shortcut({"text": text}, f"{slack.base_url}/reply"))
        assert (answer.status, answer.body) == (200, b"")
    found, no_link, unknown = replies(slack)
    assert len(images(found)) == 1
    assert no_link["text"] == chat_answers.NO_LINK
    assert unknown["text"].startswith("No published story matches “https://elsewhere.example/”.")


@pytest.mark.parametrize("state", HIDDEN)
def test_hides_what_the_public_may_not_see(slack, state):
    store("ferry", canonical_url=ADDRESS)
    make_cards("ferry")
    store("ferry", canonical_url=ADDRESS, **HIDDEN[state])
    unknown = ask("nobody")["text"]
    assert unknown.startswith("No published story matches “nobody”.")
    for query in (ADDRESS, "ferry", "ferr", "harbour"):
        assert ask(query)["text"] == unknown.replace("nobody", query)
    for action in ("show", "zip"):
        assert send(press(action, "ferry", f"{slack.base_url}/reply")).status == 200
    assert [reply["text"] for reply in replies(slack)] == [chat_answers.GONE, chat_answers.GONE]
    assert "Harbour" not in json.dumps(replies(slack))


def test_answers_help_empty_commands_and_hostile_text(slack, aws):
    for text in ("", " ", "help", "Help"):
        assert ask(text)["text"] == chat_answers.HELP
    for text in ("<!channel>", "🙂", "../..", "x" * 5_000, "https://[", "a\x00b", "ferry/article.json"):
        message = ask(text)
        assert message["text"].startswith("No published story matches")
        assert "<!" not in json.dumps(message)
    for value in ("", "../ferry", "a" * 129):
        send(press("show", value, f"{slack.base_url}/reply"))
    assert {reply["text"] for reply in replies(slack)} == {chat_answers.GONE}


def test_pressed_links_and_unknown_interactions_are_only_acknowledged(slack):
    for body in (press("link-0", "", f"{slack.base_url}/reply"), b"payload=%7B%7D"):
        assert (send(body).status, send(body).body) == (200, b"")
    assert replies(slack) == []


def test_a_zip_is_a_link_to_every_public_card(slack, aws):
    store("ferry")
    make_cards("ferry")
    send(press("zip", "ferry", f"{slack.base_url}/reply"))
    [reply] = replies(slack)
    assert "The link works for 5 minutes." in reply["text"]
    assert "Expires=" in reply["blocks"][0]["accessory"]["url"]
    [key] = aws.list_keys("downloads/")
    archive = zipfile.ZipFile(io.BytesIO(aws.body(key)))
    assert archive.namelist()[:2] == ["ferry/manifest.json", "ferry/headline-square.png"]
    assert b"https://cards.example/share/ferry" in archive.read("ferry/captions-hootsuite.csv")


def test_answers_at_once_and_posts_cards_that_were_not_made_when_they_are(slack, aws, monkeypatch):
    store("ferry")
    monkeypatch.setattr("render_worker.app.render", lambda *_: None)
    assert ask("ferry", f"{slack.base_url}/reply")["text"] == chat_answers.MAKING
    [message] = aws.messages()
    assert failed_ids(worker(sqs_event(message), Context())) == []
    assert replies(slack) == []  # waits for a photograph: the request is queued again
    assert json.loads(message["Body"])["reply_url"] == f"{slack.base_url}/reply"
    make_cards("ferry")
    worker(sqs_event(message), Context())
    [reply] = replies(slack)
    assert len(images(reply)) == 1


def test_a_reply_is_posted_for_half_an_hour_and_never_for_a_hidden_story(slack, aws, monkeypatch):
    store("ferry")
    monkeypatch.setattr("render_worker.app.render", lambda *_: None)
    ask("ferry", f"{slack.base_url}/reply")
    [message] = aws.messages()
    make_cards("ferry")
    request = json.loads(message["Body"])
    until = datetime.fromisoformat(request["reply_until"]) - datetime.now(UTC)
    assert timedelta(minutes=29) < until <= timedelta(minutes=30)
    late = request | {"reply_until": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()}
    assert failed_ids(worker(sqs_event(message | {"Body": json.dumps(late)}), Context())) == []
    assert replies(slack) == []
    put_over("storycard", tombstone("ferry", datetime.now(UTC)), b"", datetime.now(UTC))
    worker(sqs_event(message), Context())
    assert [reply["text"] for reply in replies(slack)] == [chat_answers.GONE]


def test_a_failed_reply_is_reported_to_slack_and_never_retries_a_render(slack, aws, monkeypatch):
    store("ferry")
    make_cards("ferry")
    slack.pages["/reply"] = page(b"expired_url", 404)
    answer = send(press("show", "ferry", f"{slack.base_url}/reply"))
    assert (answer.status, answer.json["type"]) == (503, "urn:storycard:problem:reply-failed")
    monkeypatch.setattr("render_worker.app.render", lambda *_: None)
    request = {
        "source": "(chat)",
        "article_id": "ferry",
        "reply_url": f"{slack.base_url}/reply",
        "reply_until": "2100-01-01T00:00:00Z",
    }
    assert failed_ids(worker(sqs_event({"MessageId": "m", "Body": json.dumps(request)}), Context())) == []


def test_replies_go_to_slack_alone(monkeypatch):
    monkeypatch.setattr(safe_fetch, "_exchange", lambda *_: Fetched("", 200, {}, b""))
    post_reply("https://hooks.slack.com/actions/1", {"text": "Ferries"}, local=False)
    refused = ("http://{0}/1", "https://{0}:8443/1", "https://{0}.example/", "https://a@{0}/", "https://127.0.0.1/", "x", "")
    for url in (url.format("hooks.slack.com") for url in refused):
        with pytest.raises(ReplyFailed):
            post_reply(url, {"text": "Ferries"}, local=False)

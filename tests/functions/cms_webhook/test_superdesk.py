"""Plays what a Superdesk desk does with a story: correct, update, kill, and push packages and pictures."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cms_webhook.app
import http_api.app
from support.aws_in_memory import AwsInMemory, aws_in_memory
from support.cms_examples import EXAMPLES
from support.cms_signers import SIGNERS
from support.lambda_events import as_body, call

[SUPERDESK] = [example for example in EXAMPLES if example.name == "superdesk"]
STORY = json.loads(SUPERDESK.body("published")) | {"associations": {}}


@pytest.fixture
def desk(assets_of_one_format: Path) -> Iterator[AwsInMemory]:
    with aws_in_memory(assets_of_one_format) as system:
        system.connect("", SUPERDESK.sources)
        yield system


def push(desk: AwsInMemory, **fields: object) -> dict:
    body = as_body(STORY | fields)
    headers = SIGNERS["superdesk"].sign(body, SIGNERS["superdesk"].secret, datetime.now(UTC), "")
    answer = call(cms_webhook.app.handler, "POST", "/webhooks/superdesk", dict(headers), body)
    assert 200 <= answer.status < 300, answer.body  # other answers make Superdesk try again, or stop
    desk.work()
    return answer.json


def headline(article_id: str) -> str:
    answer = call(http_api.app.handler, "GET", f"/cards/{article_id}")
    return answer.json["cards"][0]["alt"] if answer.status == 200 else str(answer.status)


def test_a_correction_replaces_the_story_and_a_kill_withdraws_it_for_good(desk):
    story = push(desk)["article_id"]
    push(desk, version="2", headline="Corrected", versioncreated="2026-03-01T10:05:00+0000")
    assert headline(story) == "Corrected"
    assert push(desk, version="1", ednote="sent again")["article"] == "older"
    assert headline(story) == "Corrected"
    push(desk, version="3", pubstatus="canceled", headline="KILL", versioncreated="2026-03-01T10:10:00+0000")
    assert headline(story) == "410"
    push(desk, version="2", headline="Corrected, late", versioncreated="2026-03-01T10:06:00+0000")
    assert headline(story) == "410"


def test_an_update_is_a_story_of_its_own(desk):
    first = push(desk)["article_id"]
    update = push(desk, guid="urn:newsml:desk.example:2026-03-01:2", headline="The board answers", evolvedfrom=STORY["guid"])
    assert [headline(first), headline(update["article_id"])] == [STORY["headline"], "The board answers"]


@pytest.mark.parametrize("kind", ["composite", "picture", "graphic", "video", "audio", "event", "planning"])
def test_packages_and_other_items_are_taken_but_ignored(desk, kind):
    package = push(desk, guid=f"urn:newsml:desk.example:{kind}", type=kind, associations={"main": STORY})
    assert package["article"] == "ignored"
    assert desk.list_keys("articles/") == []


def test_a_preformatted_story_is_a_story(desk):
    story = push(desk, body_html="<pre>The lighthouse goes dark.</pre>")
    assert headline(story["article_id"]) == STORY["headline"]

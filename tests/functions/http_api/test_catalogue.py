"""Tests `/whoami` and `/catalogue`."""

import pytest

from http_api.app import handler
from support.lambda_events import call
from support.team_tokens import TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def test_returns_the_caller_and_the_catalogue(aws):
    assert call(handler, "GET", "/whoami", VIEWER).json == {"name": "viewer", "role": "viewer"}
    catalogue = call(handler, "GET", "/catalogue").json
    assert catalogue["kinds"] == ["headline", "bullet", "quote", "question", "carousel"]
    assert next(known for known in catalogue["formats"] if known["name"] == "story")["safe"]["top"] == 270
    assert "broadsheet" in [theme["name"] for theme in catalogue["themes"]]


def test_formats_say_where_their_cards_go(aws):
    formats = call(handler, "GET", "/catalogue").json["formats"]
    assert {known["name"]: known["destination"] for known in formats}["portrait"] == "Instagram portrait 4:5"


def test_only_callers_with_a_token_see_the_names_of_chats_and_nobody_sees_their_addresses(aws):
    desk = '[outgoing.desk]\nformat = "slack"\nurl = "https://hooks.slack.com/services/SECRET"\n'
    machine = '[outgoing.machine]\nurl = "https://receiver.example/"\nsecrets = ["whsec_aGVsbG8="]\n'
    aws.connect(TOKENS + desk + machine)
    public, private = call(handler, "GET", "/catalogue"), call(handler, "GET", "/catalogue", VIEWER)
    assert "receivers" not in public.json
    assert private.json["receivers"] == ["desk"]
    assert b"SECRET" not in private.body
    assert [answer.headers["cache-control"] for answer in (public, private)] == ["public, max-age=300", "private, no-store"]
    assert {answer.headers["vary"] for answer in (public, private)} == {"Authorization"}
    assert call(handler, "GET", "/catalogue", {"authorization": "Bearer wrong"}).status == 401


@pytest.mark.parametrize("setting", ["off", "required"])
def test_callers_with_a_token_see_whether_posts_need_an_approval(configure, setting):
    configure("POST_APPROVAL", setting)
    assert call(handler, "GET", "/catalogue", VIEWER).json["post_approval"] == setting
    assert "post_approval" not in call(handler, "GET", "/catalogue").json


@pytest.mark.parametrize(("tables", "names"), [("", ["teams"]), ('[outgoing.teams]\nformat = "slack"\nurl = "{}"\n', ["teams"])])
def test_a_chat_without_a_name_is_called_after_its_format(aws, tables, names):
    url = "https://chat.example/1"
    aws.connect(TOKENS + f'[outgoing]\nformat = "teams"\nurl = "{url}"\n' + tables.format(url))
    assert call(handler, "GET", "/catalogue", VIEWER).json["receivers"] == names

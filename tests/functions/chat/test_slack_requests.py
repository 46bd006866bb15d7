"""Tests what Slack sends: signatures against its published example, forms against arbitrary bytes, and documented payloads."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.slack_requests import (
    MAX_FIELDS,
    MAX_LINKS,
    Asked,
    Challenge,
    Pressed,
    links_in,
    read_form,
    read_request,
    verify,
)
from adapters.cms.signatures.scheme import Credentials, WebhookRequest
from adapters.errors import BodyUnreadable, SignatureInvalid
from support.slack import FORM, REPLY_URL, SECRET, command, interaction, press, shortcut, slack_signed

# https://docs.slack.dev/authentication/verifying-requests-from-slack
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
TIMESTAMP = 1531420618
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
ADDRESS = "https://paper.example/a?b=1&c=2"


def check(body: bytes = BODY, late: float = 0, secrets: tuple[str, ...] = (SECRET,), **headers: str) -> None:
    sent = {"x-slack-request-timestamp": str(TIMESTAMP), "x-slack-signature": SIGNATURE} | headers
    received_at = datetime.fromtimestamp(TIMESTAMP, UTC) + timedelta(seconds=late)
    request = WebhookRequest("POST", "/chat/slack", sent, body, received_at)
    verify(request, Credentials(tuple(secret.encode() for secret in secrets)))


def test_accepts_the_example_that_slack_publishes_for_five_minutes_and_during_a_rotation():
    check()
    check(late=299)
    check(late=-299)
    check(secrets=("a newer secret", SECRET))


REFUSED = {
    "another body": {"body": BODY + b" "},
    "another secret": {"secrets": ("another",)},
    "a replay after five minutes": {"late": 301},
    "a time to come": {"late": -301},
    "another time": {"x-slack-request-timestamp": str(TIMESTAMP + 1)},
    "no time": {"x-slack-request-timestamp": ""},
    "no signature": {"x-slack-signature": ""},
    "another version": {"x-slack-signature": SIGNATURE.replace("v0", "v1")},
    "no version": {"x-slack-signature": SIGNATURE.removeprefix("v0=")},
    "no hexadecimal": {"x-slack-signature": "v0=é"},
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refuses_any_other_request(fault):
    with pytest.raises(SignatureInvalid):
        check(**REFUSED[fault])


@given(st.dictionaries(st.text(), st.text(), max_size=MAX_FIELDS))
def test_reads_every_form_that_is_written(fields):
    assert read_form(urlencode(fields).encode()) == fields


@given(st.one_of(st.binary(), st.text("%&=+;abcdef0123456789").map(str.encode)))
def test_arbitrary_bytes_are_a_form_or_refused(body):
    with suppress(BodyUnreadable):
        assert all(isinstance(part, str) for pair in read_form(body).items() for part in pair)


def test_refuses_forms_without_end_and_takes_the_first_value_of_a_name():
    assert read_form(b"a=1&a=2&b") == {"a": "1", "b": ""}
    for body in (b"a=%ff", b"\xff=1", b"&".join([b"a=1"] * (MAX_FIELDS + 1))):
        with pytest.raises(BodyUnreadable):
            read_form(body)


def test_reads_commands_however_slack_writes_an_address():
    escaped = ADDRESS.replace("&", "&amp;")
    for text in (ADDRESS, f" {ADDRESS} ", escaped, f"<{escaped}>", f"<{escaped}|the story>"):
        assert read_request(command(text), FORM) == Asked((ADDRESS,), REPLY_URL, "U2147483697", by_command=True)
    assert read_request(command("night ferries &lt;3"), FORM).queries == ("night ferries <3",)
    assert read_request(command(" "), FORM).queries == ()


def test_finds_the_links_of_a_message_once():
    link = {"type": "rich_text_section", "elements": [{"type": "link", "url": ADDRESS, "text": "https://other.example"}]}
    message = {
        "text": f"Look: <{ADDRESS.replace('&', '&amp;')}|the story> <@U1> <!here> <mailto:a@b.example|a> https://bare.example",
        "blocks": [{"type": "rich_text", "elements": [link]}],
        "attachments": [{"from_url": "https://second.example/", "image_url": "https://image.example/a.png"}],
    }
    assert read_request(shortcut(message), FORM) == Asked(
        (ADDRESS, "https://second.example/"), REPLY_URL, "U0D15K92L", by_command=False
    )
    many = " ".join(f"<https://a.example/{number}>" for number in range(9))
    assert links_in({"text": many}) == tuple(f"https://a.example/{number}" for number in range(MAX_LINKS))
    for nothing in ({}, {"text": None}, None, [], {"text": 7, "blocks": [[["<"]]]}):
        assert links_in(nothing) == ()


def test_reads_a_pressed_button_and_ignores_other_interactions():
    assert read_request(press("show", "ferry"), FORM) == Pressed("show", "ferry", REPLY_URL, "UA8RXUSPL")
    for payload in ({"type": "view_submission"}, {"type": ["x"]}, {}):
        assert read_request(interaction(payload), FORM) is None


def test_answers_the_challenge_of_an_address():
    # https://docs.slack.dev/reference/events/url_verification
    event = {"token": "Jhj5dZrVaK7ZwHHjRyZWjbDl", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmd", "type": "url_verification"}
    assert read_request(json.dumps(event).encode(), "application/json; charset=utf-8") == Challenge(event["challenge"])
    assert read_request(b'{"type": "event_callback"}', "application/json") is None


def test_refuses_payloads_that_are_no_json():
    for body in (b"payload=", b"payload=%7B", b"payload=7", b"payload=" + b"[" * 5_000):
        with pytest.raises(BodyUnreadable):
            read_request(body, FORM)


def test_lone_surrogates_never_reach_an_answer():
    for found in (read_request(press("show", "\ud800"), FORM).value, *links_in({"text": "<https://a.example/\ud800>"})):
        found.encode()


def test_the_signer_of_the_tests_signs_as_slack_does():
    assert slack_signed(BODY, at=TIMESTAMP)["x-slack-signature"] == SIGNATURE

"""Tests the Standard Webhooks scheme against its specification and its reference package."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import Credentials, WebhookRequest
from adapters.errors import SignatureInvalid

SCHEME = SCHEMES["standard-webhooks"]

# The example that the specification's libraries publish.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
SENT_AT = datetime.fromtimestamp(1614265330, UTC)
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
OTHER_SECRET = "whsec_" + base64.b64encode(b"the key that comes next").decode()


def verify(headers=HEADERS, body=BODY, secrets=(SECRET,), now=SENT_AT):
    request = WebhookRequest("POST", "/webhooks/desk", headers, body, now)
    return SCHEME.verify(request, Credentials(tuple(SCHEME.read_key(secret) for secret in secrets)))


def test_accepts_the_published_example():
    event = verify()
    assert event.id == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert event.sent_at == SENT_AT.replace(microsecond=999_999)


@given(body=st.text(), event_id=st.from_regex(r"[A-Za-z0-9_]{1,40}", fullmatch=True), key=st.binary(min_size=1, max_size=64))
def test_agrees_with_the_standard_webhooks_package(body, event_id, key):
    secret = "whsec_" + base64.b64encode(key).decode()
    headers = HEADERS | {"webhook-id": event_id, "webhook-signature": Webhook(secret).sign(event_id, SENT_AT, body)}
    assert verify(headers, body.encode(), (secret,)).id == event_id


def test_accepts_a_binary_body():
    with pytest.raises(SignatureInvalid):
        verify(body=b"\xff\xfe\x00")


def test_accepts_both_secrets_during_a_rotation():
    assert verify(secrets=(OTHER_SECRET, SECRET)).sent_at == SENT_AT.replace(microsecond=999_999)
    with pytest.raises(SignatureInvalid, match="webhook-signature"):
        verify(secrets=(OTHER_SECRET,))


def test_accepts_one_valid_signature_among_several():
    several = "v1a,abcd v1,bm90IHRoaXMgb25l garbage " + HEADERS["webhook-signature"]
    assert verify(HEADERS | {"webhook-signature": several}).sent_at == SENT_AT.replace(microsecond=999_999)


@pytest.mark.parametrize(
    "signature",
    [
        HEADERS["webhook-signature"].replace("v1,", "v2,"),
        HEADERS["webhook-signature"].replace("v1,", "v1a,"),
        HEADERS["webhook-signature"].replace("v1,", ""),
        HEADERS["webhook-signature"][:-2],
        HEADERS["webhook-signature"].replace("g0h", "h0g"),
        "v1,",
        "v1,é",
        ",",
        " ",
    ],
)
def test_rejects_a_signature_of_another_version_or_form(signature):
    with pytest.raises(SignatureInvalid, match="webhook-signature"):
        verify(HEADERS | {"webhook-signature": signature})


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_is_required(name):
    with pytest.raises(SignatureInvalid, match=name):
        verify({key: value for key, value in HEADERS.items() if key != name})
    with pytest.raises(SignatureInvalid, match=name):
        verify(HEADERS | {name: ""})


@pytest.mark.parametrize("change", [{"webhook-id": "msg_other"}, {"webhook-timestamp": "1614265331"}])
def test_rejects_a_changed_id_or_time(change):
    with pytest.raises(SignatureInvalid, match="webhook-signature"):
        verify(HEADERS | change)


def test_rejects_a_changed_body():
    with pytest.raises(SignatureInvalid, match="webhook-signature"):
        verify(body=BODY + b" ")


def test_rejects_timestamps_more_than_five_minutes_off():
    for offset in (timedelta(minutes=5), timedelta(minutes=-5)):
        assert verify(now=SENT_AT + offset)
    for offset in (timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1)):
        with pytest.raises(SignatureInvalid, match="5 minutes"):
            verify(now=SENT_AT + offset)


@pytest.mark.parametrize("timestamp", ["1e9", "1614265330.0", " 1614265330", "-1", "١٦١٤٢٦٥٣٣٠", "9" * 12, "9" * 5000, "now"])
def test_rejects_a_timestamp_that_is_not_plain_seconds(timestamp):
    with pytest.raises(SignatureInvalid, match="webhook-timestamp"):
        verify(HEADERS | {"webhook-timestamp": timestamp})


@pytest.mark.parametrize("secret", ["whsec_", "", "whsec_not base64", "whsec_abc"])
def test_rejects_a_secret_that_is_not_a_key(secret):
    with pytest.raises(ValueError):  # noqa: PT011  # each of them has its own words
        SCHEME.read_key(secret)

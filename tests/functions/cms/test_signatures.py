"""Checks every scheme against independent signers and against signatures made by the vendors' own packages."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import WebhookRequest
from adapters.config.webhook_sources import parse_sources
from adapters.errors import ConfigInvalid, SignatureInvalid
from support.cms_signers import CONTENTFUL_SECRET, SECRET, SIGNERS, TOPIC, Signer, contentful

BODY = '{"sys":{"id":"ferry"},"fields":{"headline":{"nb":"Fergene går hele natten — «alle»"}}}'.encode()
SENT_AT = datetime(2026, 3, 1, 10, 0, 0, 123_000, UTC)
SECOND_END, MILLISECOND_END = timedelta(microseconds=999_999), timedelta(microseconds=999)
PATH = "/webhooks/desk"

# The same body at the same moment, signed by the vendors' own code in Node 20:
# contentful: signRequest of @contentful/node-apps-toolkit 3.16.1; sanity: encodeSignatureHeader of @sanity/webhook 4.0.4;
# hygraph: generateWebhookSignature of @hygraph/utils 1.2.1;
# ghost: the expression in Ghost's WebhookTrigger.js, and the one before TryGhost/Ghost#20500;
# storyblok: the createHmac call of storyblok.com/tp/webhook-secret-with-different-technologies;
# superdesk: _get_data_hash of superdesk-core's http_push.py, run in Python;
# hmac-sha1: hash_hmac of PHP 8.2, as in the module Webhooks of Drupal;
# hmac-sha256: the example of GitHub's page on validating webhook deliveries, which has a secret and a body of its own.
CONTENTFUL_HEADERS = {
    "content-type": "application/vnd.contentful.management.v1+json",
    "x-contentful-topic": TOPIC,
    "x-contentful-signature": "dc56d85ec0711875272023890f28f332858fc77575cbc1d93bcaaaa22913fa1f",
    "x-contentful-signed-headers": "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
    "x-contentful-timestamp": "1772359200123",
}
CONTENTFUL_QUERY_HEADERS = {
    "x-contentful-signature": "ea6faeabb7d2b19ce75c8232c1bf69b8f850a7015f8730f67cf31e8fcd12a419",
    "x-contentful-signed-headers": "x-contentful-signed-headers,x-contentful-timestamp",
    "x-contentful-timestamp": "1772359200123",
}
GHOST = "sha256=2a663d371b4d1bd6fbdf17534e21af90277e21926376482bb249e19a3b4a87ba, t=1772359200123"
GHOST_BODY_ONLY = "sha256=01a00f4594bc39c3720408b57a17327288d9841b7e656d8f516ebab626d0898b, t=1772359200123"
SANITY = "t=1772359200123,v1=v6AdXPodT3Vv7IBFHQeyplfLcc-XMaCbamvsbwCsSCs"
HYGRAPH = "sign=HRP21DDkjxTbPBBtX9nHYbTr7uCWkMmrWnfbL1oyTuY=, env=master, t=1772359200123"
HYGRAPH_ESCAPED = "sign=anhcLJo7RvLhVYlGSMId8epFk0RyVFFKT9Ij0EiyBpA=, env=dev-1.2, t=1772359200123"
STORYBLOK = "9b06e849bf4cc98f605578d0496075632fb665eb"
SUPERDESK = "sha1=9b06e849bf4cc98f605578d0496075632fb665eb"
GITHUB = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

SCHEME_NAMES = pytest.mark.parametrize("scheme", SIGNERS)
TIMED = pytest.mark.parametrize("scheme", [name for name, signer in SIGNERS.items() if signer.signs_time])
BODY_SIGNED = pytest.mark.parametrize("scheme", [name for name, signer in SIGNERS.items() if signer.signs_body])


def verify(scheme, headers, body=BODY, secrets=(), now=SENT_AT, path=PATH, method="POST"):
    """Verifies with credentials read from a configuration."""
    source = parse_sources(SIGNERS[scheme].toml("desk", scheme, "native", *secrets))["desk"]
    return SCHEMES[source.scheme].verify(WebhookRequest(method, path, headers, body, now), source.credentials)


def signed(scheme, body=BODY, at=SENT_AT, secret=None):
    signer: Signer = SIGNERS[scheme]
    return dict(signer.sign(body, secret or signer.secret, at, PATH))


def test_every_scheme_has_a_signer():
    assert set(SIGNERS) == set(SCHEMES), "add a signer to tests/support/cms_signers.py, and the scheme to SCHEMES"


@pytest.mark.parametrize(
    ("scheme", "headers", "secret", "body", "path"),
    [
        ("contentful", CONTENTFUL_HEADERS, CONTENTFUL_SECRET, BODY, "/webhooks/contentful"),
        ("contentful", CONTENTFUL_QUERY_HEADERS, CONTENTFUL_SECRET, BODY, "/webhooks/contentful?env=é master&a=1"),
        ("ghost", {"x-ghost-signature": GHOST}, SECRET, BODY, PATH),
        ("ghost-body-only", {"x-ghost-signature": GHOST_BODY_ONLY}, SECRET, BODY, PATH),
        ("sanity", {"sanity-webhook-signature": SANITY}, SECRET, BODY, PATH),
        ("hygraph", {"gcms-signature": HYGRAPH}, SECRET, BODY, PATH),
        ("hygraph", {"gcms-signature": HYGRAPH_ESCAPED}, SECRET, BODY + b'\n\t\x01\x7f "\\', PATH),
        ("storyblok", {"webhook-signature": STORYBLOK}, SECRET, BODY, PATH),
        ("superdesk", {"x-superdesk-signature": SUPERDESK}, SECRET, BODY, PATH),
        ("hmac-sha1", {"x-hub-signature": SUPERDESK}, SECRET, BODY, PATH),
        ("hmac-sha256", {"x-hub-signature-256": GITHUB}, "It's a Secret to Everybody", b"Hello, World!", PATH),
    ],
)
def test_accepts_signatures_of_the_vendors_own_code(scheme, headers, secret, body, path):
    event = verify(scheme, headers, body, (secret,), path=path)
    assert event.sent_at == (SENT_AT + MILLISECOND_END if SIGNERS[scheme].signs_time else SENT_AT)


@SCHEME_NAMES
@given(body=st.binary(max_size=300), seconds=st.integers(0, 4_000_000_000), off=st.integers(-300_000, 299_999))
def test_agrees_with_an_independent_signer_for_any_body_and_time(scheme, body, seconds, off):
    at = datetime.fromtimestamp(seconds, UTC)
    now = at + timedelta(milliseconds=off)
    event = verify(scheme, signed(scheme, body, at), body, now=now)
    unit_end = SECOND_END if SIGNERS[scheme].signs_seconds else MILLISECOND_END
    assert event.sent_at == (at + unit_end if SIGNERS[scheme].signs_time else now)


@BODY_SIGNED
@pytest.mark.parametrize("change", [lambda body: body + b" ", lambda body: body.replace(b"ferry", b"fairy"), lambda body: b""])
def test_rejects_a_changed_body(scheme, change):
    with pytest.raises(SignatureInvalid, match=r": expected this request's signature by the source's secret, got another"):
        verify(scheme, signed(scheme), change(BODY))


@BODY_SIGNED
def test_rejects_the_same_json_in_other_bytes(scheme):
    reencoded = json.dumps(json.loads(BODY)).encode()
    assert json.loads(reencoded) == json.loads(BODY)
    with pytest.raises(SignatureInvalid):
        verify(scheme, signed(scheme), reencoded)


@SCHEME_NAMES
def test_every_signature_header_is_required_and_signed(scheme):
    headers = signed(scheme)
    for name, value in headers.items():
        tampered = value[:-1] + ("0" if value[-1] != "0" else "1")
        if scheme == "ghost-body-only":
            tampered = value.replace("sha256=0", "sha256=1")  # there, the moment is not signed
        for spoiled in (tampered, "", " ", "é", value + "é", value + "\udc80", "ſ" + value[1:], value + "," + value):
            with pytest.raises(SignatureInvalid):
                verify(scheme, headers | {name: spoiled})
        with pytest.raises(SignatureInvalid):
            verify(scheme, {key: text for key, text in headers.items() if key != name})


@TIMED
def test_rejects_timestamps_more_than_five_minutes_off(scheme):
    at = SENT_AT.replace(microsecond=0)
    headers = signed(scheme, at=at)
    for offset in (timedelta(minutes=5), timedelta(minutes=-5)):
        assert verify(scheme, headers, now=at + offset)
    for offset in (timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1)):
        with pytest.raises(SignatureInvalid, match="5 minutes"):
            verify(scheme, headers, now=at + offset)


@TIMED
@pytest.mark.parametrize("timestamp", ["now", "-1", "1e12", "١٧٧٢٣٥٩٢٠٠١٢٣", "9" * 15, "9" * 5000, "1_772_359_200_123", ""])
def test_rejects_a_timestamp_that_is_not_plain_digits(scheme, timestamp):
    headers = signed(scheme)
    moment = str(round(SENT_AT.timestamp() * 1000))[: 10 if SIGNERS[scheme].signs_seconds else None]
    [name] = [name for name, value in headers.items() if moment in value]
    with pytest.raises(SignatureInvalid):
        verify(scheme, headers | {name: headers[name].replace(moment, timestamp)})


@SCHEME_NAMES
def test_accepts_each_configured_secret_and_no_other(scheme):
    signer = SIGNERS[scheme]
    both = (signer.next_secret, signer.secret)
    for secret in both:
        assert verify(scheme, signed(scheme, secret=secret), secrets=both)
    with pytest.raises(SignatureInvalid):
        verify(scheme, signed(scheme), secrets=(signer.next_secret,))


@SCHEME_NAMES
@pytest.mark.parametrize("secret", ['""', '" "', "7", '"trailing "', "[]"])
def test_names_the_source_and_key_of_an_invalid_secret(scheme, secret):
    document = SIGNERS[scheme].toml("desk", scheme, "native", "PLACE").replace('"PLACE"', secret)
    with pytest.raises(ConfigInvalid, match=r"sources\.desk\.secrets\[0\]"):
        parse_sources(document)


def test_a_contentful_secret_has_64_characters():
    with pytest.raises(ConfigInvalid, match="contentful"):
        parse_sources(SIGNERS["contentful"].toml("desk", "contentful", "contentful", CONTENTFUL_SECRET[1:]))


@pytest.mark.parametrize("change", [{"method": "PUT"}, {"path": "/webhooks/other"}, {"path": PATH + "?a=1"}])
def test_contentful_signs_the_method_and_the_path(change):
    with pytest.raises(SignatureInvalid, match="x-contentful-signature"):
        verify("contentful", signed("contentful"), **change)


def test_contentful_must_sign_its_timestamp_and_list_of_headers():
    headers = contentful(BODY, CONTENTFUL_SECRET, SENT_AT, PATH)
    for name in ("x-contentful-timestamp", "x-contentful-signed-headers"):
        listed = headers["x-contentful-signed-headers"].replace(name, "content-type")
        with pytest.raises(SignatureInvalid, match="x-contentful-signed-headers"):
            verify("contentful", headers | {"x-contentful-signed-headers": listed})


def test_ignores_an_unsigned_contentful_topic():
    assert verify("contentful", signed("contentful")).topic == TOPIC
    event = verify(
        "contentful",
        CONTENTFUL_QUERY_HEADERS | {"x-contentful-topic": TOPIC},
        path=PATH.replace("desk", "contentful?env=é master&a=1"),
    )
    assert event.topic == ""


def test_accepts_two_signatures_in_one_header_only_if_the_scheme_does():
    standard = signed("standard-webhooks")
    several = "v1a,abcd v1,bm90IHRoaXMgb25l " + standard["webhook-signature"]
    assert verify("standard-webhooks", standard | {"webhook-signature": several})
    with pytest.raises(SignatureInvalid):
        verify("sanity", {"sanity-webhook-signature": SANITY + ",v1=" + SANITY[-43:]})


def test_superdesk_names_its_algorithm():
    for value in (SUPERDESK[5:], SUPERDESK.replace("sha1", "sha256")):
        with pytest.raises(SignatureInvalid, match="expected 'sha1=' and 40 hexadecimal digits"):
            verify("superdesk", {"x-superdesk-signature": value})


def test_uses_the_configured_scheme_of_two_with_the_same_header():
    body_only, timed = signed("ghost-body-only"), signed("ghost")
    for scheme, headers in (("ghost", body_only), ("ghost-body-only", timed)):
        with pytest.raises(SignatureInvalid):
            verify(scheme, headers)
    with pytest.raises(SignatureInvalid):
        verify("storyblok", signed("standard-webhooks"))


@pytest.mark.parametrize(
    "signature", [GITHUB[7:], GITHUB.replace("sha256", "sha1"), GITHUB + "00", GITHUB[:-1] + "g", GITHUB[:9] + " " + GITHUB[9:]]
)
def test_rejects_a_malformed_signature(signature):
    with pytest.raises(SignatureInvalid):
        verify("hmac-sha256", {"x-hub-signature-256": signature}, b"Hello, World!", ("It's a Secret to Everybody",))


def test_events_without_an_id_are_named_after_their_time():
    assert verify("ghost", signed("ghost")).id == "1772359200123"


@pytest.mark.parametrize("scheme", [name for name, signer in SIGNERS.items() if not signer.signs_time])
def test_events_without_an_id_and_a_time_have_no_name(scheme):
    assert verify(scheme, signed(scheme)).id == ""

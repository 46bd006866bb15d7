"""Tests the webhook function: signatures, replays, rotated secrets, and what it stores and queues."""

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

import render_worker.app
from adapters.clients import s3, secretsmanager
from adapters.config import secrets_cache
from adapters.web.request_body import MAX_EVENT
from cms_webhook.app import handler
from support.lambda_events import SECRET, Context, as_body, call, native, signed, sqs_event
from support.paths import ROOT
from support.s3_calls import s3_calls

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

OTHER_SECRET = "whsec_bmV4dCB5ZWFyJ3Mga2V5"


def post(
    body: bytes,
    event_id: str = "msg_1",
    headers: dict[str, str] | None = None,
    path: str = "/webhooks/desk",
    as_base64: bool = False,
):
    return call(handler, "POST", path, signed(body, event_id) if headers is None else headers, body, as_base64)


def bodies(messages: list[dict]) -> list[dict]:
    """Returns the messages' bodies without the correlation ID, which test_telemetry.py covers."""
    found = [json.loads(message["Body"]) for message in messages]
    return [{name: value for name, value in body.items() if name != "correlation_id"} for body in found]


def test_keeps_stores_and_enqueues_an_event(aws):
    body = as_body(native("ferry"))
    answer = post(body)
    assert answer.status == 202
    assert answer.json == {"event_id": "msg_1", "article_id": "ferry", "article": "stored"}
    [inbox] = aws.list_keys("inbox/")
    assert inbox.startswith("inbox/desk/msg_1/")
    assert aws.body(inbox) == body
    assert aws.body("articles/ferry/source.json") == body
    assert json.loads(aws.body("articles/ferry/article.json"))["headline"] == native("ferry")["headline"]
    assert bodies(aws.messages()) == [{"source": "desk", "inbox": inbox, "article_id": "ferry"}]
    assert aws.list_keys("cards/") == []


@pytest.mark.parametrize(("revision", "looks"), [(1, {"GetObject": 1}), (2, {"GetObject": 1, "HeadObject": 1})])
def test_an_event_makes_no_call_to_s3_that_it_does_not_need(aws, revision, looks):
    """One looks whether the article is stored; another, of a stored article, which source is. Webhooks wait for each of them."""
    for number in range(1, revision):
        post(as_body(native("ferry", headline=f"Revision {number}", updated_at=None)), f"msg_{number}")
    with s3_calls() as calls:
        post(as_body(native("ferry", updated_at=None)), "msg_9")
    # The delivery, its article's name, the article, its source, and two entries for the list and the search.
    assert Counter(calls) == {"PutObject": 6, **looks}


def test_verifies_the_decoded_bytes_of_a_base64_body(aws):
    body = as_body(native("ferry", headline="Fähre fährt — «все» ночи"))
    assert post(body, as_base64=True).status == 202
    assert aws.body("articles/ferry/source.json") == body


def test_a_replay_is_200_and_changes_nothing_but_is_enqueued_again(aws):
    body = as_body(native("ferry"))
    post(body)
    before = s3().head_object(Bucket=aws.bucket, Key="articles/ferry/article.json")
    answer = post(body)
    assert answer.status == 200
    assert answer.json["article"] == "unchanged"
    assert s3().head_object(Bucket=aws.bucket, Key="articles/ferry/article.json")["ETag"] == before["ETag"]
    assert len(aws.list_keys("inbox/")) == 1
    assert len(aws.messages()) == 2


def test_a_replay_keeps_the_time_of_its_first_delivery(aws):
    """Sending an undated article again after a correction must not undo the correction, although its signature is newer."""
    now = datetime.now(UTC)
    first = as_body(native("ferry", headline="First", updated_at=None))
    second = as_body(native("ferry", headline="Corrected", updated_at=None))
    post(first, headers=signed(first, "msg_1", now - timedelta(seconds=90)))
    post(second, "msg_2", headers=signed(second, "msg_2", now - timedelta(seconds=60)))
    answer = post(first, headers=signed(first, "msg_1", now))
    assert (answer.status, answer.json["article"]) == (200, "older")
    assert json.loads(aws.body("articles/ferry/article.json"))["headline"] == "Corrected"


def test_an_older_revision_is_accepted_and_changes_nothing(aws):
    post(as_body(native("ferry", headline="Corrected", updated_at="2026-03-01T11:00:00Z")))
    answer = post(as_body(native("ferry", headline="First", updated_at="2026-03-01T10:00:00Z")), "msg_2")
    assert (answer.status, answer.json["article"]) == (202, "older")
    assert json.loads(aws.body("articles/ferry/article.json"))["headline"] == "Corrected"
    assert b"Corrected" in aws.body("articles/ferry/source.json")


def test_an_event_id_reused_for_another_body_is_kept_too(aws):
    assert post(as_body(native("ferry"))).status == 202
    assert post(as_body(native("museum"))).status == 202
    assert len(aws.list_keys("inbox/desk/msg_1/")) == 2


def test_hashes_an_event_id_that_is_unsafe_in_a_key(aws):
    assert post(as_body(native("ferry")), "../../articles/x/article.json ").status == 202
    [inbox] = aws.list_keys("inbox/")
    assert ".." not in inbox


@pytest.mark.parametrize(
    "spoil",
    [
        lambda headers: {},
        lambda headers: headers | {"webhook-signature": "v1,bm9uc2Vuc2U="},
        lambda headers: headers | {"webhook-signature": "nonsense"},
        lambda headers: headers | {"webhook-timestamp": "soon"},
        lambda headers: headers | {"webhook-id": "msg_2"},
        lambda headers: {name: value for name, value in headers.items() if name != "webhook-id"},
        lambda headers: signed(as_body(native("ferry")), "msg_1", datetime.now(UTC) - timedelta(minutes=6)),
        lambda headers: signed(as_body(native("ferry")), "msg_1", datetime.now(UTC) + timedelta(minutes=6)),
        lambda headers: signed(as_body(native("ferry")), "msg_1", secret=OTHER_SECRET),
    ],
)
def test_an_invalid_signature_is_401_and_stores_nothing(aws, spoil):
    body = as_body(native("ferry"))
    answer = post(body, headers=spoil(signed(body, "msg_1")))
    assert answer.status == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["title"] == "The signature of this webhook is not valid"
    assert aws.list_keys() == []
    assert aws.messages() == []


def test_a_truncated_upload_is_401(aws):
    body = as_body(native("ferry"))
    assert post(body[:-20], headers=signed(body, "msg_1")).status == 401
    assert aws.list_keys() == []


def test_accepts_both_secrets_during_a_rotation_and_only_the_new_one_after(aws):
    body = as_body(native("ferry"))

    def rotate(*accepted: str) -> list[int]:
        document = f'[sources.desk]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = {json.dumps(accepted)}\n'
        secretsmanager().put_secret_value(SecretId="webhooks", SecretString=document)
        secrets_cache.known.clear()  # five minutes later
        return [post(body, headers=signed(body, "msg_1", secret=secret)).status for secret in (SECRET, OTHER_SECRET)]

    assert rotate(SECRET) == [202, 401]
    assert rotate(OTHER_SECRET, SECRET) == [200, 200]
    assert rotate(OTHER_SECRET) == [401, 200]


def test_sees_a_rotated_secret_when_the_cache_expires(aws, monkeypatch):
    assert secrets_cache.MAX_AGE <= 300  # what docs/webhooks.md and docs/operating.md promise
    monkeypatch.setattr(secrets_cache, "MAX_AGE", 0.5)
    body = as_body(native("ferry"))

    def statuses() -> list[int]:
        return [post(body, headers=signed(body, "msg_1", secret=secret)).status for secret in (SECRET, OTHER_SECRET)]

    assert statuses() == [202, 401]
    document = f'[sources.desk]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{OTHER_SECRET}"]\n'
    secretsmanager().put_secret_value(SecretId="webhooks", SecretString=document)
    time.sleep(0.5)
    assert statuses() == [401, 200]


def test_fetches_the_sources_once_for_many_events(aws):
    body = as_body(native("ferry"))
    post(body)
    secretsmanager().delete_secret(SecretId="webhooks", ForceDeleteWithoutRecovery=True)
    assert post(body).status == 200


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"not json", 400, "body"),
        (b'{"id": "ferry", "headl', 400, "body"),
        (b"", 400, "body"),
        (b"[]", 400, "body"),
        (as_body({"id": "ferry", "language": "en"}), 422, "headline"),
        (as_body(native("ferry", headline="")), 422, "headline"),
        (as_body(native("ferry", headline=7)), 422, "headline"),
        (as_body(native("ferry", headline="x" * 100_000)), 422, "headline"),
        (as_body(native("../ferry")), 422, "id"),
        (as_body(native("ferry", status="lost")), 422, "status"),
        (as_body(native("ferry", updated_at="yesterday")), 422, "updated_at"),
    ],
)
def test_an_invalid_article_is_rejected_kept_and_dead_lettered(aws, body, status, field):
    answer = post(body)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["field"] == field
    assert answer.json["detail"].startswith(f"{field}: expected ")
    [inbox] = aws.list_keys("inbox/")
    assert aws.body(inbox) == body
    aws.pump(render_worker.app.handler, Context())
    assert bodies(aws.messages(aws.dead_letter_url)) == [{"source": "desk", "inbox": inbox}]
    assert aws.list_keys("articles/") == []


def test_the_worker_stores_and_renders_a_delivery_from_the_inbox(aws):
    """Covers a webhook that stopped after the inbox: its message names no article, and no article is stored."""
    body = as_body(native("ferry"))
    post(body)
    for key in aws.list_keys("articles/"):
        s3().delete_object(Bucket=aws.bucket, Key=key)
    [message] = aws.messages()
    request = json.loads(message["Body"])
    del request["article_id"]
    answer = render_worker.app.handler(sqs_event({"MessageId": "m1", "Body": json.dumps(request)}), Context())
    assert answer == {"batchItemFailures": []}
    assert "cards/ferry/manifest.json" in aws.list_keys("cards/")


def test_a_body_larger_than_lambda_accepts_is_413(aws):
    assert post(b" " * MAX_EVENT).status == 400
    assert post(b" " * (MAX_EVENT + 1)).status == 413
    assert MAX_EVENT == 6_291_556
    assert f"{MAX_EVENT:,} bytes" in (ROOT / "docs" / "webhooks.md").read_text("utf-8")


@pytest.mark.parametrize("path", ["/webhooks/nobody", "/webhooks/..", "/webhooks/" + "a" * 10_000])
def test_an_unknown_source_is_404(aws, path):
    answer = post(as_body(native("ferry")), path=path)
    assert answer.status == 404
    assert answer.json["title"] == "There is no such webhook source"
    assert aws.list_keys() == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"])
def test_a_webhook_accepts_only_post(endpoint, method):
    answer = call(handler, method, "/webhooks/desk")
    assert answer.status == 405
    assert answer.headers["allow"] == "POST"


def test_an_invalid_table_of_sources_is_500_without_details(aws):
    secretsmanager().put_secret_value(SecretId="webhooks", SecretString="[sources.desk]\nsecrets = 1")
    secrets_cache.known.clear()
    answer = post(as_body(native("ferry")))
    assert answer.status == 500
    assert b"sources.desk" not in answer.body

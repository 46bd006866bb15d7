"""Sends webhooks and requests to the built functions, loaded as on Lambda and limited to their roles."""

import io
import json
import threading
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from local_stack.client import Answer, call, signed
from local_stack.pump import pump
from support.card_counts import FULL_SET

pytestmark = pytest.mark.slow


def article(article_id: str) -> bytes:
    fields = {
        "id": article_id,
        "headline": "Lighthouse keepers return to the northern coast",
        "language": "en",
        "bullets": ["Three towers are staffed again after forty years"],
        "quotes": [{"text": "A lamp that nobody watches is only a lamp.", "speaker": "Maren Aas", "role": "keeper"}],
        "updated_at": "2026-03-01T10:00:00Z",
    }
    return json.dumps(fields).encode()


@pytest.fixture
def article_id(deployed) -> str:
    """Returns the ID of an article that the webhook has just accepted."""
    article_id = f"lighthouse-{uuid4()}"
    assert send(deployed, article(article_id), article_id).status == 202
    return article_id


def send(deployed, body: bytes, event_id: str) -> Answer:
    headers = signed(body, deployed.webhook_secret, message_id=event_id)
    return call(deployed.base_url, "POST", "/webhooks/demo", body, headers)


def test_webhook_is_stored_and_a_repeat_recognised(deployed, article_id):
    assert send(deployed, article(article_id), article_id).status == 200
    keys = [item["Key"] for item in deployed.client("s3").list_objects_v2(Bucket=deployed.bucket)["Contents"]]
    assert f"articles/{article_id}/article.json" in keys
    assert [key for key in keys if key.startswith(f"inbox/demo/{article_id}/")] != []


def test_rejects_forged_webhook(deployed):
    forged = signed(article("forged"), "whsec_" + "A" * 32)
    assert call(deployed.base_url, "POST", "/webhooks/demo", article("forged"), forged).status == 401


@pytest.mark.parametrize(
    ("path", "size", "kind"),
    [
        ("headline/og.png", (1200, 630), "PNG"),
        ("quote/story.jpg", (1080, 1920), "JPEG"),
        ("bullet/square.webp", (1080, 1080), "WEBP"),
    ],
)
def test_first_request_renders_the_card(deployed, article_id, path, size, kind):
    url = f"/cards/{article_id}/{path}"
    first = call(deployed.base_url, "GET", url)
    assert first.status == 200
    with Image.open(io.BytesIO(first.body)) as image:
        image.load()
        assert (image.size, image.format) == (size, kind)
    assert call(deployed.base_url, "GET", url, headers={"if-none-match": first.headers["etag"]}).status == 304


def test_worker_renders_the_set(deployed, article_id):
    reports, done = [], threading.Event()

    def render(event: dict) -> dict:
        reports.append(deployed.render_worker(event))
        done.set()
        return reports[-1]

    pump(deployed.client("sqs"), deployed.queue_url, render, done)
    assert reports == [{"batchItemFailures": []}]
    stored = deployed.client("s3").get_object(Bucket=deployed.bucket, Key=f"cards/{article_id}/manifest.json")
    manifest = json.loads(stored["Body"].read())
    assert len(manifest["cards"]) == FULL_SET
    assert json.loads(call(deployed.base_url, "GET", f"/cards/{article_id}").body) == manifest


@pytest.mark.parametrize(
    ("role", "key"),
    [
        ("HttpApiRole", "preview/a/manifest.json"),
        ("HttpApiRole", "inbox/demo/a/b"),
        ("CmsWebhookRole", "cards/a/manifest.json"),
        ("RenderWorkerRole", "inbox/demo/a/b"),
        ("DoneWebhookRole", "cards/a/manifest.json"),
    ],
)
def test_role_writes_only_its_own_keys(deployed, role, key):
    with pytest.raises(ClientError, match="AccessDenied"):
        deployed.client("s3", role).put_object(Bucket=deployed.bucket, Key=key, Body=b"")


def test_done_webhook_role_reads_articles_only(deployed):
    with pytest.raises(ClientError, match="AccessDenied"):
        deployed.client("s3", "DoneWebhookRole").get_object(Bucket=deployed.bucket, Key="cards/a/manifest.json")

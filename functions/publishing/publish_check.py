"""Publishes an article of its own and requests its card as a reader does, so that a silent outage is noticed."""

import hashlib
import time
from datetime import datetime

from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import Fetched, Rules, fetch_url, post_url
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_index import CHECK_ID
from adapters.storage.article_store import put_over
from adapters.storage.ownership import Sender
from publishing.cards.publish import Manifest, read_manifest
from storycard.article import Article

PAUSE = 1.0  # seconds between two looks at the manifest
REQUEST_SECONDS = 10.0
MAX_BYTES = 1_000_000
SENDER = Sender("(check)")


class CheckFailed(Exception):
    """A step of the check did not do what it should; the message says which."""


def check_publishing(settings: Settings, now: datetime, deadline: float) -> None:
    """Publishes the check's article with a new headline. Raises CheckFailed, FetchFailed or an error of AWS if any step fails.

    `deadline`, in seconds of the monotonic clock, is when the cards must be there. The signature of a webhook is not checked: the
    check knows no signing key.
    """
    base_url = settings.public_base_url
    rules = Rules(MAX_BYTES, REQUEST_SECONDS, local=settings.local_addresses)
    webhook = post_url(f"{base_url}/webhooks/{CHECK_ID}", b"{}", rules, {"Content-Type": "application/json"})
    # The webhook function answers so after it has read its secret, which has no such source.
    _expect(webhook, 404, "application/problem+json")
    headline = f"Published by Storycard on {now:%Y-%m-%d} at {now:%H:%M} UTC"
    put_over(settings.bucket, Article(id=CHECK_ID, headline=headline, language="en-GB"), b"", now, sender=SENDER)
    enqueue(settings.queue_url, RenderRequest("check", article_id=CHECK_ID))
    card = _published(settings, headline, deadline)["cards"][0]
    shown = fetch_url(card["url"], rules)
    _expect(shown, 200, "image/")
    if hashlib.sha256(shown.body).hexdigest() != card["sha256"]:
        raise CheckFailed(f"{card['url']}: expected the card of the manifest, got another image")
    page = fetch_url(f"{base_url}/share/{CHECK_ID}", rules)
    _expect(page, 200, "text/html")


def _published(settings: Settings, headline: str, deadline: float) -> Manifest:
    """Waits for the worker to store the manifest with this headline. Its address would render the set itself."""
    while True:
        manifest = read_manifest(settings.bucket, CHECK_ID)
        if manifest and any(headline in card["alt"] for card in manifest["cards"]):
            return manifest
        if time.monotonic() >= deadline:
            raise CheckFailed("expected cards of the worker in time, got none")
        time.sleep(PAUSE)


def _expect(answer: Fetched, status: int, media_type: str) -> None:
    got = answer.headers.get("content-type", "")
    if answer.status != status or not got.startswith(media_type):
        raise CheckFailed(f"{answer.url}: expected {status} with {media_type}, got {answer.status} with {got[:60]}")

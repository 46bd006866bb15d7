"""Runs the webhook and the editors' API over S3 in memory and a clock that tests set, and says what a reader sees."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

import cms_webhook.app
import http_api.app
import http_api.team.articles
import publishing.intake.store_delivery
from adapters.config import secrets_cache, webhook_sources
from adapters.config.settings import settings
from adapters.storage import inbox, s3_objects
from adapters.storage.article_store import find_article, is_public
from adapters.storage.inbox import get_delivery
from publishing.intake import article_lookup
from publishing.intake.article_lookup import refresh_article
from publishing.intake.cms_requests import CmsAnswer
from publishing.intake.store_delivery import store_delivery
from support.cms_signers import SIGNERS
from support.cms_webhooks import TOML
from support.lambda_events import Answer, as_body, call
from support.paths import ASSETS
from support.s3_in_memory import S3InMemory
from support.team_tokens import EDITOR, TOKENS

CMS = '[cms]\nurl = "https://cms.example/{id}"\nformat = "native"\n'
START = datetime(2026, 3, 1, 10, 0, 0, 100_000, UTC)


class Newsroom:
    """A system without articles. `now` is its clock; requests to it take no time."""

    def __init__(self) -> None:
        self.now = START
        self.s3 = S3InMemory()
        self.clock: type[datetime] = datetime
        self.in_cms: bytes | None = None  # what [cms] answers the worker for every article, in native JSON
        self.is_at_work = False

    def wait(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def post(self, scheme: str, format_name: str, event: dict | str, sent_at: datetime | None = None, **options: str) -> Answer:
        """Delivers an event, signed at `sent_at` or now. `event_id` is the ID of a Standard Webhook."""
        body = event.encode() if isinstance(event, str) else as_body(event)
        path, signer = f"/webhooks/{scheme}-{format_name}", SIGNERS[scheme]
        headers = dict(signer.sign(body, signer.secret, sent_at or self.now, path, **options))
        return call(cms_webhook.app.handler, "POST", path, headers, body)

    def work(self) -> None:
        """Stores every delivery again, as the worker does if a message arrives late, and fetches announced articles."""
        self.is_at_work = True
        for delivery in (get_delivery(settings().bucket, key) for key in self.inbox()):
            result = store_delivery(settings(), delivery)
            if result.outcome == "announced":
                with suppress(LookupError):  # the CMS has no such article
                    refresh_article(settings(), result.article_id, delivery.sender)
        self.is_at_work = False

    def put(self, article: dict) -> Answer:
        return call(http_api.app.handler, "PUT", f"/articles/{article['id']}", EDITOR, as_body(article))

    def delete(self, article_id: str) -> Answer:
        return call(http_api.app.handler, "DELETE", f"/articles/{article_id}", EDITOR)

    def headline(self, article_id: str) -> str | None:
        """Returns the headline that a reader sees now; None if the article is not public."""
        stored = find_article(settings().bucket, article_id)
        return stored.article.headline if stored and is_public(stored.article, self.now) else None

    def status(self, article_id: str) -> int:
        """Returns the status of the article's manifest for a reader, of an article that is not public."""
        return call(http_api.app.handler, "GET", f"/cards/{article_id}").status

    def inbox(self) -> list[str]:
        return [key for key in self.s3.objects if key.startswith("inbox/") and not key.endswith("/answered")]


@cache
def _sources() -> Mapping[str, webhook_sources.Source]:
    return webhook_sources.parse_sources(TOML)


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """Replaces AWS and the clock of the functions while it is open."""
    system = Newsroom()

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return system.now

    system.clock = Clock
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "BUCKET",
            "QUEUE_URL",
            "QUEUE_ARN",
            "PHOTO_QUEUE_URL",
            "DONE_QUEUE_URL",
            "ARCHIVE_DONE_QUEUE_URL",
            "SCHEDULE_GROUP",
            "SCHEDULE_ROLE_ARN",
        ):
            patch.setenv(name, "storycard")
        patch.setenv("WEBHOOKS_SECRET", "webhooks")
        patch.setenv("CONNECTIONS_SECRET", "connections")
        patch.setenv("ASSETS_DIR", str(ASSETS))
        settings.cache_clear()
        patch.setitem(secrets_cache.known, "connections", secrets_cache.Secret(TOKENS + CMS, math.inf))
        patch.setattr(article_lookup, "ask_cms", lambda *_: CmsAnswer(system.in_cms if system.is_at_work else None))
        for module in (s3_objects, inbox):
            patch.setattr(module, "s3", lambda: system.s3)
        for module in (cms_webhook.app, http_api.team.articles):
            patch.setattr(module, "enqueue", lambda *_, **__: None)
        for module in (cms_webhook.app, http_api.team.articles, article_lookup, publishing.intake.store_delivery):
            patch.setattr(module, "datetime", Clock)
        patch.setattr(cms_webhook.app, "load_sources", lambda _: _sources())
        yield system
    settings.cache_clear()

"""Replaces AWS by dictionaries for a whole event, from the webhook to the manifest: ten times as fast as a server."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import photo_worker.app
import render_worker.app
from adapters import clients
from adapters.config import secrets_cache
from adapters.config.settings import settings
from publishing.intake import cms_gate
from support.lambda_events import Context, failed_ids, sqs_event
from support.s3_in_memory import S3InMemory

SERVICES = (clients.s3, clients.sqs, clients.scheduler, clients.events)


class AwsInMemory:
    """S3, the queues, the event bus and the scheduler, as far as the functions call them."""

    bucket = "storycard"

    def __init__(self) -> None:
        self.s3 = S3InMemory()
        self.queues: dict[str, list[str]] = {"renders": [], "photos": [], "done": []}

    def send_message(self, QueueUrl: str, MessageBody: str, **_: object) -> None:
        self.queues[QueueUrl].append(MessageBody)

    def put_events(self, **_: object) -> dict[str, int]:
        return {"FailedEntryCount": 0}

    def create_schedule(self, **_: object) -> None:
        pass

    def delete_schedule(self, **_: object) -> None:
        pass

    def list_keys(self, prefix: str = "") -> list[str]:
        return sorted(key for key in self.s3.objects if key.startswith(prefix))

    def body(self, key: str) -> bytes:
        return self.s3.objects[key]["Body"]

    def connect(self, connections: str, sources: str) -> None:
        for name, text in (("connections", connections or "# nothing"), ("webhooks", sources)):
            secrets_cache.known[name] = secrets_cache.Secret(text, math.inf)

    def work(self) -> None:
        """Lets the workers handle their messages until there are none. Raises AssertionError if one fails."""
        workers = {"renders": render_worker.app.handler, "photos": photo_worker.app.handler}
        while waiting := [name for name in workers if self.queues[name]]:
            for name in waiting:
                message = {"MessageId": "m", "Body": self.queues[name].pop(0)}
                assert failed_ids(workers[name](sqs_event(message), Context())) == [], message["Body"]


@contextmanager
def aws_in_memory(assets: Path) -> Iterator[AwsInMemory]:
    """Replaces the clients of the functions while it is open."""
    system = AwsInMemory()

    def client(service: str, config: Any = None) -> Any:
        return system.s3 if service == "s3" else system

    def forget() -> None:
        settings.cache_clear()
        for service in SERVICES:
            service.cache_clear()

    queues = {"QUEUE_URL": "renders", "PHOTO_QUEUE_URL": "photos", "DONE_QUEUE_URL": "done", "ARCHIVE_DONE_QUEUE_URL": "done"}
    names = ("BUCKET", "QUEUE_ARN", "SCHEDULE_GROUP", "SCHEDULE_ROLE_ARN")
    secrets = {"WEBHOOKS_SECRET": "webhooks", "CONNECTIONS_SECRET": "connections"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (dict.fromkeys(names, "storycard") | queues | secrets).items():
            patch.setenv(name, value)
        patch.setenv("ASSETS_DIR", str(assets))
        patch.setenv("LOCAL_ADDRESSES", "true")
        patch.setenv("PUBLIC_BASE_URL", "https://cards.example")
        patch.setattr(clients, "_client", client)
        patch.setattr(secrets_cache, "known", {})
        patch.setattr(cms_gate, "closed_until", {})
        forget()
        yield system
    forget()

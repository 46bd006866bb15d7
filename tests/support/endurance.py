"""Runs the local system with small card sets, sends it revisions, and checks the cards it serves."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from PIL import Image

from local_stack import stack
from local_stack.aws import client
from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import demo_source, listen

TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
KINDS = 3
DRAIN = 1800  # seconds, enough for a busy machine


@dataclass(frozen=True)
class Desk:
    """A running system, and the secret that signs its webhooks."""

    base_url: str
    resources: object
    secret: str

    def send(self, article_id: str, number: int, **fields: object) -> None:
        """Sends a revision, and retries until it is accepted, as a CMS does."""
        body = article(article_id, number, **fields)
        for _ in range(20):
            headers = signed(body, self.secret, f"{article_id}-{number}")
            if call(self.base_url, "POST", "/webhooks/demo", body, headers).status in (200, 202):
                return
        raise AssertionError(f"{article_id}: revision {number} was never taken")

    def drain(self) -> None:
        """Waits until the queues are empty, and resends dead letters until there are none, as an operator does."""
        sqs, deadline = client("sqs", self.resources.endpoint), time.monotonic() + DRAIN
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        while True:
            waiting = [
                sum(map(int, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))
                for url in (
                    self.resources.queue_url,
                    self.resources.photo_queue_url,
                    self.resources.dead_letter_url,
                    self.resources.photo_dead_letter_url,
                )
            ]
            if not any(waiting):
                return
            assert time.monotonic() < deadline, f"waiting and dead: {waiting}"
            if not any(waiting[:2]):
                self.resend()
            time.sleep(0.5)

    def resend(self) -> None:
        program = "import sys; from operations.dead_letters import command; sys.exit(command(sys.argv[1:]))"
        arguments = [sys.executable, "-c", program, "resend", "--all", "--local", self.resources.endpoint]
        subprocess.run(arguments, capture_output=True, check=True)

    def notices(self, article_id: str) -> list[str]:
        answer = client("s3", self.resources.endpoint).get_object(
            Bucket=self.resources.bucket, Key=f"cards/{article_id}/manifest.json"
        )
        return json.loads(answer["Body"].read())["notices"]

    def check_whole(self, article_id: str) -> set[str]:
        """Returns what an article's cards say by the current manifest, after checking that each card is stored and complete."""
        s3 = client("s3", self.resources.endpoint)
        try:
            answer = s3.get_object(Bucket=self.resources.bucket, Key=f"cards/{article_id}/manifest.json")
        except s3.exceptions.NoSuchKey:
            return set()
        manifest = json.loads(answer["Body"].read())
        assert len(manifest["cards"]) == KINDS
        for card in manifest["cards"]:
            pinned = call(self.base_url, "GET", card["url"].removeprefix(self.base_url))
            assert pinned.status == 200
            assert sha256(pinned.body).hexdigest() == card["sha256"]
            newest = call(self.base_url, "GET", f"/cards/{article_id}/{card['kind']}/{card['format']}.png")
            assert newest.status == 200
            for picture in (pinned.body, newest.body):
                check_picture(picture, card["width"], card["height"])
        return {card["alt"] for card in manifest["cards"] if card["kind"] == "headline"}


def check_picture(data: bytes, width: int, height: int) -> None:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()  # raises for a truncated file
        assert picture.size == (width, height)


def article(article_id: str, number: int, **more: object) -> bytes:
    fields = more | {"id": article_id, "headline": headline(article_id, number), "language": "en"}
    fields["bullets"] = ["Six boats leave every hour"]
    fields["quotes"] = [{"text": "Nobody should have to swim home.", "speaker": "Ida Holm"}]
    return json.dumps(fields | {"updated_at": (TEN + timedelta(minutes=number)).isoformat()}).encode()


def headline(article_id: str, number: int) -> str:
    return f"Ferries of {article_id} sail for the {number}. time"


@contextmanager
def desk() -> Iterator[Desk]:
    secret = new_webhook_secret()
    with listen(0) as listener, stack.local_stack(listener, demo_source(secret)) as system:
        yield Desk(system.base_url, system.resources, secret)


def processes_of(handler: str) -> list[int]:
    """Returns the child processes that run a function (proc(5))."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    found = []
    for child in (int(text) for listed in children for text in listed.read_text().split()):
        try:
            if handler.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
        except OSError:
            continue  # the process has ended
    return found

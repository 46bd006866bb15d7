"""Sends 500 events for 50 articles, shuffled and a third repeated, while S3 and SQS fail or lose their answers."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from local_stack import stack
from local_stack.aws import client, moto_aws
from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import demo_source, listen
from support.fault_proxy import Faults, fault_proxy
from support.one_format import link_assets

pytestmark = pytest.mark.slow

ARTICLES, REVISIONS = 50, 10
RATE = 0.06  # of all requests get a fault; three quarters of these fail
TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
POISON = [b'{"id": "poison-%d", "language": "en"}' % number for number in range(3)]
POISONED = "ArticleInvalid: headline: expected text, got nothing"


@dataclass(frozen=True)
class Event:
    """One revision of an article; the highest number is the newest."""

    article_id: str
    number: int
    withdrawn: bool

    @property
    def body(self) -> bytes:
        fields = {"id": self.article_id, "updated_at": (TEN + timedelta(minutes=self.number)).isoformat()}
        content = {"headline": f"Revision {self.number}", "language": "en"}
        return json.dumps(fields | ({"status": "withdrawn"} if self.withdrawn else content)).encode()


def test_500_events_survive_faults_of_s3_and_sqs(tmp_path, monkeypatch):
    faults = Faults(rate=0, seed=7)
    aws = {}

    @contextmanager
    def bad_aws() -> Iterator[str]:
        with moto_aws() as endpoint, fault_proxy(endpoint, faults) as proxy:
            aws["endpoint"] = endpoint
            yield proxy

    monkeypatch.setattr(stack, "moto_aws", bad_aws)
    monkeypatch.setattr(stack, "ASSETS", link_assets(tmp_path))
    chance = random.Random(7)
    events = [
        Event(f"story-{article}", number, chance.random() < 0.2) for article in range(ARTICLES) for number in range(REVISIONS)
    ]
    newest = {event.article_id: event for event in events}
    deliveries = [(event.body, f"{event.article_id}-{event.number}") for event in events]
    deliveries += chance.sample(deliveries, len(deliveries) // 3)
    deliveries += [(body, f"poison-{number}") for number, body in enumerate(POISON)]
    chance.shuffle(deliveries)
    secret = new_webhook_secret()

    with listen(0) as listener, stack.local_stack(listener, demo_source(secret)) as system:
        s3, sqs, resources = client("s3", aws["endpoint"]), client("sqs", aws["endpoint"]), system.resources

        def deliver(delivery: tuple[bytes, str]) -> int:
            """Retries until the system answers, as a CMS does."""
            body, event_id = delivery
            for _ in range(20):
                status = call(system.base_url, "POST", "/webhooks/demo", body, signed(body, secret, event_id)).status
                if status < 500:
                    return status
            raise AssertionError(f"{event_id}: expected an answer below 500 within 20 attempts, got none")

        def read(key: str) -> dict:
            return json.loads(s3.get_object(Bucket=resources.bucket, Key=key)["Body"].read())

        def waiting() -> int:
            names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
            counts = sqs.get_queue_attributes(QueueUrl=resources.queue_url, AttributeNames=names)["Attributes"]
            return sum(map(int, counts.values()))

        def drain() -> None:
            deadline = time.monotonic() + 600
            while waiting():
                assert time.monotonic() < deadline, "the queue does not run dry"
                time.sleep(0.5)

        def dead_letters(*arguments: str) -> list[str]:
            program = "import sys; from operations.dead_letters import command; sys.exit(command(sys.argv[1:]))"
            command = [sys.executable, "-c", program, *arguments, "--local", aws["endpoint"]]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

        faults.rate = RATE
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(deliver, deliveries))
        assert statuses.count(422) == len(POISON)
        assert set(statuses) == {200, 202, 422}
        drain()

        # Each dead letter has a reason. Those that failed by a fault alone are resent once the faults are over.
        faults.rate = 0
        letters = dead_letters("list")
        assert [letter for letter in letters if "  not stored: " in letter] == []
        unlucky = [letter.split()[0] for letter in letters if POISONED not in letter]
        if unlucky:
            dead_letters("resend", *unlucky)
            drain()
        letters = dead_letters("list")
        assert [letter for letter in letters if POISONED not in letter] == []
        # A message is sent again if the answer of SQS was lost, so a delivery can have several dead letters.
        pages = dead_letters("show", *(letter.split()[0] for letter in letters))
        left = {page.partition("delivery:")[2].strip() for page in pages if page.startswith("delivery:")}
        assert sorted(key.split("/")[2] for key in left) == [f"poison-{number}" for number in range(len(POISON))]

        for article_id, event in newest.items():
            article = read(f"articles/{article_id}/article.json")
            assert article["status"] == ("withdrawn" if event.withdrawn else "published")
            assert datetime.fromisoformat(article["updated_at"]) == TEN + timedelta(minutes=event.number)
            listed = s3.list_objects_v2(Bucket=resources.bucket, Prefix=f"cards/{article_id}/manifest.json").get("Contents", ())
            assert len(listed) == (not event.withdrawn), article_id
            if listed:
                alts = {card["alt"] for card in read(f"cards/{article_id}/manifest.json")["cards"]}
                assert alts == {f"Revision {event.number}"}
            path = f"/cards/{article_id}/headline/og.png"
            assert call(system.base_url, "GET", path).status == (410 if event.withdrawn else 200)

    print(f"\n{len(deliveries)} deliveries, {len(unlucky)} unlucky, faults: {dict(faults.met)}")
    for service in ("s3", "sqs"):
        assert {fault for name, fault in faults.met if name == service} == {"delay", "busy", "cut before", "cut after"}

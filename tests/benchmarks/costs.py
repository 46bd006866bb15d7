"""Measures one event on each path through the real handlers: processor time, AWS calls, and US dollars per million events.

`make costs` runs it. moto runs in a separate process, whose time does not count. docs/costs.md has the totals.
"""

import json
import os
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from adapters import clients
from adapters.config.settings import settings
from adapters.render_queue import PHOTO, RenderRequest
from adapters.telemetry import logger
from cms_webhook.app import handler as cms_webhook
from http_api.app import handler as http_api
from local_stack.aws import create_resources, moto_aws
from local_stack.client import new_token, new_webhook_secret, signed
from local_stack.command import demo_source, demo_token
from local_stack.payload import to_event
from local_stack.runtime import LambdaContext
from local_stack.stack import function_environment
from photo_worker.app import handler as photo_worker
from publishing.photo_preparation import prepare_photo
from render_worker.app import handler as render_worker
from support.photographs import large_photo

RUNS = 15
DELAY = 0.1  # seconds added to each call in every other run: the extra time shows how many calls are sequential
MEMORY = (256, 512, 768, 1024, 1769)  # MB
CORE = 1769  # MB at which Lambda gives one core; less memory gets a proportional share
CALL_MS = 15  # assumed latency of a call in the same region, since moto's latency is not AWS's

# List prices in US dollars of us-east-1 without free tiers, November 2026.
GB_SECOND, INVOCATION = 0.0000133334, 0.20e-6  # Lambda on arm64
PRICES = {"PutObject": 5e-6, "ListObjectsV2": 5e-6, "GetObject": 0.4e-6, "HeadObject": 0.4e-6}
PRICES |= {"SendMessage": 0.40e-6, "PutEvents": 1.00e-6, "DeleteObject": 0.0}


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time of an event in ms, its AWS calls by name, and how many of them are sequential."""

    ms: float
    calls: dict[str, float]
    depth: float

    def billed_ms(self, memory: int) -> float:
        return self.ms * CORE / min(memory, CORE) + self.depth * CALL_MS

    def dollars(self, memory: int) -> float:
        computing = self.billed_ms(memory) / 1000 * memory / 1024 * GB_SECOND + INVOCATION
        return computing + sum(PRICES[name] * number for name, number in self.calls.items())


@dataclass(frozen=True, slots=True)
class Way:
    """A path: a function that builds the events of a number of articles, and their handler."""

    name: str
    handler: Callable[[dict, LambdaContext], dict]
    event: Callable[[str], dict]


def main() -> None:
    secret, token = new_webhook_secret(), new_token()
    team = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    with moto_aws() as endpoint, photographs() as photo_url:
        resources = create_resources(endpoint, demo_source(secret) + demo_token(token))
        os.environ |= function_environment(resources, "https://cards.example")
        logger.setLevel("CRITICAL")

        def webhook(article_id: str, **fields: object) -> dict:
            body = json.dumps(STORY | fields | {"id": article_id, "updated_at": datetime.now(UTC).isoformat()}).encode()
            return request("POST", "/webhooks/demo", body, signed(body, secret))

        def message(article_id: str, **fields: object) -> dict:
            cms_webhook(webhook(article_id, **fields), context())
            taken = {"Body": ""}
            while article_id not in taken["Body"]:  # skips messages of paths that render nothing
                [taken] = clients.sqs().receive_message(QueueUrl=resources.queue_url)["Messages"]
                clients.sqs().delete_message(QueueUrl=resources.queue_url, ReceiptHandle=taken["ReceiptHandle"])
            attributes = {"SentTimestamp": str(round(time.time() * 1000)), "ApproximateReceiveCount": "1"}
            record = {"messageId": taken["MessageId"], "receiptHandle": taken["ReceiptHandle"], "body": taken["Body"]}
            return {"Records": [record | {"attributes": attributes, "eventSource": "aws:sqs"}]}

        def waiting(article_id: str) -> dict:
            """Returns a message about an article whose photograph is not prepared."""
            return message(article_id, image={"url": f"{photo_url}?{article_id}"})

        def new_photograph(article_id: str) -> dict:
            """Returns a message to photo_worker about such an article."""
            taken = waiting(article_id)
            taken["Records"][0]["body"] = RenderRequest(PHOTO, article_id=article_id).message
            return taken

        def with_photograph(article_id: str) -> dict:
            """Returns a message about an article whose photograph photo_worker has prepared."""
            taken = waiting(article_id)
            prepare_photo(settings(), article_id)
            return taken

        def leases(article_id: str) -> dict:
            message(article_id)
            return card(article_id)

        def card(article_id: str) -> dict:
            return request("GET", f"/cards/{article_id}/headline/og.png")

        def second_request(article_id: str) -> dict:
            http_api(leases(article_id), context())
            return card(article_id)

        def published(article_id: str) -> None:
            render_worker(message(article_id), context())

        def status(article_id: str) -> dict:
            published(article_id)
            return request("GET", f"/articles/{article_id}/status", headers=team)

        def versions(article_id: str) -> dict:
            published(article_id)
            return request("GET", f"/articles/{article_id}/versions", headers=team)

        def post(article_id: str, **fields: object) -> dict:
            published(article_id)
            return request("POST", f"/articles/{article_id}/posts", json.dumps({"changes": CHANGES, **fields}).encode(), team)

        def shared_post(article_id: str) -> dict:
            return post(article_id, status="shared")

        def saved_post(article_id: str) -> dict:
            made = json.loads(http_api(post(article_id), context())["body"])
            body = json.dumps({"changes": CHANGES, "text": "Boats at night"}).encode()
            return request("PUT", f"/articles/{article_id}/posts/{made['post']}", body, team | {"if-match": made["etag"]})

        ways = (
            Way("webhook", cms_webhook, webhook),
            Way("set of 24", render_worker, message),
            Way("photograph awaited", render_worker, waiting),
            Way("photograph prepared", photo_worker, new_photograph),
            Way("set of 24, photograph", render_worker, with_photograph),
            Way("card on first request", http_api, leases),
            Way("stored card", http_api, second_request),
            Way("status polled", http_api, status),
            Way("versions listed", http_api, versions),
            Way("post created", http_api, post),
            Way("post created and shared", http_api, shared_post),
            Way("post saved", http_api, saved_post),
        )
        show({way.name: measured(way) for way in ways})


STORY = {
    "headline": "Coastal cities agree to share flood barriers after a winter of record storms",
    "deck": "Eleven mayors signed the pact on Tuesday; the first shared barrier could be working within two years.",
    "language": "en",
    "bullets": ["The first barrier moves 40 km along the coast within six hours and stops waves of up to 4.5 metres."],
    "quotes": [{"text": "A wall that can travel is worth five that cannot.", "speaker": "Ruth Anders", "role": "engineer"}],
}


CHANGES = {"headline": "Cities share barriers"}  # of a post


def measured(way: Way) -> Cost:
    """Returns the medians over RUNS events, each of a different article, half of them with delayed calls."""
    calls: Counter[str] = Counter()
    delay = 0.0

    def before(model, **_: object) -> None:
        calls[model.name] += 1
        time.sleep(delay)

    watched = [make() for make in (clients.s3, clients.sqs, clients.events, clients.scheduler)]
    times, walls, counted = [], {0.0: [], DELAY: []}, []
    for number in range(-2, RUNS * 2):  # the first two are warm-up
        event = way.event(f"{way.name.replace(' ', '-').replace(',', '')}-{number + 2}")
        calls.clear()
        delay = DELAY if number % 2 else 0.0
        for client in watched:
            client.meta.events.register("before-call", before)
        started, began = time.process_time(), time.perf_counter()
        answer = way.handler(event, context())
        spent, elapsed = time.process_time() - started, time.perf_counter() - began
        for client in watched:
            client.meta.events.unregister("before-call", before)
        if answer.get("statusCode", 200) >= 300 or answer.get("batchItemFailures"):
            raise SystemExit(f"costs: {way.name}: expected success, got {answer}")
        if number >= 0:
            times.append(spent * 1000)
            walls[delay].append(elapsed)
            counted.append(Counter(calls))
    names = sorted({name for counter in counted for name in counter})
    depth = (statistics.median(walls[DELAY]) - statistics.median(walls[0.0])) / DELAY
    return Cost(
        statistics.median(times), {name: statistics.median(counter[name] for counter in counted) for name in names}, depth
    )


def show(costs: dict[str, Cost]) -> None:
    print(f"{'':24}{'cpu ms':>8}{'deep':>6}  AWS calls")
    for name, cost in costs.items():
        calls = ", ".join(f"{number:g} {call}" for call, number in cost.calls.items())
        print(f"{name:24}{cost.ms:8.1f}{cost.depth:6.1f}  {calls}")
    print(f"\n{'billed ms, $ a million':24}" + "".join(f"{f'{memory} MB':>18}" for memory in MEMORY))
    for name, cost in costs.items():
        cells = (f"{cost.billed_ms(memory):8.0f} {cost.dollars(memory) * 1e6:9.2f}" for memory in MEMORY)
        print(f"{name:24}" + "".join(map("{:>18}".format, cells)))


@contextmanager
def photographs() -> Iterator[str]:
    """Serves a photograph of 2400 x 1600 px during the block, in a file of its own for each query, and yields its URL."""
    photo = large_photo()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = photo + self.path.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/photo.jpg"
        server.shutdown()


def request(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> dict:
    fields = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"method": method, "path": path, "query_string": b"", "headers": fields, "http_version": "1.1", "client": None}
    return to_event(scope, body)


def context() -> LambdaContext:
    return LambdaContext(
        "request", "storycard", "arn:aws:lambda:us-east-1:123456789012:function:storycard", time.monotonic() + 60
    )


if __name__ == "__main__":
    main()

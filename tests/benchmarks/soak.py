"""Sends webhooks and requests at a steady rate for half an hour, and measures latencies and the memory of each function.

`make soak` runs it against the local system, whose processes are warm functions. In a run of few MINUTES the warm-up counts as
growth, so it only rehearses.
"""

import argparse
import functools
import json
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from local_stack import stack
from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import demo_source, listen
from support.paths import SAMPLES
from support.processes import resident

FUNCTIONS = ("http_api", "cms_webhook", "render_worker", "done_webhook")
ARTICLES = 40
BETWEEN_WEBHOOKS, REQUESTS_EACH = 2.0, 8  # seconds; requests after each webhook
LOOK_EVERY = 15.0  # seconds
FLAT = 12  # MB per hour that a process may grow by after the first third of the run
# http_api renders the last three itself: the worker's set has neither of these types, and no slides.
PATHS = (
    "/cards/{id}/headline/og.png",
    "/cards/{id}/quote/square.png",
    "/cards/{id}",
    "/share/{id}",
    "/oembed?url=%2Fcards%2F{id}%2Fheadline%2Fog.png",
    "/cards/{id}/bullet/portrait.avif",
    "/cards/{id}/headline/story.webp",
    "/cards/{id}/carousel-1/square.jpg",
)


@dataclass
class Findings:
    """Latencies in ms, unexpected answers, and MB by function at each sample."""

    webhooks: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[dict[str, list[int]]] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    secret, found = new_webhook_secret(), Findings()
    with photographs() as photos, listen(0) as listener, stack.local_stack(listener, demo_source(secret)) as system:
        newest = run(system.base_url, secret, photos, minutes * 60, found)
        behind = settled(system.base_url, newest)
    for name, times in (("webhooks", found.webhooks), ("requests", found.requests)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{len(times)} {name}: p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms")
    growing = [name for name in FUNCTIONS if not report(name, [look[name] for look in found.memory])]
    print(f"{len(found.wrong)} wrong answers, {len(behind)} of {len(newest)} articles without their newest cards")
    print(*found.wrong[:10], *behind[:10], sep="\n")
    sys.exit(bool(growing or found.wrong or behind))


def run(base_url: str, secret: str, photos: str, seconds: float, found: Findings) -> dict[str, str]:
    """Sends a revision every BETWEEN_WEBHOOKS seconds, each followed by requests. Returns the newest headline by article."""
    newest: dict[str, str] = {}
    started = next_look = time.monotonic()
    number = 0
    while time.monotonic() < started + seconds:
        article = revision(number, photos)
        body = json.dumps(article).encode()
        newest[article["id"]] = article["headline"]
        found.webhooks.append(asked(base_url, "POST", "/webhooks/demo", found.wrong, body, signed(body, secret)))
        for path in PATHS[:REQUESTS_EACH]:
            other = f"soak-{max(0, number - 5) % ARTICLES}"  # sent ten seconds ago, so its cards exist
            address = path.format(id=other).replace("url=", f"url={base_url}")
            found.requests.append(asked(base_url, "GET", address, found.wrong))
        if time.monotonic() >= next_look:
            found.memory.append({name: resident(f"{name}.app.handler") for name in FUNCTIONS})
            next_look += LOOK_EVERY
        number += 1
        time.sleep(max(0.0, started + number * BETWEEN_WEBHOOKS - time.monotonic()))
    return newest


def revision(number: int, photos: str) -> dict:
    """Builds a revision of one of ARTICLES articles, every fifth with a photograph."""
    name = "with-photo/ridge-path.json" if number % 5 == 0 else "harbour-barriers.json"
    article = json.loads((SAMPLES / name).read_text("utf-8"))
    moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
    headline = f"{article['headline']}, day {number}"
    if image := article.get("image"):
        image["url"] = f"{photos}/{image.pop('file')}"
    return article | {"id": f"soak-{number % ARTICLES}", "headline": headline, "updated_at": moment.isoformat()}


def asked(
    base_url: str, method: str, path: str, wrong: list[str], body: bytes | None = None, headers: dict | None = None
) -> float:
    """Returns the latency in ms, and records an answer that is not a success as wrong."""
    started = time.perf_counter()
    answer = call(base_url, method, path, body, headers)
    if answer.status not in (200, 202):
        wrong.append(f"{method} {path}: {answer.status}")
    return (time.perf_counter() - started) * 1000


def settled(base_url: str, newest: dict[str, str], patience: float = 60) -> list[str]:
    """Returns the articles whose manifest lacks the newest headline `patience` seconds after the last webhook."""
    deadline = time.monotonic() + patience
    behind = list(newest)
    while behind and time.monotonic() < deadline:
        time.sleep(1)
        behind = [article_id for article_id in behind if newest[article_id] not in headlines(base_url, article_id)]
    return behind


def headlines(base_url: str, article_id: str) -> set[str]:
    manifest = json.loads(call(base_url, "GET", f"/cards/{article_id}").body)
    texts = [text for card in manifest.get("cards", ()) for text in card["text"] if text["role"] == "headline"]
    return {" ".join(" ".join(text["lines"]).split()) for text in texts}


def report(function: str, looks: list[list[int]]) -> bool:
    """Prints a function's memory over the run, as the sum of its processes, and returns whether it stayed flat."""
    totals = [sum(look) for look in looks]
    warm = totals[len(totals) // 3 :]
    growth = statistics.linear_regression(range(len(warm)), warm).slope * 3600 / LOOK_EVERY
    shown = [totals[round(step * (len(totals) - 1) / 6)] for step in range(7)]
    print(f"{function}: {len(looks[-1])} processes, MB over the run {shown}; {growth:+.1f} MB an hour")
    return growth <= FLAT * len(looks[-1])


@contextmanager
def photographs() -> Iterator[str]:
    """Serves the samples' photographs and yields the base URL."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=SAMPLES / "with-photo")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()

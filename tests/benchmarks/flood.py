"""Asks for unknown articles 1,000 times a second while the CMS hangs, and times webhooks and stored cards meanwhile.

`make flood` runs it against the local system on 127.0.0.1. What protects a stack on AWS in front of its functions is modelled:
API Gateway's limits of requests with the defaults of template.yaml (429; webhooks have their own), and a maximum of concurrent
executions for each function (503). A pinned card comes from S3, as the CDN gets it.

On AWS every execution has processors of its own. Here all share those of this machine with moto, the front and the flood, so the
functions that webhooks and pinned cards do not need, the API and the renderer, have the lowest priority. The report says how much
of the processors each part took, and for how long what webhooks need had to wait for one: the machine's part of a latency.
"""

import argparse
import asyncio
import json
import math
import multiprocessing
import os
import random
import socketserver
import string
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from local_stack import stack
from local_stack.aws import client
from local_stack.client import call, new_token, new_webhook_secret, signed
from local_stack.command import demo_source, demo_token, listen
from local_stack.front import App, Receive, Scope, Send
from publishing.intake.cms_gate import IN_FLIGHT
from support.processes import busy_seconds, children_of_this, let_others_go_first, processor_seconds, waiting_seconds
from support.template import stack as template

WEBHOOKS, PINNED = "webhooks", "pinned cards, from S3"
LIMITS = {WEBHOOKS: 300, PINNED: 100}  # ms of the 99th percentile
# Processes; on AWS HttpApiConcurrency and WebhookConcurrency. Eight lookups may wait for the CMS, so the API needs more.
CONCURRENCY = {"http_api": 12, "cms_webhook": 2}
CONNECTIONS = 64
FUNCTIONS = ("http_api", "cms_webhook", "render_worker", "done_webhook")
READY = "stored"
CARD = f"/cards/{READY}/headline/og.png"


class Bucket:
    """A token bucket, as API Gateway's throttles are."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst, self.tokens, self.last = rate, burst, burst, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self.tokens, self.last = min(self.burst, self.tokens + (now - self.last) * self.rate), now
        self.tokens -= (taken := self.tokens >= 1)
        return taken


def limited(app: App) -> App:
    """Refuses what API Gateway and Lambda would, with the template's default limits, before the functions are called."""
    parameters = template().parameters
    rate, burst = float(parameters["RequestRate"]), float(parameters["RequestBurst"])
    buckets = {name: Bucket(rate, burst) for name in CONCURRENCY}
    running = Counter[str]()

    async def edge(scope: Scope, receive: Receive, send: Send) -> None:
        name = "cms_webhook" if scope["method"] == "POST" and scope["path"].startswith("/webhooks/") else "http_api"
        if not buckets[name].take():
            return await refuse(429, send)
        if running[name] >= CONCURRENCY[name]:
            return await refuse(503, send)
        running[name] += 1
        try:
            await app(scope, receive, send)
        finally:
            running[name] -= 1

    return edge


async def refuse(status: int, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


class Hanging(socketserver.ThreadingTCPServer):
    """A CMS that accepts connections and never answers; counts them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.asked = self.open = self.most_open = 0
        self.counting = threading.Lock()

    def finish_request(self, request: Any, client_address: Any) -> None:
        with self.counting:
            self.asked, self.open = self.asked + 1, self.open + 1
            self.most_open = max(self.most_open, self.open)
        request.settimeout(30)
        try:
            while request.recv(1 << 16):
                pass
        except OSError:
            pass
        finally:
            with self.counting:
                self.open -= 1


@contextmanager
def hanging_cms() -> Iterator[Hanging]:
    with Hanging() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def flood(base_url: str, rate: int, seconds: float, results: Any) -> None:
    """Sends `rate` requests a second for random IDs, and puts the number of answers by status into `results`."""
    results.put(("flood", asyncio.run(_flood(base_url, rate, seconds)), time.process_time()))


async def _flood(base_url: str, rate: int, seconds: float) -> Counter[str]:
    host, port = urlsplit(base_url).hostname, urlsplit(base_url).port
    found: Counter[str] = Counter()
    due = asyncio.Semaphore(0)
    end = time.monotonic() + seconds

    async def ask() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while True:
            await due.acquire()
            name = "".join(random.choices(string.ascii_lowercase, k=12))
            writer.write(f"GET /cards/{name}/headline/og.png HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
            found[head.split()[1]] += 1

    tasks = [asyncio.create_task(ask()) for _ in range(CONNECTIONS)]
    started, sent = time.monotonic(), 0
    while (now := time.monotonic()) < end:
        wanted = int((now - started) * rate)
        for _ in range(wanted - sent):
            due.release()
        sent = wanted
        await asyncio.sleep(0.005)
    for task in tasks:
        task.cancel()
    errors = [error for error in await asyncio.gather(*tasks, return_exceptions=True) if isinstance(error, Exception)]
    found["offered"], found["connections lost"] = sent, len(errors)
    return found


def timed(name: str, pause: float, seconds: float, results: Any, base_url: str, ask: Callable[[str], int]) -> None:
    """Calls `ask` every `pause` seconds, and puts statuses and times in ms into `results`.

    Times count from when a call was due, so that a slow answer does not hide what the calls after it would have waited.
    """
    answers, due = [], time.monotonic()
    end = due + seconds
    while due < end:
        time.sleep(max(0.0, due - time.monotonic()))
        status = ask(base_url)
        answers.append((status, 1000 * (time.monotonic() - due)))
        due += pause
    results.put((name, answers, time.process_time()))


class Save:
    """Sends a signed webhook with a new article, as a CMS does whenever somebody saves: nine of ten are drafts.

    Each published one has 24 cards, whose rendering would otherwise keep moto busy. S3 has no such limit.
    """

    def __init__(self, secret: str, name: str = "flood") -> None:
        self.secret, self.name, self.number = secret, name, 0

    def __call__(self, base_url: str) -> int:
        self.number += 1
        fields = {"headline": f"Ferries run all night {self.number}", "language": "en"}
        status = "draft" if self.number % 10 else "published"
        body = json.dumps({"id": f"{self.name}-{self.number}", "status": status, **fields}).encode()
        return call(base_url, "POST", "/webhooks/demo", body, signed(body, self.secret)).status


class Get:
    """Requests a path."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(self, base_url: str) -> int:
        return call(base_url, "GET", self.path).status


def measure(base_url: str, secret: str, pinned: tuple[str, str], rate: int, seconds: float) -> dict[str, Any]:
    """Runs the flood and the clients in processes of their own for some seconds, and returns what each of them found."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    arguments = [
        (timed, (WEBHOOKS, 0.3, seconds, results, base_url, Save(secret))),
        (timed, ("newest cards, from the API", 0.5, seconds, results, base_url, Get(CARD))),
        (timed, (PINNED, 0.1, seconds, results, pinned[0], Get(pinned[1]))),
    ]
    if rate:
        arguments.append((flood, (base_url, rate, seconds, results)))
    processes = [context.Process(target=target, args=given) for target, given in arguments]
    started, before, waited_before = time.monotonic(), Counter(used()), Counter(waited())
    for process in processes:
        process.start()
    found, clients = {}, 0.0
    for _ in processes:
        name, answers, spent = results.get(timeout=seconds + 60)
        found[name], clients = answers, clients + spent
    elapsed, after, waited_after = time.monotonic() - started, used(), waited()
    for process in processes:
        process.join()
    spent = {name: (after[name] - before[name]) / elapsed for name in after} | {"the clients": clients / elapsed}
    spent["other programs"] = spent.pop("all") - sum(spent.values())
    print("  processors used: " + ", ".join(f"{name} {share:.2f}" for name, share in spent.items()) + f", of {os.cpu_count()}")
    calls = len(found[WEBHOOKS])
    waits = ", ".join(f"{name} {1000 * (waited_after[name] - waited_before[name]) / calls:.0f}" for name in waited_after)
    print(f"  ms for which threads waited for a processor, for each webhook: {waits}")
    return found


def waited() -> dict[str, float]:
    """Returns the seconds for which each part that webhooks need could have run but had no processor (proc(5), schedstat)."""
    processes = {"cms_webhook": children_of_this("cms_webhook.app.handler"), "moto": children_of_this("moto_process")}
    return {name: sum(map(waiting_seconds, found)) for name, found in (processes | {"the front": [Path("/proc/self")]}).items()}


def used() -> dict[str, float]:
    """Returns the processor time in seconds that each part of the system has used so far."""
    parts = {name: processor_seconds(f"{name}.app.handler") for name in FUNCTIONS}
    return parts | {"moto": processor_seconds("moto_process"), "the front": time.process_time(), "all": busy_seconds()}


def report(found: dict[str, Any], seconds: float) -> bool:
    """Prints what was found, with PASS or FAIL for what has a limit, and returns whether all limits were kept.

    A call that was refused counts as one that took for ever. Cards from the API are refused with the flood, and have no limit:
    the CDN has its own copies of them.
    """
    kept = True
    for name, answers in sorted(found.items()):
        if name == "flood":
            answered = sum(count for status, count in answers.items() if status.isdecimal())
            print(f"  flood: {answered / seconds:.0f} answered a second of {answers['offered'] / seconds:.0f}: {dict(answers)}")
            continue
        times = sorted(ms if status in (200, 202) else math.inf for status, ms in answers)
        p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
        refused = Counter(status for status, _ in answers if status not in (200, 202))
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"{'PASS' if p99 <= limit else 'FAIL'}, limit {limit} ms: "
        print(f"  {verdict}{name}: p99 {p99:.0f} ms, p50 {p50:.0f} ms, {len(times)} calls, refused {dict(refused)}")
        kept &= limit is None or p99 <= limit
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=1000, help="requests a second for unknown IDs")
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    sys.setswitchinterval(0.0005)  # seconds: the front is in this process, and its threads wait for each other
    secret, token = new_webhook_secret(), new_token()
    with hanging_cms() as cms, listen(0) as listener:
        port = cms.server_address[1]
        secrets = demo_source(secret) + demo_token(token) + f'[cms]\nurl = "http://127.0.0.1:{port}/{{id}}"\nformat = "native"\n'
        with stack.local_stack(listener, secrets, api_processes=CONCURRENCY["http_api"], edge=limited) as system:
            pinned = make_ready(system, secret, token)
            threading.Thread(target=keep_back, args=("http_api", "render_worker"), daemon=True).start()
            kept = True
            for rate in (0, arguments.rate):
                print(f"with {rate} requests a second for unknown IDs:")
                kept &= report(measure(system.base_url, secret, pinned, rate, arguments.seconds), arguments.seconds)
            kept &= (is_spared := cms.most_open <= IN_FLIGHT)
            print(f"  {'PASS' if is_spared else 'FAIL'}: the CMS was asked {cms.asked} times, at most {cms.most_open} at a time")
    print("flood: PASS" if kept else "flood: FAIL")
    sys.exit(not kept)


def keep_back(*names: str) -> None:
    """Gives all processes of these functions the lowest priority, also those that replace one that timed out."""
    while True:
        for name in names:
            with suppress(OSError):  # a process ended meanwhile
                let_others_go_first(f"{name}.app.handler")
        time.sleep(0.2)


def make_ready(system: stack.Stack, secret: str, token: str) -> tuple[str, str]:
    """Stores an article with its cards, starts all processes, and returns S3's address and a signed path of a pinned card.

    The first call of a process takes half a second, and 34 calls have no 99th percentile but their slowest.
    """
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    article = {"id": READY, "headline": "Harbour ferries run all night", "language": "en"}
    call(system.base_url, "PUT", f"/articles/{READY}", json.dumps(article).encode(), headers)
    call(system.base_url, "GET", CARD)
    with ThreadPoolExecutor(CONCURRENCY["http_api"]) as pool:
        answers = list(pool.map(lambda _: call(system.base_url, "GET", CARD), range(10 * CONCURRENCY["http_api"])))
    saves = [Save(secret, f"warm-{number}") for number in range(CONCURRENCY["cms_webhook"])]
    with ThreadPoolExecutor(len(saves)) as pool:
        for _ in range(5):
            list(pool.map(lambda save: save(system.base_url), saves))
    if not any(answer.status == 200 for answer in answers):
        sys.exit(f"flood: GET {CARD}: expected 200, got {answers[-1].status}")
    version = json.loads(call(system.base_url, "GET", f"/cards/{READY}").body)["version"]
    key = {"Bucket": system.resources.bucket, "Key": f"cards/{READY}/{version}/headline-og.png"}
    s3 = client("s3", system.resources.endpoint)
    return system.resources.endpoint, s3.generate_presigned_url("get_object", key).removeprefix(system.resources.endpoint)


if __name__ == "__main__":
    main()

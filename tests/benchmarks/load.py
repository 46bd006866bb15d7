"""Requests the newest cards of ten articles with wrk for half a minute: requests per second, latencies and memory.

`make load` runs it against the local system. wrk, the HTTP front, the function's processes and moto all share one core.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from local_stack import stack
from local_stack.client import call, new_token, new_webhook_secret
from local_stack.command import demo_source, demo_token, listen
from support.processes import resident

ARTICLES = 10
SCRIPT = """
local next = 0
request = function()
  next = next % {articles} + 1
  return wrk.format("GET", "/cards/load-" .. next .. "/headline/og.png")
end
done = function(summary, latency, requests)
  io.write(string.format('{{"requests": %d, "seconds": %.2f, "p50": %.1f, "p99": %.1f, "refused": %d, "broken": %d}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--connections", type=int, default=4)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("load: expected wrk on PATH (Debian's package wrk)")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # inherited by every process that this one starts
    token = new_token()
    with listen(0) as listener, stack.local_stack(listener, demo_source(new_webhook_secret()) + demo_token(token)) as system:
        for number in range(1, ARTICLES + 1):
            make_ready(system.base_url, token, f"load-{number}")
        load(system.base_url, 3, arguments.connections)  # warm-up: opens connections and fills caches
        before = resident("http_api.app.handler")
        measured = load(system.base_url, arguments.seconds, arguments.connections)
        after = resident("http_api.app.handler")
    print(
        f"{measured['requests'] / measured['seconds']:.0f} requests a second, p50 {measured['p50']} ms, p99 {measured['p99']} ms"
    )
    print(f"{measured['requests']} requests, {measured['refused']} refused, {measured['broken']} broken")
    print(f"memory of each http_api process, MB: {before} before, {after} after")
    sys.exit(measured["refused"] + measured["broken"] > 0)


def make_ready(base_url: str, token: str, article_id: str) -> None:
    article = {"id": article_id, "headline": f"Harbour ferries run all night: {article_id}", "language": "en"}
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    for method, path, body in (
        ("PUT", f"/articles/{article_id}", json.dumps(article).encode()),
        ("GET", f"/cards/{article_id}", None),
    ):
        answer = call(base_url, method, path, body, headers)
        if answer.status not in (200, 201):
            sys.exit(f"load: {method} {path}: expected 200 or 201, got {answer.status}")


def load(base_url: str, seconds: int, connections: int) -> dict:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(articles=ARTICLES))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", script.name, base_url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(re.search(r"^\{.*\}$", output, re.MULTILINE)[0])


if __name__ == "__main__":
    main()

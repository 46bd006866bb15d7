"""Sends fifty signed webhooks to the local system one after the other, and prints the median time of a warm answer."""

import json
import statistics
import time
from datetime import UTC, datetime

from local_stack import stack
from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import demo_source, listen

ANSWERS = 50


def main() -> None:
    secret = new_webhook_secret()
    with listen(0) as listener, stack.local_stack(listener, demo_source(secret)) as system:
        answer_ms(system.base_url, secret, 0)
        times = [answer_ms(system.base_url, secret, number) for number in range(1, ANSWERS + 1)]
    print(f"{'warm answer to a webhook':24}{statistics.median(times):10.1f} ms, {max(times):.1f} ms at most")


def answer_ms(base_url: str, secret: str, number: int) -> float:
    """Times a webhook from the first byte to the whole answer, when it is verified, stored and queued."""
    article = {
        "id": f"warm-{number}",
        "headline": "Harbour ferries run all night from Friday",
        "language": "en",
        "updated_at": datetime.now(UTC).isoformat(),
        "status": "withdrawn",  # starts no render beside the measurement; the webhook does the same work for every status
    }
    body = json.dumps(article).encode()
    headers = signed(body, secret)
    started = time.perf_counter()
    answer = call(base_url, "POST", "/webhooks/demo", body, headers)
    elapsed = (time.perf_counter() - started) * 1000
    if answer.status != 202:
        raise SystemExit(f"webhooks: expected 202, got {answer.status}: {answer.body.decode()}")
    return elapsed


if __name__ == "__main__":
    main()

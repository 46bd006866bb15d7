"""`make run`: the local system, the sample article sent in through the signed webhook, and the URLs of its cards, one a line."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import demo_source, listen, refuse, serve
from storycard.errors import FieldError
from storycard.formats import EXTENSIONS

if TYPE_CHECKING:
    from local_stack.stack import Stack

SAMPLE = Path(__file__).parents[2] / "samples" / "harbour-barriers.json"
PATIENCE = 30  # seconds until the manifest has to be there


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m local_stack.run", description="Serve the cards of a sample, until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8000, help="of 127.0.0.1; 0 takes any free one (default: 8000)")
    options = parser.parse_args(argv)
    secret = new_webhook_secret()
    try:
        listener = listen(options.port)
    except FieldError as error:
        return refuse(error)
    return serve(listener, demo_source(secret), lambda stack: show_cards(stack, secret))


def show_cards(stack: "Stack", secret: str) -> None:
    """Sends the sample in, waits for its manifest, prints the cards' URLs to stdout and the other routes to stderr."""
    sample = SAMPLE.read_bytes()
    answer = call(stack.base_url, "POST", "/webhooks/demo", sample, signed(sample, secret))
    if answer.status != 202:
        sys.exit(f"storycard: /webhooks/demo: expected 202, got {answer.status}: {answer.body.decode('utf-8', 'replace')}")
    article_id = json.loads(sample)["id"]
    for card in wait_for_manifest(stack.base_url, article_id)["cards"]:
        path = f"/cards/{article_id}/{card['kind']}/{card['format']}.{EXTENSIONS[card['type']]}"
        print(stack.base_url + path, flush=True)
    print(f"\nAlso: /cards/{article_id} (the manifest), /healthz. Ctrl-C ends all of it.", file=sys.stderr, flush=True)


def wait_for_manifest(base_url: str, article_id: str) -> dict:
    """The manifest, as soon as the worker has written it. Ends the program when that takes longer than PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while (answer := call(base_url, "GET", f"/cards/{article_id}")).status != 200:
        if time.monotonic() > deadline:
            sys.exit(f"storycard: /cards/{article_id}: expected a manifest within {PATIENCE} s, got {answer.status}")
        time.sleep(0.05)
    return json.loads(answer.body)


if __name__ == "__main__":
    sys.exit(main())

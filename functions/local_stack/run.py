"""Implements `make run`: starts the local system, sends a sample article to its webhook and prints the URLs of the cards."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from local_stack.client import Answer, call, new_token, new_webhook_secret, signed
from local_stack.command import demo_slack, demo_source, demo_token, listen, refuse, serve
from storycard.design.formats import EXTENSIONS
from storycard.errors import FieldError

if TYPE_CHECKING:
    from local_stack.aws import Resources
    from local_stack.stack import Stack

SAMPLE = Path(__file__).parents[2] / "samples" / "harbour-barriers.json"
TIMEOUT = 30  # seconds to wait for the manifest
PAUSE = 0.05  # seconds between two checks


def main(argv: list[str] | None = None) -> int:
    """Runs `python -m local_stack.run ARGV`. Returns the exit status: 0 after Ctrl-C, 2 for bad arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m local_stack.run", description="Serve the cards of a sample article until Ctrl-C."
    )
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1; 0 picks a free one (default: 8000)")
    options = parser.parse_args(argv)
    secret, token, slack_secret = new_webhook_secret(), new_token(), new_token()
    try:
        listener = listen(options.port)
    except FieldError as error:
        return refuse(error)
    secrets = demo_source(secret) + demo_token(token) + demo_slack(slack_secret)

    def ready(stack: "Stack") -> None:
        show_cards(stack, secret, token)
        print(slack_command(stack.base_url, slack_secret), file=sys.stderr, flush=True)

    return serve(listener, secrets, ready)


def show_cards(stack: "Stack", secret: str, token: str) -> None:
    """Sends the sample, waits for its manifest, and prints the URLs of the cards to stdout and other routes to stderr."""
    sample = SAMPLE.read_bytes()
    article_id = json.loads(sample)["id"]
    _expect(202, "/webhooks/demo", call(stack.base_url, "POST", "/webhooks/demo", sample, signed(sample, secret)))
    _wait_for_manifest(stack.resources, article_id)
    manifest = _expect(200, f"/cards/{article_id}", call(stack.base_url, "GET", f"/cards/{article_id}"))
    for card in json.loads(manifest.body)["cards"]:
        path = f"/cards/{article_id}/{card['kind']}/{card['format']}.{EXTENSIONS[card['type']]}"
        print(stack.base_url + path, flush=True)
    print(
        f"\nAlso: /cards/{article_id} (the manifest), /share/{article_id}, /studio, /docs, /healthz. Press Ctrl-C to stop.",
        file=sys.stderr,
    )
    print(f"For calls that need a token: Authorization: Bearer {token}", file=sys.stderr, flush=True)


def slack_command(base_url: str, secret: str) -> str:
    """Returns shell commands that ask for cards as Slack's slash command does. Their signature is valid for five minutes."""
    return (
        "To ask as Slack does (docs/chat.md):\n"
        f"  SECRET={secret}\n"
        "  BODY='command=/cards&text=harbour barriers'; TIME=$(date +%s)\n"
        "  SIGN='import hmac, sys; print(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), \"sha256\").hexdigest())'\n"
        '  SIGNATURE=v0=$(python3 -c "$SIGN" "$SECRET" "v0:$TIME:$BODY")\n'
        '  curl -s -d "$BODY" -H "X-Slack-Request-Timestamp: $TIME" -H "X-Slack-Signature: $SIGNATURE" '
        f"{base_url}/chat/slack"
    )


def _wait_for_manifest(resources: "Resources", article_id: str) -> None:
    """Waits until the render worker has stored the manifest. Exits the program after TIMEOUT seconds.

    Checks the bucket directly: a request over HTTP would render the cards itself and hide a broken worker.
    """
    from botocore.exceptions import WaiterError

    from local_stack.aws import client

    key = f"cards/{article_id}/manifest.json"
    written = client("s3", resources.endpoint).get_waiter("object_exists")
    try:
        written.wait(Bucket=resources.bucket, Key=key, WaiterConfig={"Delay": PAUSE, "MaxAttempts": round(TIMEOUT / PAUSE)})
    except WaiterError:
        sys.exit(f"storycard: {key}: expected within {TIMEOUT} s from the render worker, got nothing; see its log above")


def _expect(status: int, path: str, answer: Answer) -> Answer:
    """Returns the answer if it has this status; else exits the program with an error."""
    if answer.status != status:
        sys.exit(f"storycard: {path}: expected {status}, got {answer.status}: {answer.body.decode('utf-8', 'replace')}")
    return answer


if __name__ == "__main__":
    sys.exit(main())

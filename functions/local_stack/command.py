"""Implements `storycard serve`: runs the local system until Ctrl-C."""

import argparse
import hashlib
import os
import signal
import socket
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING

from local_stack.client import new_token, new_webhook_secret
from storycard.errors import FieldError

if TYPE_CHECKING:
    from local_stack.stack import Stack


def command(argv: list[str]) -> int:
    """Runs `storycard serve ARGV`. Returns the exit status: 0 after Ctrl-C or SIGTERM, 2 for bad arguments."""
    parser = argparse.ArgumentParser(prog="storycard serve", description="Run the whole system on this machine until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1; 0 picks a free one (default: 8000)")
    parser.add_argument(
        "--webhooks",
        type=Path,
        metavar="FILE",
        help="TOML file of webhook sources, [sources.NAME] with scheme, format, secrets, and of feeds, [feeds.NAME] with url"
        " (default: a source named demo)",
    )
    options = parser.parse_args(argv)
    secret, token = new_webhook_secret(), new_token()
    try:
        sources = read_sources(options.webhooks) if options.webhooks else demo_source(secret) + demo_token(token)
        listener = listen(options.port)
    except FieldError as error:
        return refuse(error)

    def ready(stack: "Stack") -> None:
        print(f"storycard: {stack.base_url}", flush=True)
        tables = tomllib.loads(sources)
        for name, source in tables.get("sources", {}).items():
            note = "" if options.webhooks else f", secret {secret}"
            print(f"  POST /webhooks/{name}: {source['scheme']}, {source.get('format', 'by its table')}{note}", flush=True)
        for name, feed in tables.get("feeds", {}).items():
            print(f"  polls {name}: {feed['url']}", flush=True)
        if not options.webhooks:
            print(f"  Authorization: Bearer {token}", flush=True)
        print(f"  storycard dead-letters list --local {stack.resources.endpoint}", flush=True)

    return serve(listener, sources, ready)


def serve(listener: socket.socket, sources: str, ready: Callable[["Stack"], None]) -> int:
    """Runs the stack on a listening socket until Ctrl-C or SIGTERM. Calls `ready` when it is up. Returns the exit status."""
    # KeyboardInterrupt can be swallowed by a library that is just starting, so exit at once. That is safe: each child process
    # ends when its standard input, a pipe from this process, closes.
    _on_termination(lambda *_: os._exit(0))

    # Imported after the signal handler is set: boto3 and uvicorn take 300 ms, and Ctrl-C must print no traceback meanwhile.
    from local_stack.certificates import credentials_table, development_certificate
    from local_stack.stack import local_stack

    if "credentials" not in tomllib.loads(sources):
        sources += credentials_table(development_certificate())
    ended: SimpleQueue[int] = SimpleQueue()
    with listener, local_stack(listener, sources) as stack:
        ready(stack)
        _on_termination(lambda number, _: ended.put(number))
        ended.get()
    return 0


def _on_termination(handler: Callable[[int, FrameType | None], None]) -> None:
    # Set SIGINT explicitly: shells start background jobs with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def read_sources(path: Path) -> str:
    """Returns the text of a file of webhook sources, or of feeds, or of both. Raises FieldError if the file is not valid."""
    from adapters.config.feed_sources import parse_feeds
    from adapters.config.webhook_sources import parse_sources
    from storycard.toml_reader import parse_toml

    try:
        document = path.read_text("utf-8")
        tables = parse_toml(document.encode(), "webhook sources", FieldError)
        if "sources" in tables or "feeds" not in tables:
            parse_sources(document)
        parse_feeds(document)
    except OSError as error:
        raise FieldError(str(path), "a readable file", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise FieldError(str(path), "UTF-8 text", f"byte {error.object[error.start]:#x} at {error.start}") from error
    except FieldError as error:
        raise FieldError(f"{path}: {error.field}", error.expected, error.got) from error
    return document


def listen(port: int) -> socket.socket:
    """Opens a listening socket on 127.0.0.1, before anything else starts. Raises FieldError if the port is taken."""
    expected = "a free port of 127.0.0.1"
    if not 0 <= port <= 65535:
        raise FieldError("--port", expected, str(port))
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise FieldError("--port", expected, f"{port} ({os.strerror(error.errno or 0)})") from error


def demo_source(secret: str) -> str:
    """Returns the TOML of a webhook source named `demo`."""
    return f'[sources.demo]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{secret}"]\n'


def demo_token(token: str) -> str:
    """Returns the TOML that gives a bearer token the role of an editor."""
    return f'[tokens.local]\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\nrole = "editor"\n'


def demo_slack(secret: str) -> str:
    """Returns the TOML of a Slack app with this signing secret."""
    return f'[slack]\nsecrets = ["{secret}"]\n'


def refuse(error: FieldError) -> int:
    """Prints an error of the command line. Returns the exit status 2."""
    print(f"storycard: {error}", file=sys.stderr)
    return 2

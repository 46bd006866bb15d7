"""`storycard serve`: the local system on a port of this machine, until Ctrl-C."""

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
    """The exit code of `storycard serve ARGV`: 0 when ended by Ctrl-C or SIGTERM, 2 when something was wrong from the start."""
    parser = argparse.ArgumentParser(prog="storycard serve", description="Run the whole system on this machine, until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8000, help="of 127.0.0.1; 0 takes any free one (default: 8000)")
    parser.add_argument(
        "--webhooks",
        type=Path,
        metavar="FILE",
        help="the webhook sources in TOML: [sources.NAME] with scheme, format, secrets (default: one source, demo)",
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
        for name, source in tomllib.loads(sources)["sources"].items():
            note = "" if options.webhooks else f", secret {secret}"
            print(f"  POST /webhooks/{name}: {source['scheme']}, {source['format']}{note}", flush=True)
        if not options.webhooks:
            print(f"  Authorization: Bearer {token}", flush=True)
        print(f"  storycard dead-letters list --local {stack.resources.endpoint}", flush=True)

    return serve(listener, sources, ready)


def serve(listener: socket.socket, sources: str, ready: Callable[["Stack"], None]) -> int:
    """Runs the stack on a listening socket until Ctrl-C or SIGTERM, calling `ready` once it answers. Returns the exit code."""
    # An exception, as KeyboardInterrupt is one, can get lost in a library that is just starting. No clean-up is lost by
    # leaving on the spot: every process of ours ends when its standard input does, and that is a pipe from here.
    _on_the_end(lambda *_: os._exit(0))

    # Not above, so that Ctrl-C is quiet from the first moment: boto3 and uvicorn take a third of a second.
    from local_stack.certificates import credentials_table, development_certificate
    from local_stack.stack import local_stack

    if "credentials" not in tomllib.loads(sources):
        sources += credentials_table(development_certificate())
    ended: SimpleQueue[int] = SimpleQueue()
    with listener, local_stack(listener, sources) as stack:
        ready(stack)
        _on_the_end(lambda number, _: ended.put(number))
        ended.get()
    return 0


def _on_the_end(handler: Callable[[int, FrameType | None], None]) -> None:
    # SIGINT, too: a shell starts its background jobs deaf to it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def read_sources(path: Path) -> str:
    """The table of webhook sources in a file, as it stands there. Raises FieldError when the functions could not read it."""
    from adapters.config.webhook_sources import parse_sources

    try:
        document = path.read_text("utf-8")
        parse_sources(document)
    except OSError as error:
        raise FieldError(str(path), "a file", error.strerror) from error
    except UnicodeDecodeError as error:
        raise FieldError(str(path), "text in UTF-8", f"byte {error.object[error.start]:#x} at {error.start}") from error
    except FieldError as error:
        raise FieldError(f"{path}: {error.field}", error.expected, error.got) from error
    return document


def listen(port: int) -> socket.socket:
    """A listening socket on 127.0.0.1, so that the address is known, and refused, before anything starts. Raises FieldError."""
    expected = "a free port of 127.0.0.1"
    if not 0 <= port <= 65535:
        raise FieldError("--port", expected, str(port))
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise FieldError("--port", expected, f"{port} ({os.strerror(error.errno)})") from error


def demo_source(secret: str) -> str:
    """The table of webhook sources with one source, `demo`, in TOML."""
    return f'[sources.demo]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{secret}"]\n'


def demo_token(token: str) -> str:
    """The table that lets this bearer token do everything, in TOML."""
    return f'[tokens.local]\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\nrole = "editor"\n'


def refuse(error: FieldError) -> int:
    print(f"storycard: {error}", file=sys.stderr)
    return 2

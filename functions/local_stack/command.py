"""`storycard serve`: the local system on a port of this machine, until Ctrl-C."""

import argparse
import signal
import socket
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from local_stack.client import new_webhook_secret
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
    secret = new_webhook_secret()
    try:
        sources = read_sources(options.webhooks) if options.webhooks else demo_source(secret)
        listener = listen(options.port)
    except FieldError as error:
        return refuse(error)

    def ready(stack: "Stack") -> None:
        print(f"storycard: {stack.base_url}", flush=True)
        for name, source in tomllib.loads(sources)["sources"].items():
            note = "" if options.webhooks else f", secret {secret}"
            print(f"  POST /webhooks/{name}: {source['scheme']}, {source['format']}{note}", flush=True)

    return serve(listener, sources, ready)


def serve(listener: socket.socket, sources: str, ready: Callable[["Stack"], None]) -> int:
    """Runs the stack on a listening socket until Ctrl-C or SIGTERM, calling `ready` once it answers. Returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # SIGTERM cleans up, too; a shell's background job hears SIGINT again
    try:
        # Here, not above: boto3 and uvicorn take a third of a second, in which Ctrl-C is to be quiet already.
        from local_stack.stack import local_stack

        with listener, local_stack(listener, sources) as stack:
            try:
                ready(stack)
                threading.Event().wait()
            finally:
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, signal.SIG_IGN)  # a second one must not cut the clean-up short
    except KeyboardInterrupt:
        pass
    return 0


def read_sources(path: Path) -> str:
    """The table of webhook sources in a file, as it stands there. Raises FieldError when the functions could not read it."""
    from adapters.webhook_sources import parse_sources

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
    try:
        return socket.create_server(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "0 to 65535 are ports"
        raise FieldError("--port", "a free port of 127.0.0.1", f"{port} ({reason})") from error


def demo_source(secret: str) -> str:
    """The table of webhook sources with one source, `demo`, in TOML."""
    return f'[sources.demo]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{secret}"]\n'


def refuse(error: FieldError) -> int:
    print(f"storycard: {error}", file=sys.stderr)
    return 2

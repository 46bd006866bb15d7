"""Runs the whole system as a process: the sample's cards, webhooks and tokens, and a shutdown that leaves no process behind."""

import io
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from local_stack.client import call, new_webhook_secret, signed
from local_stack.command import command, listen
from local_stack.run import SAMPLE, slack_command
from storycard.design.formats import load_formats
from storycard.design.kinds import KINDS
from support.card_counts import FULL_SET
from support.paths import ASSETS, ROOT
from support.waiting import PATIENCE

FORMATS = load_formats(ASSETS / "formats.toml")
DEAD_LETTERS = "import sys; from operations.dead_letters import command; sys.exit(command(sys.argv[1:]))"
SERVE = "import sys; from local_stack.command import command; sys.exit(command(sys.argv[1:]))"


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, *arguments], text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def assert_ends(process: subprocess.Popen, number: signal.Signals) -> str:
    """Waits for the end of standard error, which comes only after all processes have ended, including functions and moto."""
    process.send_signal(number)
    _, errors = process.communicate(timeout=PATIENCE)
    return errors


def ask_as_slack(commands: list[str]) -> dict:
    """Runs the shell commands that were printed, with the request of curl made here, and returns the message."""
    script = "\n".join(["curl() { printf '%s\\0' \"$@\"; }", *commands])
    arguments = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split("\0")
    assert arguments[:2] == ["-s", "-d"]
    body, headers, url = arguments[2], arguments[4:8:2], arguments[7]
    fields = dict(line.split(": ") for line in headers) | {"content-type": "application/x-www-form-urlencoded"}
    answer = call(url.removesuffix("/chat/slack"), "POST", "/chat/slack", body.encode(), fields)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def test_run_prints_the_samples_cards_and_ctrl_c_ends_every_process():
    with started("-m", "local_stack.run", "--port", "0") as process:
        urls = [process.stdout.readline().strip() for _ in range(len(KINDS) * len(FORMATS))]
        assert len(set(urls)) == FULL_SET
        for url in urls:
            match = re.fullmatch(r"(http://127\.0\.0\.1:\d+)(/cards/harbour-barriers/(\w+)/(\w+)\.\w+)", url)
            base_url, path, kind, format_name = match.groups()
            answer = call(base_url, "GET", path)
            assert answer.status == 200
            assert kind in KINDS
            with Image.open(io.BytesIO(answer.body)) as image:
                assert image.size == (FORMATS[format_name].width, FORMATS[format_name].height)
                assert answer.headers["content-type"] == Image.MIME[image.format]
            assert call(base_url, "GET", path, headers={"If-None-Match": answer.headers["etag"]}).status == 304
        _, also, token, _, *commands = [process.stderr.readline().rstrip("\n") for _ in range(9)]
        assert ask_as_slack(commands)["blocks"][2]["image_url"].startswith(f"{base_url}/cards/harbour-barriers/")
        assert assert_ends(process, signal.SIGINT) == ""
        assert also.startswith("Also: /cards/harbour-barriers (the manifest), /share/harbour-barriers, /studio, /docs, /healthz.")
        assert re.fullmatch(r"For calls that need a token: Authorization: Bearer [\w-]{43}", token)
        assert process.returncode == 0


def test_the_docs_show_the_commands_that_are_printed():
    printed = slack_command("http://127.0.0.1:8000", "...").splitlines()[1:]
    assert "\n".join(line.strip() for line in printed) in (ROOT / "docs" / "chat.md").read_text("utf-8")


@pytest.mark.slow
def test_serve_reads_sources_from_a_file_and_sigterm_ends_every_process(tmp_path):
    secret = new_webhook_secret()
    file = tmp_path / "webhooks.toml"
    file.write_text(f'[sources.cms]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{secret}"]\n')
    with started("-c", SERVE, "--port", "0", "--webhooks", str(file)) as process:
        base_url = process.stdout.readline().removeprefix("storycard: ").strip()
        assert process.stdout.readline() == "  POST /webhooks/cms: standard-webhooks, native\n"  # and no secrets
        advice = process.stdout.readline().split()
        assert advice[:-1] == ["storycard", "dead-letters", "list", "--local"]

        article = SAMPLE.read_bytes()
        assert call(base_url, "POST", "/webhooks/cms", article, signed(article, new_webhook_secret())).status == 401
        assert call(base_url, "POST", "/webhooks/demo", article, signed(article, secret)).status == 404
        assert call(base_url, "GET", "/cards/harbour-barriers").status == 404
        headers = signed(article, secret)
        assert [call(base_url, "POST", "/webhooks/cms", article, headers).status for _ in range(2)] == [202, 200]
        assert len(json.loads(call(base_url, "GET", "/cards/harbour-barriers").body)["cards"]) == FULL_SET
        listing = subprocess.run([sys.executable, "-c", DEAD_LETTERS, *advice[2:]], capture_output=True, text=True, check=False)
        assert (listing.returncode, listing.stdout, listing.stderr) == (0, "", "")
        assert assert_ends(process, signal.SIGTERM) == ""
        assert process.returncode == 0


@pytest.mark.slow
def test_sigkill_ends_every_process():
    with started("-c", SERVE, "--port", "0") as process:
        base_url = process.stdout.readline().removeprefix("storycard: ").strip()
        assert call(base_url, "GET", "/healthz").status == 200
        assert_ends(process, signal.SIGKILL)


@pytest.mark.parametrize("delay", [0, 0.4, 0.8])
def test_ctrl_c_during_start_exits_cleanly(delay):
    with listen(0) as free:
        port = free.getsockname()[1]
    with started("-c", SERVE, "--port", str(port)) as process:
        while not listens(port):
            time.sleep(0.01)
        time.sleep(delay)
        assert assert_ends(process, signal.SIGINT) == ""
        assert process.returncode == 0


def test_port_in_use_exits_with_2_and_a_reason(capsys):
    with listen(0) as taken:
        port = taken.getsockname()[1]
        assert command(["--port", str(port)]) == 2
    error = capsys.readouterr().err
    assert error == f"storycard: --port: expected a free port of 127.0.0.1, got {port} (Address already in use)\n"


def test_invalid_port_exits_with_2(capsys):
    assert command(["--port", "70000"]) == 2
    assert "expected a free port of 127.0.0.1, got 70000" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "expected a readable file, got No such file or directory"),
        (b"\xff", "expected UTF-8 text, got byte 0xff at 0"),
        (b"[sources", "webhook sources: expected TOML in UTF-8, got "),
        (b"x = 1", "sources: expected a table, got nothing"),
        (b"[sources.cms]\nscheme = 'guess'", "sources.cms.scheme: expected one of standard-webhooks"),
    ],
)
def test_invalid_sources_file_exits_with_2_and_names_the_field(tmp_path, capsys, content, expected):
    file = tmp_path / "webhooks.toml"
    if content is not None:
        file.write_bytes(content)
    assert command(["--port", "0", "--webhooks", str(file)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"storycard: {file}: {expected}")
    assert error.count("\n") == 1

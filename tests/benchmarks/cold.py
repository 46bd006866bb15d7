"""Measures the time to a first card, the start of each built function, and the memory of a whole set.

`make cold` runs it, on the artefact that `sam build` makes for this machine, under AWS's own runtime client. It prints
processor time beside wall-clock time, which is longer on a busy machine.
"""

import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from storycard_photo import normalise
from support.photographs import large_photo
from support.sam_build import ROOT, sam_build

RUNS = 15
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}  # platform.machine() -> Lambda's name
RUNTIME = ROOT / ".venv-runtime/bin/python"
SET = """
import resource, sys
from pathlib import Path
from storycard.design.assets import load_assets
from storycard.ingest import read_native
from storycard.photo import open_photo
from storycard.render import render_set
article = read_native(Path(sys.argv[1]).read_bytes(), local_files=True)
photo = open_photo(Path(sys.argv[2]).read_bytes())
cards = render_set(article, load_assets(Path(sys.argv[3])), theme="frontline", photo=photo).cards
print(len(cards), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Wall-clock and processor time in ms."""

    ms: float
    cpu_ms: float


def main() -> None:
    show("first card on disk", first_card)
    built, version = ROOT / ".aws-sam/host", f"{sys.version_info.major}.{sys.version_info.minor}"
    template = sam_build(
        built, "--parameter-overrides", f"Architecture={ARCHITECTURES[platform.machine()]}", LAMBDA_PYTHON=version
    )
    layer = built / template["Resources"]["StorycardLayer"]["Properties"]["ContentUri"] / "python"
    for name, resource_ in template["Resources"].items():
        if resource_["Type"] == "AWS::Serverless::Function":
            function = resource_["Properties"]
            show(f"init of {name}", lambda function=function: init(built / function["CodeUri"], function["Handler"], layer))
    print(f"peak of a set with a photograph: {peak_of_a_set()}")


def show(what: str, start: Callable[[], Start]) -> None:
    starts = [start() for _ in range(RUNS)]
    least, median = min(start.ms for start in starts), statistics.median(start.ms for start in starts)
    cpu = statistics.median(start.cpu_ms for start in starts)
    print(f"{what:30}{least:6.0f} ms at least, median {median:.0f}, {cpu:.0f} of processor time")


def first_card() -> Start:
    """Times the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).with_name("storycard"), "render", ROOT / "samples/harbour-barriers.json"]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*command, "--kind", "headline", "--format", "og", "--out", folder], check=True)
        elapsed, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Start(elapsed * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)


def init(task_root: Path, handler: str, layer: Path) -> Start:
    """Times a function until its runtime client has imported the handler and requests the first event."""
    asked, seen = threading.Event(), threading.Event()

    class RuntimeApi(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.set()
            seen.wait()  # keeps the client waiting for a response

    with HTTPServer(("127.0.0.1", 0), RuntimeApi) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        environment = {
            "PYTHONPATH": str(layer),
            "PYTHONDONTWRITEBYTECODE": "1",  # the artefact is read-only on Lambda
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
        }
        started = time.perf_counter()
        with subprocess.Popen(
            [RUNTIME, "-m", "awslambdaric", handler], cwd=task_root, env=environment, stdout=subprocess.DEVNULL
        ) as process:
            if not asked.wait(60):
                raise SystemExit(f"cold: {handler} did not request an event")
            elapsed = time.perf_counter() - started
            nanoseconds = int(Path(f"/proc/{process.pid}/schedstat").read_text("ascii").split()[0])
            process.kill()
        seen.set()
    return Start(elapsed * 1000, nanoseconds / 1e6)


def peak_of_a_set() -> str:
    """Measures a process that renders one set, including Python itself."""
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder, "photo.jpg")
        photo.write_bytes(normalise(large_photo()).data)
        arguments = [ROOT / "samples/with-photo/ridge-path.json", photo, ROOT / "assets"]
        cards, megabytes = subprocess.check_output([sys.executable, "-c", SET, *arguments], text=True).split()
    return f"{float(megabytes):.0f} MB ({cards} cards)"


if __name__ == "__main__":
    main()

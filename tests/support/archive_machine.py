"""Runs the archive's state machine from template.yaml with the real worker, in moto's interpreter of the Amazon States Language.

In moto, a distributed map succeeds even if its children fail. So the map runs inline here, and other tests check the definition
of what only a distributed map has (reader, batcher, tolerance, writer).
"""

import copy
import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from uuid import uuid4

import boto3
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl

from adapters.clients import s3
from render_worker.app import handler
from support.lambda_events import Context
from support.template import stack

MACHINE = stack().section("Resources")["ArchiveStateMachine"]["Properties"]
MAP = MACHINE["Definition"]["States"]["EachBatch"]
WORKER = "arn:aws:lambda:us-east-1:123456789012:function:worker"
ROLE = "arn:aws:iam::123456789012:role/archive"


class Throttled(Exception):
    """The account is at its concurrency limit: Lambda answers 429."""


@dataclass
class Worker:
    """Records the worker's batches, the most calls at once, and the machine's pauses in seconds."""

    invoke: Callable[[dict], dict] = lambda event: handler(event, Context())
    batches: list[list[str]] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0
    pauses: list[float] = field(default_factory=list)


def inline(definition: dict) -> dict:
    """Returns the definition with an inline map over `$.batches`."""
    machine = copy.deepcopy(definition)
    each = machine["States"]["EachBatch"]
    for name in ("Label", "ItemReader", "ItemBatcher", "ToleratedFailurePercentage", "ResultWriter"):
        del each[name]
    each["ItemsPath"] = "$.batches"
    each["ItemProcessor"]["ProcessorConfig"] = {"Mode": "INLINE"}
    return json.loads(json.dumps(machine).replace("${Worker}", WORKER))


def batches(bucket: str, prefix: str, size: int) -> list[dict]:
    """Lists the objects in batches, as the map's reader and batcher do."""
    listed = s3().list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    items = [{"Key": item["Key"], "Size": item["Size"], "Etag": item["ETag"]} for item in listed]
    return [{"Items": items[start : start + size]} for start in range(0, len(items), size)]


@contextmanager
def archive_machine(endpoint: str, monkeypatch) -> Iterator[tuple[Worker, Callable[..., dict]]]:
    """Yields the worker, and a function that runs the machine over batches and returns the ended execution."""
    worker = Worker()
    with _lambda_api(worker) as port:
        monkeypatch.setenv("MOTO_PORT", str(port))  # where moto's interpreter finds the services that it calls
        monkeypatch.setattr(retrier_decl, "time", SimpleNamespace(sleep=worker.pauses.append))
        _configure(endpoint, execute=True)
        try:
            client = boto3.client("stepfunctions")
            definition = json.dumps(inline(MACHINE["Definition"]))
            arn = client.create_state_machine(name="archive", definition=definition, roleArn=ROLE)["stateMachineArn"]

            def run(bucket: str, size: int, concurrency: int = 2) -> dict:
                given = {"prefix": "articles/", "concurrency": concurrency, "batches": batches(bucket, "articles/", size)}
                name = uuid4().hex  # without a name, moto calls every execution None
                execution = client.start_execution(stateMachineArn=arn, name=name, input=json.dumps(given))["executionArn"]
                while (ended := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
                    time.sleep(0.05)
                return ended

            yield worker, run
        finally:
            _configure(endpoint, execute=False)


def _configure(endpoint: str, execute: bool) -> None:
    body = json.dumps({"stepfunctions": {"execute_state_machine": execute}}).encode()
    urllib.request.urlopen(
        urllib.request.Request(f"{endpoint}/moto-api/config", body, {"Content-Type": "application/json"})
    ).close()


@contextmanager
def _lambda_api(worker: Worker) -> Iterator[int]:
    """Serves Lambda's Invoke and yields its port: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"""
    one_at_a_time = threading.Lock()  # Powertools keeps the current event on a class
    counting = threading.Lock()

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with counting:
                worker.at_once += 1
                worker.most_at_once = max(worker.most_at_once, worker.at_once)
            try:
                with one_at_a_time:
                    worker.batches.append([item["Key"] for item in event["Items"]])
                    self.answer(200, worker.invoke(event))
            except Throttled:
                self.answer(429, {"Type": "User", "message": "Rate Exceeded."}, {"x-amzn-errortype": "TooManyRequestsException"})
            except Exception as error:
                failure = {"errorType": type(error).__name__, "errorMessage": str(error)}
                self.answer(200, failure, {"X-Amz-Function-Error": "Unhandled"})
            finally:
                with counting:
                    worker.at_once -= 1

        def answer(self, status: int, body: dict, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(data)), "x-amzn-RequestId": "0"} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

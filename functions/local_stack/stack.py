"""Starts the whole system on one machine: moto's AWS, the functions, the pumps of their queues and the HTTP front."""

import logging
import socket
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_stack.aws import Resources, aws_environment, client, create_resources, moto_aws
from local_stack.front import App, Dispatch, serving
from local_stack.function import LambdaFunction
from local_stack.pump import BATCH, pump
from local_stack.schedules import call_every_minute, fire_schedules

log = logging.getLogger(__name__)

ASSETS = Path(__file__).parents[2] / "assets"
PAUSE = 0.1  # seconds between an AWS error and the next attempt


@dataclass(frozen=True, slots=True)
class Stack:
    """A running stack: its HTTP address and its AWS resources."""

    base_url: str
    resources: Resources


def routed(http_api: Dispatch, cms_webhook: Dispatch) -> Dispatch:
    """Returns what sends each request to its function, as the routes of template.yaml do."""

    def dispatch(event: dict[str, Any]) -> dict[str, Any]:
        return (cms_webhook if is_webhook(event) else http_api)(event)

    return dispatch


def is_webhook(event: dict[str, Any]) -> bool:
    return bool(event["requestContext"]["http"]["method"] == "POST" and event["rawPath"].startswith("/webhooks/"))


@contextmanager
def local_stack(
    listener: socket.socket,
    secrets: str,
    gateway: Callable[[Dispatch, Dispatch], Dispatch] = routed,
    api_processes: int = 4,
    edge: Callable[[App], App] = lambda app: app,
) -> Iterator[Stack]:
    """Serves HTTP on the listening socket until the block ends. `secrets` is the TOML of both secrets of the stack.

    `gateway` gets http_api and cms_webhook, and returns what answers requests by them. `edge` may wrap the ASGI app before it.
    """
    host, port = listener.getsockname()[:2]
    base_url = f"http://{host}:{port}"
    stop = threading.Event()
    with ExitStack() as stack:
        resources = create_resources(stack.enter_context(moto_aws()), secrets)
        environment = function_environment(resources, base_url)

        # Timeouts are those of template.yaml.
        def function(handler: str, concurrency: int, timeout: float) -> LambdaFunction:
            return stack.enter_context(closing(LambdaFunction(handler, environment, concurrency=concurrency, timeout=timeout)))

        http_api = function("http_api.app.handler", concurrency=api_processes, timeout=20)
        cms_webhook = function("cms_webhook.app.handler", concurrency=2, timeout=20)
        done_webhook = function("done_webhook.app.handler", concurrency=1, timeout=20)
        stack.enter_context(_pumping(stop, resources, resources.done_queue_url, done_webhook))
        photo_worker = function("photo_worker.app.handler", concurrency=1, timeout=20)
        stack.enter_context(_pumping(stop, resources, resources.photo_queue_url, photo_worker, batch=1))
        render_worker = function("render_worker.app.handler", concurrency=1, timeout=60)
        stack.enter_context(_pumping(stop, resources, resources.queue_url, render_worker))
        stack.enter_context(_firing_schedules(stop, resources))
        if "feeds" in tomllib.loads(secrets):
            stack.enter_context(_polling(stop, function("feed_poller.app.handler", concurrency=1, timeout=55)))
        stack.enter_context(serving(gateway(http_api, cms_webhook), listener, edge))
        stack.callback(stop.set)  # runs first: the pumps end their polls at the same time
        yield Stack(base_url=base_url, resources=resources)


@contextmanager
def _pumping(
    stop: threading.Event, resources: Resources, queue_url: str, function: LambdaFunction, batch: int = BATCH
) -> Iterator[None]:
    sqs = client("sqs", resources.endpoint)
    with _running("pump", stop, lambda: pump(sqs, queue_url, function, stop, batch)):
        try:
            yield
        finally:
            stop.set()
            function.close()  # do not wait for a render


@contextmanager
def _firing_schedules(stop: threading.Event, resources: Resources) -> Iterator[None]:
    scheduler, sqs = client("scheduler", resources.endpoint), client("sqs", resources.endpoint)
    with _running("schedules", stop, lambda: fire_schedules(scheduler, sqs, resources, stop)):
        yield


@contextmanager
def _polling(stop: threading.Event, function: LambdaFunction) -> Iterator[None]:
    with _running("feeds", stop, lambda: call_every_minute(function, stop)):
        try:
            yield
        finally:
            stop.set()
            function.close()  # do not wait for a poll


@contextmanager
def _running(name: str, stop: threading.Event, work: Callable[[], None]) -> Iterator[None]:
    """Runs `work` in a thread until the block ends, which sets `stop`, and again after an AWS error."""

    def keep_working() -> None:
        while not stop.is_set():
            try:
                work()
            except (BotoCoreError, ClientError):
                log.warning("%s: AWS error, trying again", name, exc_info=True)
                stop.wait(PAUSE)

    thread = threading.Thread(target=keep_working, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def function_environment(resources: Resources, base_url: str) -> dict[str, str]:
    """Returns the environment that template.yaml gives every function, with the endpoint of moto's AWS."""
    return aws_environment(resources.endpoint) | {
        "BUCKET": resources.bucket,
        "QUEUE_URL": resources.queue_url,
        "PHOTO_QUEUE_URL": resources.photo_queue_url,
        "WEBHOOKS_SECRET": resources.webhooks_secret,
        "CONNECTIONS_SECRET": resources.connections_secret,
        "PUBLIC_BASE_URL": base_url,
        "ASSETS_DIR": str(ASSETS),
        "QUEUE_ARN": resources.queue_arn,
        "SCHEDULE_GROUP": resources.schedule_group,
        "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/local",
        "DONE_QUEUE_URL": resources.done_queue_url,
        "ARCHIVE_DONE_QUEUE_URL": resources.done_queue_url,  # only AWS has archive runs
        "LOCAL_ADDRESSES": "true",
        "POWERTOOLS_SERVICE_NAME": "storycard",
        "POWERTOOLS_METRICS_NAMESPACE": "Storycard",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
    }

"""Runs moto's server over real HTTP for the handlers, and restores an empty account before each test that uses it."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import pytest
from botocore.config import Config

import photo_worker.app
from adapters import clients
from adapters.config import secrets_cache
from adapters.config.settings import settings
from adapters.telemetry import metrics
from http_api.app import handler
from local_stack.command import listen
from local_stack.front import serving
from local_stack.moto_process import moto_server
from publishing.intake import cms_gate
from support.emulator import emulator
from support.lambda_events import SECRET, Answer, Context, call, call_over_http, failed_ids, sqs_event
from support.moto_account import empty_account, saved_account
from support.one_format import link_assets
from support.paths import ASSETS

SOURCES = f"""
[sources.desk]
scheme = "standard-webhooks"
format = "native"
secrets = ["{SECRET}"]
"""


@dataclass(frozen=True)
class Aws:
    """The resources that template.yaml creates on AWS, and methods to inspect them."""

    bucket: str
    queue_url: str
    dead_letter_url: str
    photo_dead_letter_url: str
    photo_queue_url: str

    def list_keys(self, prefix: str = "") -> list[str]:
        return [item["Key"] for item in clients.s3().list_objects_v2(Bucket=self.bucket, Prefix=prefix).get("Contents", ())]

    def body(self, key: str) -> bytes:
        return clients.s3().get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def messages(self, queue_url: str | None = None) -> list[dict]:
        answer = clients.sqs().receive_message(
            QueueUrl=queue_url or self.queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        )
        return answer.get("Messages", [])

    def connect(self, connections: str, sources: str = "") -> None:
        """Sets the secret of connections, and adds TOML tables, if any, to the webhook sources. Both take effect at once."""
        clients.secretsmanager().put_secret_value(SecretId="connections", SecretString=connections or "# nothing")
        if sources:
            clients.secretsmanager().put_secret_value(SecretId="webhooks", SecretString=SOURCES + sources)
        secrets_cache.known.clear()

    def events(self) -> list[dict]:
        """Returns the events that came on the bus since the last call."""
        queue_url = self.queue_url.replace("renders", "events")
        messages = self.messages(queue_url)
        for message in messages:
            clients.sqs().delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    def prepare_photos(self) -> bool:
        """Lets photo_worker handle its messages, one by one. Returns whether there were any."""
        found = False
        while messages := self.messages(self.photo_queue_url):
            found = True
            for message in messages:
                assert failed_ids(photo_worker.app.handler(sqs_event(message), Context())) == []
                clients.sqs().delete_message(QueueUrl=self.photo_queue_url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def pump(self, handler, context) -> None:
        """Feeds the queue to `handler` until it is empty, as an event source mapping does. Failed messages are retried.

        Photographs are prepared in between.
        """
        while (messages := self.messages()) or self.prepare_photos():
            if not messages:
                continue
            failed = failed_ids(handler(sqs_event(*messages), context))
            for message in messages:
                if message["MessageId"] not in failed:
                    clients.sqs().delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])


@pytest.fixture(scope="session")
def second_s3(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Returns the settings of another S3 than moto's, if `--second-s3` asks for it."""
    if not request.config.getoption("--second-s3"):
        yield {}
        return
    with TemporaryDirectory() as folder, emulator(Path(folder)) as account:
        credentials = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}  # of the root user
        yield {"AWS_ENDPOINT_URL_S3": account.endpoint, "AWS_CA_BUNDLE": str(account.certificate), **credentials}


@pytest.fixture(scope="session")
def endpoint(second_s3: dict[str, str]) -> Iterator[str]:
    server = moto_server()
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "BUCKET": "storycard",
        "QUEUE_URL": f"http://{host}:{port}/123456789012/renders",
        "PHOTO_QUEUE_URL": f"http://{host}:{port}/123456789012/photos",
        "WEBHOOKS_SECRET": "webhooks",
        "CONNECTIONS_SECRET": "connections",
        "PUBLIC_BASE_URL": "https://cards.example/",
        "QUEUE_ARN": "arn:aws:sqs:us-east-1:123456789012:renders",
        "SCHEDULE_GROUP": "storycard",
        "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/scheduler",
        "DONE_QUEUE_URL": f"http://{host}:{port}/123456789012/done",
        "ARCHIVE_DONE_QUEUE_URL": f"http://{host}:{port}/123456789012/archive-done",
        "LOCAL_ADDRESSES": "true",
        "ASSETS_DIR": str(ASSETS),
        **second_s3,
    }
    # On a busy machine moto may answer late, and a repeated call may fail because the first one succeeded.
    patient, create_client = Config(read_timeout=60), clients._client
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clients, "_client", lambda name, config=clients.CONFIG: create_client(name, config.merge(patient)))
        for name in ("AWS_PROFILE", "HTTP_PROXY", "http_proxy", "THEME"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        yield environment["AWS_ENDPOINT_URL"]
    settings.cache_clear()
    server.stop()


def empty_bucket(bucket: str) -> None:
    """Deletes the objects of a bucket if it exists, with all of their versions."""
    if bucket not in [found["Name"] for found in clients.s3().list_buckets()["Buckets"]]:
        return
    for page in clients.s3().get_paginator("list_object_versions").paginate(Bucket=bucket):
        for item in [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]:
            clients.s3().delete_object(Bucket=bucket, Key=item["Key"], VersionId=item["VersionId"])


@pytest.fixture(scope="session")
def restored(endpoint: str) -> Callable[[], Aws]:
    """Returns a function that restores an account with a queue that retries a failed message once, and one webhook source.

    It has an empty bucket too, unless that is in another S3.
    """
    empty_account()
    clients.s3().create_bucket(Bucket="storycard")
    sqs = clients.sqs()
    dead_letter_url, photo_dead_letter_url = (
        sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("dead-letters", "photo-dead-letters")
    )

    def queue(name: str, dead_letter_url: str) -> str:
        answer = sqs.get_queue_attributes(QueueUrl=dead_letter_url, AttributeNames=["QueueArn"])
        redrive = json.dumps({"deadLetterTargetArn": answer["Attributes"]["QueueArn"], "maxReceiveCount": 2})
        return sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "0", "RedrivePolicy": redrive})["QueueUrl"]

    queue_url, photo_queue_url = queue("renders", dead_letter_url), queue("photos", photo_dead_letter_url)
    for name in ("done", "archive-done"):
        sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "0"})
    sqs.create_queue(QueueName="events")  # receives everything on the bus
    clients.events().put_rule(Name="all", EventPattern='{"source": ["storycard"]}')
    clients.events().put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": "arn:aws:sqs:us-east-1:123456789012:events"}])
    clients.scheduler().create_schedule_group(Name="storycard")
    clients.secretsmanager().create_secret(Name="webhooks", SecretString=SOURCES)
    clients.secretsmanager().create_secret(Name="connections")  # empty, as after a first deployment
    restore = saved_account()

    def restored() -> Aws:
        restore()
        return Aws("storycard", queue_url, dead_letter_url, photo_dead_letter_url, photo_queue_url)

    return restored


@pytest.fixture
def aws(restored: Callable[[], Aws], second_s3: dict[str, str]) -> Aws:
    account = restored()
    if second_s3:
        empty_bucket("storycard")
    secrets_cache.known.clear()
    cms_gate.closed_until.clear()
    metrics.clear_metrics()  # left by code that tests call without a handler
    settings.cache_clear()  # of a test that changed the environment
    return account


@pytest.fixture(scope="session")
def _local_server(endpoint: str) -> Iterator[str]:
    one_at_a_time = Lock()  # Powertools stores the current event on a class

    def dispatch(event: dict) -> dict:
        with one_at_a_time:
            return handler(event, Context())

    with listen(0) as listener, serving(dispatch, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture(params=["API Gateway", pytest.param("the local server", marks=pytest.mark.slow)])
def http(request: pytest.FixtureRequest) -> Callable[..., Answer]:
    """Sends requests like `lambda_events.call`, to the handler or (slow) to the local server: both must answer the same."""
    if request.param == "API Gateway":
        return partial(call, handler)
    return partial(call_over_http, request.getfixturevalue("_local_server"))


@pytest.fixture
def log_of(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Captures what a handler's logger writes. Needed because Powertools' loggers keep the stdout of their creation."""

    def catch(logger) -> Callable[[], list[dict]]:
        stream = io.StringIO()
        monkeypatch.setattr(logger.registered_handler, "stream", stream)
        return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]

    return catch


@pytest.fixture
def oidc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configures an OpenID Connect provider whose claim `roles` holds the caller's role."""
    for name, value in {"ROLE_CLAIM": "roles", "CLIENT_ID": "studio", "TOKEN_URL": "https://id.example/token"}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def assets_of_one_format(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the project's assets with a single format, to render less; the process loads them once."""
    return link_assets(tmp_path_factory.mktemp("assets"))


@pytest.fixture
def one_format(assets_of_one_format: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configures assets with a single format."""
    with monkeypatch.context() as patch:
        patch.setenv("ASSETS_DIR", str(assets_of_one_format))
        settings.cache_clear()
        yield
    settings.cache_clear()

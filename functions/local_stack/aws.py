"""Starts moto's AWS in a separate process and creates the resources of template.yaml in it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

REGION = "us-east-1"
BUCKET = "storycard"
QUEUE, DEAD_LETTER_QUEUE = "storycard-renders", "storycard-dead-letters"
PHOTO_QUEUE, PHOTO_DEAD_LETTER_QUEUE = "storycard-photos", "storycard-photo-dead-letters"
QUEUES = (QUEUE, DEAD_LETTER_QUEUE, PHOTO_QUEUE, PHOTO_DEAD_LETTER_QUEUE)
WEBHOOKS_SECRET, CONNECTIONS_SECRET = "storycard/webhooks", "storycard/connections"
MAX_RECEIVES = 3
PHOTO_VISIBILITY_TIMEOUT = 20  # seconds, the timeout of photo_worker
VISIBILITY_TIMEOUT = 5  # seconds; AWS uses minutes, but here a developer waits for the retry


@dataclass(frozen=True, slots=True)
class Resources:
    """The endpoint of the emulated AWS, and names, URLs and ARNs of the resources in it."""

    endpoint: str
    bucket: str
    queue_url: str
    photo_queue_url: str
    queue_arn: str
    dead_letter_url: str
    photo_dead_letter_url: str
    done_queue_url: str
    schedule_group: str
    webhooks_secret: str
    connections_secret: str


@contextmanager
def moto_aws() -> Iterator[str]:
    """Yields the endpoint URL of an empty AWS. It ends with the block, or with this process if that is killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local_stack.moto_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C must not reach the child
    )
    with process:
        try:
            port = process.stdout.readline().strip() if process.stdout else b""
            if not port:
                raise RuntimeError("moto: expected its port on standard output, got nothing; its error message is above")
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            process.kill()


def client(service: str, endpoint: str) -> Any:  # boto3 builds its client classes at run time
    """Returns a boto3 client of the endpoint that ignores the AWS profile and HTTP proxy of this machine."""
    no_profile = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
    session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", botocore_session=no_profile)
    return session.client(service, region_name=REGION, endpoint_url=endpoint, config=Config(proxies={}))


def create_resources(endpoint: str, secrets: str) -> Resources:
    """Creates the resources of template.yaml. `secrets` is the TOML of both secrets; each reader ignores the other's tables."""
    bucket = client("s3", endpoint).create_bucket(Bucket=BUCKET)["Location"].strip("/")
    sqs = client("sqs", endpoint)
    dead_letter_url, photo_dead_letter_url = (
        sqs.create_queue(QueueName=name)["QueueUrl"] for name in (DEAD_LETTER_QUEUE, PHOTO_DEAD_LETTER_QUEUE)
    )

    def arn(queue_url: str) -> str:
        answer = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
        return str(answer["Attributes"]["QueueArn"])

    def queue(name: str, visibility_timeout: int, dead_letters: str) -> str:
        redrive = {"deadLetterTargetArn": arn(dead_letters), "maxReceiveCount": MAX_RECEIVES}
        attributes = {"VisibilityTimeout": str(visibility_timeout), "RedrivePolicy": json.dumps(redrive)}
        return str(sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])

    queue_url = queue(QUEUE, VISIBILITY_TIMEOUT, dead_letter_url)
    client("scheduler", endpoint).create_schedule_group(Name="storycard")
    secretsmanager = client("secretsmanager", endpoint)
    for name in (WEBHOOKS_SECRET, CONNECTIONS_SECRET):
        secretsmanager.create_secret(Name=name, SecretString=secrets)
    return Resources(
        endpoint=endpoint,
        bucket=bucket,
        queue_url=queue_url,
        photo_queue_url=queue(PHOTO_QUEUE, PHOTO_VISIBILITY_TIMEOUT, photo_dead_letter_url),
        queue_arn=arn(queue_url),
        dead_letter_url=dead_letter_url,
        photo_dead_letter_url=photo_dead_letter_url,
        done_queue_url=queue("storycard-done", VISIBILITY_TIMEOUT, dead_letter_url),
        schedule_group="storycard",
        webhooks_secret=WEBHOOKS_SECRET,
        connections_secret=CONNECTIONS_SECRET,
    )


def aws_environment(endpoint: str) -> dict[str, str]:
    """Returns this process's environment with its AWS settings replaced by those of the endpoint."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return ours | {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }

"""The AWS services under the functions, from moto in a process of its own: a bucket, a queue with its dead letters, a secret."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
import botocore.session
from botocore.config import Config

REGION = "us-east-1"
BUCKET, QUEUE, DEAD_LETTER_QUEUE = "storycard", "storycard-renders", "storycard-dead-letters"
WEBHOOKS_SECRET, CONNECTIONS_SECRET = "storycard/webhooks", "storycard/connections"
MAX_RECEIVES = 3
VISIBILITY_TIMEOUT = 5  # seconds; on AWS it is minutes, here somebody waits for the retry


@dataclass(frozen=True, slots=True)
class Resources:
    """Where the functions find what they use; all but the endpoint are names or URLs as AWS gives them."""

    endpoint: str
    bucket: str
    queue_url: str
    queue_arn: str
    dead_letter_url: str
    done_queue_url: str
    schedule_group: str
    webhooks_secret: str
    connections_secret: str


@contextmanager
def moto_aws() -> Iterator[str]:
    """The endpoint URL of an empty AWS, gone with the block, or with this process should it be killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local_stack.moto_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us
    )
    with process:
        try:
            port = process.stdout.readline().strip()
            if not port:
                raise RuntimeError("moto's server did not start; its own message is above")
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            process.kill()


def client(service: str, endpoint: str):
    """A boto3 client for moto, whatever AWS profile or HTTP proxy this machine is set up with."""
    no_profile = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
    session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", botocore_session=no_profile)
    return session.client(service, region_name=REGION, endpoint_url=endpoint, config=Config(proxies={}))


def create_resources(endpoint: str, secrets: str) -> Resources:
    """What template.yaml creates on AWS; `secrets` is the TOML of both of its secrets, which each ignore the other's tables."""
    bucket = client("s3", endpoint).create_bucket(Bucket=BUCKET)["Location"].strip("/")
    sqs = client("sqs", endpoint)
    dead_letter_url = sqs.create_queue(QueueName=DEAD_LETTER_QUEUE)["QueueUrl"]
    dead_letters = sqs.get_queue_attributes(QueueUrl=dead_letter_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = {"deadLetterTargetArn": dead_letters, "maxReceiveCount": MAX_RECEIVES}
    queue = sqs.create_queue(
        QueueName=QUEUE,
        Attributes={"VisibilityTimeout": str(VISIBILITY_TIMEOUT), "RedrivePolicy": json.dumps(redrive)},
    )
    done_queue = sqs.create_queue(
        QueueName="storycard-done",
        Attributes={"VisibilityTimeout": str(VISIBILITY_TIMEOUT), "RedrivePolicy": json.dumps(redrive)},
    )
    client("scheduler", endpoint).create_schedule_group(Name="storycard")
    secretsmanager = client("secretsmanager", endpoint)
    for name in (WEBHOOKS_SECRET, CONNECTIONS_SECRET):
        secretsmanager.create_secret(Name=name, SecretString=secrets)
    return Resources(
        endpoint=endpoint,
        bucket=bucket,
        queue_url=queue["QueueUrl"],
        queue_arn=dead_letters.replace("storycard-dead-letters", "storycard-renders"),
        dead_letter_url=dead_letter_url,
        done_queue_url=done_queue["QueueUrl"],
        schedule_group="storycard",
        webhooks_secret=WEBHOOKS_SECRET,
        connections_secret=CONNECTIONS_SECRET,
    )


def aws_environment(endpoint: str) -> Mapping[str, str]:
    """This process's environment with every AWS setting of the machine taken out and moto's put in."""
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

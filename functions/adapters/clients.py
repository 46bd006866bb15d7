"""The AWS clients of this process, each made on first use and kept.

They are botocore's: boto3 makes the same ones, and loads uploads in parts and resources that nothing here uses.
"""

from functools import cache

from botocore.client import BaseClient
from botocore.config import Config
from botocore.session import Session

# A healthy S3 or SQS answers in tens of milliseconds; a crawler waits a few seconds in all.
CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


@cache
def s3() -> BaseClient:
    return _client("s3")


@cache
def sqs() -> BaseClient:
    return _client("sqs")


@cache
def scheduler() -> BaseClient:
    return _client("scheduler")


@cache
def events() -> BaseClient:
    return _client("events")


@cache
def ssm() -> BaseClient:
    return _client("ssm")


@cache
def cloudfront() -> BaseClient:
    return _client("cloudfront")


@cache
def secretsmanager() -> BaseClient:
    return _client("secretsmanager")


def _client(service: str) -> BaseClient:
    return Session().create_client(service, config=CONFIG)  # threads may share a client, but not a session

"""The AWS clients of this process, each made on first use and kept."""

from functools import cache

from boto3.session import Session
from botocore.client import BaseClient
from botocore.config import Config

# A healthy S3 or SQS answers in tens of milliseconds; a crawler waits a few seconds in all.
CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


@cache
def s3() -> BaseClient:
    return Session().client("s3", config=CONFIG)  # boto3.client shares one session, which threads may not do


@cache
def sqs() -> BaseClient:
    return Session().client("sqs", config=CONFIG)


@cache
def scheduler() -> BaseClient:
    return Session().client("scheduler", config=CONFIG)


@cache
def events() -> BaseClient:
    return Session().client("events", config=CONFIG)


@cache
def ssm() -> BaseClient:
    return Session().client("ssm", config=CONFIG)


@cache
def cloudfront() -> BaseClient:
    return Session().client("cloudfront", config=CONFIG)

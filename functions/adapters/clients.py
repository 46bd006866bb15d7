"""Creates the AWS clients of this process, each on first use, and caches them.

They come from botocore: boto3 creates the same clients, but also loads multipart uploads and resources, which are not used here.
The clients are typed Any because botocore generates their methods at run time; its stubs declare none of them.
"""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.handlers import add_expect_header
from botocore.session import Session

# A healthy S3 or SQS answers in tens of milliseconds; a crawler waits a few seconds in all.
CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})

# Presigned URLs otherwise have Signature Version 2, or the global address, which knows a new bucket's region only after hours.
S3_CONFIG = CONFIG.merge(
    Config(signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"})
)


@cache
def s3() -> Any:
    return _client("s3", S3_CONFIG)


@cache
def sqs() -> Any:
    return _client("sqs")


@cache
def scheduler() -> Any:
    return _client("scheduler")


@cache
def events() -> Any:
    return _client("events")


@cache
def ssm() -> Any:
    return _client("ssm")


@cache
def cloudfront() -> Any:
    return _client("cloudfront")


@cache
def secretsmanager() -> Any:
    return _client("secretsmanager")


def _client(service: str, config: Config = CONFIG) -> Any:
    session = Session()  # of its own, since threads may share a client, but not a session
    # Waiting for `100 Continue` before it sends a body would be a second round trip for every write to S3.
    session.unregister("before-call.s3", add_expect_header)  # type: ignore[arg-type]  # its stub is too narrow
    return session.create_client(service, config=config)

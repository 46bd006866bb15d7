"""What this process says of itself: one logger, one set of metrics, and the ID that follows an article through all functions.

Lambda's environment names the function for both (POWERTOOLS_SERVICE_NAME). docs/operating.md explains every metric.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.functions import is_metrics_disabled
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider


class _Metrics(AmazonCloudWatchEMFProvider):
    """Forgets at the end of a call what POWERTOOLS_METRICS_DISABLED keeps from being published.

    Powertools' own keeps it, prints it all the same a hundred values at a time, and then warns that there is nothing to publish.
    """

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        if is_metrics_disabled():
            self.clear_metrics()
        else:
            super().flush_metrics(raise_on_empty_metrics)


logger = Logger()
metrics = _Metrics(namespace="Storycard")


def count(name: str, value: int = 1) -> None:
    metrics.add_metric(name, MetricUnit.Count, value)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Measures the block in ms, whether it ends well or not."""
    started = time.perf_counter()
    try:
        yield
    finally:
        metrics.add_metric(name, MetricUnit.Milliseconds, (time.perf_counter() - started) * 1000)


def correlation_id() -> str | None:
    """The ID of the request that began all this: API Gateway's, handed on in queue messages."""
    return logger.get_correlation_id()


def without_query(url: str) -> str:
    """A URL as logs may have it: what follows the path may be a key."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"
    except ValueError:
        return "(no URL)"

"""Provides the logger, the metrics and the correlation ID, which follows an article through all functions.

POWERTOOLS_SERVICE_NAME names the function in both, POWERTOOLS_METRICS_NAMESPACE the stack in the metrics. docs/operating.md
explains every metric.
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
    """Clears the metrics at the end of an invocation if POWERTOOLS_METRICS_DISABLED is set.

    Powertools' own class keeps them, still prints them a hundred values at a time, and then warns that there are none.
    """

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        if is_metrics_disabled():
            self.clear_metrics()
        else:
            super().flush_metrics(raise_on_empty_metrics)


logger = Logger()
metrics = _Metrics()


def count(name: str, value: int = 1) -> None:
    metrics.add_metric(name, MetricUnit.Count, value)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Records the duration of the block in ms, also if it raises."""
    started = time.perf_counter()
    try:
        yield
    finally:
        metrics.add_metric(name, MetricUnit.Milliseconds, (time.perf_counter() - started) * 1000)


def correlation_id() -> str | None:
    """Returns the ID of the original API Gateway request, which queue messages pass on."""
    return logger.get_correlation_id()


def without_query(url: str) -> str:
    """Returns the URL without its query, for logs: a query may contain a key."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"
    except ValueError:
        return "(no URL)"

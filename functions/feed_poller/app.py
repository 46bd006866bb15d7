"""Polls the feeds of the newsroom in a Lambda function that EventBridge Scheduler calls every minute."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.feed_sources import Feed, load_feeds
from adapters.config.settings import Settings, settings
from adapters.telemetry import count, logger, metrics
from publishing.feeds import poll_feed

AT_ONCE = 8  # feeds, so that a slow site does not hold up the others


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Polls all feeds. A stack without feeds writes neither metrics nor logs, which would cost money every minute."""
    config = settings()
    if feeds := load_feeds(config):
        _poll_all({"feeds": feeds, "settings": config}, context)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def _poll_all(event: dict[str, Any], context: LambdaContext) -> None:
    """Polls the feeds of `event`. Raises the first error of AWS after the others are polled."""
    config: Settings = event["settings"]
    feeds: Mapping[str, Feed] = event["feeds"]
    count("FeedPolls", len(feeds))
    now = datetime.now(UTC)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        polls = [pool.submit(poll_feed, config, feed, now) for feed in feeds.values()]
    for poll in polls:
        poll.result()

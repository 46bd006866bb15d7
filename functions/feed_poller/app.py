"""Polls the feeds of the newsroom in a Lambda function that EventBridge Scheduler calls every minute."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.feed_sources import load_feeds
from adapters.config.settings import settings
from adapters.telemetry import count, logger, metrics
from publishing.feeds import poll_feed

AT_ONCE = 8  # feeds, so that a slow site does not hold up the others


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Polls all feeds. Raises the first error of AWS after the others are polled."""
    config = settings()
    feeds, now = load_feeds(config), datetime.now(UTC)
    count("FeedPolls", len(feeds))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        polls = [pool.submit(poll_feed, config, feed, now) for feed in feeds.values()]
    for poll in polls:
        poll.result()

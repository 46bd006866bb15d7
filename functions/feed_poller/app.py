"""Polls the feeds of the newsroom in a Lambda function that EventBridge Scheduler calls every minute.

With `{"check": true}`, it checks instead whether publishing works.
"""

import random
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.feed_sources import Feed, load_feeds
from adapters.config.settings import Settings, settings
from adapters.telemetry import count, logger, metrics
from publishing.intake.feeds import poll_feed
from publishing.publish_check import check_publishing

AT_ONCE = 8  # feeds, so that a slow site does not hold up the others
LAST_PAGE_SECONDS = 15.0  # left to fetch and store the last page of each feed, and the state

AFTER_CARDS_SECONDS = 25.0  # left to request the card and the page of the check


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Polls all feeds. A stack without feeds writes neither metrics nor logs, which would cost money every minute."""
    config = settings()
    if event.get("check"):
        _check({"settings": config}, context)
    elif feeds := load_feeds(config):
        _poll_all({"feeds": feeds, "settings": config}, context)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def _check(event: dict[str, Any], context: LambdaContext) -> None:
    """Counts a failed check, or 0 for one that did not fail."""
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - AFTER_CARDS_SECONDS
    try:
        check_publishing(event["settings"], datetime.now(UTC), deadline)
        count("ChecksFailed", 0)
    except Exception as error:  # whatever it is, publishing does not work
        count("ChecksFailed")
        logger.exception("the check of publishing failed: %s", error)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def _poll_all(event: dict[str, Any], context: LambdaContext) -> None:
    """Polls the feeds of `event`. Raises the first error of AWS after the others are polled."""
    config: Settings = event["settings"]
    feeds: Mapping[str, Feed] = event["feeds"]
    count("FeedPolls", len(feeds))
    now = datetime.now(UTC)
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - LAST_PAGE_SECONDS
    in_turn = random.sample(list(feeds.values()), len(feeds))  # else slow feeds would always take the time of the same others
    with ThreadPoolExecutor(AT_ONCE) as pool:
        polls = [pool.submit(poll_feed, config, feed, now, deadline) for feed in in_turn]
    for poll in polls:
        poll.result()

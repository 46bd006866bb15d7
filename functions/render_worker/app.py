"""Renders card sets into S3 in a Lambda function, for queue messages and for batches of an archive run.

Failed messages are retried by SQS and end up in the dead-letter queue.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.settings import Settings, settings
from adapters.render_queue import CHAT, MessageInvalid, RenderRequest, read_request
from adapters.sqs_batch import process_messages
from adapters.storage.failures import Failure, clear_failures, put_failure
from adapters.storage.inbox import get_delivery
from adapters.telemetry import count, logger, metrics
from publishing.intake.article_lookup import refresh_article
from publishing.intake.store_delivery import store_delivery
from publishing.queries.chat_answers import reply_when_made
from publishing.takedown import CDN, invalidate
from render_worker.archive_batch import render_batch
from render_worker.rendering import render


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse | dict[str, object]:
    if "Items" in event:  # from the archive's state machine
        return render_batch(settings(), event["Items"])
    count("Messages", len(event["Records"]))
    return process_messages(event, partial(process_message, settings()), context)


def process_message(config: Settings, record: SQSRecord) -> None:
    """Handles one message. On failure, stores the reason for the team and raises."""
    logger.append_keys(message_id=record.message_id, inbox=None, article_id=None)
    logger.set_correlation_id(record.message_id)  # replaced below if the message names the request that it came from
    age_ms = datetime.now(UTC).timestamp() * 1000 - int(record.attributes.sent_timestamp)
    metrics.add_metric("QueueAge", MetricUnit.Milliseconds, max(0.0, age_ms))
    request = None
    try:
        request = read_request(record.body)
        logger.set_correlation_id(request.correlation_id or record.message_id)
        logger.append_keys(inbox=request.inbox, article_id=request.article_id)
        _fulfil(config, request)
    except Exception as error:
        count("MessagesFailed")
        failure = Failure.of(record, error, datetime.now(UTC), (request and request.inbox) or "")
        put_failure(config.bucket, failure, request)
        raise


def _fulfil(config: Settings, request: RenderRequest) -> None:
    """Invalidates the CDN's copies, or renders the article after storing its delivery if the webhook could not."""
    article_id = request.article_id or _store_delivery(config, request)
    if article_id is None:
        return
    if request.source == CDN:
        invalidate(config, article_id)
        return
    logger.append_keys(article_id=article_id)
    render(config, article_id)
    clear_failures(config.bucket, replace(request, article_id=article_id))
    if request.source == CHAT:
        reply_when_made(config, request)


def _store_delivery(config: Settings, request: RenderRequest) -> str | None:
    """Stores the article that a delivery in the inbox is about, and returns its ID; None if it is not about an article."""
    if request.inbox is None:
        raise MessageInvalid("inbox", "text", "nothing")
    delivery = get_delivery(config.bucket, request.inbox)
    intake = store_delivery(config, delivery)
    if intake.outcome == "announced" and intake.article_id:
        refresh_article(config, intake.article_id, delivery.sender)
    clear_failures(config.bucket, request)
    if intake.outcome == "foreign":
        count("ForeignEvents")
        return None
    return intake.article_id

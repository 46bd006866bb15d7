"""Delivers done events from their two queues to their receivers, in a Lambda function.

Failed deliveries are retried by SQS with growing pauses.
"""

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.clients import sqs
from adapters.config.connections import load_connections
from adapters.config.settings import Settings, settings
from adapters.outbound.outgoing import DeliveryFailed, deliver, pause_after
from adapters.sqs_batch import process_messages
from adapters.storage.article_store import find_article, is_public
from adapters.telemetry import count, logger, metrics, timed


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    count("DoneEvents", len(event["Records"]))
    return process_messages(event, partial(deliver_event, settings()), context)


def deliver_event(config: Settings, record: SQSRecord) -> None:
    """Posts one event. It is dropped if the receiver has been removed from the configuration."""
    event = json.loads(record.body)
    logger.set_correlation_id(event.get("correlation_id"))
    logger.append_keys(message_id=record.message_id, article_id=event["data"]["article_id"], version=event["data"]["version"])
    name = event.get("receiver", "")  # earlier releases had one receiver
    outgoing = load_connections(config).outgoing.get(name)
    if outgoing is None:
        logger.warning("event dropped: its receiver is not in the secret any more", event_id=event["id"], receiver=name)
        return
    if outgoing.is_chat and event["type"] != "cards.withdrawn" and not _is_public(config, event["data"]):
        logger.info("event dropped: its article is no longer public", event_id=event["id"])
        return
    try:
        with timed("DeliveryTime"):
            deliver(outgoing, event, datetime.now(UTC), local=config.local_addresses)
    except DeliveryFailed as error:
        count("DeliveriesFailed")
        pause = pause_after(int(record.attributes.approximate_receive_count), error.retry_after)
        sqs().change_message_visibility(
            QueueUrl=_queue_url(config, record), ReceiptHandle=record.receipt_handle, VisibilityTimeout=pause
        )
        raise
    logger.info("delivered", event_id=event["id"])


def _is_public(config: Settings, data: dict[str, Any]) -> bool:
    """Returns whether the article still is public: people read a late message in a chat as news."""
    stored = find_article(config.bucket, data["article_id"])
    return stored is not None and is_public(stored.article, datetime.now(UTC))


def _queue_url(config: Settings, record: SQSRecord) -> str:
    """Returns the URL of the queue that the message came from."""
    name = record.event_source_arn.rpartition(":")[2]
    return config.archive_done_queue_url if config.archive_done_queue_url.endswith(f"/{name}") else config.done_queue_url

"""Delivers signed done events from their two queues to the receiver's address, in a Lambda function.

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
    outgoing = load_connections(config).outgoing
    if outgoing is None:
        logger.warning("event dropped: the secret has no [outgoing] table", event_id=event["id"])
        return
    try:
        with timed("DeliveryTime"):
            deliver(outgoing, event, datetime.now(UTC), local=config.local_addresses)
    except DeliveryFailed:
        count("DeliveriesFailed")
        pause = pause_after(int(record.attributes.approximate_receive_count))
        sqs().change_message_visibility(
            QueueUrl=_queue_url(config, record), ReceiptHandle=record.receipt_handle, VisibilityTimeout=pause
        )
        raise
    logger.info("delivered", event_id=event["id"])


def _queue_url(config: Settings, record: SQSRecord) -> str:
    """Returns the URL of the queue that the message came from."""
    name = record.event_source_arn.rpartition(":")[2]
    return config.archive_done_queue_url if config.archive_done_queue_url.endswith(f"/{name}") else config.done_queue_url

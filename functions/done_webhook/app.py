"""Done events from their queue to the receiver's address, signed; what is not taken comes again, later each time."""

import json
from datetime import UTC, datetime

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.clients import sqs
from adapters.config.connections import load_connections
from adapters.config.settings import settings
from adapters.outbound.outgoing import DeliveryFailed, deliver, pause_after
from adapters.telemetry import count, logger, metrics, timed


def tell(record: SQSRecord) -> None:
    """Posts one event. A receiver that was taken out of the configuration gets no more, and the event is done."""
    event = json.loads(record.body)
    logger.set_correlation_id(event.get("correlation_id"))
    logger.append_keys(message_id=record.message_id, article_id=event["data"]["article_id"], version=event["data"]["version"])
    outgoing = load_connections(settings()).outgoing
    if outgoing is None:
        logger.warning("no [outgoing] in the secret any more", event_id=event["id"])
        return
    try:
        with timed("DeliveryTime"):
            deliver(outgoing, event, datetime.now(UTC), local=settings().local_addresses)
    except DeliveryFailed:
        count("DeliveriesFailed")
        pause = pause_after(int(record.attributes.approximate_receive_count))
        sqs().change_message_visibility(
            QueueUrl=settings().done_queue_url, ReceiptHandle=record.receipt_handle, VisibilityTimeout=pause
        )
        raise
    logger.info("delivered", event_id=event["id"])


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    count("DoneEvents", len(event["Records"]))
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False, logger=logger)
    return process_partial_response(event, tell, processor, context)

"""Queue messages, or a batch of the archive, into card sets in S3; what fails comes again, and at last to the dead letters."""

from dataclasses import replace
from datetime import UTC, datetime

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.settings import settings
from adapters.render_queue import RenderRequest, read_request
from adapters.storage.failures import Failure, forget_failures, note_failure
from adapters.storage.inbox import take
from adapters.telemetry import count, logger, metrics
from publishing.article_lookup import refresh_article
from publishing.store_delivery import take_in
from publishing.takedown import CDN, invalidate
from render_worker.archive_batch import render_batch
from render_worker.rendering import render


def work(record: SQSRecord) -> None:
    """Renders what one message asks for; where that fails, the reason is left for the team."""
    logger.append_keys(message_id=record.message_id, inbox=None, article_id=None)
    logger.set_correlation_id(record.message_id)  # until the message says which request it came from
    age_ms = datetime.now(UTC).timestamp() * 1000 - int(record.attributes.sent_timestamp)
    metrics.add_metric("QueueAge", MetricUnit.Milliseconds, max(0.0, age_ms))
    request = None
    try:
        request = read_request(record.body)
        logger.set_correlation_id(request.correlation_id or record.message_id)
        logger.append_keys(inbox=request.inbox, article_id=request.article_id)
        if request.source == CDN:
            invalidate(settings(), request.article_id)
            return
        if request.article_id is None:
            request = _understood(request)
            logger.append_keys(article_id=request.article_id)
        if request.article_id:
            render(request.article_id)
            forget_failures(settings().bucket, request)
    except Exception as error:
        count("MessagesFailed")
        failure = Failure.of(record, error, datetime.now(UTC), (request and request.inbox) or "")
        note_failure(settings().bucket, failure, request)
        raise


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    if "Items" in event:  # from the archive's state machine
        return render_batch(event["Items"])
    count("Messages", len(event["Records"]))
    # A batch of nothing but bad messages is no fault of the function: the report alone brings them again.
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False, logger=logger)
    return process_partial_response(event, work, processor, context)


def _understood(request: RenderRequest) -> RenderRequest:
    """The request with the ID of the article in the inbox, for what the webhook could not finish with, if it has any."""
    intake = take_in(settings().bucket, take(settings().bucket, request.inbox))
    if intake.outcome == "announced":
        refresh_article(settings(), intake.article_id)
    forget_failures(settings().bucket, request)
    return replace(request, article_id=intake.article_id)

"""Prepares photographs in a Lambda function, for queue messages and for batches of an archive run.

It is the only function that opens files of unknown origin. Each message is a batch of its own: a picture that crashes the
process affects no other message.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.settings import Settings, settings
from adapters.render_queue import read_request
from adapters.sqs_batch import process_messages
from adapters.storage.failures import Failure, put_failure
from adapters.telemetry import count, logger, metrics
from publishing.photo_adding import prepare_upload
from publishing.photo_preparation import prepare_photo


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_messages(event, partial(process_message, settings()), context)


def process_message(config: Settings, record: SQSRecord) -> None:
    """Handles one message. Stores the reason and raises if AWS fails; an unusable photograph is not an error."""
    logger.append_keys(message_id=record.message_id)
    age_ms = datetime.now(UTC).timestamp() * 1000 - int(record.attributes.sent_timestamp)
    metrics.add_metric("PhotoQueueAge", MetricUnit.Milliseconds, max(0.0, age_ms))
    request = None
    try:
        request = read_request(record.body)
        logger.set_correlation_id(request.correlation_id or record.message_id)
        logger.append_keys(article_id=request.article_id)
        attempt = int(record.attributes.approximate_receive_count or 1)
        if request.article_id and request.upload:
            prepare_upload(config, request.article_id, request.upload, attempt)
        elif request.article_id:
            prepare_photo(config, request.article_id, attempt, request.source)
    except Exception as error:
        count("PhotoMessagesFailed")
        of_cards = None if request and request.upload else request  # what an editor adds is none of the article's cards
        put_failure(config.bucket, Failure.of(record, error, datetime.now(UTC)), of_cards)
        raise

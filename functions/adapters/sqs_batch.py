"""Processes a batch of SQS messages one by one, so that only those that fail are delivered again."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.telemetry import logger


def process_messages(
    event: dict[str, Any], process: Callable[[SQSRecord], None], context: LambdaContext
) -> PartialItemFailureResponse:
    """Calls `process` with each message and returns the IDs of those for which it raised.

    If all of them fail, the function itself still succeeds: the returned IDs are enough to have the messages redelivered.
    """
    processor = BatchProcessor(
        EventType.SQS,
        raise_on_entire_batch_failure=False,
        logger=logger,  # type: ignore[arg-type]  # annotated as logging.Logger, but meant for Powertools' own Logger
    )
    return process_partial_response(event, process, processor, context)

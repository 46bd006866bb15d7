"""Polls an SQS queue and invokes a handler with batches of messages, as a Lambda event source mapping does.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

import base64
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)

BATCH = 10  # messages
WAIT = 1  # seconds that SQS holds an empty poll for a message, which is also the longest delay of a shutdown

Handler = Callable[[dict[str, Any]], Mapping[str, Any] | None]
Message = Mapping[str, Any]


def pump(sqs: Any, queue_url: str, handler: Handler, stop: threading.Event, batch: int = BATCH) -> None:
    """Invokes `handler` with at most `batch` messages until `stop` is set.

    Failed messages stay in the queue and return after their visibility timeout.

    `sqs` is a boto3 client.
    """
    while not stop.is_set():
        answer = sqs.receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=batch,
            WaitTimeSeconds=WAIT,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        if messages := answer.get("Messages"):
            failed = _failed(handler, messages, stop)
            done = [message for message in messages if message["MessageId"] not in failed]
            if done:
                entries = [{"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, message in enumerate(done)]
                sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)


def _failed(handler: Handler, messages: list[Message], stop: threading.Event) -> set[str]:
    """Invokes the handler. Returns the IDs of the failed messages: all if it raised or its report is invalid."""
    everything = {message["MessageId"] for message in messages}
    try:
        report = handler({"Records": [_record(message) for message in messages]}) or {}
        failed = {failure["itemIdentifier"] for failure in report.get("batchItemFailures") or ()}
    except Exception:
        if not stop.is_set():  # during a shutdown the handler is killed on purpose
            log.exception("a batch of %d messages failed as a whole", len(messages))
        return everything
    if not failed <= everything:
        log.error("batchItemFailures: expected IDs of the batch, got %s", ", ".join(map(repr, failed - everything)))
        return everything
    return failed


def _record(message: Message) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {name: _attribute(value) for name, value in message.get("MessageAttributes", {}).items()},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:local",
        "awsRegion": "us-east-1",
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    attribute: dict[str, Any] = {"dataType": value["DataType"], "stringListValues": [], "binaryListValues": []}
    if "StringValue" in value:
        attribute["stringValue"] = value["StringValue"]
    if "BinaryValue" in value:
        attribute["binaryValue"] = base64.b64encode(value["BinaryValue"]).decode("ascii")
    return attribute

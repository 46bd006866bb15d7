"""Messages of an SQS queue into Lambda SQS events: what an event source mapping does.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

import base64
import logging
import threading
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

BATCH = 10  # messages
PAUSE = 0.1  # seconds between two looks at the queue


def pump(sqs, queue_url: str, handler: Callable[[dict], Mapping | None], stop: threading.Event) -> None:
    """Feeds `handler` until `stop` is set; what fails stays in the queue and comes again after its visibility timeout.

    `sqs` is a boto3 client. The queue is asked every PAUSE, not by long polls: those would hold up the end.
    """
    while not stop.wait(PAUSE):
        answer = sqs.receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=BATCH,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        if messages := answer.get("Messages"):
            failed = _failed(handler, messages, stop)
            done = [message for message in messages if message["MessageId"] not in failed]
            if done:
                entries = [{"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, message in enumerate(done)]
                sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)


def _failed(handler: Callable[[dict], Mapping | None], messages: list[dict], stop: threading.Event) -> set[str]:
    """The IDs of the messages that have to come again: all of them if the handler raised or its report makes no sense."""
    everything = {message["MessageId"] for message in messages}
    try:
        report = handler({"Records": [_record(message) for message in messages]}) or {}
        failed = {failure["itemIdentifier"] for failure in report.get("batchItemFailures") or ()}
    except Exception:
        if not stop.is_set():  # else the handler was ended under its work, which is nobody's fault
            log.exception("a batch of %d messages failed as a whole", len(messages))
        return everything
    if not failed <= everything:
        log.error("the handler reported messages that were not in its batch: %s", ", ".join(map(repr, failed - everything)))
        return everything
    return failed


def _record(message: Mapping) -> dict:
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


def _attribute(value: Mapping) -> dict:
    attribute = {"dataType": value["DataType"], "stringListValues": [], "binaryListValues": []}
    if "StringValue" in value:
        attribute["stringValue"] = value["StringValue"]
    if "BinaryValue" in value:
        attribute["binaryValue"] = base64.b64encode(value["BinaryValue"]).decode("ascii")
    return attribute

"""Reads the messages of dead-letter queues, and sends them back to the queue they came from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.clients import sqs
from adapters.render_queue import MessageInvalid, RenderRequest, read_request
from adapters.storage.failures import Failure, find_failure

# Seconds that SQS hides a received message; long enough to read the whole queue once.
VISIBILITY = 60
WAIT = 1  # second; the shortest wait with which SQS queries all of its servers, so that no message is missed
BATCH = 10
DONE = "(done)"  # the source of done events; parentheses cannot occur in a webhook source's name


@dataclass(frozen=True, slots=True)
class Queues:
    """URLs of a queue and of its dead-letter queue."""

    queue_url: str
    dead_letter_url: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that failed for good; `request` is None for a done event, or if Storycard did not write the message."""

    message_id: str
    queues: Queues
    receipt: str  # valid for VISIBILITY seconds
    body: str
    sent_at: datetime
    request: RenderRequest | None
    failure: Failure | None

    @property
    def source(self) -> str:
        return self.request.source if self.request else DONE if self._announced else "-"

    @property
    def article_id(self) -> str:
        return (self.request.article_id if self.request else self._announced) or "-"

    @property
    def reason(self) -> str:
        if self.failure:
            return self.failure.reason
        if self._announced:
            return "the receiver of [outgoing] did not accept it; the log of the done webhook has its answers"
        return "not stored: the function ran out of time or memory, or S3 did not respond; search its log for the message ID"

    @property
    def _announced(self) -> str | None:
        """The article of a done event; None for any other message."""
        try:
            article_id = json.loads(self.body)["data"]["article_id"]
        except (ValueError, RecursionError, KeyError, TypeError):
            return None
        return article_id if isinstance(article_id, str) else None


def read_letters(queues: Queues, bucket: str) -> Iterator[DeadLetter]:
    """Yields every message once. The caller makes them visible again with `release`."""
    seen: set[str] = set()
    while True:
        answer = sqs().receive_message(
            QueueUrl=queues.dead_letter_url,
            MaxNumberOfMessages=BATCH,
            VisibilityTimeout=VISIBILITY,
            WaitTimeSeconds=WAIT,
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        messages = [message for message in answer.get("Messages", ()) if message["MessageId"] not in seen]
        if not messages:
            return
        for message in messages:
            seen.add(message["MessageId"])
            yield _letter(message, queues, bucket)


def release(letter: DeadLetter) -> None:
    """Makes the message visible again at once."""
    sqs().change_message_visibility(QueueUrl=letter.queues.dead_letter_url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)


def resend(letter: DeadLetter) -> None:
    """Sends the message to its queue, then deletes it here. After a crash in between it is in both: the workers are idempotent.

    SQS's own redrive (StartMessageMoveTask) can only move all messages.
    """
    sqs().send_message(QueueUrl=letter.queues.queue_url, MessageBody=letter.body)
    sqs().delete_message(QueueUrl=letter.queues.dead_letter_url, ReceiptHandle=letter.receipt)


def _letter(message: dict[str, Any], queues: Queues, bucket: str) -> DeadLetter:
    try:
        request = read_request(message["Body"])
    except MessageInvalid:
        request = None
    return DeadLetter(
        message_id=message["MessageId"],
        queues=queues,
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        sent_at=datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC),
        request=request,
        failure=find_failure(bucket, message["MessageId"]),
    )

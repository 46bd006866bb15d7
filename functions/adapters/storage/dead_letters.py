"""The dead-letter queue into letters a person can read, and back onto the queue they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.clients import sqs
from adapters.render_queue import MessageInvalid, RenderRequest, read_request
from adapters.storage.failures import Failure, find_failure

# Seconds that a letter is out of everybody else's sight while it is read: enough to read a full queue, as SQS has no other way.
VISIBILITY = 60
WAIT = 1  # second, the least for which SQS asks all of its servers: a shorter look may miss some
BATCH = 10


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that was given up on; `request` is None where no part of Storycard wrote it."""

    message_id: str
    receipt: str  # good for READING seconds
    body: str
    sent_at: datetime
    request: RenderRequest | None
    failure: Failure | None

    @property
    def reason(self) -> str:
        if self.failure:
            return self.failure.reason
        return "none kept: the function was ended (time, memory), or S3 did not answer; its log has the message's ID"


def read_letters(dead_letter_url: str, bucket: str) -> Iterator[DeadLetter]:
    """Every letter, once. Whoever is done with them puts them back in sight by `release`."""
    seen: set[str] = set()
    while True:
        answer = sqs().receive_message(
            QueueUrl=dead_letter_url,
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
            yield _letter(message, bucket)


def release(dead_letter_url: str, letter: DeadLetter) -> None:
    """Puts the letter back in sight at once."""
    sqs().change_message_visibility(QueueUrl=dead_letter_url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)


def resend(dead_letter_url: str, queue_url: str, letter: DeadLetter) -> None:
    """Back onto the queue, and only then off this one: ended in between, it is in both, and rendering twice changes nothing.

    SQS's own redrive (StartMessageMoveTask) moves all letters or none.
    """
    sqs().send_message(QueueUrl=queue_url, MessageBody=letter.body)
    sqs().delete_message(QueueUrl=dead_letter_url, ReceiptHandle=letter.receipt)


def _letter(message: dict, bucket: str) -> DeadLetter:
    try:
        request = read_request(message["Body"])
    except MessageInvalid:
        request = None
    return DeadLetter(
        message_id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        sent_at=datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC),
        request=request,
        failure=find_failure(bucket, message["MessageId"]),
    )

"""Writes and reads the messages of the render queue, which carry keys only."""

import json
from dataclasses import asdict, dataclass

from adapters.clients import sqs
from adapters.telemetry import correlation_id
from storycard.errors import FieldError, shown

PHOTO = "(photo)"  # the source of messages from and to photo_worker; parentheses cannot occur in a webhook source's name
ARCHIVE = "(archive)"  # the source of all messages that an archive run leads to


class MessageInvalid(FieldError):
    """A queue message that Storycard did not write."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """A message that makes the worker render an article's newest revision, or the delivery in the inbox if `article_id` is None.

    `source` is the name of a webhook source, "cms" after a lookup, "embargo" when an embargo ends, or takedown.CDN, which
    invalidates the CDN and renders nothing.
    """

    source: str
    inbox: str | None = None
    article_id: str | None = None
    correlation_id: str | None = None  # of the original request; None for the one being handled

    @property
    def message(self) -> str:
        """The message body. It includes the correlation ID: EventBridge Scheduler and resent dead letters carry no attributes."""
        fields = asdict(self) | {"correlation_id": self.correlation_id or correlation_id()}
        return json.dumps({name: value for name, value in fields.items() if value is not None})


def enqueue(queue_url: str, request: RenderRequest, delay: int = 0) -> None:
    """Sends the request to the queue, to be received after `delay` seconds (at most 900).

    Messages of archive runs are one group, and each other message is one of its own: SQS delivers those first (fair queues).
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
    """
    group = {"MessageGroupId": "archive"} if request.source == ARCHIVE else {}
    sqs().send_message(QueueUrl=queue_url, MessageBody=request.message, DelaySeconds=delay, **group)


def read_request(body: str) -> RenderRequest:
    """Reads the request from a message. Raises MessageInvalid naming the field that is wrong."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise MessageInvalid("message", "a JSON object", shown(body))
    inbox_needed = message.get("article_id") is None
    for name, needed in (("source", True), ("inbox", inbox_needed), ("article_id", False), ("correlation_id", False)):
        value = message.get(name)
        if not isinstance(value, str) and (needed or value is not None):
            raise MessageInvalid(name, "text", shown(value))
    return RenderRequest(message["source"], message.get("inbox"), message.get("article_id"), message.get("correlation_id"))

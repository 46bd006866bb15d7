"""Writes and reads the messages of the render queue, which carry keys only."""

import json
from dataclasses import asdict, dataclass, fields

from adapters.clients import sqs
from adapters.telemetry import correlation_id
from storycard.errors import FieldError, shown

PHOTO = "(photo)"  # the source of messages from and to photo_worker; parentheses cannot occur in a webhook source's name
CHAT = "(chat)"  # the source of requests from a chat, which waits for the cards
ARCHIVE = "(archive)"  # the source of all messages that an archive run leads to


class MessageInvalid(FieldError):
    """A queue message that Storycard did not write."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """A message that makes the worker render an article's newest revision, or the delivery in the inbox if `article_id` is None.

    `source` is the name of a webhook source, "cms" after a lookup, "embargo" when an embargo ends, CHAT, or takedown.CDN, which
    invalidates the CDN and renders nothing. `reply_url` takes a message with the cards until `reply_until`, a time in ISO 8601.
    `upload` is the key of a file that an editor added to the article, for photo_worker.
    """

    source: str
    inbox: str | None = None
    article_id: str | None = None
    correlation_id: str | None = None  # of the original request; None for the one being handled
    reply_url: str | None = None
    reply_until: str | None = None
    upload: str | None = None

    @property
    def message(self) -> str:
        """The message body. It includes the correlation ID: EventBridge Scheduler and resent dead letters carry no attributes."""
        fields = asdict(self) | {"correlation_id": self.correlation_id or correlation_id()}
        return json.dumps({name: value for name, value in fields.items() if value is not None})


_FIELDS = tuple(field.name for field in fields(RenderRequest))


def enqueue(queue_url: str, request: RenderRequest, delay: int = 0) -> None:
    """Sends the request to the queue, to be received after `delay` seconds (at most 900).

    Messages of archive runs are one group and every other message is its own group, so SQS delivers the others first.
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
    required = {"source"} if message.get("article_id") is not None else {"source", "inbox"}
    for name in _FIELDS:
        value = message.get(name)
        if not isinstance(value, str) and (name in required or value is not None):
            raise MessageInvalid(name, "text", shown(value))
    return RenderRequest(**{name: message[name] for name in _FIELDS if name in message})

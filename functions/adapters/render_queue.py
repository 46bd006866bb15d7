"""What the webhook asks of the render worker, to and from a queue message that carries keys only."""

import json
from dataclasses import asdict, dataclass

from adapters.clients import sqs
from adapters.telemetry import correlation_id
from storycard.errors import FieldError, shown


class MessageInvalid(FieldError):
    """A queue message that no part of Storycard wrote."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Render the newest revision of an article; without `article_id`, the delivery in the inbox was not understood yet.

    `source` is who asks: a webhook source, or "cms", "embargo" for an article that was asked for or whose embargo ends; by
    takedown.CDN, nothing is rendered.
    """

    source: str
    inbox: str | None = None
    article_id: str | None = None
    correlation_id: str | None = None  # of the request that this came from; what is sent now has the running one's

    @property
    def message(self) -> str:
        """The body, ID and all: EventBridge Scheduler and a resent dead letter carry no attributes."""
        fields = asdict(self) | {"correlation_id": self.correlation_id or correlation_id()}
        return json.dumps({name: value for name, value in fields.items() if value is not None})


def enqueue(queue_url: str, request: RenderRequest, delay: int = 0) -> None:
    """Puts the request on the queue, to be seen after `delay` seconds, at most 900."""
    sqs().send_message(QueueUrl=queue_url, MessageBody=request.message, DelaySeconds=delay)


def read_request(body: str) -> RenderRequest:
    """The request in a message. Raises MessageInvalid naming what is wrong with it."""
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

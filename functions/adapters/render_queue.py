"""What the webhook asks of the render worker, to and from a queue message that carries keys only."""

import json
from dataclasses import dataclass

from adapters.clients import sqs
from storycard.errors import FieldError, shown


class MessageInvalid(FieldError):
    """A queue message that no part of Storycard wrote."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Render the newest revision of an article; without `article_id`, the delivery in the inbox was not understood yet."""

    source: str
    inbox: str
    article_id: str | None = None


def enqueue(queue_url: str, request: RenderRequest) -> None:
    """Puts the request on the queue."""
    message = {"source": request.source, "inbox": request.inbox}
    if request.article_id is not None:
        message["article_id"] = request.article_id
    sqs().send_message(QueueUrl=queue_url, MessageBody=json.dumps(message))


def read_request(body: str) -> RenderRequest:
    """The request in a message. Raises MessageInvalid naming what is wrong with it."""
    try:
        message = json.loads(body)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise MessageInvalid("message", "a JSON object", shown(body))
    for name, needed in (("source", True), ("inbox", True), ("article_id", False)):
        value = message.get(name)
        if not isinstance(value, str) and (needed or value is not None):
            raise MessageInvalid(name, "text", shown(value))
    return RenderRequest(message["source"], message["inbox"], message.get("article_id"))

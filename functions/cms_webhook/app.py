"""A CMS's signed webhook into a stored article and a message to the render worker, answered before anything is drawn."""

import base64
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import WebhookRequest
from adapters.config.settings import settings
from adapters.config.webhook_sources import load_sources
from adapters.errors import BodyTooLarge, BodyUnreadable, SourceUnknown
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.inbox import Delivery, keep, plain_event_id, take
from adapters.telemetry import count, logger, metrics
from adapters.web.problems import answer_errors, route
from adapters.web.responses import json_answer
from publishing.store_delivery import Intake, take_in
from storycard.errors import ArticleInvalid

MAX_BODY = 1 << 20  # bytes; the longest articles are a tenth of it
OUTCOMES = {
    "stored": "RevisionsStored",
    "unchanged": "RevisionsUnchanged",
    "older": "RevisionsOutdated",
    "announced": "ArticlesAnnounced",
    "ignored": "EventsIgnored",
}

app = APIGatewayHttpResolver()
answer_errors(app, logger)


@route(app, "/webhooks/<source_name>", ("POST",))
def receive(source_name: str) -> Response:
    """202 for a new event, 200 for one sent again.

    A replay goes the whole way once more, as nobody knows how far the first attempt came; every step of it changes
    nothing if it was done before, and the moment that counts is still the first one's.
    """
    body = _raw_body()
    delivery = _verified(source_name, body)
    logger.append_keys(source=source_name, event_id=delivery.event_id)
    is_new = keep(settings().bucket, delivery)
    if not is_new:
        delivery = take(settings().bucket, delivery.key)
    intake = Intake(None, "announced")  # until more is known
    try:
        intake = take_in(settings().bucket, delivery)
    except ArticleInvalid as error:
        if error.field == "body":  # none of its fields is at fault: it is no article at all
            raise BodyUnreadable(error.field, error.expected, error.got) from error
        raise
    finally:
        # Whatever went wrong: the worker tries it again from the inbox, and what it cannot do ends in the dead-letter queue.
        if intake.outcome != "ignored":
            known_id = None if intake.outcome == "announced" else intake.article_id
            enqueue(settings().queue_url, RenderRequest(source_name, delivery.key, known_id))
    count(OUTCOMES[intake.outcome] if is_new else "Replays")
    logger.info("received", article_id=intake.article_id, outcome=intake.outcome, replay=not is_new)
    answer = {"event_id": delivery.event_id, "article_id": intake.article_id, "article": intake.outcome}
    return json_answer(202 if is_new else 200, answer, app.current_event)


@metrics.log_metrics
@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    count("Webhooks")
    return app.resolve(event, context)


def _verified(source_name: str, body: bytes) -> Delivery:
    """The delivery that the signature vouches for. Raises SourceUnknown, SignatureInvalid."""
    source = load_sources(settings().webhooks_secret).get(source_name)
    if source is None:
        raise SourceUnknown
    event = SCHEMES[source.scheme].verify(_request(body), source.credentials)
    event_id = plain_event_id(event.id)
    return Delivery(source.name, event_id, event.sent_at, source.format, source.language, body, event.topic)


def _request(body: bytes) -> WebhookRequest:
    event = app.current_event
    query = event.raw_query_string
    return WebhookRequest(
        method=event.http_method,
        path=f"{event.raw_path}?{query}" if query else event.raw_path,
        headers=event.headers,  # Powertools finds them in any case
        body=body,
        received_at=datetime.now(UTC),
    )


def _raw_body() -> bytes:
    """The bytes that were signed. Raises BodyTooLarge."""
    text = app.current_event.body or ""
    body = base64.b64decode(text) if app.current_event.is_base64_encoded else text.encode("utf-8", "surrogatepass")
    if len(body) > MAX_BODY:
        raise BodyTooLarge(MAX_BODY, len(body))
    return body

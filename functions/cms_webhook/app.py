"""Receives the webhooks of CMSs in a Lambda function that verifies, stores and queues each event, and renders nothing itself."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import WebhookRequest
from adapters.config.settings import Settings, settings
from adapters.config.webhook_sources import load_sources
from adapters.errors import ArticleForeign, BodyUnreadable, SourceUnknown
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import find_article
from adapters.storage.inbox import (
    Delivery,
    find_earlier,
    get_delivery,
    mark_answered,
    name_unsigned,
    plain_event_id,
    put_delivery,
)
from adapters.telemetry import count, logger, metrics
from adapters.web.charset import charset_in
from adapters.web.problems import add_route, handle_errors
from adapters.web.request_body import MAX_EVENT, raw_body
from adapters.web.responses import HttpResponse, json_response
from publishing.intake.store_delivery import DeliveryResult, store_delivery
from storycard.errors import ArticleInvalid

OUTCOME_METRICS = {
    "stored": "RevisionsStored",
    "unchanged": "RevisionsUnchanged",
    "older": "RevisionsOutdated",
    "announced": "ArticlesAnnounced",
    "ignored": "EventsIgnored",
}

app = APIGatewayHttpResolver()


@metrics.log_metrics
@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    count("Webhooks")
    return app.resolve(event, context)


def receive(source_name: str) -> HttpResponse:
    """Answers 202 for a new event and 200 for a replay.

    A replay goes through every step again, because the first attempt may have stopped anywhere. Each step is idempotent,
    and the time of receipt stays that of the first attempt.
    """
    config = settings()
    delivery = _verify(config, source_name)
    is_unsigned = not delivery.event_id
    if is_unsigned:
        delivery = _identify(config, delivery)
    logger.append_keys(source=source_name, event_id=delivery.event_id)
    is_new = put_delivery(config.bucket, delivery)
    if not is_new:
        delivery = _first_receipt(config, delivery.key, delivery)
    intake = _store_and_enqueue(config, delivery)
    if intake.outcome == "foreign" and intake.article_id:
        owner = find_article(config.bucket, intake.article_id)
        raise ArticleForeign(intake.article_id, (owner and owner.owner) or "", source_name)
    if is_unsigned:
        mark_answered(config.bucket, delivery)
    count(OUTCOME_METRICS[intake.outcome] if is_new else "Replays")
    logger.info("received", article_id=intake.article_id, outcome=intake.outcome, replay=not is_new)
    value = {"event_id": delivery.event_id, "article_id": intake.article_id, "article": intake.outcome}
    return json_response(202 if is_new else 200, value, app.current_event)


def _verify(config: Settings, source_name: str) -> Delivery:
    """Returns the delivery once its signature is verified; its event ID is "" if the scheme signs neither an ID nor a time.

    Raises SourceUnknown, SignatureInvalid, BodyTooLarge.
    """
    body = raw_body(app.current_event, MAX_EVENT)
    source = load_sources(config.webhooks_secret).get(source_name)
    if source is None:
        raise SourceUnknown
    request = _signed_request(body)
    event = SCHEMES[source.scheme].verify(request, source.credentials)
    return source.delivery(
        body,
        event.sent_at,
        request.received_at,
        event_id=plain_event_id(event.id) if event.id else "",
        topic=event.topic,
        charset=charset_in(request.headers.get("content-type") or ""),
    )


def _identify(config: Settings, delivery: Delivery) -> Delivery:
    """Returns the earlier delivery that an event without a signed ID and time repeats, or else the event under its own ID.

    The same bytes are a retry if their last delivery was not answered with 2xx, or if it is still the newest of its article.
    After another revision they are a new event: an editor may have restored an earlier text.
    """
    earlier = find_earlier(config.bucket, delivery)
    if earlier:
        repeated = _first_receipt(config, earlier.key, delivery)
        if not earlier.answered or _is_newest(config, repeated):
            return repeated
    return name_unsigned(delivery)


def _first_receipt(config: Settings, key: str, again: Delivery) -> Delivery:
    """Returns the first delivery of an event, stored under `key`, with the source's present settings, as in the retry `again`.

    Operators change these settings because events were refused or ignored, so they apply when the events are sent again.
    """
    first = get_delivery(config.bucket, key)
    return replace(
        first,
        format=again.format,
        id_prefix=again.id_prefix,
        takes_over=again.takes_over,
        post_types=again.post_types,
        article_map=again.article_map,
    )


def _is_newest(config: Settings, delivery: Delivery) -> bool:
    try:
        return store_delivery(config, delivery).outcome != "older"
    except ArticleInvalid:
        return True  # reported when the delivery is stored again


def _signed_request(body: bytes) -> WebhookRequest:
    event = app.current_event
    query = event.raw_query_string
    return WebhookRequest(
        method=event.http_method,
        path=f"{event.raw_path}?{query}" if query else event.raw_path,
        headers=event.headers,  # looked up without regard to case
        body=body,
        received_at=datetime.now(UTC),
    )


def _store_and_enqueue(config: Settings, delivery: Delivery) -> DeliveryResult:
    """Stores the article and queues a message for the worker. Raises ArticleInvalid, or BodyUnreadable if it is not an article.

    The message is sent even if storing fails: the worker then retries from the inbox, and gives up in the dead-letter queue.
    """
    intake = DeliveryResult(None, "announced")  # after a failure, the worker reads the delivery again
    try:
        intake = store_delivery(config, delivery)
    except ArticleInvalid as error:
        if error.field == "body":  # none of its fields is at fault: the body as a whole is not an article
            raise BodyUnreadable(error.field, error.expected, error.got) from error
        raise
    finally:
        if intake.outcome not in ("ignored", "foreign"):
            known_id = None if intake.outcome == "announced" else intake.article_id
            enqueue(config.queue_url, RenderRequest(delivery.source, delivery.key, known_id))
    return intake


handle_errors(app, logger)
add_route(app, "/webhooks/<source_name>", ("POST",), receive)

"""Handles `POST /cards/{id}/send`: sends a story's cards to a chat of the newsroom."""

from dataclasses import replace

from adapters.errors import TokenInvalid
from adapters.web.request_body import json_fields, raw_body
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.expected_version import ensure_expected_set, expected_article, expected_in_body
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.sending import chat_receivers, send_to_chat
from storycard.errors import ArticleInvalid, require_known_name, shown


def send_cards(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 202 once the message is queued. Raises UnknownName if `to` is no chat of `[outgoing]`."""
    check_id(article_id)
    if context.caller is None:
        raise TokenInvalid
    fields = json_fields(raw_body(context.request), ("to", "expected_version"))
    to, expected = fields.get("to"), expected_in_body(fields)
    if not isinstance(to, str):
        raise ArticleInvalid("to", "the name of a receiver", shown(to))
    receivers = chat_receivers(context.settings)
    require_known_name(receivers, to, "to")
    stored = expected_article(context, article_id, expected)
    manifest = ensure_expected_set(context, stored, expected)
    with_base = replace(context.settings, public_base_url=context.base_url)
    send_to_chat(with_base, stored, manifest, receivers[to], context.caller.name)
    return json_response(202, {"article_id": article_id, "to": to}, context.request)

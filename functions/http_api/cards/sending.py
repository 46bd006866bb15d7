"""Handles `POST /cards/{id}/send`: sends a story's cards to a chat of the newsroom."""

from dataclasses import replace

from adapters.chat.shown_story import FORMAT
from adapters.errors import TokenInvalid
from adapters.web.request_body import json_fields, raw_body
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.expected_version import ensure_expected_set, expected_article, expected_in_body
from http_api.paths import check_id
from http_api.posts.taking import take_post
from http_api.request_context import RequestContext
from publishing.sending import Message, chat_receivers, send_to_chat
from storycard.errors import ArticleInvalid, require_known_name, shown


def send_cards(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 202 once the message is queued. Raises UnknownName if `to` is no chat of `[outgoing]`."""
    check_id(article_id)
    if context.caller is None:
        raise TokenInvalid
    fields = json_fields(raw_body(context.request), ("to", "post", "expected_version"))
    to, post, expected = fields.get("to"), fields.get("post"), expected_in_body(fields)
    if not isinstance(to, str):
        raise ArticleInvalid("to", "the name of a receiver", shown(to))
    if post is not None and not isinstance(post, str):
        raise ArticleInvalid("post", "the name of a saved post", shown(post))
    receivers = chat_receivers(context.settings)
    require_known_name(receivers, to, "to")
    stored = expected_article(context, article_id, expected)
    with_base = replace(context.settings, public_base_url=context.base_url)
    if post is None:
        message = Message(stored.article.headline, ensure_expected_set(context, stored, expected))
    else:
        taken = take_post(context, stored, post, (FORMAT,))
        expected_article(context, article_id, expected)  # a correction may have come while the cards were rendered
        message = Message(taken.article.headline, taken.manifest, taken.text or "", taken.page)
    send_to_chat(with_base, stored.article, message, receivers[to], context.caller.name)
    return json_response(202, {"article_id": article_id, "to": to}, context.request)

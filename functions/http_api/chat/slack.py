"""Handles `/chat/slack`: the slash command, the shortcut on messages and the buttons of a Slack app.

Slack waits three seconds. A slash command is answered in the response, anything else by a message to its `response_url`.
"""

from dataclasses import replace
from datetime import UTC, datetime

from adapters.chat.slack_messages import SHOW, ZIP, Message, plain_message, to_asker, zip_message
from adapters.chat.slack_replies import post_reply
from adapters.chat.slack_requests import Asked, Challenge, Pressed, SlackRequest, read_form, read_request, verify
from adapters.cms.signatures.scheme import Credentials, WebhookRequest
from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.errors import PageUnknown
from adapters.telemetry import logger
from adapters.web.request_body import raw_body
from adapters.web.responses import COMMON_HEADERS, HttpResponse, json_response
from http_api.cards.zip_download import LINK_SECONDS, link_to_set
from http_api.request_context import RequestContext
from publishing.cards.publish import current_manifest
from publishing.queries.chat_answers import GONE, HELP, NO_LINK, answer, answer_with, public_story
from storycard.article import ARTICLE_ID

FORM = "application/x-www-form-urlencoded"


def check_address(context: RequestContext) -> HttpResponse:
    """Answers Slack's check of the TLS certificate with 200. Raises PageUnknown for any other GET, or without a Slack app."""
    parameters = context.request.query_string_parameters or {}
    if _credentials(context) is None or parameters.get("ssl_check") != "1":
        raise PageUnknown
    return _text("")


def receive(context: RequestContext) -> HttpResponse:
    """Answers a request that Slack signed. Raises PageUnknown without a Slack app, SignatureInvalid, BodyUnreadable."""
    credentials = _credentials(context)
    if credentials is None:
        raise PageUnknown
    request = context.request
    body, content_type = raw_body(request), request.headers.get("content-type") or ""
    if content_type.startswith(FORM) and read_form(body).get("ssl_check") == "1":  # Slack does not sign it
        return _text("")
    verify(WebhookRequest("POST", request.path, request.headers, body, datetime.now(UTC)), credentials)
    asked = read_request(body, content_type)
    settings = replace(context.settings, public_base_url=context.base_url)
    if isinstance(asked, Challenge):
        return _text(asked.text)
    if isinstance(asked, Asked) and asked.by_command:
        return json_response(200, to_asker(_answer(settings, asked)), request)
    message = _message_for(settings, asked)
    if message and isinstance(asked, Asked | Pressed):
        post_reply(asked.reply_url, message, local=settings.local_addresses)
    return _text("")


def _credentials(context: RequestContext) -> Credentials | None:
    slack = load_connections(context.settings).slack
    return Credentials(slack.keys) if slack else None


def _message_for(settings: Settings, asked: SlackRequest) -> Message | None:
    """Returns the message for a shortcut or a button; None for what needs none, such as a pressed link."""
    if isinstance(asked, Asked):
        return _answer(settings, asked)
    if isinstance(asked, Pressed) and asked.action in (SHOW, ZIP):
        return _pressed(settings, asked)
    return None


def _answer(settings: Settings, asked: Asked) -> Message:
    if not asked.queries or asked.queries[0].lower() == "help":
        return plain_message(HELP if asked.by_command else NO_LINK)
    return answer(settings, asked.queries, asked.reply_url)


def _pressed(settings: Settings, pressed: Pressed) -> Message:
    article_id = pressed.value if ARTICLE_ID.fullmatch(pressed.value) else ""
    stored = public_story(settings, article_id, datetime.now(UTC)) if article_id else None
    if stored is None:
        return plain_message(GONE)
    manifest = current_manifest(settings, stored) if pressed.action == ZIP else None
    if manifest is None:
        return answer_with(settings, stored, pressed.reply_url)
    logger.info("audit", extra={"action": "download set", "caller": f"slack:{pressed.user}", "article_id": article_id})
    link = link_to_set(settings, stored.article, manifest)
    return zip_message(link, stored.article.headline, LINK_SECONDS // 60)


def _text(text: str) -> HttpResponse:
    headers = COMMON_HEADERS | {"Cache-Control": "no-store", "Content-Length": str(len(text.encode()))}
    return HttpResponse(200, "text/plain; charset=utf-8", text, headers)

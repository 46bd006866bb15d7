"""Serves the first requests of the team's tools: the name and role of the caller, and the kinds, formats and themes."""

from adapters.errors import TokenInvalid
from adapters.web.callers import identify_caller
from adapters.web.responses import HttpResponse, json_response
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from publishing.sending import chat_receivers
from storycard.design.kinds import KINDS, SERIES


def get_caller(context: RequestContext) -> HttpResponse:
    """Answers with the name and role of the caller."""
    if context.caller is None:
        raise TokenInvalid
    value = {"name": context.caller.name, "role": context.caller.role}
    return json_response(200, value, context.request, "private, no-store")


def get_catalogue(context: RequestContext) -> HttpResponse:
    """Answers with the kinds, formats and themes; sizes and safe margins are in px.

    For callers with a token also with what is not for the public: the names of the chats that cards can be sent to, and whether
    posts need an approval.
    """
    assets = assets_in(context.settings)
    formats = [
        {
            "name": known.name,
            "title": known.title,
            "destination": known.destination,
            "width": known.width,
            "height": known.height,
            "safe": {side: getattr(known.safe, side) for side in ("top", "right", "bottom", "left")},
            "frame": known.frame,
        }
        for known in assets.formats.values()
    ]
    themes = [{"name": theme.name, "title": theme.title} for theme in assets.themes.values()]
    value: dict[str, object] = {"kinds": [*KINDS, *SERIES], "formats": formats, "themes": themes}
    caching = "public, max-age=300"
    if context.request.headers.get("authorization"):
        identify_caller(context.settings, context.request.raw_event, "viewer")
        value["receivers"] = list(chat_receivers(context.settings))
        value["post_approval"] = "required" if context.settings.needs_approval else "off"
        caching = "private, no-store"
    response = json_response(200, value, context.request, caching)
    response.headers["Vary"] = "Authorization"
    return response

"""Serves the first requests of the team's tools: the name and role of the caller, and the kinds, formats and themes."""

from adapters.errors import TokenInvalid
from adapters.web.responses import HttpResponse, json_response
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from storycard.design.kinds import KINDS, SERIES


def get_caller(context: RequestContext) -> HttpResponse:
    """Answers with the name and role of the caller."""
    if context.caller is None:
        raise TokenInvalid
    value = {"name": context.caller.name, "role": context.caller.role}
    return json_response(200, value, context.request, "private, no-store")


def get_catalogue(context: RequestContext) -> HttpResponse:
    """Answers with the kinds, formats and themes; sizes and safe margins are in px."""
    assets = assets_in(context.settings)
    formats = [
        {
            "name": known.name,
            "title": known.title,
            "width": known.width,
            "height": known.height,
            "safe": {side: getattr(known.safe, side) for side in ("top", "right", "bottom", "left")},
            "frame": known.frame,
        }
        for known in assets.formats.values()
    ]
    themes = [{"name": theme.name, "title": theme.title} for theme in assets.themes.values()]
    value = {"kinds": [*KINDS, *SERIES], "formats": formats, "themes": themes}
    return json_response(200, value, context.request, "public, max-age=300")
